import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { Archive } from '../ingest/archive/archive.ts';
import { readMbox } from '../ingest/files/mbox.ts';
import { pullSource } from '../ingest/pull/pull.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { dovecotInstalled, startDovecot } from './servers/dovecot.ts';
import { publicInboxInstalled, startPublicInbox } from './servers/public-inbox.ts';
import {
  build,
  filledPublication,
  readTree,
  SAMPLE_MBOX,
  SETTINGS,
  temporaryFolder,
} from './support/publication.ts';

const CI = Boolean(process.env.CI);

/** A publication whose one source is a server on this machine, pulled. */
async function pulled(
  context: test.TestContext,
  server: { readonly port: number; readonly user: string; readonly pass: string },
  mailboxes: readonly string[],
): Promise<Publication> {
  const folder = temporaryFolder(context);
  const source = {
    name: 'test',
    type: 'imap',
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    user: server.user,
    password_env: 'X',
    mailboxes,
  };
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), `${SETTINGS}sources: [${JSON.stringify(source)}]\n`);
  const publication = openPublication(folder);
  const archive = Archive.open(publication.archiveFile);
  try {
    await pullSource(archive, publication.settings.sources[0]!, {
      credentials: async () => ({ pass: server.pass }),
      maxBytes: 1 << 25,
    });
  } finally {
    archive.close();
  }
  return publication;
}

async function sampleMails(): Promise<readonly Buffer[]> {
  const mails: Buffer[] = [];
  const options = { maxBytes: 1 << 24, dialect: 'mboxrd' } as const;
  for await (const { raw } of readMbox(fs.createReadStream(SAMPLE_MBOX), options)) mails.push(raw!);
  return mails;
}

test('the same mail through Dovecot and through an mbox gives the same site, byte for byte', {
  skip: !CI && !dovecotInstalled() && 'Dovecot is not installed',
}, async context => {
  const mails = await sampleMails();
  // Two mailboxes, and the second half before the first: the way that mail came must not show.
  const server = await startDovecot({
    mailboxes: { INBOX: mails.slice(30), 'lists/early': mails.slice(0, 30) },
  });
  context.after(() => server.stop());
  const fromServer = await pulled(context, server, ['INBOX', 'lists/*']);
  const fromFile = await filledPublication(context, [SAMPLE_MBOX]);
  await build(fromServer);
  await build(fromFile);
  assert.deepEqual(readTree(fromServer.siteFolder), readTree(fromFile.siteFolder));
});

test('public-inbox, which drops trace headers and second copies, gives the same pages of the same messages', {
  skip: !CI && !publicInboxInstalled() && 'public-inbox is not installed',
}, async context => {
  const server = await startPublicInbox({ messages: await sampleMails() });
  context.after(() => server.stop());
  const fromServer = await pulled(context, server, ['*']);
  const fromFile = await filledPublication(context, [SAMPLE_MBOX]);
  await build(fromServer);
  await build(fromFile);
  const [served, filed] = [readTree(fromServer.siteFolder), readTree(fromFile.siteFolder)];
  const threads = (site: ReadonlyMap<string, Buffer>) =>
    [...site.keys()].filter(name => name.endsWith('/T/index.html'));
  // The cross-post's second copy is gone, and with it the message's second list.
  const crossPost = '20180313153042.84407603@harbour.foss.example.net';
  const own = (site: ReadonlyMap<string, Buffer>) => threads(site).filter(name => !name.includes(crossPost));
  assert.deepEqual(own(served), own(filed));
  for (const name of own(served)) assert.equal(mailText(served.get(name)!), mailText(filed.get(name)!), name);
});

/** The bodies of the messages on a page. */
function mailText(page: Buffer): string {
  return [...String(page).matchAll(/<div class="mail">([\s\S]*?)<\/div>\n {2}/g)]
    .map(match => match[1]!)
    .join('');
}
