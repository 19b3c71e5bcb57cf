// Text that people write and others read: titles, reasons and texts with hidden characters, at any length. It is refused or shown safely.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, removeHouses, round } from './house.ts';
import type { House, Outcome } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await foundHouse({ people, bylaws: shedBylaws() });
});
afterAll(removeHouses);

/** Characters that move a cursor, hide text or turn it around; line feeds are our own. */
// oxlint-disable-next-line no-control-regex -- these are exactly the characters that must not be printed
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function expectSafe(words: readonly string[], outcome: Outcome): void {
  const text = outcome.stdout + outcome.stderr;
  expect([words, hidden.test(text), text.includes('GDO5090'), /\n +at /.test(text)]).toEqual([words, false, false, false]);
}

const titles: readonly (readonly [name: string, title: string])[] = [
  ['escape sequences', 'Free beer\u001b[2J\u001b[1;1H\u001b]0;owned\u0007'],
  ['a line feed and a carriage return', 'Harmless\r\n✓ #1 is merged into main.'],
  ['turned text', 'Give \u202eana\u202c everything'],
  ['ten thousand letters', 'x'.repeat(10_000)],
  ['emoji with joiners', 'Party 👩‍👩‍👧‍👦 🎉 🇺🇸'],
  ['combining marks', `Zalgo${'\u0301'.repeat(200)}`],
  ['a lone surrogate', 'Broken \ud800 half'],
  ['only spaces around letters that are not composed', '  Cafe\u0301  '],
  ['trailers of a merge commit', 'Title\n\nGdo-Case: 0000'],
  ['a marker of another format', '--title=<script>alert(1)</script>'],
];

it.each(titles)('A title of %s is refused with a code or shown safely everywhere', async (_name, title) => {
  const copy = house.copy();
  const started = await copy.gdo('bo', 'bo', 'start', 'admission', '--candidate', 'cy', `--title=${title}`);
  expectSafe(['start'], started);
  expect([0, 1, 2]).toContain(started.exit);
  if (started.exit !== 0) {
    expect(started.stderr).toMatch(/GDO5003.*The title/);
    expect(copy.git('bo', 'bo', 'for-each-ref', 'refs/gdo/log')).toBe('');
    return;
  }
  accept(await copy.gdo('ana', 'hub.git', 'sync'));
  accept(await copy.gdo('bo', 'bo', 'sync'));
  for (const words of [['status'], ['status', '1'], ['log'], ['verify', '1'], ['verify', '--all'], ['log', '--raw'], ['status', '--json']]) {
    expectSafe(words, await copy.gdo('bo', 'bo', ...words));
  }
});

it('Reasons and acts with hidden characters are shown safely, also in the title of the merge', async () => {
  const copy = house.copy();
  copy.git('bo', 'bo', 'switch', '-q', '-c', 'party');
  copy.write('bo', 'notes/party.md', 'Party\n');
  copy.git('bo', 'bo', 'add', '.');
  copy.git('bo', 'bo', 'commit', '-q', '-m', 'Party');
  accept(await copy.gdo('bo', 'bo', 'start', 'note', '--title', 'Party 🎉'));
  copy.git('bo', 'bo', 'switch', '-q', 'main');
  await round(copy, people);
  const hiding = await copy.gdo('ana', 'ana', 'act', '1', 'endorse', 'yes\u001b[31m please\u0007');
  expectSafe(['act'], hiding);
  expect(hiding).toMatchObject({ exit: 2, stderr: expect.stringContaining('yes<U+001B>[31m please<U+0007>') });
  accept(await copy.gdo('ana', 'ana', 'act', '1', 'endorse', 'line one\nline two 🎉'));
  await round(copy, people);
  for (const words of [
    ['status', '--all'],
    ['log', '1'],
    ['verify', 'main'],
  ])
    expectSafe(words, await copy.gdo('bo', 'bo', ...words));
  expect(hidden.test(copy.git('ana', 'hub.git', 'log', '-1', '--format=%B', 'main'))).toBe(false);
});

it('Hostile words in the place of a person, a process, a case or a file are shown safely', async () => {
  const bad = 'x\u001b[2J\u202e';
  const lines: readonly (readonly string[])[] = [
    ['start', bad],
    ['start', 'admission', '--candidate', bad],
    ['start', 'admission', '--subject', 'constructor'],
    ['start', 'admission', '--candidate', '__proto__'],
    ['status', bad],
    ['status', '99999999999999999999'],
    ['vote', bad, 'yes'],
    ['act', bad, 'endorse'],
    ['verify', bad],
    ['verify', '--upload-pack=touch x'],
    ['log', '--since', bad],
    ['log', '--person', bad],
    ['found', bad],
    ['found', '--join', bad],
    ['sync', '--peer', bad],
    ['sync', '--peer', '--upload-pack=touch owned'],
    ['sync', '--peer', 'ext::sh -c "touch owned"'],
    ['hook', bad],
    ['merge', bad],
  ];
  for (const words of lines) {
    const outcome = await house.gdo('bo', 'bo', ...words);
    expectSafe(words, outcome);
    expect([words, outcome.exit]).not.toEqual([words, 1]);
  }
});
