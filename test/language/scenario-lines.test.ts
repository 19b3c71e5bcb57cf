// Lines of scenarios as text: each is read for what it says and comes back the same when printed (S68, docs/decisions/0031).
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { ScenarioLine } from '../../language/index.ts';
import { softWords } from '../../language/tokens.ts';
import { asLines, withoutSpans } from './shape.ts';

function around(...lines: readonly string[]): string {
  return `gdo 1\n\nscenario "s"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
}

function linesOf(text: string): readonly ScenarioLine[] {
  const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text });
  expect(asLines(text, diagnostics)).toEqual([]);
  const [scenario] = file.declarations;
  if (scenario?.kind !== 'scenario') throw new Error('no scenario');
  return scenario.lines;
}

const written: readonly (readonly [line: string, tree: unknown])[] = [
  ['given 9 members', { kind: 'given-heads', count: 9, role: { text: 'members' } }],
  ['given 9 members joined 2026-01-01', { kind: 'given-heads', count: 9, joined: { text: '2026-01-01' } }],
  ['given ana, bo joined 2026-01-01', { kind: 'given-joined', people: [{ text: 'ana' }, { text: 'bo' }], joined: { text: '2026-01-01' } }],
  ['given joined joined 2026-01-01', { kind: 'given-joined', people: [{ text: 'joined' }] }],
  ['given ana has 50 contributions', { kind: 'given-have', people: [{ text: 'ana' }], had: { kind: 'amount', amount: 50, name: { text: 'contributions' } } }],
  ['given ana, bo have employer "Acme"', { kind: 'given-have', had: { kind: 'value', name: { text: 'employer' }, value: { text: 'Acme' } } }],
  ['on day 3 ana has 49 contributions', { kind: 'on', verb: { text: 'has' }, object: { kind: 'amount', amount: 49, name: { text: 'contributions' } } }],
  ['on day 3 bo vote no "It is hard to read"', { object: { kind: 'names', names: [{ text: 'no' }], text: { text: 'It is hard to read' } } }],
  ['on day 1 ana delegates proxy to bo', { object: { kind: 'names', names: [{ text: 'proxy' }] }, to: { text: 'bo' } }],
  ['given are are are', { kind: 'given', role: { text: 'are' }, people: [{ text: 'are' }] }],
  ['on day 2 ana starts amendment', { kind: 'on', people: { kind: 'names', names: [{ text: 'ana' }] }, verb: { text: 'starts' } }],
  [
    'on day 2 5 members endorse',
    { kind: 'on', when: { day: 2 }, people: { kind: 'heads', count: 5, other: false, role: { text: 'members' } }, verb: { text: 'endorse' } },
  ],
  ['on 2027-03-01 at 20:14 4 other members vote yes', { people: { kind: 'heads', count: 4, other: true, role: { text: 'members' } }, verb: { text: 'vote' } }],
  ['on day 3 other members vote yes', { people: { kind: 'heads', other: true, role: { text: 'members' } }, verb: { text: 'vote' } }],
  ['on day 3 other members start amendment', { people: { kind: 'heads', other: true, role: { text: 'members' } }, verb: { text: 'start' } }],
  ['on day 3 other vote yes', { people: { kind: 'names', names: [{ text: 'other' }] }, verb: { text: 'vote' } }],
  ['on day 3 other, ana vote yes', { people: { kind: 'names', names: [{ text: 'other' }, { text: 'ana' }] } }],
  [
    'on day 2 ana starts amendment about bo as chair with "bylaws/a.md", "bylaws/b.md"',
    { verb: { text: 'starts' }, proposed: { text: 'chair' }, files: [{ text: 'bylaws/a.md' }, { text: 'bylaws/b.md' }] },
  ],
  ['on day 2 ana edits with "work/a"', { verb: { text: 'edits' }, files: [{ text: 'work/a' }] }],
  ['on day 2 ana starts with', { object: { kind: 'names', names: [{ text: 'with' }] }, files: [] }],
  ['on day 2 ana edits "new words" with "work/a"', { object: { kind: 'text', text: { text: 'new words' } }, files: [{ text: 'work/a' }] }],
  ['expect refusal', { kind: 'expect-refusal' }],
  ['expect refusal GDO1051', { kind: 'expect-refusal', code: { text: 'GDO1051' } }],
  ['expect refusal is refused', { kind: 'expect', subject: { text: 'refusal' }, is: { text: 'refused' } }],
  ['expect amendment is refusal', { kind: 'expect', subject: { text: 'amendment' }, is: { text: 'refusal' } }],
  ['expect ana holds member', { kind: 'expect-holds', person: { text: 'ana' }, not: false, role: { text: 'member' } }],
  ['expect ana does not hold member', { kind: 'expect-holds', person: { text: 'ana' }, not: true, role: { text: 'member' } }],
  ['expect hold', { kind: 'expect', subject: { text: 'hold' } }],
];

describe('a line of a scenario', () => {
  it.each(written)('says what is written and is printed so: %s', (line, tree) => {
    const text = around(line);
    expect(linesOf(text)).toMatchObject([tree]);
    expect(printBylaws(parseBylaws({ path: 'a.gdo', text }).file)).toBe(text);
  });

  it.each(['expect @ holds @', 'expect @ does not hold @', 'given 3 @', 'given @, @ joined 2026-01-01', 'on day 2 3 @ start p', 'on day 2 @ starts @'])(
    'lets every soft word but `of` and `other` stand as a name: %s',
    (line) => {
      const failing = softWords.filter((word) => parseBylaws({ path: 'a.gdo', text: around(line.replaceAll('@', word)) }).diagnostics.length > 0);
      expect(failing.filter((word) => word !== 'of' && word !== 'other')).toEqual([]);
    },
  );

  it.each([
    ['given 9', 'GDO001 4:9 Something is missing after `9`: a name'],
    ['given members', 'GDO001 4:9 Something is missing after `members`: a comma, `are`, `joined` or `have`'],
    ['given ana joined yesterday', 'GDO001 4:20 After `joined` comes a date such as 2027-03-01, not `yesterday`'],
    ['expect ana does hold member', 'GDO001 4:19 After `does` comes `not`, not `hold`'],
  ])('is told in words where it breaks off: %s', (line, told) => {
    const text = around(line);
    expect(asLines(text, parseBylaws({ path: 'a.gdo', text }).diagnostics)).toEqual([told]);
  });
});

describe('any scenario', () => {
  it('comes back the same when printed and read, and prints the same the second time', () => {
    const name = fc.constantFrom('ana', 'member', 'members', 'member-1', 'other', 'joined', 'are', 'hold', 'refusal', 'yes', 'at', 'as', 'about', 'GDO1040');
    const names = fc.array(name, { minLength: 1, maxLength: 3 }).map((list) => list.join(', '));
    const count = fc.integer({ min: 0, max: 30 });
    const who = fc.oneof(
      names,
      fc.tuple(count, name).map((parts) => parts.join(' ')),
      fc.tuple(count, name).map(([heads, role]) => `${heads} other ${role}`),
      name.map((role) => `other ${role}`),
    );
    const given = fc.oneof(
      fc.tuple(names, names).map(([roles, people]) => `given ${roles} are ${people}`),
      fc.tuple(count, name, fc.constantFrom('', ' joined 2026-01-01')).map(([heads, role, joined]) => `given ${heads} ${role}${joined}`),
      names.map((people) => `given ${people} joined 2026-01-01`),
    );
    const tail = fc.constantFrom('', ' yes', ' "why"', ' p about ana', ' p as member', ' about ana, bo');
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('day 3', '2027-03-01', 'day 3 at 20:14'), who, fc.constantFrom('vote', 'starts', 'start', 'endorse'), tail)
        .map(([when, people, verb, rest]) => `on ${when} ${people} ${verb}${rest}`),
      count.map((days) => `after ${days} days`),
      fc.tuple(name, fc.constantFrom('', ' is refused', ' holds member', ' does not hold member')).map(([subject, rest]) => `expect ${subject}${rest}`),
      fc.constantFrom('expect refusal', 'expect refusal GDO1040'),
    );
    fc.assert(
      fc.property(fc.array(given, { maxLength: 4 }), fc.array(line, { maxLength: 8 }), (first, rest) => {
        const text = around(...first, ...rest);
        const read = parseBylaws({ path: 'a.gdo', text });
        fc.pre(read.diagnostics.length === 0);
        const printed = printBylaws(read.file);
        const again = parseBylaws({ path: 'a.gdo', text: printed });
        expect(again.diagnostics).toEqual([]);
        expect(withoutSpans(again.file.declarations)).toEqual(withoutSpans(read.file.declarations));
        expect(printBylaws(again.file)).toBe(printed);
      }),
      { numRuns: 300 },
    );
  });
});
