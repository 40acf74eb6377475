// A program of its own: parses the messages of an mbox by mailparser alone, and tells how many and how long that took.
import { simpleParser } from 'mailparser';
import { messagesOf } from '../mbox-file.ts';

let milliseconds = 0;
let messages = 0;
for await (const raw of messagesOf(process.argv[2]!)) {
  const start = performance.now();
  // What it would make of texts beyond decoding them is left out: this is the least that parsing takes.
  await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  milliseconds += performance.now() - start;
  messages++;
}
process.stdout.write(`${JSON.stringify({ messages, seconds: milliseconds / 1000 })}\n`);
