import assert from 'node:assert/strict';
import test from 'node:test';
import type { MessageId } from '../mail/message-id.ts';
import {
  anchor,
  beside,
  besideThread,
  fixedPath,
  href,
  monthPath,
  outputFile,
  partPath,
  permalinks,
} from '../site/permalinks.ts';

const id = (text: string) => text as MessageId;

test('the anchor of a message is m and the SHA-1 of its id, as on public-inbox', () => {
  // Reckoned with sha1sum(1), over the id's UTF-8.
  assert.equal(
    anchor(id('20180305091502.7431-1-oda@example.org')),
    'm0be45e95f2b658b73fee94012c6eab5d3fd9e29e',
  );
  assert.equal(anchor(id('ö@example.org')), 'ma29dec4c8217ebab0de9edbcd1bd7994e2420d88');
});

test('a usual id is a path segment as it stands', () => {
  for (const plain of [
    '20180305091502.7431-1-oda@example.org',
    'a$b@c',
    'a+b=c@d',
    "o'clock@x",
    '000a01d3$5e2f7a10$@durrow.example.com',
  ]) {
    assert.equal(permalinks([id(plain)]).message('list', id(plain)), `/list/${plain}/`);
  }
});

test('an id that a static host cannot be trusted with lies under its hash', () => {
  const odd = [
    'a/b@c',
    'a%2Fb@c',
    '.hidden@x',
    'back\\slash@x',
    `${'long'.repeat(60)}@x`,
    'no-at-sign',
    '2018-03',
    'T',
    'con\u0007trol@x',
    '../../etc/passwd@y',
  ];
  for (const one of odd) {
    const links = permalinks([id(one)]);
    assert.match(links.message('list', id(one)), /^\/list\/h\/[0-9a-f]{40}\/$/, one);
    assert.match(links.thread('list', id(one)), /^\/list\/h\/[0-9a-f]{40}\/T\/$/, one);
    assert.match(links.anyList(id(one)), /^\/r\/h\/[0-9a-f]{40}\/$/, one);
  }
});

test('of ids that differ only by case, the first keeps its name', () => {
  const links = permalinks([id('Abc@x'), id('aBC@x'), id('other@x')]);
  assert.equal(links.message('list', id('Abc@x')), '/list/Abc@x/');
  assert.match(links.message('list', id('aBC@x')), /^\/list\/h\/[0-9a-f]{40}\/$/);
  assert.equal(links.message('list', id('other@x')), '/list/other@x/');
});

test('a link keeps the characters of a path segment and encodes the rest as UTF-8', () => {
  const links = permalinks([]);
  const table: readonly (readonly [string, string])[] = [
    ["a-._~!$&'()*+,;=:@z", "/list/a-._~!$&'()*+,;=:@z/"],
    ['a#b?c@d', '/list/a%23b%3Fc@d/'],
    ['é"<>@x', '/list/%C3%A9%22%3C%3E@x/'],
    ['a b@x', '/list/a%20b@x/'],
    ['\u{1f600}@x', '/list/%F0%9F%98%80@x/'],
  ];
  for (const [given, wanted] of table) assert.equal(href('/', links.message('list', id(given))), wanted);
});

test('links lie under the prefix of the site, with a fragment where there is one', () => {
  assert.equal(href('/traffic/', fixedPath('/search/')), '/traffic/search/');
  assert.equal(href('/traffic/', fixedPath('/')), '/traffic/');
  assert.equal(href('/', monthPath('list', '2018-03'), 'top'), '/list/2018-03/#top');
});

test('a page is a folder with an index.html, a file is itself', () => {
  const page = permalinks([]).message('list', id('a@b'));
  assert.equal(outputFile(page), 'list/a@b/index.html');
  assert.equal(outputFile(fixedPath('/')), 'index.html');
  assert.equal(outputFile(fixedPath('/404.html')), '404.html');
  assert.equal(outputFile(beside(page, 'raw.txt')), 'list/a@b/raw.txt');
  assert.equal(
    outputFile(besideThread(permalinks([]).thread('list', id('a@b')), 't.mbox.gz')),
    'list/a@b/t.mbox.gz',
  );
});

test('the first page of a thread is its address, the others lie below it', () => {
  const thread = permalinks([]).thread('list', id('a@b'));
  assert.equal(partPath(thread, 1), '/list/a@b/T/');
  assert.equal(partPath(thread, 2), '/list/a@b/T/2/');
  assert.equal(outputFile(partPath(thread, 12)), 'list/a@b/T/12/index.html');
});
