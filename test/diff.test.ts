import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { diffEnd, diffFiles, isDiffStart } from '../mail/diff.ts';
import { runs } from './support/property.ts';

/** Diffs, each cut by a line `=>` from the lines that are no part of it. */
const DIFFS: Readonly<Record<string, string>> = {
  'with git’s own lines': `
diff --git a/one.c b/one.c
new file mode 100644
index 0000000..789abcd
--- /dev/null
+++ b/one.c
@@ -0,0 +1 @@
+int a;
=>

Words.`,
  'without git’s own lines': `
--- one.c.orig	2018-03-05
+++ one.c	2018-03-05
@@ -1,2 +1,2 @@
 a
-b
+c
=>
Words.`,
  'of several files': `
diff --git a/one.c b/one.c
--- a/one.c
+++ b/one.c
@@ -1 +1 @@
-a
+b
diff --git a/two.c b/two.c
deleted file mode 100644
--- a/two.c
+++ /dev/null
@@ -1 +0,0 @@
-a
=>
`,
  'with an empty line between its files': `
--- a/one.c
+++ b/one.c
@@ -1 +1 @@
-a
+b

--- a/two.c
+++ b/two.c
@@ -1 +1 @@
-a
+b
=>
Words.`,
  'of quilt': `
Index: tree/one.c
===================================================================
--- tree.orig/one.c
+++ tree/one.c
@@ -1 +1 @@
-a
+b
=>
Words.`,
  'of CVS': `
Index: one.c
===================================================================
RCS file: /cvs/tree/one.c,v
retrieving revision 1.2
diff -u -r1.2 one.c
--- one.c	5 Mar 2018	1.2
+++ one.c	6 Mar 2018
@@ -1 +1 @@
-a
+b
=>
Words.`,
  'that is one hunk which somebody cut out': `
@@ -10,2 +10,3 @@ int main(void)
 a
+b
 c
=>
Words.`,
  'whose removed line is a dash, a dash and a blank': `
--- a/one.lua
+++ b/one.lua
@@ -1,2 +1 @@
--- a comment
--·
+a
=>
--·
2.43.0`,
  'that ends without a line end': `
--- a/one.c
+++ b/one.c
@@ -1 +1 @@
-a
\\ No newline at end of file
+b
\\ No newline at end of file
=>
Words.`,
  'whose empty lines lost their blank': `
--- a/one.c
+++ b/one.c
@@ -1,4 +1,4 @@
 a

-b
+c
 d
=>
Words.`,
  'with a line that a mailer wrapped, up to it': `
--- a/one.c
+++ b/one.c
@@ -1,3 +1,3 @@
 a line that is
=>
wrapped
 b
-c
+d`,
  'of pictures': `
diff --git a/one.png b/one.png
index 0123456..789abcd 100644
GIT binary patch
literal 12
TcmZQzU|?imU|?ckU|;|M00aO5

literal 0
HcmV?d00001
=>

Words.`,
  'of files that only moved': `
diff --git a/one.c b/two.c
similarity index 100%
rename from one.c
rename to two.c
=>

Words.`,
};

const linesOf = (diff: string): string[] => diff.trimStart().replaceAll('·', ' ').split('\n');

for (const [name, diff] of Object.entries(DIFFS)) {
  test(`the end of a diff ${name}`, () => {
    const lines = linesOf(diff);
    const end = lines.indexOf('=>');
    lines.splice(end, 1);
    assert.ok(isDiffStart(lines, 0));
    assert.equal(diffEnd(lines, 0), end);
  });
}

/** The files of each diff as `name +added -removed`. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'with git’s own lines': ['one.c +1 -0'],
  'without git’s own lines': ['one.c +1 -1'],
  'of several files': ['one.c +1 -1', 'two.c +0 -1'],
  'with an empty line between its files': ['one.c +1 -1', 'two.c +1 -1'],
  'of quilt': ['tree/one.c +1 -1'],
  'of CVS': ['one.c +1 -1'],
  'that is one hunk which somebody cut out': [' +1 -0'],
  'whose removed line is a dash, a dash and a blank': ['one.lua +1 -2'],
  'of pictures': ['one.png +0 -0'],
  'of files that only moved': ['one.c +0 -0'],
};

for (const [name, files] of Object.entries(FILES)) {
  test(`the files of a diff ${name}`, () => {
    const lines = linesOf(DIFFS[name]!);
    const found = diffFiles(lines.slice(0, lines.indexOf('=>')));
    assert.deepEqual(
      found.map(file => `${file.name} +${file.added} -${file.removed}`),
      files,
    );
  });
}

test('several hunks of one file and several files of quilt are told apart', () => {
  const hunk = '@@ -1 +1 @@\n-a\n+b\n';
  const file = (name: string) => `Index: ${name}\n${'='.repeat(67)}\n--- ${name}\n+++ ${name}\n${hunk}`;
  const lines = `${file('one.c')}${hunk}${file('two.c')}`.trimEnd().split('\n');
  assert.deepEqual(
    diffFiles(lines).map(({ name, lines, added }) => [name, lines.length, added]),
    [
      ['one.c', 10, 2],
      ['two.c', 7, 1],
    ],
  );
});

const NO_DIFFS = ['--- a rule', '+++ more', '@@ here @@', 'diff of opinions', 'Index: of names', '-- ', ''];

for (const line of NO_DIFFS) {
  test(`no diff begins with ${JSON.stringify(line)}`, () =>
    assert.equal(isDiffStart([line, 'Words.', 'Words.'], 0), false));
}

test('every line of a diff belongs to one of its files, in order', () => {
  const line = fc.constantFrom(...new Set(Object.values(DIFFS).flatMap(linesOf)));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), lines => {
      assert.deepEqual(
        diffFiles(lines).flatMap(file => file.lines),
        lines,
      );
      const end = diffEnd(lines, 0);
      assert.ok(end >= 1 && end <= lines.length);
    }),
    runs(500),
  );
});
