// A program of its own: sweeps the headers for the topic of a publication's first source, and tells how long that
// took, from the connection to the last header stored; choosing threads is left out.
import { Archive } from '../ingest/archive/archive.ts';
import { planSource } from '../ingest/pull/pull.ts';
import { openPublication } from '../publication/folder.ts';

const { archiveFile, settings } = openPublication(process.argv[2]!);
const archive = Archive.open(archiveFile);
let messages = 0;
let end = 0;
const start = performance.now();
await planSource(archive, settings.sources[0]!, {
  credentials: async () => ({ pass: 'secret' }),
  maxBytes: settings.max_message_bytes,
  topics: settings.topics,
  onProgress(phase, done) {
    if (!phase.startsWith('reading headers')) return;
    messages = done;
    end = performance.now();
  },
});
archive.close();
process.stdout.write(`${JSON.stringify({ messages, seconds: (end - start) / 1000 })}\n`);
