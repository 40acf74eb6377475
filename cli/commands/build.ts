import { Command, InvalidArgumentError } from 'commander';
import { hasIssues } from '../../publication/issues/read.ts';
import { type BuildOptions, type Built, buildSite, type Progress } from '../../site/build.ts';
import { type Context, type Finish, type MakeContext, withArchive, withFilledArchive } from '../context.ts';
import { count } from '../progress-line.ts';
import { counted } from '../report.ts';

const HELP = `
The site is a folder of plain files: copy _site to any web server. What did not change since
the last build is not touched; _site.cache remembers what was made, and can be deleted. Where
"traffic check" finds errors in issues, nothing is built; --draft builds a site for the editor
that shows them.`;

/** `traffic build` */
export function buildCommand(context: MakeContext, finish: Finish): Command {
  return new Command('build')
    .description('make the site in _site')
    .option('--draft', 'build in spite of errors in issues, and show them in the pages')
    .option('--full', 'make every page anew, whatever the last build made')
    .option('--jobs <number>', 'worker threads (default: as many as there are processors, up to 8)', jobs)
    .addHelpText('after', HELP)
    .action(async (options: BuildOptions) => {
      await build(context(), options);
      finish(0);
    });
}

/** The most that is of use on any machine. */
const MOST_JOBS = 64;

function jobs(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_JOBS) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_JOBS}.`);
}

/** Builds the publication's site and says what it holds. */
export function build(context: Context, options: BuildOptions = {}): Promise<Built> {
  // Old issues can be all that a publication has.
  const withMail = hasIssues(context.folder) ? withArchive : withFilledArchive;
  return withMail(context, async (publication, archive) => {
    const built = await buildSite(archive, publication, phasesOf(context), options);
    const { messages, threads, made, files, written, removed, remarks } = built;
    for (const remark of remarks) context.report.warn(`${remark}.`, 'what an editor should look at');
    if (publication.settings.site.url === undefined) {
      context.report.say(
        'traffic.yaml does not say where the site will be (site.url), so its feeds hold no full addresses.',
      );
    }
    context.report.summary(
      `${publication.siteFolder}: ${counted(messages, 'message')} in ${counted(threads, 'thread')}, ${made} of them made; ${counted(files, 'file')}, ${changesIn(written, removed)}`,
    );
    return built;
  });
}

/** Tells the report of each phase when it begins. */
function phasesOf({ report }: Context): Progress {
  let phase: { readonly what: string; readonly at: (done: number) => void } | undefined;
  return (what, done, total) => {
    if (phase?.what !== what) phase = { what, ...report.phase(what, total) };
    phase.at(done);
  };
}

function changesIn(written: number, removed: number): string {
  if (written + removed === 0) return 'nothing has changed';
  return `${count(written)} written${removed === 0 ? '' : `, ${count(removed)} removed`}`;
}
