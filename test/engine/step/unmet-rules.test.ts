// Rules that the people there are could never meet (S137), against trying every ballot and every number of people. What people see of it: grants.test.ts,
// changes.test.ts and unmet-in-cases.test.ts.
import { describe, expect, it } from 'vitest';
import { unmetRules } from '../../../engine/index.ts';
import type {
  Charter,
  CharterActor,
  CharterBound,
  CharterComparison,
  CharterProcess,
  CharterQuorum,
  CharterShare,
  CharterStage,
  CharterTest,
  CharterVote,
  Quantity,
} from '../../../engine/index.ts';
import { fc } from '../../seeded.ts';
import { compile } from './organization.ts';

// A judge's seats are four, a clerk's two; nobody counts the seats of members. What short elders may do is said, so their rules are left out.
const { charter } = compile(`gdo 1
organization "O"
end
role member plural members
  held by anyone
  gained through naming
end
role judge plural judges
  held by 1 to 4 people
end
role clerk plural clerks
  held by exactly 2 people
end
role elder plural elders
  held by at least 3 people
  while short only naming
end
process naming
  started by any member
  step wait
    after 1 day go to named
  end
  outcome named
    grant member to the candidate
  end
end
`);
const seats: Readonly<Record<string, number>> = { member: 0, judge: 4, clerk: 2, elder: 3 };
const people = ['ana', 'ben', 'chi', 'dee'];
type Rolls = Readonly<Record<string, readonly string[]>>;

const comparison: fc.Arbitrary<CharterComparison> = fc.constantFrom('at-least', 'more-than', 'exactly', 'at-most', 'fewer-than');
const count: fc.Arbitrary<Quantity> = fc.nat({ max: 6 }).map((value) => ({ kind: 'count', value }));
const part: fc.Arbitrary<Quantity> = fc
  .constantFrom([1, 2], [1, 3], [2, 3], [1, 1])
  .map(([numerator = 1, denominator = 1]) => ({ kind: 'share', numerator, denominator }));
const quantity: fc.Arbitrary<Quantity> = fc.oneof(count, part);
const role: fc.Arbitrary<string> = fc.constantFrom('member', 'judge', 'clerk', 'judge', 'clerk', 'electorate', 'seats', 'candidate', 'elder');
const choices: fc.Arbitrary<readonly string[]> = fc.constantFrom(['yes'], ['no'], ['yes', 'no'], ['abstain'], ['yes', 'no', 'abstain']);
const share: fc.Arbitrary<CharterShare> = fc.oneof(
  fc.record({ kind: fc.constant('whole' as const), role, except: fc.nat({ max: 2 }) }),
  fc.record({ kind: fc.constant('part' as const), role, amount: quantity }),
  fc.record({ kind: fc.constant('part' as const), role, amount: quantity, squareRoot: fc.constant(true as const) }),
);
const bound: fc.Arbitrary<CharterBound> = fc.oneof(
  share,
  fc.record({ kind: fc.constantFrom('larger' as const, 'smaller' as const), left: share, right: share }),
);
const quorum: fc.Arbitrary<CharterQuorum> = fc.record({ comparison, bound, counted: fc.constantFrom('voting' as const, 'present' as const) });
const test: fc.Arbitrary<CharterTest> = fc.oneof(
  fc.record({
    kind: fc.constant('share-of-base' as const),
    comparison,
    amount: quantity,
    base: fc.constantFrom('votes-cast' as const, 'those-present' as const, 'weight-cast' as const),
    choices,
  }),
  fc.record({ kind: fc.constant('share-of-base' as const), comparison, amount: quantity, base: fc.constant('all' as const), role, choices }),
  fc.record({ kind: fc.constant('people-say' as const), comparison, amount: quantity, role: role.filter((name) => name !== 'seats'), choices }),
  fc.record({
    kind: fc.constantFrom('none-say' as const, 'all-say' as const),
    role: fc.constantFrom('member', 'judge', 'clerk', 'electorate', 'weight'),
    choices,
  }),
  fc.record({ kind: fc.constant('turnout' as const), comparison, bound }),
  fc.record({ kind: fc.constant('lead' as const), of: fc.constantFrom('yes', 'abstain'), over: fc.constant('no'), comparison, value: fc.nat({ max: 6 }) }),
);
const roles = fc.uniqueArray(fc.constantFrom('member', 'judge', 'clerk', 'judge', 'clerk', 'elder', 'panel'), { minLength: 1, maxLength: 2 });

