// What an amendment means: the class of each kind of edit, and for votes the same answer as counting every electorate of named people by hand.
import { describe, expect, it } from 'vitest';
import { framed, ruleChanges } from '../../../compiler/index.ts';
import type { RuleChange } from '../../../compiler/index.ts';
import { projectCharters } from '../bylaws-text.ts';
import { compiled } from '../bylaws-text.ts';
import { fc } from '../../seeded.ts';

type Charter = NonNullable<ReturnType<typeof compiled>['charter']>;

function charterOf(text: string): Charter {
  const { charter, diagnostics } = compiled(text);
  if (charter === undefined) throw new Error(diagnostics.map((one) => one.message).join('; '));
  return charter;
}

const base = framed(`area work covers "work/**"

role helper plural helpers
  held by 2 to 4 people
  first held by "fay", "gil"
  gained through keeping
end

account chest in EUR
  kept by any keeper
  limit 500 EUR per 30 days
end

process policy "Policies"
  governs work
  started by any keeper
  limit 2 cases per author per 30 days
  step review
    lasts at least 3 days
    when 2 other keepers approve go to ballot
    when 2 keepers object go to refused
    after 30 days go to refused
  end
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end

right enter
  covers "doors/front"
  held by keepers
  weekdays from 09:00 to 17:00
end

protect removal
  changed through amendment
end
`);

/** The differences after one edit; the text to replace stands once. */
function after(from: string, to: string): readonly RuleChange[] {
  expect(base.split(from)).toHaveLength(2);
  return ruleChanges(charterOf(base), charterOf(base.replace(from, to)));
}

const edits: readonly (readonly [kind: string, path: string, from: string, to: string])[] = [
  [
    'easier',
    'policy.ballot.passes',
    'more than 1/2 of votes cast are yes\n    when passed go to accepted',
    'at least 1/3 of votes cast are yes\n    when passed go to accepted',
  ],
  [
    'power',
    'policy.ballot.passes',
    'more than 1/2 of votes cast are yes\n    when passed go to accepted',
    'at least 3 keepers say yes\n    when passed go to accepted',
  ],
  [
    'harder',
    'policy.ballot.open',
    'voters keepers\n    open for 14 days\n    quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
    'voters keepers\n    open for 15 days\n    quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
  ],
  ['easier', 'policy.review.lastsAtLeast', 'lasts at least 3 days', 'lasts at least 1 day'],
  ['easier', 'policy.review.transitions', 'when 2 other keepers approve go to ballot', 'when 1 other keeper approves go to ballot'],
  ['harder', 'policy.review.transitions', 'when 2 keepers object go to refused', 'when 1 keeper objects go to refused'],
  ['power', 'policy.review.transitions', '2 keepers object go to refused', '1 helper objects go to refused'],
  ['easier', 'policy.review.transitions', 'after 30 days go to refused\n  end\n  vote', 'after 40 days go to refused\n  end\n  vote'],
  ['harder', 'policy.limits', 'limit 2 cases per author', 'limit 1 cases per author'],
  ['power', 'policy.governs', 'governs work', 'governs work, bylaws'],
  ['easier', 'policy.starts', 'governs work\n  started by any keeper', 'governs work\n  started by any keeper\n  started by any helper'],
  ['power', 'policy.starts', 'governs work\n  started by any keeper', 'governs work\n  started by any helper'],
  ['harder', 'policy.starts', 'governs work\n  started by any keeper', 'governs work\n  started by 2 keepers'],
  ['wording', 'policy.title', '"Policies"', '"Our policies"'],
  ['easier', 'chest.limits', 'limit 500 EUR per 30 days', 'limit 600 EUR per 30 days'],
  ['power', 'enter.schedule', '09:00 to 17:00', '09:00 to 18:00'],
  ['easier', 'protect.removal', 'protect removal\n  changed through amendment\nend\n', ''],
  ['power', 'helper.held', '2 to 4 people', '2 to 5 people'],
  ['power', 'work.covers', '"work/**"', '"work/**", "more/**"'],
  ['power', 'annex', 'area work covers', 'area annex covers "annex/**"\narea work covers'],
];

