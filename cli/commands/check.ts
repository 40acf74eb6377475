import path from 'node:path';
import { Command } from 'commander';
import { visible } from '../../mail/printable.ts';
import { type IssueFinding, tally } from '../../publication/issues/finding.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { checkIssues } from '../../site/issues/check.ts';
import type { CheckedIssues } from '../../site/issues/checked.ts';
import { loadSite } from '../../site/model.ts';
import { type Context, type Finish, type MakeContext, print, printJson, withArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
Errors are what a reader must never meet: words that nobody wrote, or somebody else; ids of no
message; links that lead nowhere; a FIXME that was left. Warnings are for a second look, notes
are to know. Exit status 1 where there are errors, which "traffic build" refuses as well.
docs/issues.md lists what is looked for.

--json prints one finding a line; on GitHub Actions findings become annotations.

  $ traffic check
  $ traffic check 12 13`;

/** `traffic check` */
export function checkCommand(context: MakeContext, finish: Finish): Command {
  return new Command('check')
    .description('check issues: every quotation, link and name')
    .argument('[number...]', 'the issues; all where none is named')
    .option('--json', 'print one JSON object a finding')
    .addHelpText('after', HELP)
    .action(async (numbers: string[], options: { json?: true }) => {
      const current = context();
      const only = numbers.length > 0 ? new Set(numbers.map(issueNumber)) : undefined;
      const checked = await withArchive(current, async (publication, archive) =>
        checkIssues(archive, await loadSite(archive, publication, { doubts: false }), only),
      );
      const { findings } = checked;
      for (const number of only ?? []) refuseUnknown(checked, number);
      for (const finding of findings) {
        if (options.json) printJson(current, findingRecord(finding));
        else if (current.terminal.env.GITHUB_ACTIONS) print(current, annotation(current, finding));
        else print(current, lineOf(finding));
      }
      if (!options.json) print(current, summary(checked, only));
      finish(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
    });
}

function issueNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new OperatorError(`${text} is no number of an issue; "traffic check 12" checks issues/12.`, {
    wrongUse: true,
  });
}

function refuseUnknown({ issues, findings }: CheckedIssues, number: number): void {
  const isThere =
    issues.some(issue => issue.number === number) ||
    findings.some(({ file }) => file.startsWith(`issues/${number}/`));
  if (!isThere) throw new OperatorError(`there is no issue ${number}: issues/${number}/issue.md is missing.`);
}

/** `issues/12/syscalls.md:14:22 error not-found: …` */
function lineOf({ file, line, column, severity, rule, message }: IssueFinding): string {
  return visible(`${file}:${line}:${column} ${severity} ${rule}: ${message}`);
}

/** A finding as `traffic check --json` prints it; docs/json.md describes it. */
function findingRecord({ file, line, column, severity, rule, message }: IssueFinding) {
  return { file, line, column, severity, rule, message };
}

/** A finding as GitHub Actions shows it beside the line: a workflow command, its file from the repository's folder. */
function annotation({ folder, terminal }: Context, finding: IssueFinding): string {
  const { file, line, column, severity, rule, message } = finding;
  const root = terminal.env.GITHUB_WORKSPACE || process.cwd();
  const place = path.relative(root, path.join(folder, file)).split(path.sep).join('/');
  const command = severity === 'note' ? 'notice' : severity;
  const words = visible(message).replace(/[%\r\n]/g, encodeURIComponent);
  const property = (text: string) => text.replace(/[%\r\n:,]/g, encodeURIComponent);
  return `::${command} file=${property(place)},line=${line},col=${column},title=${rule}::${words}`;
}

function summary(
  { issues, findings, quotations }: CheckedIssues,
  only: ReadonlySet<number> | undefined,
): string {
  const checked = issues.filter(({ number }) => !only || only.has(number));
  if (checked.length === 0 && findings.length === 0)
    return 'There are no issues yet: issues/1/issue.md would be the first.';
  const all = [...quotations.values()].flat();
  const proved = all.filter(({ verdict }) => verdict === 'ok').length;
  const sections = checked.reduce((sum, issue) => sum + issue.sections.length, 0);
  return `${counted(checked.length, 'issue')}, ${counted(sections, 'section')}, ${proved} of ${counted(all.length, 'quotation')} found word for word: ${tally(findings) || 'all is well'}`;
}
