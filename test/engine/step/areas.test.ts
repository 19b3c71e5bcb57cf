// Which area owns a path (S51): what a pattern matches, and which of several patterns is the most specific, each as a slower reading of the rule has it.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { areaOf, areaProblem, matchesPattern } from '../../../engine/area.ts';
import type { Charter } from '../../../engine/index.ts';
import { compile } from './organization.ts';

const { charter } = compile(`gdo 1
organization "Areas"
end
area work covers "work/**"
role member plural members
  held by anyone
end
process change
  governs work
  started by any member
  step talk
    after 1 day go to accepted
  end
end
`);
const [work] = charter.areas;
const [change] = charter.processes;
if (work === undefined || change === undefined) throw new Error('there are an area and a process');

/** Bylaws with other areas: each covers patterns, and leaves some out. */
const withAreas = (...areas: readonly (readonly [name: string, covers: readonly string[], except?: readonly string[]])[]): Charter => ({
  ...charter,
  areas: areas.map(([name, covers, except = []]) => ({ ...work, name, covers: [...covers], except: [...except] })),
});

/** A pattern, letter by letter: a star is nothing or one letter more. */
function slowSegment(pattern: string, segment: string): boolean {
  if (pattern === '') return segment === '';
  if (pattern.startsWith('*')) return slowSegment(pattern.slice(1), segment) || (segment !== '' && slowSegment(pattern, segment.slice(1)));
  return segment.startsWith(pattern.slice(0, 1)) && slowSegment(pattern.slice(1), segment.slice(1));
}

/** The same for segments, where two stars are nothing or one segment more. */
function slowPattern(pattern: readonly string[], path: readonly string[]): boolean {
  const [part, ...parts] = pattern;
  const [segment, ...segments] = path;
  if (part === undefined) return segment === undefined;
  if (part === '**') return slowPattern(parts, path) || (segment !== undefined && slowPattern(pattern, segments));
  return segment !== undefined && slowSegment(part, segment) && slowPattern(parts, segments);
}

const letters = (more: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom('a', 'b', more), { minLength: 1, maxLength }).map((list) => list.join(''));
const patterns = fc.array(fc.oneof(fc.constant('**'), letters('*', 4)), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const paths = fc.array(letters('c', 4), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const trials = { numRuns: Math.min(1_000, Number(process.env['GDO_TRIALS'] ?? '1000') * 10) };

describe('a pattern (S51)', () => {
  it('matches within segments by one star and over segments by two', () => {
    fc.assert(
      fc.property(patterns, paths, (pattern, path) => {
        expect([pattern, path, matchesPattern(pattern, path)]).toEqual([pattern, path, slowPattern(pattern.split('/'), path.split('/'))]);
      }),
      trials,
    );
  });

  it.each([
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['*ab', 'aab', true],
    ['*ab', 'aba', false],
    ['a**', 'a', true],
    ['a*', 'a/b', false],
    ['**/b', 'b', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/y/c', false],
    ['a/**', 'b/a', false],
    ['**', '', true],
    ['a', 'ab', false],
    ['ab', 'a', false],
  ])('%s and %s', (pattern, path, isMatch) => {
    expect(matchesPattern(pattern, path)).toBe(isMatch);
  });

  it('is asked of 64 segments and no more', () => {
    const deep = (count: number): string => Array.from({ length: count }, () => 'a').join('/');
    expect([64, 65].map((count) => areaOf(withAreas(['all', ['**']]), deep(count)))).toEqual(['all', undefined]);
  });
});

describe('the area that owns a path (S51)', () => {
  it.each<readonly [better: string, worse: string, path: string]>([
    // A longer literal prefix.
    ['docs/a*', 'docs/*', 'docs/ab'],
    ['docs/**', '**', 'docs/ab'],
    ['docs/ab', 'docs/ab*', 'docs/ab'],
    ['docs/a/**', 'docs/*/c', 'docs/a/c'],
    // As long a prefix, and fewer double stars, whatever the single ones are.
    ['docs/*/*', 'docs/**', 'docs/a/b'],
    ['docs/**/b', 'docs/**/**', 'docs/a/b'],
    ['docs/*/*/*', 'docs/**/c', 'docs/a/b/c'],
    // As many, and fewer single stars.
    ['docs/*b', 'docs/*b*', 'docs/ab'],
    ['docs/**/b', 'docs/**/b*', 'docs/a/b'],
    // As many of both: the longer one.
    ['docs/*ab', 'docs/*b', 'docs/ab'],
    // And in the end the order of bytes.
    ['docs/*a*c', 'docs/*b*c', 'docs/abc'],
  ])('%s before %s for %s', (better, worse, path) => {
    for (const areas of [
      [
        ['first', [better]],
        ['second', [worse]],
      ],
      [
        ['second', [worse]],
        ['first', [better]],
      ],
      [
        ['second', [worse, 'x']],
        ['first', ['y', worse, better]],
      ],
      [
        ['first', [better, worse]],
        ['second', [worse]],
      ],
    ] as const)
      expect(areaOf(withAreas(...areas), path)).toBe('first');
  });

  it('is none that leaves the path out, whatever it covers', () => {
    const areas = withAreas(['docs', ['docs/**', '**/*.md'], ['docs/private/**']], ['rest', ['**'], ['**/secret']]);
    expect(['docs/a', 'docs/private/a', 'docs/private/b.md', 'c.md', 'src/a', 'src/secret', 'docs/secret'].map((path) => areaOf(areas, path))).toEqual([
      'docs',
      'rest',
      'rest',
      // Fewer single stars: `**` goes before `**/*.md`.
      'rest',
      'rest',
      undefined,
      'docs',
    ]);
  });

  it('must be one that the process governs, for every path (S52)', () => {
    const areas = withAreas(['work', ['work/**']], ['docs', ['docs/**']]);
    expect(areaProblem(areas, change, ['work/a', 'work/b'])).toBeUndefined();
    expect(areaProblem(areas, change, ['work/a', 'docs/a', 'src/a'])).toEqual({
      code: 'GDO2002',
      reason: '`docs/a` is in the area `docs`, which the process `change` does not govern',
    });
    expect(areaProblem(areas, change, ['src/a', 'docs/a'])).toEqual({ code: 'GDO2001', reason: '`src/a` is in no area, so no process can merge it' });
  });
});