const emptyVote = {
  kind: 'vote',
  choices: { kind: 'list', names: ['yes', 'no', 'abstain'] },
  reasonsFor: [],
  open: { count: 1, unit: 'day' },
  ballots: 'may-change',
  extends: [],
  beatsDefault: [],
  beatsOthers: [],
  limits: [],
  recusals: [],
  results: [],
} as const;

const except: fc.Arbitrary<readonly string[]> = fc.constantFrom([], [], ['clerk'], ['judge']);

/** How many things a ballot may say: one, two, or as many as there are. */
const marking = fc.constantFrom<Partial<CharterVote>>({}, {}, {}, {}, { marks: 2 }, { counted: { method: 'approval' } });
const weighing = fc.constantFrom<Partial<CharterVote['voters']>>({}, {}, {}, {}, { weightedBy: 'shares' });
const counting = fc.constantFrom<Partial<CharterVote>>({}, { vacanciesCountAs: 'yes' }, { vacanciesCountAs: 'no' });
const votersOf = fc.tuple(roles, except, weighing).map(([named, out, weight]) => ({ roles: named, except: out, who: [], ...weight }));

const voteNamed = (name: string): fc.Arbitrary<CharterVote> =>
  fc
    .record({
      voters: votersOf,
      quorums: fc.array(quorum, { maxLength: 2 }),
      second: fc.constantFrom<'none' | 'without' | 'with'>('none', 'none', 'without', 'with'),
      secondQuorum: quorum,
      passes: fc.array(fc.record({ result: fc.constant('passed'), tests: fc.array(test, { minLength: 1, maxLength: 2 }) }), { maxLength: 2 }),
      vacancies: counting,
      marks: marking,
    })
    .map(({ second, secondQuorum, vacancies, marks, ...rest }) => ({
      ...emptyVote,
      ...rest,
      ...vacancies,
      ...marks,
      name,
      ...(second === 'none' ? {} : { secondCall: { after: emptyVote.open, ...(second === 'with' ? { quorum: secondQuorum } : {}) } }),
    }));

/** A vote that asks for one thing alone, so that nothing else stands before it. */
const plainVote = fc
  .record({
    voters: votersOf,
    asks: fc.oneof(
      { weight: 2, arbitrary: test.map((one): Partial<CharterVote> => ({ passes: [{ result: 'passed', tests: [one] }] })) },
      { weight: 1, arbitrary: quorum.map((one): Partial<CharterVote> => ({ quorums: [one] })) },
    ),
    vacancies: counting,
    marks: marking,
  })
  .map(({ voters, asks, vacancies, marks }): CharterVote => ({
    ...emptyVote,
    name: 'ballot',
    quorums: [],
    passes: [],
    voters,
    ...vacancies,
    ...marks,
    ...asks,
  }));

