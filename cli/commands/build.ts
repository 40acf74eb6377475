import { Command } from 'commander';
import { hasIssues } from '../../publication/issues/read.ts';
import { type BuildOptions, type Built, buildSite, type Progress } from '../../site/build.ts';
import { type Context, type Finish, type MakeContext, withArchive, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
The site is a folder of plain files: copy _site to any web server. It is built beside the
old one and takes its place when it is whole. Where "traffic check" finds errors in issues,
nothing is built; --draft builds a site for the editor that shows them.`;

/** `traffic build` */
export function buildCommand(context: MakeContext, finish: Finish): Command {
  return new Command('build')
    .description('make the site in _site')
    .option('--draft', 'build in spite of errors in issues, and show them in the pages')
    .addHelpText('after', HELP)
    .action(async (options: BuildOptions) => {
      await build(context(), options);
      finish(0);
    });
}

/** Builds the publication's site and says what it holds. */
export function build(context: Context, options: BuildOptions = {}): Promise<Built> {
  // Old issues can be all that a publication has.
  const withMail = hasIssues(context.folder) ? withArchive : withFilledArchive;
  return withMail(context, async (publication, archive) => {
    const progress: Progress = (what, done, total) => context.report.progress(what, done, total);
    const built = await buildSite(archive, publication, progress, options);
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
