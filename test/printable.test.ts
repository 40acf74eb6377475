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
  'blanks of no width': ['a\u200bb\u2060c', 'abc', 'a⟨U+200B⟩b⟨U+2060⟩c'],
  'a byte order mark in mid-text': ['a\ufeffb', 'ab', 'a⟨U+FEFF⟩b'],
  'a byte order mark before a line': ['a\n\ufeffb', 'a b', 'a\nb'],
  'a byte order mark behind quote marks': ['> > \ufeffa', '> > a', '> > a'],
  'blanks of no width beside blanks and line ends': ['a, \u200b\u200bb\u200b\nc', 'a, b c', 'a, b\nc'],
  'text in tags': ['a\u{e0068}\u{e0069}', 'a', 'a⟨U+E0068⟩⟨U+E0069⟩'],
  'text in variation selectors': ['a\ufe0f\ufe01\u{e0110}', 'a\ufe0f', 'a\ufe0f⟨U+FE01⟩⟨U+E0110⟩'],
  'a joiner that joins nothing': ['pay\u200dpal', 'paypal', 'pay⟨U+200D⟩pal'],
  'joiners of Persian': ['می\u200cخواهم', 'می\u200cخواهم', 'می\u200cخواهم'],
  'joiners of Hindi': ['क्\u200dष', 'क्\u200dष', 'क्\u200dष'],
  'joiners of emoji': ['👩\u200d💻 🏳️\u200d🌈', '👩\u200d💻 🏳️\u200d🌈', '👩\u200d💻 🏳️\u200d🌈'],
  'an emoji with its selector': ['❤\ufe0f', '❤\ufe0f', '❤\ufe0f'],
  'a flag of tags': [
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  ],
  'a direction mark in Hebrew': ['שלום\u200f!', 'שלום\u200f!', 'שלום\u200f!'],
  'a direction mark in Latin': ['a\u200e!', 'a!', 'a⟨U+200E⟩!'],
  'an ideograph in its other form': ['葛\u{e0100}', '葛\u{e0100}', '葛\u{e0100}'],
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
