/** What a test says of a mail; the rest is made up. */
export interface MailParts {
  readonly id?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly date?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A raw mail with LF line ends. */
export function mail(parts: MailParts): Buffer {
  const {
    id = 'one@example.org',
    from = 'Ada Example <ada@example.org>',
    subject = 'A subject',
    body = 'Some words.\n',
  } = parts;
  const { date = 'Mon, 5 Mar 2018 10:00:00 +0100', headers = [] } = parts;
  const lines = [
    `From: ${from}`,
    `Subject: ${subject}`,
    `Date: ${date}`,
    `Message-ID: <${id}>`,
    ...headers,
    '',
    body,
  ];
  return Buffer.from(lines.join('\n'));
}
