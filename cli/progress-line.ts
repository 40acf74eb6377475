import { number as grouped } from '../templates/numbers.ts';

/** How long the past is that tells the rate, how finely it is kept, and how much of it there must be. */
const RATE_MILLISECONDS = 10_000;
const SAMPLE_MILLISECONDS = 500;
const LEAST_MILLISECONDS = 1_000;

/** What gives the rate a second of what was done lately; undefined until it is known, and where nothing was done. */
export function speedometer(): (what: string, done: number, now: number) => number | undefined {
  let measured: string | undefined;
  let samples: { readonly done: number; readonly time: number }[] = [];
  return (what, done, now) => {
    const last = samples.at(-1);
    if (!last || what !== measured || done < last.done || now < last.time) {
      measured = what;
      samples = [{ done, time: now }];
      return undefined;
    }
    if (now - last.time >= SAMPLE_MILLISECONDS) samples.push({ done, time: now });
    while (samples.length > 1 && now - samples[1]!.time >= RATE_MILLISECONDS) samples.shift();
    const { done: before, time } = samples[0]!;
    if (now - time < LEAST_MILLISECONDS || done <= before) return undefined;
    return (1000 * (done - before)) / (now - time);
  };
}

/** `: 1,200 of 50,000 · 3,100/s · 16 s left`, as far as it is known; a total that is a guess is told as one. */
export function progressNumbers(
  done: number,
  total: number | undefined,
  perSecond: number | undefined,
  about: boolean,
): string {
  const known = total !== undefined && Number.isFinite(total) ? total : undefined;
  const all = known === undefined ? '' : about ? ` of about ${roughly(known)}` : ` of ${count(known)}`;
  const parts = [`${count(done)}${all}`];
  if (perSecond !== undefined) parts.push(rate(perSecond));
  if (perSecond !== undefined && known !== undefined && known > done)
    parts.push(`${duration((known - done) / perSecond)} left`);
  return `: ${parts.join(' · ')}`;
}

/** Two digits are all that a rate is good for. */
function rate(perSecond: number): string {
  const [amount, unit] =
    perSecond >= 1
      ? [perSecond, 's']
      : perSecond * 60 >= 1
        ? [perSecond * 60, 'min']
        : [perSecond * 3600, 'h'];
  return `${roughly(amount)}/${unit}`;
}

function roughly(number: number): string {
  return count(Number(number.toPrecision(2)));
}

/** `2,380`. */
export function count(number: number): string {
  return grouped(number);
}

/** How long something took: `3.4 s`, `48 s`, `2 min 5 s`, `1 h 3 min`. */
export function tookTime(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${count(Math.floor(seconds / 3600))} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function duration(seconds: number): string {
  if (seconds <= 90) return `${Math.ceil(seconds)} s`;
  if (seconds <= 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${count(Math.round(seconds / 3600))} h`;
}

/** What of a name is shown however narrow a terminal is, so that it still tells one from another. */
const LEAST_NAME = 12;

/** A line of at most `room` columns; rather than its numbers, what they are of is cut. */
export function cutToWidth(what: string, numbers: string, room: number): string {
  return cut(cut(what, Math.max(room - width(numbers), LEAST_NAME)) + numbers, room);
}

function cut(text: string, room: number): string {
  if (width(text) <= room) return text;
  let kept = '';
  let columns = 1; // For the ellipsis.
  for (const character of text) {
    columns += width(character);
    if (columns > room) break;
    kept += character;
  }
  return room > 0 ? `${kept}…` : '';
}

/** Characters that terminals give two columns, and those that stand on the one before. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/gu;
const COMBINING = /[\p{Mn}\p{Me}\p{Cf}]/gu;

/** How many columns a terminal needs for `text`. */
function width(text: string): number {
  const shown = text.replace(COMBINING, '');
  return [...shown].length + (shown.match(WIDE)?.length ?? 0);
}
