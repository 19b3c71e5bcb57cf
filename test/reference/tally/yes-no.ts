// A motion by S29 to S33 and S124: people and weight are counted one by one, shares are compared as fractions of whole numbers.

/** A voter's paper: what it says, how many such papers there are, and the weight of each. */
export interface Paper {
  readonly says: 'yes' | 'no' | 'abstain' | 'maybe';
  readonly papers: bigint;
  readonly weight: bigint;
}

/** One test: `a/b` of a base, or of its square root, or a plain number where the base is `number`, or the lead of yes over no. */
export interface Test {
  readonly than: 'at-least' | 'more-than';
  readonly a: bigint;
  readonly b: bigint;
  readonly of: 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'all' | 'those-present' | 'number' | 'lead';
  readonly root: boolean;
}

/** The motion around its papers. */
export interface Motion {
  readonly papers: readonly Paper[];
  readonly roll: bigint;
  readonly present: bigint;
  readonly quorum: bigint;
  readonly tests: readonly Test[];
  /** What an even vote is by the declared rule, or none is declared. */
  readonly even: 'undeclared' | 'fails' | 'yes-first' | 'no-first';
}

function sum(papers: readonly Paper[], which: (paper: Paper) => boolean, unit: 'papers' | 'weight'): bigint {
  let total = 0n;
  for (const paper of papers) if (which(paper)) total += unit === 'papers' ? paper.papers : paper.papers * paper.weight;
  return total;
}

function holds({ papers, roll, present }: Motion, test: Test): boolean {
  const unit = test.of === 'weight-cast' ? 'weight' : 'papers';
  const yes = sum(papers, ({ says }) => says === 'yes', unit);
  const no = sum(papers, ({ says }) => says === 'no', unit);
  const beats = (left: bigint, right: bigint): boolean => (test.than === 'at-least' ? left >= right : left > right);
  if (test.of === 'number') return beats(yes, test.a);
  if (test.of === 'lead') return beats(yes - no, test.a);
  const bases = {
    'votes-cast': sum(papers, ({ says }) => says !== 'abstain', 'papers'),
    'votes-and-abstentions': sum(papers, () => true, 'papers'),
    'weight-cast': sum(papers, ({ says }) => says !== 'abstain', 'weight'),
    all: roll,
    'those-present': present,
  };
  const base = bases[test.of];
  if (base === 0n) return false;
  return test.root ? beats(test.b * yes * (test.b * yes), test.a * test.a * base) : beats(test.b * yes, test.a * base);
}

/** What becomes of the motion. */
export function motion(asked: Motion): 'passed' | 'rejected' | 'tied' {
  const voting = sum(asked.papers, () => true, 'papers');
  if (voting < asked.quorum || voting === 0n) return 'rejected';
  const unit = asked.tests.some(({ of }) => of === 'weight-cast') ? 'weight' : 'papers';
  const even = sum(asked.papers, ({ says }) => says === 'yes', unit) === sum(asked.papers, ({ says }) => says === 'no', unit);
  const passes = asked.tests.every((test) => holds(asked, test));
  if (!even) return passes ? 'passed' : 'rejected';
  if (asked.even === 'yes-first') return 'passed';
  if (asked.even !== 'undeclared') return 'rejected';
  const half = asked.tests.some(({ than, a, b, of, root }) => than === 'at-least' && !root && 2n * a === b && (of === 'votes-cast' || of === 'weight-cast'));
  return passes ? (half ? 'tied' : 'passed') : 'rejected';
}
