// Ten thousand programs made from the grammar come back the same when printed and read, and as many bylaws keep their hash when formatted.
import { comesBack, keepsHash } from '../language/programs.ts';
import type { Outcome } from '../language/programs.ts';

/** Programs that are made at most for each that counts; a fifth and more of them do. */
const triesMax = 20;

/** Makes programs until enough of them count, of each kind; prints one row for each and the programs of which it does not hold. Answers 1 where there is one, or too few count. */
export function measurePrograms(options: { readonly seed: number; readonly count: number }, print: (line: string) => void): number {
  const kinds: readonly (readonly [what: string, make: (seed: number) => Outcome])[] = [
    ['are the same when printed and read, and print the same again', comesBack],
    ['compile, and keep their hash when they are formatted', keepsHash],
  ];
  const results = kinds.map(([what, make]) => {
    let [made, counted, faults] = [0, 0, 0];
    for (; counted < options.count && made < options.count * triesMax; made += 1) {
      const { counts, fault } = make(seedOf(options.seed, made));
      if (counts) counted += 1;
      if (fault === undefined) continue;
      faults += 1;
      print(JSON.stringify(fault));
    }
    print(`${counted} programs of ${made} made ${what}${faults === 0 ? '' : `, but for ${faults}`}`);
    return counted >= options.count && faults === 0;
  });
  return results.every((holds) => holds) ? 0 : 1;
}

/** Seeds far apart, since neighbouring ones begin alike. */
function seedOf(seed: number, index: number): number {
  return Math.imul(seed * 1_000_003 + index, 0x9e3779b1) >>> 0;
}
