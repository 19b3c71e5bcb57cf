// Ten thousand programs made from the page of the grammar: reading what was printed gives the same tree, and formatting keeps the bylaws hash.
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { compileBylaws, framed } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsFile } from '../../language/index.ts';
import { chanceFrom, declarationRules, wordsOf } from './generated.ts';
import type { Chance } from './generated.ts';
import { withoutSpans } from './shape.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const gaps: readonly string[] = [' ', ' ', ' ', '\n', '\n  ', '  -- note\n', '\t'];

/** Puts words on lines by chance, comments among them; a declaration begins on a line of its own. */
function laidOut(words: readonly string[], chance: Chance): string {
  return words.map((word) => word + (gaps[chance(gaps.length)] ?? ' ')).join('');
}

function read(text: string): { readonly file: BylawsFile; readonly codes: readonly string[] } {
  const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text });
  return { file, codes: [...new Set(diagnostics.map(({ code }) => code))] };
}

/** Findings of values and of repeated clauses: such texts are read whole all the same. */
const ofValues: readonly string[] = ['GDO003', 'GDO006', 'GDO007', 'GDO010', 'GDO033'];

describe('programs made from the grammar', () => {
  it('come back the same when printed and read, and print the same the second time', () => {
    const rules = declarationRules();
    let readable = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const chance = chanceFrom(seed);
        const declarations = Array.from({ length: 1 + chance(3) }, () => wordsOf(rules[chance(rules.length)] ?? '', chance, soft));
        const first = read(`gdo 1\n${declarations.map((words) => laidOut(words, chance)).join('\n')}\n`);
        // A soft word as a name may turn one clause into another: what was read must still come back.
        const whole = first.codes.every((code) => ofValues.includes(code));
        readable += whole ? 1 : 0;
        const printed = printBylaws(first.file);
        const second = read(printed);
        if (whole) {
          expect(second.codes.filter((code) => !ofValues.includes(code))).toEqual([]);
          expect(second.file.comments.map(({ text }) => text)).toEqual(first.file.comments.map(({ text }) => text));
        }
        expect(printBylaws(second.file)).toBe(printed);
        expect(withoutSpans(read(printBylaws(second.file)).file.declarations)).toEqual(withoutSpans(second.file.declarations));
      }),
      { numRuns: 10_000 },
    );
    expect(readable).toBeGreaterThan(5_000);
  });

  it('have the same bylaws hash after formatting', () => {
    let compiled = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const chance = chanceFrom(seed);
        const made = ['limit', 'stepClause', 'voteClause'][chance(3)];
        const clause = (rule: string): string => (rule === made ? laidOut(wordsOf(rule, chance, { names, parameters: 'none' }), chance) : '');
        const text = framed(
          `process change\n governs work\n started by any keeper\n ${clause('limit')}\n step review\n ${clause('stepClause')}\n ` +
            `otherwise go to ballot\n end\n vote ballot\n voters keepers\n ${clause('voteClause')}\n open for 3 days\n ` +
            'passes when more than 1/2 of votes cast are yes\n when passed go to accepted\n otherwise go to refused\n end\nend\narea work covers "work/**"\n',
        );
        const first = read(text);
        fc.pre(first.codes.length === 0);
        const before = compileBylaws([first.file]).hash;
        compiled += before === undefined ? 0 : 1;
        expect(compileBylaws([read(printBylaws(first.file)).file]).hash).toBe(before);
      }),
      { numRuns: 3_000 },
    );
    expect(compiled).toBeGreaterThan(300);
  });
});

const soft = { names: 'soft', parameters: 'some' } as const;
/** Names that mean something where the clauses stand. */
const names: readonly string[] = ['keeper', 'keepers', 'author', 'accepted', 'yes', 'approve', 'change', 'cases'];
