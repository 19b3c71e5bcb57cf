// Charters made from a seed, each with or without one fault, for the analyses that search and table. Whether the fault is there is worked out by trying
// every electorate of a small body, every pair of groups of named people, or by playing the charter on the engine - never as the analysis does it.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { electorates, isQuorate, joined, passes, someShare, testsHold, voteLines } from './counting.ts';
import { plays } from './playing.ts';

/** One charter. `has`: whether the fault is in it. */
export interface Planted {
  readonly text: string;
  readonly has: boolean;
}

/** A kind of fault. `notes`: whether a note of the code counts as found; `also`: codes that say the same of the charter, and keep the analysis from running. */
export interface Family {
  readonly name: string;
  readonly code: string;
  readonly notes?: true;
  readonly also?: readonly string[];
  readonly make: (pick: Pick) => Planted;
}

/** The frame's body: five to nine keepers, five today. */
const sizes: readonly number[] = [5, 6, 7, 8, 9];

function policy(...lines: readonly string[]): string {
  return framed(
    `process policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 7 days\n${lines.map((line) => `    ${line}\n`).join('')}    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
  );
}

const usual = ['yes', 'no', 'abstain'];
const withVeto = [...usual, 'veto'];

/** Whether some electorate of a legal size has a property. */
function some(choices: readonly string[], has: (people: readonly string[]) => boolean, of: readonly number[] = sizes): boolean {
  return of.some((size) => electorates(size, [...choices, 'away']).some(has));
}

function noShow(pick: Pick): Planted {
  const tests = [
    someShare(pick, 'yes'),
    ...(pick(4) > 0 ? [{ ...someShare(pick, 'veto', false), base: (['cast', 'ballots', 'all'] as const)[pick(3)] ?? 'cast' }] : []),
  ];
  const rule: CountRule = { choices: withVeto, quorum: pick(4), strictQuorum: false, tests };
  const has = some(withVeto, (people) => {
    const more = joined(people, 'no');
    const hasBallots = people.some((one) => one !== 'away');
    return more !== undefined && hasBallots && isQuorate(rule, people) && !testsHold(rule, people) && passes(rule, more);
  });
  return { text: policy(...voteLines(rule, 'keepers', 'written')), has };
}

function nonMonotone(pick: Pick): Planted {
  const tests = [someShare(pick, 'yes'), ...(pick(2) === 0 ? [someShare(pick, 'yes', false)] : []), ...(pick(3) === 0 ? [someShare(pick, 'no', false)] : [])];
  const rule: CountRule = { choices: usual, quorum: pick(4), strictQuorum: false, tests };
  const isPossible = some(usual, (people) => passes(rule, people));
  const has = some(usual, (people) => {
    const more = joined(people, 'yes');
    return more !== undefined && passes(rule, people) && !passes(rule, more);
  });
  // What nothing can pass is GDO321's, and is made by its own family.
  return isPossible ? { text: policy(...voteLines(rule, 'keepers')), has } : nonMonotone(pick);
}

function unsatisfiable(pick: Pick): Planted {
  const quorum = pick(6);
  // Few may say yes of all, and most of those who vote must: possible while few vote, and not where many have to.
  const few: CountRule['tests'] = [
    { choice: 'yes', least: true, strict: true, top: 1, below: 2, base: 'ballots' },
    { choice: 'yes', least: false, strict: false, top: 1 + pick(3), below: 5, base: 'all' },
  ];
  const tests = pick(2) === 0 ? few : [someShare(pick, 'yes'), someShare(pick, pick(2) === 0 ? 'yes' : 'no', pick(2) === 0)];
  const rule: CountRule = { choices: usual, quorum, strictQuorum: false, tests };
  return { text: policy(...voteLines(rule, 'keepers')), has: !some(usual, (people) => passes(rule, people)) };
}

function quorumOfOne(pick: Pick): Planted {
  const rule: CountRule = {
    choices: usual,
    quorum: [0, 1, 1, 2][pick(4)] ?? 1,
    strictQuorum: pick(2) === 0,
    tests: [someShare(pick, 'yes'), ...(pick(3) === 0 ? [someShare(pick, 'yes')] : [])],
  };
  return { text: policy(...voteLines(rule, 'keepers')), has: passes(rule, ['yes', 'away', 'away', 'away', 'away']) };
}

const keeperRole = (held: string, people: number): string =>
  `role keeper plural keepers
  held by ${held} people
  first held by ${Array.from({ length: people }, (_, index) => `"p${index + 1}"`).join(', ')}
  gained through keeping
  lost through removal or resignation or 2 years without activity
  vacancy filled through keeping within 60 days
  while short only keeping, removal, amendment
end
`;

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
  return { text, has };
}

/** Whether two groups of named people that share nobody can each decide alone: every pair of groups is tried. */
function splits(rule: CountRule, size: number): boolean {
  const decides = (group: number): boolean =>
    passes(
      rule,
      Array.from({ length: size }, (_, person) => (((group >> person) & 1) === 1 ? 'yes' : 'away')),
    );
  const deciding = Array.from({ length: 1 << size }, (_, group) => group).filter(decides);
  return deciding.some((left) => deciding.some((right) => (left & right) === 0));
}

function partition(pick: Pick): Planted {
  const least = 2 + pick(4);
  const most = least + pick(4);
  const rule: CountRule = { choices: usual, quorum: pick(5), strictQuorum: pick(2) === 0, tests: [someShare(pick, 'yes')] };
  const legal = Array.from({ length: most - least + 1 }, (_, index) => least + index).filter((size) => size > 1);
  const text = framed(`${keeperRole(`${least} to ${most}`, most)}
process change
  governs bylaws
  started by any keeper
  on edit refuse
  on conflict refuse
  offline provisional
  vote ballot
    voters keepers
    open for 7 days
${voteLines(rule, 'keepers')
  .map((line) => `    ${line}\n`)
  .join('')}    when passed go to accepted
    otherwise go to refused
  end
end
`);
  return { text, has: legal.some((size) => splits(rule, size)) };
}

function lone(pick: Pick): Planted {
  const count = pick(4);
  const other = pick(2) === 0 ? 'other ' : '';
  const who = count === 0 ? `any ${other}keeper` : `${count} ${other}keepers`;
  const verb = count < 2 ? 'approves' : 'approve';
  const forms = [
    `  step review\n    when ${count === 1 ? `a${other === '' ? '' : 'ny other'} keeper` : who} ${count === 0 ? 'approves' : verb} go to done\n    after 9 days go to refused\n  end\n`,
    `  step notice\n    after ${1 + pick(20)} days go to done\n  end\n`,
    `  step notice\n    when ${2 + pick(2)} keepers object go to refused\n    after 9 days go to ballot\n  end\n  vote ballot\n    voters keepers\n    open for 7 days\n    quorum at least ${1 + pick(3)} keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to done\n    otherwise go to refused\n  end\n`,
    `  vote ballot\n    voters keepers\n    open for 7 days\n    quorum at least ${pick(4)}/5 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to done\n    otherwise go to refused\n  end\n`.replace(
      '    quorum at least 0/5 of keepers voting\n',
      '',
    ),
  ];
  const form = forms[pick(forms.length)] ?? '';
  const text = framed(
    `process amendment\n  governs bylaws\n  started by any keeper\n  on edit refuse\n${form}  outcome done\n    accept the merge within 60 days\n  end\nend\n`,
  );
  // One person does everything that a person can do, every day, and nobody else says anything.
  const deeds = ['on day 0 ada start amendment', 'on day 1 ada approves', 'on day 1 ada votes yes', 'on day 10 ada votes yes'];
  const isObjectable = form.includes('object');
  return { text, has: !isObjectable && plays(text, ['given keepers are ada, ben, chi, dev, eve', ...deeds, 'after 40 days', 'expect amendment is done']) };
}

function twoSteps(pick: Pick): Planted {
  const isGuarded = pick(3) === 0;
  const rule: CountRule = { choices: usual, quorum: 1 + pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  // Nine today; the smallest group that says yes together and passes.
  const group = Array.from({ length: 9 }, (_, index) => index + 1).find((people) =>
    passes(
      rule,
      Array.from({ length: 9 }, (_, person) => (person < people ? 'yes' : 'away')),
    ),
  );
  // As many for the guard as for its change is no bypass, and one more is.
  const near = (group ?? 4) - 1 + pick(2);
  const guard = pick(2) === 0 && near > 1 && near < 9 ? near : 2 + pick(6);
  const text = framed(`${keeperRole('9 to 12', 9)}
process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  allow conflicting-thresholds because "what is protected takes more"
  allow weaker-fast-path because "what is protected takes more"
  vote ballot
    voters keepers
    open for 14 days
${voteLines(rule, 'keepers')
  .map((line) => `    ${line}\n`)
  .join('')}    when passed go to done
    otherwise go to refused
  end
  outcome done
    accept the merge within 60 days
  end
end

process charter-change
  governs bylaws
  started by any keeper
  on edit refuse
  allow conflicting-thresholds because "what is protected takes more"
  allow weaker-fast-path because "what is protected takes more"
  step support
    when ${guard} other keepers approve go to accepted
    after 30 days go to refused
  end
end

protect removal${isGuarded ? ', charter-change' : ''}
  changed through charter-change
end
`);
  return { text, has: !isGuarded && group !== undefined && group < guard + 1 };
}

function takeover(pick: Pick): Planted {
  const [body, supporters] = [6 + pick(7), 1 + pick(4)];
  const rule: CountRule = { choices: usual, quorum: 1 + pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  const amends = (people: number, allies: number): boolean =>
    passes(
      rule,
      Array.from({ length: people }, (_, person) => (person < allies ? 'yes' : 'away')),
    );
  // Allies admit one after another, each of whom is an ally from then on; twelve admissions at most, thirty seats.
  const wins = (allies: number): boolean => {
    for (let motions = 1; motions <= 12 && body + motions <= 30; motions += 1)
      if (allies + motions - 1 >= supporters + 1 && amends(body + motions, allies + motions)) return true;
    return false;
  };
  const fewest = Array.from({ length: body }, (_, index) => index + 1).find((allies) => allies >= supporters + 1 && !amends(body, allies) && wins(allies));
  const alone = Array.from({ length: body }, (_, index) => index + 1).find((allies) => amends(body, allies));
  const text = framed(`${keeperRole('5 to 30', body)}
process keeping
  started by any keeper
  step support
    when ${supporters} other ${supporters === 1 ? 'keeper endorses' : 'keepers endorse'} go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers
    open for 14 days
${voteLines(rule, 'keepers')
  .map((line) => `    ${line}\n`)
  .join('')}    when passed go to done
    otherwise go to refused
  end
  outcome done
    accept the merge within 60 days
  end
end
`);
  return { text, has: fewest !== undefined && alone !== undefined && fewest * 3 < body };
}

function lockOut(pick: Pick): Planted {
  const today = 4 + pick(4);
  const least = 2 + pick(today - 2);
  const needed = [0, 1].map(() => (pick(2) === 0 ? { count: 1 + pick(today) } : { fifths: 1 + pick(5) }));
  const [electing = { count: 1 }, amending = { count: 1 }] = needed;
  const quorum = (need: (typeof needed)[number]): string => ('count' in need ? `at least ${need.count} keepers` : `at least ${need.fifths}/5 of keepers`);
  const met = (need: (typeof needed)[number], people: number): boolean =>
    people > 0 && ('count' in need ? people >= need.count : people * 5 >= need.fifths * people);
  // People leave one after another; whoever is left all agree.
  const lockedAt = Array.from({ length: today }, (_, gone) => today - 1 - gone).find((people) => !met(electing, people) && !met(amending, people));
  const vote = (need: (typeof needed)[number]): string =>
    `  vote ballot\n    voters keepers\n    open for 14 days\n    quorum ${quorum(need)} voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to done\n    otherwise go to refused\n  end\n`;
  const text = framed(`${keeperRole(`${least} to 9`, today)}
process keeping
  started by any keeper
${vote(electing)}  outcome done
    grant keeper to the candidate
  end
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
${vote(amending)}  outcome done
    accept the merge within 60 days
  end
end
`);
  return { text, has: lockedAt !== undefined && (lockedAt >= Math.max(2, least) || (lockedAt >= 2 && lockedAt === today - 1)) };
}

function fastPath(pick: Pick): Planted {
  const [first, second]: readonly CountRule[] = [0, 1].map(() => ({ choices: usual, quorum: pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] }));
  const [quick, slow] = [1 + pick(9), 1 + pick(9)];
  const never: CountRule = { choices: usual, quorum: 0, strictQuorum: false, tests: [] };
  const [left, right] = [first ?? never, second ?? never];
  const more = some(usual, (people) => passes(left, people) && !passes(right, people));
  const less = some(usual, (people) => passes(right, people) && !passes(left, people));
  const vote = (name: string, rule: CountRule, days: number): string =>
    `process ${name}\n  governs bylaws\n  started by any keeper\n  on edit refuse\n  vote ballot\n    voters keepers\n    open for ${days} days\n${voteLines(
      rule,
      'keepers',
    )
      .map((line) => `    ${line}\n`)
      .join('')}    when passed go to done\n    otherwise go to refused\n  end\n  outcome done\n    accept the merge within 60 days\n  end\nend\n`;
  // The frame's own amendment is left out: the two are compared with each other alone.
  const text = framed(`${vote('amendment', right, slow)}\n${vote('reform', left, quick)}`);
  const has = (more && !less && quick < slow) || (less && !more && slow < quick);
  return { text, has };
}

/** Every family, in the order of their codes. */
export const families: readonly Family[] = [
  { name: 'conflicting ways', code: 'GDO313', make: fastPath },
  { name: 'no-show', code: 'GDO308', make: noShow },
  { name: 'monotonicity', code: 'GDO310', make: nonMonotone },
  { name: 'contradiction', code: 'GDO321', make: unsatisfiable },
  { name: 'lone amendment', code: 'GDO401', make: lone },
  { name: 'lock-out', code: 'GDO402', also: ['GDO301', 'GDO302', 'GDO304'], make: lockOut },
  { name: 'own removal', code: 'GDO404', make: ownRemoval },
  { name: 'quorum of one', code: 'GDO406', make: quorumOfOne },
  { name: 'takeover', code: 'GDO407', make: takeover },
  { name: 'partition', code: 'GDO408', make: partition },
  { name: 'entrenchment', code: 'GDO410', make: twoSteps },
];