describe('one edit', () => {
  it.each(edits)('is %s: %s', (kind, path, from, to) => {
    const changes = after(from, to);
    expect(changes.map((change) => [change.kind, change.path.join('.')])).toEqual([[kind, path]]);
  });

  it('says the sentences before and after, and how many people it takes', () => {
    const [change] = after('when 2 other keepers approve go to ballot', 'when 1 other keeper approves go to ballot');
    expect(change).toMatchObject({
      before: ['When 2 other keepers approve, it goes on to the ballot.'],
      after: ['When 1 other keeper approves, it goes on to the ballot.'],
    });
    const [quorum] = after(
      'quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
      'quorum at least 4/5 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
    );
    expect(quorum).toMatchObject({ kind: 'harder' });
  });

  it('counts the minutes of the week that a right opens and closes', () => {
    expect(after('09:00 to 17:00', '18:00 to 22:00')[0]?.note).toBe('1200 minutes of the week are opened, and 2400 are closed');
  });

  it('names the process that alone may change what is protected (S59)', () => {
    const changed = ruleChanges(
      charterOf(base),
      charterOf(base.replace('process removal\n  started by any keeper', 'process removal\n  started by 2 keepers')),
    );
    expect(changed).toMatchObject([{ kind: 'harder', path: ['removal', 'starts'], protectedBy: 'amendment' }]);
  });

  it('hides behind no other: an easier count and a longer time are two differences', () => {
    const both = base.replace(
      'open for 14 days\n    quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
      'open for 21 days\n    quorum at least 1/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted',
    );
    expect(ruleChanges(charterOf(base), charterOf(both)).map((change) => [change.kind, change.path.at(-1)])).toEqual([
      ['easier', 'quorum'],
      ['harder', 'open'],
    ]);
  });
});

describe('bylaws that people wrote', () => {
  it.each(projectCharters())('%s do not differ from themselves', (_name, charter) => {
    expect(ruleChanges(charter, charter)).toEqual([]);
    // The same bylaws read back from a ledger have their clauses in another order.
    expect(ruleChanges(charter, backwards(charter))).toEqual([]);
  });
});

/** The same value with the members of every object the other way round. */
function backwards<T>(value: T): T;
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => backwards(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]: [string, unknown]) => [key, backwards(member)]),
  );
}

interface Rule {
  readonly strict: boolean;
  readonly top: number;
  readonly below: number;
  readonly base: 'cast' | 'ballots' | 'all';
  readonly quorumTop: number;
}

const rule: fc.Arbitrary<Rule> = fc.record({
  strict: fc.boolean(),
  top: fc.integer({ min: 1, max: 4 }),
  below: fc.integer({ min: 4, max: 6 }),
  base: fc.constantFrom('cast', 'ballots', 'all'),
  quorumTop: fc.integer({ min: 1, max: 5 }),
});

const baseWords = { cast: 'votes cast', ballots: 'votes and abstentions', all: 'all keepers' };

function textOf(given: Rule): string {
  return framed(`process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least ${given.quorumTop}/5 of keepers voting
    passes when ${given.strict ? 'more than' : 'at least'} ${given.top}/${given.below} of ${baseWords[given.base]} are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`);
}

/** Counts the ballots of people one by one, each of whom says yes, no, abstains or is away. */
function passes(given: Rule, ballots: readonly string[]): boolean {
  const cast = ballots.filter((ballot) => ballot !== 'away');
  if (cast.length === 0 || cast.length * 5 < given.quorumTop * ballots.length) return false;
  const [yes, no] = [cast.filter((ballot) => ballot === 'yes').length, cast.filter((ballot) => ballot === 'no').length];
  const whole = given.base === 'all' ? ballots.length : given.base === 'ballots' ? cast.length : yes + no;
  if (whole === 0) return false;
  return given.strict ? yes * given.below > given.top * whole : yes * given.below >= given.top * whole;
}

/** Every electorate of so many people whose ballots, put in order, are not the same as another one's. */
function electoratesOf(size: number, kinds: readonly string[] = ['yes', 'no', 'abstain', 'away']): readonly (readonly string[])[] {
  const [kind, ...others] = kinds;
  if (kind === undefined) return size === 0 ? [[]] : [];
  return Array.from({ length: size + 1 }, (_, count) => count).flatMap((count) =>
    electoratesOf(size - count, others).map((rest) => [...Array.from({ length: count }, () => kind), ...rest]),
  );
}

/** The frame's body has five to nine people. */
const electorates = [5, 6, 7, 8, 9].flatMap((size) => electoratesOf(size));

describe('two rules of counting', () => {
  it('are compared as every electorate of named people says', () => {
    fc.assert(
      fc.property(rule, rule, (left, other) => {
        const right = { ...other, quorumTop: left.quorumTop };
        const gained = electorates.some((ballots) => passes(right, ballots) && !passes(left, ballots));
        const lost = electorates.some((ballots) => passes(left, ballots) && !passes(right, ballots));
        const found = ruleChanges(charterOf(textOf(left)), charterOf(textOf(right))).filter((change) => change.path.at(-1) === 'passes');
        const kind = gained && lost ? 'power' : gained ? 'easier' : lost ? 'harder' : 'other';
        const isSame = left.strict === right.strict && left.base === right.base && left.top * right.below === right.top * left.below;
        expect(found.map((change) => change.kind)).toEqual(isSame && found.length === 0 ? [] : [kind]);
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});
