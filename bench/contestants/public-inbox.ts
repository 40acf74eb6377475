import fs from 'node:fs';
import path from 'node:path';
import { openSqlite } from '../../ingest/archive/sqlite.ts';
import { commitMails } from '../../test/support/git-inbox.ts';
import type { Contestant } from '../contest.ts';
import { treeOf } from '../file-tree.ts';
import type { Mail } from '../mail.ts';
import { messagesOf } from '../mbox-file.ts';
import { run } from '../process.ts';
import type { Workplace } from '../workplace.ts';

/** Messages that are handed to git at once. */
const BATCH = 5000;
/** What a new inbox of public-inbox is made of, beside the git repository of its mail. */
const INDEXES = /^(?:xap\d+|msgmap\.sqlite3.*|all\.git|inbox\.lock|description)$/;

export const PUBLIC_INBOX = 'public-inbox-index';

/** `public-inbox-index` of the git repository that a list's mirror is, with full-text search; making that is not measured. */
export async function publicInbox(workplace: Workplace, mail: Mail): Promise<Contestant> {
  const folder = workplace.fresh('public-inbox');
  const inbox = path.join(folder, 'inbox');
  await commitAll(path.join(inbox, 'git', '0.git'), mail);
  fs.writeFileSync(path.join(folder, '.gitconfig'), '[safe]\n\tdirectory = *\n[gc]\n\tauto = 0\n');
  const env = { HOME: folder, PI_CONFIG: path.join(folder, 'config'), GIT_CONFIG_NOSYSTEM: '1' };
  return {
    name: PUBLIC_INBOX,
    async prepare() {
      for (const name of fs.readdirSync(inbox))
        if (INDEXES.test(name)) fs.rmSync(path.join(inbox, name), { recursive: true });
      fs.rmSync(env.PI_CONFIG, { force: true });
      const args = ['-V2', '-L', 'full', 'bench', inbox, 'http://127.0.0.1/bench/', 'bench@example.org'];
      await run({ program: 'public-inbox-init', args, folder, env });
    },
    run: limit => run({ program: 'public-inbox-index', args: [inbox], folder, env }, limit),
    made() {
      const numbers = openSqlite(path.join(inbox, 'msgmap.sqlite3'));
      const { messages } = numbers.get<{ messages: number }>`SELECT count(*) AS messages FROM msgmap`!;
      numbers.close();
      return { messages, ...treeOf(inbox).totals(name => INDEXES.test(name.split('/')[0]!)) };
    },
  };
}

async function commitAll(repository: string, mail: Mail): Promise<void> {
  let batch: Buffer[] = [];
  for await (const raw of messagesOf(mail.file)) {
    if (batch.push(raw) < BATCH) continue;
    commitMails(repository, batch);
    batch = [];
  }
  if (batch.length > 0) commitMails(repository, batch);
}
