// Families about how ballots are counted: every electorate of every legal size is tried by plain numbers.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { isQuorate, joined, passes, someShare, testsHold, voteLines } from './counting.ts';
import type { Family, Planted } from './family.ts';
import { carries, keeperRole, losesByYes, policy, some, usual } from './family.ts';

const withVeto = [...usual, 'veto'];

/** Whether one no more makes a vote pass that had its quorum. */
function winsByNo(rule: CountRule): boolean {
  return some(rule.choices, (people) => {
    const more = joined(people, 'no');
    const hasBallots = people.some((one) => one !== 'away');
    return more !== undefined && hasBallots && isQuorate(rule, people) && !testsHold(rule, people) && passes(rule, more);
  });
}

function noShow(pick: Pick): Planted {
  const tests = [
    someShare(pick, 'yes'),
    ...(pick(4) > 0 ? [{ ...someShare(pick, 'veto', false), base: (['cast', 'ballots', 'all'] as const)[pick(3)] ?? 'cast' }] : []),
  ];
  const rule: CountRule = { choices: withVeto, quorum: pick(4), strictQuorum: false, tests };
  return { text: policy(...voteLines(rule, 'keepers', 'written')), has: winsByNo(rule), at: 'process policy' };
}

/** The other errors that are there: counts that go the wrong way. */
function beside(rule: CountRule): readonly string[] {
  return [...(winsByNo(rule) ? ['GDO308'] : []), ...(losesByYes(rule) ? ['GDO310'] : [])];
}

function nonMonotone(pick: Pick): Planted {
  const tests = [someShare(pick, 'yes'), ...(pick(2) === 0 ? [someShare(pick, 'yes', false)] : []), ...(pick(3) === 0 ? [someShare(pick, 'no', false)] : [])];
  const rule: CountRule = { choices: usual, quorum: pick(4), strictQuorum: false, tests };
  const isPossible = some(usual, (people) => passes(rule, people));
  // What nothing can pass is GDO321's, and is made by its own family.
  return isPossible ? { text: policy(...voteLines(rule, 'keepers')), has: losesByYes(rule), at: 'process policy', beside: beside(rule) } : nonMonotone(pick);
}

/** A third of them contradict themselves, a third do so only because of the quorum, and a third are pairs of tests that may or may not. */
function unsatisfiable(pick: Pick): Planted {
  const half: CountRule['tests'][number] = { choice: 'yes', least: true, strict: true, top: 1, below: 2, base: 'ballots' };
  const few: CountRule['tests'][number] = { choice: 'yes', least: false, strict: false, top: 1 + pick(2), below: 5, base: 'all' };
  const [tests, quorum]: readonly [CountRule['tests'], number] = (
    [
      [[half, { ...half, choice: 'no' }], pick(5)],
      [[half, few], 2 + pick(4)],
      [[someShare(pick, 'yes'), someShare(pick, pick(2) === 0 ? 'yes' : 'no', pick(2) === 0)], pick(6)],
    ] as const
  )[pick(3)] ?? [[half], 0];
  const rule: CountRule = { choices: usual, quorum, strictQuorum: false, tests };
  return { text: policy(...voteLines(rule, 'keepers')), has: !some(usual, (people) => passes(rule, people)), at: 'process policy', beside: beside(rule) };
}

function quorumOfOne(pick: Pick): Planted {
  const rule: CountRule = {
    choices: usual,
    quorum: [0, 1, 1, 2][pick(4)] ?? 1,
    strictQuorum: pick(2) === 0,
    tests: [someShare(pick, 'yes'), ...(pick(3) === 0 ? [someShare(pick, 'yes')] : [])],
  };
  return { text: policy(...voteLines(rule, 'keepers')), has: carries(rule, 1, 5), at: 'process policy' };
}

function ownRemoval(pick: Pick): Planted {
  const most = 3 + pick(4);
  const isLeftOut = pick(3) === 0;
  const rule: CountRule = { choices: usual, quorum: pick(3), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  const has =
    !isLeftOut &&
    Array.from({ length: most - 1 }, (_, index) => index + 2).some((size) => {
      const others = Array.from({ length: size - 1 }, () => 'yes');
      return passes(rule, [...others, 'yes']) && !passes(rule, [...others, 'no']);
    });
  const lines = voteLines(rule, 'keepers');
  const text = framed(`${keeperRole(`2 to ${most}`, 2)}
process removal
  started by any keeper
  about keepers
  vote ballot
    voters keepers${isLeftOut ? ' except the subject' : ''}
    open for 14 days
${lines.map((line) => `    ${line}\n`).join('')}    when passed go to done
    otherwise go to refused
  end
  outcome done
    remove keeper from the subject
  end
end
`);
  return { text, has, at: 'process removal' };
}

/** The families, in the order of their codes. */
export const countingFamilies: readonly Family[] = [
  { name: 'no-show', code: 'GDO308', make: noShow },
  { name: 'monotonicity', code: 'GDO310', make: nonMonotone },
  { name: 'contradiction', code: 'GDO321', make: unsatisfiable },
  { name: 'own removal', code: 'GDO404', make: ownRemoval },
  { name: 'quorum of one', code: 'GDO406', severity: 'warning', make: quorumOfOne },
];
