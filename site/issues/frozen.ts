import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { readOptional } from '../../publication/folder.ts';
import type { IssueFinding } from '../../publication/issues/finding.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import { lockFile } from '../../publication/issues/lock.ts';
import type { Site } from '../model.ts';

/** The SHA-256 of each Markdown file of an issue, by its name, line ends folded. */
export function fileHashes(folder: string, { number, sections }: Issue): Readonly<Record<string, string>> {
  const names = ['issue.md', ...sections.map(({ id }) => `${id}.md`)];
  return Object.fromEntries(
    names.map(name => {
      const text = readOptional(path.join(folder, 'issues', `${number}`, name)) ?? '';
      return [name, createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('hex')];
    }),
  );
}

/** The hash of what a message says; undefined where the archive does not hold it. */
export function saidHash(archive: Archive, { postOf }: Site, id: MessageId): string | undefined {
  const post = postOf.get(id);
  return post && (archive.stated(post.message.hash).bodyHash ?? undefined);
}

/** What of a frozen issue is no longer as it was when it was frozen. */
export function frozenFindings(archive: Archive, site: Site, issue: Issue): readonly IssueFinding[] {
  const { lock, number } = issue;
  if (!lock) return [];
  const remark = (file: string, message: string): IssueFinding => ({
    ...{ file, line: 1, column: 1, severity: 'warning', rule: 'frozen', message },
  });
  const now = fileHashes(site.publication.folder, issue);
  const names = new Set([...Object.keys(lock.files), ...Object.keys(now)]);
  const changed = [...names].filter(name => lock.files[name] !== now[name]);
  const mail = Object.entries(lock.messages).flatMap(([id, hash]) => {
    const held = saidHash(archive, site, id as MessageId);
    if (held === hash) return [];
    return `The archive ${held === undefined ? 'no longer holds' : 'has other words for'} <${id}>, which the issue cites.`;
  });
  return [
    ...changed.map(name =>
      remark(
        `issues/${number}/${name}`,
        `This is not what it was when issue ${number} was frozen; tell readers in corrections.yaml, or run "traffic freeze ${number} --again".`,
      ),
    ),
    ...mail.map(message => remark(lockFile(number), message)),
  ];
}

/** What a build says of frozen issues: of each file a sentence. */
export function remarksOnFrozen(findings: readonly IssueFinding[]): readonly string[] {
  return findings
    .filter(({ rule }) => rule === 'frozen')
    .map(({ file, message }) => `${file}: ${message.replace(/\.$/, '')}`);
}
