import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { printable, visible } from '../mail/printable.ts';
import { runs } from './support/property.ts';

/** What a text is on one line, and what it is with its lines kept. */
const TEXTS: Readonly<Record<string, readonly [text: string, printable: string, visible: string]>> = {
  'plain text': ['Grüße, 中文 and 🙂', 'Grüße, 中文 and 🙂', 'Grüße, 中文 and 🙂'],
  'lines and tabs': ['a\r\n\tb\nc', 'a b c', 'a\r\n\tb\nc'],
  'line and paragraph separators': ['a\u2028b\u2029c', 'a b c', 'a\u2028b\u2029c'],
  'an escape sequence': ['a\u001b[31mb', 'a[31mb', 'a␛[31mb'],
  NUL: ['a\u0000b', 'ab', 'a␀b'],
  DEL: ['a\u007fb', 'ab', 'a␡b'],
  'a control character of Latin-1': ['a\u0085b', 'ab', 'a⟨U+0085⟩b'],
  'text turned round': ['a\u202egpj.exe', 'agpj.exe', 'a⟨U+202E⟩gpj.exe'],
  'an isolate': ['\u2066a\u2069', 'a', '⟨U+2066⟩a⟨U+2069⟩'],
  'a byte order mark': ['\ufeffa', 'a', 'a'],
  'half a character': ['a\ud83db', 'a\ufffdb', 'a\ufffdb'],
  'the other half': ['a\ude42b', 'a\ufffdb', 'a\ufffdb'],
};

for (const [name, [text, onOneLine, inLines]] of Object.entries(TEXTS)) {
  test(`${name} made harmless`, () => {
    assert.equal(printable(text), onOneLine);
    assert.equal(visible(text), inLines);
  });
}

test('nothing that can hide or turn text is left, no line is lost, and UTF-8 can hold it', () => {
  const units = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.constantFrom(0x0a, 0x0d, 0x1b, 0x85, 0x202e, 0x2067, 0xd83d, 0xde42, 0xfeff),
  );
  fc.assert(
    fc.property(fc.array(units, { maxLength: 40 }), codes => {
      const text = String.fromCharCode(...codes);
      for (const safe of [printable(text), visible(text)]) {
        assert.doesNotMatch(
          safe,
          /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/,
        );
        assert.equal(Buffer.from(safe).toString(), safe);
      }
      assert.doesNotMatch(printable(text), /[\r\n\t\u2028\u2029]/);
      assert.equal(visible(text).split('\n').length, text.split('\n').length);
    }),
    runs(1000),
  );
});
