import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { ISSUE_9 } from './support/kc.ts';
import { mail } from './support/mails.ts';
import { SETTINGS } from './support/publication.ts';
import { traffic } from './support/traffic.ts';

test('the command line imports old issues among mail, and exports issues', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    'traffic.yaml': SETTINGS,
    'in/a.eml': mail({
      id: 'lock@example.org',
      from: 'Ada Birch <ada@example.org>',
      body: 'It works now.\n',
    }),
    'in/old/kc_9.xml.gz': gzipSync(ISSUE_9),
    'in/bad.xml': '<kc>',
    'in/other.xml': '<rss></rss>',
  });
  const { out } = await traffic('-C', folder, 'import', '--json', path.join(folder, 'in'));
  const { issues, ...tally } = JSON.parse(out);
  const notMail = { where: 'in/other.xml:1', reason: 'not-mail' };
  assert.deepEqual(tally, { seen: 2, added: 1, duplicates: 0, rejected: [notMail] });
  assert.deepEqual([issues.added, issues.skipped], [1, 0]);
  assert.deepEqual(issues.rejected, [{ where: 'in/bad.xml', reason: 'no-number' }]);
  assert.equal(issues.warnings[0].where, 'in/old/kc_9.xml.gz:14');
  const again = await traffic('-C', folder, 'import', path.join(folder, 'in', 'old'));
  assert.equal(again.out, '1 issue seen: 0 added, 1 there already, 0 rejected; 0 warnings\n');
  writeFiles(folder, {
    'issues/10/issue.md':
      '---\ndate: 2018-04-04\neditor: Nora Quill\nsections: [lock]\nperiod: { since: 2018-03-26, until: 2018-04-01 }\n---\n',
    'issues/10/corrections.yaml': `corrections:
  - date: 2018-04-06
    kind: attribution
    was: A. Birch said, ["It works now"](mid:lock@example.org), see [before](../9/#fixes-timers-that-sleep)
    is: She [wrote](mid:lock@example.org) it.
`,
    'issues/10/lock.md': `---\nthread: lock@example.org\ntitle: Locks\n---\n
Ada said, ["It works now"](mid:lock@example.org), see [before](../9/#fixes-timers-that-sleep), [there](mid:lock@example.org).

> It works now.
>
> \u2014 [A. Birch](mid:lock@example.org)
`,
  });
  const file = path.join(folder, 'kc_10.xml');
  assert.equal((await traffic('-C', folder, 'export', '--kc', '10', file)).code, 0);
  assert.equal(
    fs.readFileSync(file, 'utf8'),
    `<?xml version="1.0" encoding="UTF-8"?>
<kc>
<title></title>
<author>Nora Quill</author>
<issue num="10" date="04/04/2018" startdate="03/26/2018" enddate="04/01/2018" />
<intro>
<correction date="04/06/2018" kind="attribution" was="A. Birch said, [&quot;It works now&quot;](said:Ada%20Birch), see before">She wrote it.</correction>
</intro>

<section title="Locks" subject="A subject" posts="1" startdate="03/05/2018" enddate="03/05/2018">
<p>Ada said, <quote who="Ada Birch">It works now</quote>, see <kcref issuenum="9" sectionnum="0">before</kcref>, there.</p>
<quote who="Ada Birch">
<p>It works now.</p>
</quote>
</section>
</kc>
`,
  );
  const none = await traffic('-C', folder, 'export', '--kc', '11');
  assert.deepEqual(
    [none.code, none.err],
    [2, 'traffic: there is no issue 11; "traffic export --kc" takes the number of one.\n'],
  );
});
