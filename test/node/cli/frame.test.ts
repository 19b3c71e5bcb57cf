// How one finding is drawn: places in one frame, wide characters, tabs, hostile text, ASCII.
import { fc } from '../../seeded.ts';
import { expect, it } from 'vitest';
import type { Diagnostic, Place } from '../../../language/index.ts';
import { drawFinding, drawFindings } from '../../../node/cli/frame.ts';

const look = { color: false, plain: false, columns: 120 };

function place(text: string, words: string, label: string, file = 'bylaws/council.gdo'): Place {
  const start = text.indexOf(words);
  return { file, span: { start, end: start + words.length }, label };
}

function check(text: string, finding: Partial<Diagnostic> & { readonly place: Place }, expected: string, plain = false): void {
  const whole: Diagnostic = { code: 'GDO301', severity: 'error', message: 'This quorum cannot be met', related: [], why: '', help: '', fixes: [], ...finding };
  expect(drawFinding(whole, new Map([[finding.place.file, text]]), { ...look, plain })).toBe(expected);
}

const council = `role councillor
  held by 3 to 7 people
  first held by "ada", "ben"
end

    quorum at least 5 councillors voting
`;

it('draws several places in one frame, near ones without and far ones with a gap', () => {
  check(
    council,
    {
      place: place(council, 'at least 5 councillors voting', 'needs 5'),
      related: [place(council, '3 to 7 people', 'and as few as 3 are allowed'), place(council, '"ada", "ben"', '2 people hold the role')],
      why: 'The council is locked.',
      help: 'use a share:  quorum at least 2/3 of councillors voting\nor name a fifth councillor',
    },
    `error[GDO301]: This quorum cannot be met
   ╭─ bylaws/council.gdo:6:12
 2 │   held by 3 to 7 people
   │           ───────────── and as few as 3 are allowed
 3 │   first held by "ada", "ben"
   │                 ──────────── 2 people hold the role
   ┆
 6 │     quorum at least 5 councillors voting
   │            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needs 5
   ╰─
  why:   The council is locked.
  help:  use a share:  quorum at least 2/3 of councillors voting
         or name a fifth councillor
  more:  gdo explain GDO301
`,
  );
});

it('draws the same in ASCII', () => {
  check(
    council,
    { place: place(council, '3 to 7 people', 'here') },
    `error[GDO301]: This quorum cannot be met
   +- bylaws/council.gdo:2:11
 2 |   held by 3 to 7 people
   |           ^^^^^^^^^^^^^ here
   +-
  more:  gdo explain GDO301
`,
    true,
  );
});

it('keeps underlines below wide characters and behind tabs', () => {
  const text = 'role 会員 x\n\tterm 9 years\n';
  check(
    text,
    { place: place(text, 'x', 'this'), related: [place(text, '9 years', 'that')] },
    `error[GDO301]: This quorum cannot be met
   ╭─ bylaws/council.gdo:1:9
 1 │ role 会員 x
   │           ^ this
 2 │     term 9 years
   │          ─────── that
   ╰─
  more:  gdo explain GDO301
`,
  );
});

it('shows hidden characters and cuts a very long line around the place', () => {
  const text = `${'a '.repeat(5_000)}\u202ebad${' b'.repeat(5_000)}`;
  const whole: Diagnostic = {
    code: 'GDO005',
    severity: 'error',
    message: 'A hidden character',
    place: place(text, 'bad', 'here'),
    related: [],
    why: '',
    help: '',
    fixes: [],
  };
  const drawn = drawFinding(whole, new Map([[whole.place.file, text]]), look);
  expect(drawn).toContain('<U+202E>bad');
  expect(drawn).not.toContain('\u202e');
  const lines = drawn.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(260);
  const source = lines.find((line) => line.includes('bad')) ?? '';
  const under = lines.find((line) => line.includes('^^^')) ?? '';
  expect(under.indexOf('^^^')).toBe(source.indexOf('bad'));
});

it('names another file in the same frame', () => {
  const texts = new Map([
    ['a.gdo', 'role x\n'],
    ['b.gdo', 'role x\n'],
  ]);
  const whole: Diagnostic = {
    code: 'GDO103',
    severity: 'error',
    message: 'Two declarations share the name `x`',
    place: place('role x\n', 'x', 'again', 'b.gdo'),
    related: [place('role x\n', 'x', 'first here', 'a.gdo')],
    why: '',
    help: '',
    fixes: [],
  };
  expect(drawFinding(whole, texts, look)).toContain('├─ a.gdo:1:6');
});

it('draws twenty findings and counts the rest', () => {
  const finding: Diagnostic = {
    code: 'GDO301',
    severity: 'error',
    message: 'No',
    place: place(council, 'role', ''),
    related: [],
    why: '',
    help: '',
    fixes: [],
  };
  const drawn = drawFindings(
    Array.from({ length: 23 }, () => finding),
    new Map(),
    look,
  );
  expect(drawn.split('error[GDO301]')).toHaveLength(21);
  expect(drawn).toContain('and 3 more');
});

it('draws any place in any text without hidden characters, in ASCII where asked', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 }).map((word) => word.replaceAll(/[xy]/g, '\n'));
  fc.assert(
    fc.property(text, fc.nat(400), fc.nat(400), fc.boolean(), (source, from, length, plain) => {
      const start = Math.min(from, source.length);
      const whole: Diagnostic = {
        code: 'GDO301',
        severity: 'warning',
        message: source,
        place: { file: 'a.gdo', span: { start, end: Math.min(source.length, start + length) }, label: source },
        related: [{ file: 'a.gdo', span: { start: 0, end: 0 }, label: '' }],
        why: source,
        help: source,
        fixes: [],
      };
      const drawn = drawFinding(whole, new Map([['a.gdo', source]]), { ...look, plain });
      expect(drawn).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
      expect(drawn).toContain('^');
    }),
    { numRuns: 200 },
  );
});