const actor: fc.Arbitrary<CharterActor> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('count' as const), comparison, bound }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('one' as const), role }) },
);
const step: fc.Arbitrary<CharterStage> = fc
  .array(fc.record({ target: fc.constantFrom('accepted', 'refused'), actors: fc.array(actor, { minLength: 1, maxLength: 2 }), isClock: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((lines) => ({
    kind: 'step',
    name: 'talk',
    concerns: [],
    nominations: [],
    holds: [],
    limits: [],
    transitions: lines.map(({ target, actors, isClock }) =>
      isClock ? { kind: 'after', duration: emptyVote.open, target } : { kind: 'when', acts: actors.map((one) => ({ actor: one, verb: 'approve' })), target },
    ),
  }));
const meeting: fc.Arbitrary<CharterStage> = fc
  .record({ attending: fc.constantFrom('judge', 'clerk', 'member', undefined), quorums: fc.array(quorum, { maxLength: 1 }) })
  .map(({ attending, quorums }) => ({
    kind: 'meeting',
    name: 'assembly',
    open: emptyVote.open,
    results: [],
    quorums,
    ...(attending === undefined ? {} : { attended: { role: attending } }),
  }));
const stage: fc.Arbitrary<CharterStage> = fc.oneof(
  { weight: 4, arbitrary: voteNamed('ballot') },
  { weight: 1, arbitrary: fc.tuple(voteNamed('first'), voteNamed('second')).map((votes): CharterStage => ({ kind: 'joint', name: 'both', votes })) },
  { weight: 2, arbitrary: step },
);
const ending: CharterStage = { kind: 'outcome', name: 'accepted', accepts: true, effects: [] };
const stages = fc
  .tuple(fc.option(meeting, { nil: undefined, freq: 2 }), stage)
  .map(([before, second]): readonly CharterStage[] => [...(before === undefined ? [] : [before]), second, ending]);
const someOf = fc.subarray(people);
const rolls: fc.Arbitrary<Rolls> = fc.record({ member: someOf, judge: someOf, clerk: someOf, elder: someOf });

/** A ballot may say nothing, one thing, or several where there are several marks. */
const ballotsOf = (marks: number): readonly (readonly string[])[] =>
  [[], ['yes'], ['no'], ['abstain'], ['yes', 'no'], ['yes', 'abstain'], ['no', 'abstain'], ['yes', 'no', 'abstain']].filter((said) => said.length <= marks);

const waysBefore = new Map<string, readonly (readonly (readonly string[])[])[]>();

/** All that so many voters can say together. */
function waysOf(voters: number, marks: number): readonly (readonly (readonly string[])[])[] {
  if (voters === 0) return [[]];
  const key = `${voters} ${marks}`;
  const rest = waysOf(voters - 1, marks);
  const ways = waysBefore.get(key) ?? ballotsOf(marks).flatMap((said) => rest.map((others) => [said, ...others]));
  waysBefore.set(key, ways);
  return ways;
}

const sharesIn = (asked: CharterBound): readonly CharterShare[] => ('left' in asked ? [asked.left, asked.right] : [asked]);

function isSo(have: number, asked: CharterComparison, than: number): boolean {
  return { 'at-least': have >= than, 'more-than': have > than, exactly: have === than, 'at-most': have <= than, 'fewer-than': have < than }[asked];
}

function isMuch(have: number, asked: CharterComparison, amount: Quantity, whole: number): boolean {
  if (amount.kind === 'count') return isSo(have, asked, amount.value);
  // S33: a share of nothing is never met.
  return whole > 0 && isSo(have * amount.denominator, asked, amount.numerator * whole);
}

function isWithin(have: number, asked: CharterComparison, bounding: CharterBound, size: (share: CharterShare) => number): boolean {
  const one = (compared: CharterComparison, of: CharterShare): boolean => {
    if (of.kind === 'whole') return isSo(have, compared, size(of) - (of.except ?? 0));
    if (of.squareRoot === undefined) return isMuch(have, compared, of.amount, size(of));
    // S32: (b·x)² against a²·n.
    const [above, below] = of.amount.kind === 'count' ? [of.amount.value, 1] : [of.amount.numerator, of.amount.denominator];
    return isSo((below * have) ** 2, compared, above ** 2 * size(of));
  };
  if (!('left' in bounding)) return one(asked, bounding);
  const { kind, left, right } = bounding;
  const of = (compared: CharterComparison, isBoth: boolean): boolean =>
    isBoth ? one(compared, left) && one(compared, right) : one(compared, left) || one(compared, right);
  // S32: both or either for lower bounds, the reverse for upper ones; what is exactly as much is neither less nor more.
  if (asked === 'exactly') return of('at-least', kind === 'larger') && of('at-most', kind !== 'larger');
  return of(asked, (kind === 'larger') === (asked === 'at-least' || asked === 'more-than'));
}

const isUpper = (asked: CharterComparison): boolean => asked === 'at-most' || asked === 'fewer-than';

/** Whether some number of people up to `most` is within a bound. What only a case knows may be as one likes. */
function canBe(asked: CharterComparison, bounding: CharterBound, size: (share: CharterShare) => number | undefined, from: number, most: number): boolean {
  if (sharesIn(bounding).some((one) => size(one) === undefined)) return true;
  return Array.from({ length: most + 1 }, (_, index) => index).some((have) => have >= from && isWithin(have, asked, bounding, (one) => size(one) ?? 0));
}

/** Docs/decisions/0167: nobody meets no quorum. */
const comes = (asked: { comparison: CharterComparison; bound: CharterBound }, size: (share: CharterShare) => number | undefined, most: number): boolean =>
  (isUpper(asked.comparison) || most > 0) && canBe(asked.comparison, asked.bound, size, 0, most);

const known = (name: string): boolean => name in seats;

function canVote(held: Rolls, vote: CharterVote, present: number | undefined): boolean {
  if (vote.voters.roles.some((name) => !known(name))) return true;
  const out = vote.voters.except.flatMap((name) => held[name] ?? []);
  const of = (name: string): readonly string[] => (held[name] ?? []).filter((person) => !out.includes(person));
  const voters = people.filter((person) => vote.voters.roles.some((name) => of(name).includes(person)));
  const size = (asked: CharterShare): number | undefined => {
    if (asked.role === 'electorate') return voters.length;
    if (asked.role === 'seats') return vote.voters.roles.reduce((sum, name) => sum + (seats[name] ?? 0), 0);
    if (!known(asked.role)) return undefined;
    return (asked.kind === 'part' && asked.squareRoot !== undefined ? (held[asked.role] ?? []) : of(asked.role)).length;
  };
  const empty = (said: readonly string[], among: string): number =>
    vote.voters.roles
      .filter((name) => among === 'electorate' || among === 'weight' || name === among)
      .reduce((sum, name) => sum + (said.includes(vote.vacanciesCountAs ?? '') ? Math.max(0, (seats[name] ?? 0) - (held[name] ?? []).length) : 0), 0);
  const ways = waysOf(voters.length, vote.marks ?? (vote.counted === undefined ? 1 : 3));
  const isMet = (asked: CharterTest, ballots: readonly (readonly string[])[]): boolean => {
    const marked = (said: readonly string[]): number => ballots.flat().filter((one) => said.includes(one)).length + empty(said, 'electorate');
    const saying = (name: string, said: readonly string[]): number =>
      ballots.filter(
        (one, index) => one.some((choice) => said.includes(choice)) && (name === 'electorate' || name === 'weight' || of(name).includes(voters[index] ?? '')),
      ).length;
    switch (asked.kind) {
      case 'share-of-base':
        return isMuch(marked(asked.choices), asked.comparison, asked.amount, size({ kind: 'whole', role: asked.role ?? 'electorate' }) ?? 0);
      case 'people-say':
        return isMuch(
          saying(asked.role, asked.choices) + empty(asked.choices, asked.role),
          asked.comparison,
          asked.amount,
          size({ kind: 'whole', role: asked.role }) ?? 0,
        );
      case 'none-say':
        return saying(asked.role, asked.choices) + empty(asked.choices, asked.role) === 0;
      case 'all-say':
        return (
          saying(asked.role, asked.choices) > 0 &&
          saying(asked.role, asked.choices) === (asked.role === 'weight' ? voters.length : size({ kind: 'whole', role: asked.role }))
        );
      case 'turnout':
        return isWithin(ballots.filter((one) => one.length > 0).length, asked.comparison, asked.bound, (one) => size(one) ?? 0);
      case 'lead':
        return isSo(marked([asked.of]) - marked([asked.over]), asked.comparison, asked.value);
    }
  };
  const can = (asked: CharterTest): boolean => {
    // What is weighed, and how much will be cast, only a case knows.
    if (asked.kind === 'share-of-base' && (asked.base === 'weight-cast' || (asked.base !== 'all' && asked.amount.kind === 'share'))) return true;
    if (asked.kind === 'lead' && vote.voters.weightedBy !== undefined) return true;
    if ('role' in asked && asked.role !== 'weight' && asked.role !== undefined && size({ kind: 'whole', role: asked.role }) === undefined) return true;
    if (asked.kind === 'turnout' && sharesIn(asked.bound).some((one) => size(one) === undefined)) return voters.length > 0 || isUpper(asked.comparison);
    if (asked.kind === 'turnout' && voters.length === 0 && !isUpper(asked.comparison)) return false;
    return ways.some((ballots) => isMet(asked, ballots));
  };
  const gathers = (asked: CharterQuorum): boolean => {
    const most = asked.counted === 'present' ? present : voters.length;
    return most === undefined || comes(asked, size, most);
  };
  const { secondCall: second } = vote;
  const isQuorate = vote.quorums.every(gathers) || (second !== undefined && (second.quorum === undefined || gathers(second.quorum)));
  return isQuorate && (vote.passes.length === 0 || vote.passes.some(({ tests }) => tests.every(can)));
}

/** The rules of one process that cannot be met, by name. */
function unmetIn(held: Rolls, process: CharterProcess): readonly string[] {
  const size = ({ role: name }: CharterShare): number | undefined => (known(name) ? (held[name] ?? []).length : undefined);
  const attending = process.stages.flatMap((one) => (one.kind === 'meeting' ? [one.attended?.role ?? 'person'] : []));
  const present = attending.every(known) ? new Set(attending.flatMap((name) => held[name] ?? [])).size : undefined;
  const acts = (asked: CharterActor): boolean => {
    if (asked.kind !== 'count') return true;
    const all = new Set(sharesIn(asked.bound).flatMap((one) => held[one.role] ?? []));
    // Docs/decisions/0065: an event needs somebody's act, unless it is that few act.
    return canBe(asked.comparison, asked.bound, size, isUpper(asked.comparison) ? 0 : 1, all.size);
  };
  const rules = process.stages.flatMap((one): readonly (readonly [name: string, can: boolean, part: unknown])[] => {
    if (one.kind === 'vote') return [[one.name, canVote(held, one, present), one]];
    if (one.kind === 'joint') return one.votes.map((vote) => [vote.name, canVote(held, vote, present), vote] as const);
    if (one.kind === 'meeting') return [[one.name, one.quorums.every((asked) => present === undefined || comes(asked, size, present)), one]];
    if (one.kind !== 'step') return [];
    const whens = one.transitions.flatMap((line) => (line.kind === 'when' ? [line] : []));
    return whens.map((line, index) => {
      const before = whens.slice(0, index).filter((other) => other.target === line.target).length;
      return [`talk to ${line.target}${before === 0 ? '' : ` (${before + 1})`}`, line.acts.every((act) => acts(act.actor)), line] as const;
    });
  });
  return rules.filter(([, can, rule]) => !can && !JSON.stringify(rule).includes('"elder"')).map(([name]) => `${process.name}.${name}`);
}

const [first] = charter.processes;
if (first === undefined) throw new Error('there is a process');
const withProcesses = (processes: readonly (readonly CharterStage[])[]): Charter => ({
  ...charter,
  processes: processes.map((one, index) => ({ ...first, name: `p${index}`, stages: one })),
});

describe('a rule that could never be met (S137)', () => {
  const agrees = (made: readonly (readonly CharterStage[])[], held: Rolls): void => {
    const rules = withProcesses(made);
    expect(unmetRules(rules, (name) => held[name] ?? [])).toEqual(rules.processes.flatMap((process) => unmetIn(held, process)));
  };

  it('is a quorum or a test that no ballots meet, and no other', () => {
    fc.assert(
      fc.property(fc.array(plainVote, { minLength: 3, maxLength: 3 }), rolls, (votes, held) =>
        agrees(
          votes.map((vote) => [vote]),
          held,
        ),
      ),
      { numRuns: 500 },
    );
  });

  it('is a vote, meeting or line of a step of which no number of people meets what it asks, and no other', () => {
    fc.assert(fc.property(fc.array(stages, { minLength: 1, maxLength: 2 }), rolls, agrees), { numRuns: 300 });
  });
});
