import type { Command } from 'commander';
import { addDays, daysOfWeek, isDay, type Period } from '../publication/calendar.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { lastDays } from '../site/desk/desk.ts';
import type { Site } from '../site/model.ts';

/** The days that a command is about, as the command line names them. */
export interface PeriodOptions {
  readonly week?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Gives a command the options `--week`, `--since` and `--until`. */
export function withPeriod(command: Command): Command {
  return command
    .option('--week <week>', 'the mail of a week of ISO 8601, such as 2018-W13')
    .option('--since <day>', 'the mail from this day on, such as 2018-03-26')
    .option('--until <day>', 'the mail up to this day, the last one');
}

/** The days that are meant; the last seven days of mail where none are named, and of `--since` or `--until` alone seven days. */
export function periodOf({ week, since, until }: PeriodOptions, site: Site): Period {
  if (week !== undefined) {
    const days = daysOfWeek(week);
    if (!days) throw wrong(`--week ${week} is no week; write one as ISO 8601 does, such as 2018-W13.`);
    if (since ?? until)
      throw wrong('--week names days, and so do --since and --until; give one or the other.');
    return days;
  }
  for (const [option, day] of [
    ['--since', since],
    ['--until', until],
  ])
    if (day !== undefined && !isDay(day)) throw wrong(`${option} ${day} is no day; write it as 2018-03-26.`);
  if (since === undefined && until === undefined) return lastDays(site);
  const period = { since: since ?? addDays(until!, -6), until: until ?? addDays(since!, 6) };
  if (period.since > period.until)
    throw wrong(`--since ${period.since} comes after --until ${period.until}; give the earlier day first.`);
  return period;
}

/** The number that an option gives, from 1 on. */
export function numberOf(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw wrong(`${option} ${text} is no number from 1 on.`);
}

function wrong(sentence: string): OperatorError {
  return new OperatorError(sentence, { wrongUse: true });
}
