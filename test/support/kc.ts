import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Issue } from '../../publication/issues/issue.ts';
import { readIssues } from '../../publication/issues/read.ts';
import { importKc, type KcTally } from '../../publication/kc/import.ts';
import { kcIssueOf } from '../../publication/kc/issue-files.ts';
import { writeKc } from '../../publication/kc/write-xml.ts';
import { temporaryFolder } from './folder.ts';

/** Where the issue of the fixtures lies, and its folder `9`. */
export const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'kc');
/** The kc file of issue 9 of an invented newsletter. */
export const ISSUE_9 = fs.readFileSync(path.join(FIXTURES, 'lt20020405_9.xml'));

/** A publication folder with the issues of kc files, given by name. */
export function imported(context: TestContext, files: Readonly<Record<string, string | Buffer>>) {
  const folder = temporaryFolder(context);
  return { folder, tally: importInto(folder, files), issues: readIssues(folder).issues };
}

/** Imports kc files, given by name, into a folder. */
export function importInto(folder: string, files: Readonly<Record<string, string | Buffer>>): KcTally {
  const offered = Object.entries(files).map(([where, text]) => ({
    where,
    bytes: Buffer.from(text as string),
  }));
  return importKc(folder, offered);
}

/** A kc file of one section, or what stands there instead. */
export function kc(section: string, head = '<issue num="1" date="04/05/2002" />'): string {
  return `<kc><author>Nora Quill</author>${head}<section title="Locks">${section}</section></kc>`;
}

/** An issue as a kc file; sections are named by number. */
export function exported(issue: Issue): string {
  return writeKc(kcIssueOf(issue), {
    senderOf: () => undefined,
    sectionAt: (_, anchor) => Number(anchor.slice(1)),
  });
}
