import assert from 'node:assert/strict';
import test from 'node:test';
import { isSameName } from '../briefs/verify/name-words.ts';
import { NameReader } from '../briefs/verify/names.ts';
import type { Person } from '../mail/people.ts';

const personOf = (name: string): Person => ({
  key: `${name.toLowerCase().replace(/\W+/g, '.')}@example.org`,
  name,
  address: '',
  robot: / bot$/.test(name),
});
const PEOPLE = [
  'Ada Example (Larch)',
  'H. Peter Sample',
  'Jiří Novák',
  'David S. Miller',
  'David Laight',
  'kernel test bot',
  'hpx',
  'Anna van der Berg',
].map(personOf);

/** The text with the names of who is meant behind each mention; `~` marks an aside, `?` nobody. */
function read(text: string, reader = new NameReader(PEOPLE, ['Linus Stranger'])): string {
  const mentions = reader.mentions(text).map(({ at, end, people, aside }) => {
    const who = [...people].map(({ name }) => name).join('|') || '?';
    return `${aside ? '~' : ''}${text.slice(at, end)}: ${who}`;
  });
  return mentions.join('; ');
}

test('people are read by full name and by parts of it', () => {
  const cases: readonly (readonly [text: string, mentions: string])[] = [
    ['Ada Example wrote', 'Ada Example: Ada Example (Larch)'],
    ['Ada wrote to Jiri Novak.', 'Ada: Ada Example (Larch); ~Jiri Novak: Jiří Novák'],
    ["In Ada's words, the users' tree", '~Ada: Ada Example (Larch)'],
    [
      'Peter Sample, H. Peter Sample and Sample',
      'Peter Sample: H. Peter Sample; Peter Sample: H. Peter Sample; Sample: H. Peter Sample',
    ],
    ['David Miller and David', 'David Miller: David S. Miller; David: David S. Miller'],
    ['David wrote', 'David: David S. Miller|David Laight'],
    ['the kernel test bot, the bot', 'kernel test bot: kernel test bot'],
    [
      'hpx and Anna van der Berg and Berg',
      'hpx: hpx; Anna van der Berg: Anna van der Berg; Berg: Anna van der Berg',
    ],
    ['Linus Stranger said', 'Linus Stranger: ?'],
    ['Ada Stranger said', 'Ada Stranger: ?'],
    ['On Monday Ada Monday', 'Ada: Ada Example (Larch)'],
    ['EXAMPLE, example and Examples', ''],
  ];
  for (const [text, mentions] of cases) assert.equal(read(text), mentions, text);
});

test('who was introduced comes first', () => {
  const reader = new NameReader(PEOPLE, []);
  assert.equal(read('David', reader), 'David: David S. Miller|David Laight');
  read('David Laight', reader);
  assert.equal(read('David', reader), 'David: David Laight');
  reader.introduce(PEOPLE[3]!);
  assert.equal(read('David', reader), 'David: David S. Miller|David Laight');
});

test('a name that is no word is read as it stands', () => {
  const people = ['A', '_!?_', '[Fern]', 'Ada Fern', 'https://tree.example'].map(name => ({
    ...personOf(name),
    key: name,
  }));
  const cases: readonly (readonly [text: string, mentions: string])[] = [
    ['On 5 March, A wrote', 'A: A'],
    ['To _!?_ came Ada Fern', '~_!?_: _!?_; Ada Fern: Ada Fern'],
    ['[Fern] and Fern', '[Fern]: [Fern]; Fern: Ada Fern'],
    ['https://tree.example said', 'https://tree.example: https://tree.example'],
    ['Apart, ABC and BA', ''],
  ];
  for (const [text, mentions] of cases) assert.equal(read(text, new NameReader(people, [])), mentions, text);
});

test('one person under several keys and names is one', () => {
  const [short, full, work, other] = [
    { ...personOf('ada'), key: 'ada@example.org' },
    { ...personOf('Ada Fern'), key: 'ada@example.org' },
    { ...personOf('Ada Fern'), key: 'fern@example.com' },
    { ...personOf('Ada Birch'), key: 'birch@example.com' },
  ] as const;
  const reader = new NameReader([short, full, work, other], []);
  assert.ok(reader.isOne(short, work));
  assert.ok(!reader.isOne(short, other));
  assert.ok(reader.isCalled(short, 'Ada Fern'));
  assert.ok(!reader.isCalled(other, 'Ada Fern'));
});

test('names of nobody who wrote are told, and words that are no names are not', () => {
  const reader = new NameReader(PEOPLE, []);
  const cases: readonly (readonly [text: string, names: readonly string[]])[] = [
    ['Grace Stranger and Ada Example met Alan Q. Other.', ['Grace Stranger', 'Alan Q. Other']],
    ['When Grace Stranger came', ['Grace Stranger']],
    ['Grace Sample came', ['Grace Sample']],
    ['Ada Example. Then Ada. Answering Ada, Peter. However David', []],
    ['The Linux Kernel, KVM and PowerPC on Monday March', []],
    ['She met Conan O’Hara-Lee and Ian McExample', ['Conan O’Hara-Lee', 'Ian McExample']],
    ['It was Grace. Stranger things', []],
  ];
  for (const [text, names] of cases)
    assert.deepEqual(
      reader.strangeNames(text).map(one => one.text),
      names,
      text,
    );
});

test('names are one whatever their case, accents, initials and additions', () => {
  for (const [one, other] of [
    ['Ada Example (Larch)', 'ada example'],
    ['Jiří Novák', 'Jiri Novak'],
    ['David S. Miller', 'David Miller'],
    ['Ada [larch] Example', 'Ada  Example'],
  ] as const)
    assert.ok(isSameName(one, other), one);
  for (const [one, other] of [
    ['Ada Example', 'Ada'],
    ['Ada Example', 'Example Ada'],
    ['Ada Example', 'Ben Example'],
    ['Ada Example', ''],
  ] as const)
    assert.ok(!isSameName(one, other), other);
});
