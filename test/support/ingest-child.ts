// Run as a program of its own, so that a test can kill it: imports a path into an archive, or pulls a source.
import { Archive } from '../../ingest/archive/archive.ts';
import { pullSource } from '../../ingest/pull/pull.ts';
import { parseSettings } from '../../publication/traffic-yaml.ts';
import { importInto } from './archives.ts';

const [file, path, settings] = process.argv.slice(2);
const archive = Archive.open(file!);
const onProgress = () => process.stdout.write('.');
onProgress();
if (settings === undefined) await importInto(archive, [path!], { onProgress });
else {
  const { sources, topics } = parseSettings(settings, 'settings');
  await pullSource(archive, sources[0]!, {
    credentials: async () => ({ pass: path! }),
    maxBytes: 32 << 20,
    topics,
    onProgress,
  });
}
archive.close();
