/** What an invitation says (RFC 5545), as lines for a reader; empty where it says nothing. */
export function calendarText(calendar: string): string {
  const event =
    unfolded(calendar)
      .split(/^BEGIN:VEVENT\s*$/im)[1]
      ?.split(/^END:VEVENT/im)[0] ?? '';
  const start = property(event, 'DTSTART');
  const end = property(event, 'DTEND');
  const lines = [
    ['Event', unescaped(property(event, 'SUMMARY'))],
    [
      'When',
      [start, end]
        .filter(time => time !== '')
        .map(readableTime)
        .join(' to '),
    ],
    ['Where', unescaped(property(event, 'LOCATION'))],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** Lines are folded as in a mail's header (RFC 5545, 3.1). */
function unfolded(calendar: string): string {
  return calendar
    .slice(0, 1 << 16)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '');
}

function property(event: string, name: string): string {
  return new RegExp(`^${name}(?:;[^:\\n]*)?:(.*)$`, 'im').exec(event)?.[1]?.trim() ?? '';
}

/** RFC 5545, 3.3.11. */
function unescaped(text: string): string {
  return text.replace(/\\n/gi, ' ').replace(/\\([\\;,])/g, '$1');
}

/** `20180305T100000Z` as `2018-03-05 10:00 UTC` (RFC 5545, 3.3.5). */
function readableTime(time: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(time);
  if (!match) return time;
  const [, year, month, day, hour, minute, zone] = match;
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date} ${hour}:${minute}${zone === 'Z' ? ' UTC' : ''}`;
}
