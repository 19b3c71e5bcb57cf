// Families about who has the power: every group of named people is tried, people leave one by one, or one person plays alone on the engine.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { passes, someShare, voteLines } from './counting.ts';
import type { Family, Planted } from './family.ts';
import { ballotProcess, carries, governing, keeperRole, usual } from './family.ts';
import { plays } from './playing.ts';

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
  return {
    text,
    at: 'process amendment',
    has: !isObjectable && plays(text, ['given keepers are ada, ben, chi, dev, eve', ...deeds, 'after 40 days', 'expect amendment is done']),
  };
}

function lockOut(pick: Pick): Planted {
  const today = 4 + pick(4);
  const least = 2 + pick(today - 2);
  const needed = [0, 1].map(() => (pick(2) === 0 ? { count: 1 + pick(today) } : { fifths: 1 + pick(5) }));
  const [electing = { count: 1 }, amending = { count: 1 }] = needed;
  const quorum = (need: (typeof needed)[number]): string => ('count' in need ? `at least ${need.count} keepers` : `at least ${need.fifths}/5 of keepers`);
  const met = (need: (typeof needed)[number], people: number): boolean =>
    people > 0 && ('count' in need ? people >= need.count : people * 5 >= need.fifths * people);
  // One who changes the bylaws alone is GDO401's, and is made by its own family.
  if (met(amending, 1) && (!('count' in amending) ? today * amending.fifths <= 5 : true)) return lockOut(pick);
  // People leave one after another; whoever is left all agree.
  const lockedAt = Array.from({ length: today }, (_, gone) => today - 1 - gone).find((people) => !met(electing, people) && !met(amending, people));
  const vote = (need: (typeof needed)[number]): string =>
    `  vote ballot\n    voters keepers\n    open for 14 days\n    quorum ${quorum(need)} voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to done\n    otherwise go to refused\n  end\n`;
  const text = framed(`${keeperRole(`${least} to ${today}`, today)}
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
  return { text, has: lockedAt !== undefined && (lockedAt >= Math.max(2, least) || (lockedAt >= 2 && lockedAt === today - 1)), at: 'role keeper' };
}

/** Whether so many allies of a body get as far as changing the bylaws alone: every order of admissions and removals is tried, one person at a time. */
function takesOver(rule: CountRule, supporters: number, from: { readonly allies: number; readonly body: number }): boolean {
  const seen = new Set<string>();
  let open = [from];
  for (let motions = 0; motions <= 12 && open.length > 0; motions += 1) {
    if (open.some(({ allies, body }) => carries(rule, allies, body))) return true;
    open = open.flatMap(({ allies, body }) => {
      const isAdmitted = allies >= supporters + 1 && body < 30;
      // The frame removes by two thirds, the person concerned left out; below the minimum nobody else is taken.
      const isRemoved = body > Math.max(allies, 5) && allies * 3 >= (body - 1) * 2;
      const next = [...(isAdmitted ? [{ allies: allies + 1, body: body + 1 }] : []), ...(isRemoved ? [{ allies, body: body - 1 }] : [])];
      return next.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
    });
  }
  return false;
}

function takeover(pick: Pick): Planted {
  const [body, supporters] = [6 + pick(7), 1 + pick(4)];
  const rule: CountRule = { choices: usual, quorum: 1 + pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  const groups = Array.from({ length: body }, (_, index) => index + 1);
  const fewest = groups.find((allies) => allies >= supporters + 1 && !carries(rule, allies, body) && takesOver(rule, supporters, { allies, body }));
  const alone = groups.find((allies) => carries(rule, allies, body));
  // One who changes the bylaws alone is GDO401's, and is made by its own family.
  if (alone === 1) return takeover(pick);
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

${ballotProcess('amendment', governing, rule, 14, 'accept the merge within 60 days')}`);
  return { text, has: fewest !== undefined && alone !== undefined && fewest * 3 < body, at: 'role keeper' };
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
  const text = framed(`area code covers "src/**"

${keeperRole(`${least} to ${most}`, most)}
process change
  governs code
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
  return { text, has: legal.some((size) => splits(rule, size)), at: 'process change' };
}

/** Ballots given to a few: which number of allies is enough, with so many ballots as they may be given, is played on the engine. */
function givenBallots(pick: Pick): Planted {
  const body = 6 + pick(4);
  const cap = pick(3) === 0 ? undefined : 1 + pick(3);
  const [isOverridden, isOpening] = [pick(3) === 0, pick(4) > 0];
  const rule: CountRule = { choices: usual, quorum: 1 + pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  if (carries(rule, 1, body)) return givenBallots(pick);
  const people = Array.from({ length: body }, (_, index) => `p${index + 1}`);
  const text = framed(`${keeperRole(`5 to ${body}`, body)}
delegation proxy by keeper
  for amendment
  depth 1
${isOverridden ? '  override by voting\n' : ''}  revocable until the ${isOpening ? 'opening' : 'close'}
${cap === undefined ? '' : `  limit ${cap} keepers per delegate\n`}end

${ballotProcess('amendment', governing, rule, 14, 'accept the merge within 60 days')}`);
  const isEnough = (allies: number): boolean => {
    const others = people.slice(allies, allies + Math.min(body - allies, (cap ?? body) * allies, 12));
    const gifts = others.map((name, index) => `on day 0 ${name} delegates proxy to p${(index % allies) + 1}`);
    return plays(text, [
      `given keepers are ${people.join(', ')}`,
      ...gifts,
      'on day 1 p1 starts amendment',
      `on day 2 ${people.slice(0, allies).join(', ')} vote yes`,
      'after 20 days',
      'expect amendment is done',
    ]);
  };
  const alone = people.findIndex((_, index) => carries(rule, index + 1, body)) + 1;
  const few = Array.from({ length: Math.max(0, alone - 1) }, (_, index) => index + 1).find(isEnough);
  return { text, has: few !== undefined && few * 3 < body && isOpening && !isOverridden, at: 'delegation proxy' };
}

/** A vote by weight that acts before the others know of it: every weight between the bounds for each of few people, and every pair of groups. */
function weightedPartition(pick: Pick): Planted {
  const [least, most] = [pick(3), 2 + pick(2)];
  const size = 2 + pick(3);
  const [top, below, strict, ofAll] = [1 + pick(3), 2 + pick(4), pick(2) === 0, pick(2) === 0];
  // A quorum of everybody is GDO304 where a removal leaves one person less.
  const quorum = pick(Math.min(3, size));
  if (top >= below) return weightedPartition(pick);
  const weights = Array.from({ length: most - Math.min(least, most) + 1 }, (_, index) => Math.min(least, most) + index);
  const vectors = Array.from({ length: size }).reduce(
    (all: readonly (readonly number[])[]) => all.flatMap((one) => weights.map((weight) => [...one, weight])),
    [[]],
  );
  const decides = (vector: readonly number[], group: number): boolean => {
    const [total, own] = [vector, vector.filter((_, person) => ((group >> person) & 1) === 1)].map((list) => list.reduce((sum, weight) => sum + weight, 0));
    const people = vector.filter((_, person) => ((group >> person) & 1) === 1).length;
    const base = ofAll ? (total ?? 0) : (own ?? 0);
    const isPassed = strict ? (own ?? 0) * below > top * base : (own ?? 0) * below >= top * base;
    return people > 0 && base > 0 && people >= quorum && isPassed;
  };
  const groups = Array.from({ length: 1 << size }, (_, group) => group);
  const has = vectors.some((vector) => {
    const deciding = groups.filter((group) => decides(vector, group));
    return deciding.some((left) => deciding.some((right) => (left & right) === 0));
  });
  const text = framed(`area code covers "src/**"

${keeperRole(`exactly ${size}`, size).replace(/ {2}while short only .*\n/, '')}
measure deeds counts accepted-cases by each keeper over the last 365 days
  at least ${Math.min(least, most)}
  at most ${most}
end

process change
  governs code
  started by any keeper
  on edit refuse
  on conflict refuse
  offline provisional
  vote ballot
    voters keepers weighted by deeds
    open for 7 days
${quorum === 0 ? '' : `    quorum at least ${quorum} keepers voting\n`}    passes when ${strict ? 'more than' : 'at least'} ${top}/${below} of ${ofAll ? 'all weight' : 'weight cast'} are yes
    tie fails
    when passed go to accepted
    otherwise go to refused
  end
end
`);
  return { text, has, at: 'process change' };
}

function twoSteps(pick: Pick): Planted {
  const isGuarded = pick(3) === 0;
  const rule: CountRule = { choices: usual, quorum: 1 + pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
  // Nine today; the smallest group that says yes together and passes.
  const group = Array.from({ length: 9 }, (_, index) => index + 1).find((people) => carries(rule, people, 9));
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
  return { text, has: !isGuarded && group !== undefined && group < guard + 1, at: 'protect removal' };
}

/** The families, in the order of their codes. */
export const powerFamilies: readonly Family[] = [
  { name: 'lone amendment', code: 'GDO401', make: lone },
  { name: 'lock-out', code: 'GDO402', make: lockOut },
  { name: 'takeover', code: 'GDO407', make: takeover },
  { name: 'given ballots', code: 'GDO407', severity: 'warning', make: givenBallots },
  { name: 'partition', code: 'GDO408', make: partition },
  { name: 'halves by weight', code: 'GDO408', make: weightedPartition },
  { name: 'entrenchment', code: 'GDO410', make: twoSteps },
];
