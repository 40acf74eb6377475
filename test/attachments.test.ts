import assert from 'node:assert/strict';
import test from 'node:test';
import { attachmentPath } from '../site/attachments.ts';
import { fixedPath } from '../site/permalinks.ts';

test('an attachment keeps its name where no browser would run it', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['boot.log', 'text/plain', '1-boot.log'],
    ['0001-fix.patch', 'text/x-patch', '1-0001-fix.patch'],
    ['config.gz', 'application/gzip', '1-config.gz'],
    ['shot.PNG', 'image/png', '1-shot.PNG'],
    ['page.html', 'text/html', '1-page-html.txt'],
    ['page.html.fr.log', 'text/plain', '1-page-html-fr.log'],
    ['run.php.txt', 'text/plain', '1-run-php.txt'],
    ['picture.svg', 'image/svg+xml', '1-picture-svg.bin'],
    ['run.js', 'application/javascript', '1-run-js.bin'],
    ['', 'text/plain', '1-attachment.txt'],
    ['', 'application/octet-stream', '1-attachment.bin'],
    ['../../../etc/passwd', 'text/plain', '1-etc-passwd.txt'],
    ['.htaccess', 'text/plain', '1-htaccess.txt'],
    ['a b\u202Egnp.exe', 'image/png', '1-a-b-gnp-exe.bin'],
    [`${'long'.repeat(100)}.log`, 'text/plain', `1-${'long'.repeat(19)}.log`],
  ];
  for (const [name, type, wanted] of table) {
    assert.equal(
      attachmentPath(fixedPath('/list/id@x/'), 1, { name, type, content: Buffer.alloc(0) }),
      `/list/id@x/a/${wanted}`,
    );
  }
});
