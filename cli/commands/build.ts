import { Command } from 'commander';
import { type Built, buildSite } from '../../site/build.ts';
import { type Context, type Finish, type MakeContext, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
The site is a folder of plain files: copy _site to any web server. It is built beside the
old one and takes its place when it is whole.`;

/** `traffic build` */
export function buildCommand(context: MakeContext, finish: Finish): Command {
  return new Command('build')
    .description('make the site in _site')
    .addHelpText('after', HELP)
    .action(async () => {
      await build(context());
      finish(0);
    });
}

/** Builds the publication's site and says what it holds. */
export function build(context: Context): Promise<Built> {
  return withFilledArchive(context, async (publication, archive) => {
    const built = await buildSite(archive, publication, (what, done, total) =>
      context.report.progress(what, done, total),
    );
    const { messages, threads, files, remarks } = built;
    for (const remark of remarks) context.report.warn(`${remark}.`);
    if (publication.settings.site.url === undefined) {
      context.report.say(
        'traffic.yaml does not say where the site will be (site.url), so its feeds hold no full addresses.',
      );
    }
    context.report.say(
      `${publication.siteFolder}: ${counted(messages, 'message')} in ${counted(threads, 'thread')}, ${counted(files, 'file')}`,
    );
    return built;
  });
}
