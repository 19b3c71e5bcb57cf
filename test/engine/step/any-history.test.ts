// Histories nobody would write: engine 1 gives a verdict to every event, never fails, keeps its indexes, and does not depend on the order of arrival.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { entriesUnder, stateRoot, type State } from '../../../engine/index.ts';
import { day, found, hour, type Note, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Any"
end
area work covers "work/**"
role member plural members
  held by anyone
  gained through joining
  lost through resignation or 5 days without activity
end
role chair plural chairs
  held by 1 to 2 people
  term 10 days
  gained through joining
  lost through resignation or expiry
  lost with member
end
process joining
  started by any person
  step wait
    concerns by any member resolved by the raiser
    when 2 members endorse without concerns go to joined
    when the author withdraws go to refused
    after 3 days without concerns go to refused
    after 9 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process change
  governs work
  started by any member
  while open suspend chair of the subject
  meeting assembly
    called by any member within 2 days
    attended by members
    open for 1 hours
    quorum at least 1 member present
    second call after 1 day without quorum
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters members except the author
    open for 2 days
    quorum at least 1/3 of members voting
    passes when more than 1/2 of votes cast are yes
    tie decided by any chair then lot
    when passed go to both
    otherwise go to refused
  end
  joint both
    vote people
      voters members
      open for 1 day
      closes early when decided
      passes when at least 1/2 of all members are yes
    end
    vote chairs-alone
      voters chairs
      open for 2 days
      passes when all chairs say yes
    end
    when any pass go to fine
    otherwise go to refused
  end
  outcome fine accepts
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'zoe'];
const verbs: readonly string[] = ['endorse', 'raise', 'resolve', 'withdraw', 'call', 'attend', 'declare', 'start', 'constructor'];
const choices: readonly string[] = ['yes', 'no', 'abstain', 'toString'];

interface Move {
  readonly by: number;
  readonly what: number;
  readonly case: number;
  readonly stage: number;
  readonly pick: number;
}

const move = fc.record({ by: fc.nat(4), what: fc.nat(11), case: fc.nat(3), stage: fc.integer({ min: 1, max: 6 }), pick: fc.nat(8) });
const epochs = fc.array(fc.record({ wait: fc.constantFrom(1, hour, 12 * hour, day, 3 * day), moves: fc.array(move, { maxLength: 6 }) }), {
  minLength: 1,
  maxLength: 12,
});

function note(org: Organization, one: Move, index: number): Note {
  const by = people[one.by] ?? 'ada';
  const open = entriesUnder(org.state(), 'number/')
    .toSorted(([left], [right]) => Number(left.slice(7)) - Number(right.slice(7)))
    .map(([, value]) => (typeof value['case'] === 'string' ? value['case'] : ''));
  const about = open[one.case] ?? 'f'.repeat(64);
  // Mostly an entry that is open, so that histories get somewhere.
  const entries = one.case < open.length ? org.view(one.case + 1).acts.map((act) => act.entry) : [];
  const stage = entries[one.stage % (entries.length + 1)] ?? one.stage;
  const other = people[one.pick % people.length] ?? 'ada';
  const knows = index % 2 === 0 ? { knows: [] } : {};
  if (one.what === 0) return { by, kind: 'propose', body: { bylaws: org.hash, process: 'joining', candidate: other }, ...knows };
  if (one.what === 1) {
    const change = String(one.pick).repeat(64).slice(0, 64);
    const changed = [{ path: 'work/a', old: one.pick % 2 === 0 ? 'absent' : `100644:${one.pick - 1}`, new: `100644:${one.pick}` }];
    return {
      by,
      kind: 'propose',
      body: { bylaws: org.hash, process: 'change', subject: other, change, head: '1'.repeat(40) },
      change: { id: change, entries: changed },
      ...knows,
    };
  }
  if (one.what === 2) return { by, kind: 'resign', body: { role: one.pick % 2 === 0 ? 'member' : 'chair' }, ...knows };
  if (one.what < 7) return { by, kind: 'ballot', case: about, body: { stage, choice: choices[one.pick % choices.length] ?? 'yes' }, ...knows };
  const named = one.pick % 3 === 0 ? { about: ['c1'] } : one.pick % 3 === 1 ? { about: ['passed'] } : {};
  return { by, kind: 'act', case: about, body: { stage, verb: verbs[one.pick % verbs.length] ?? 'endorse', ...named }, ...knows };
}

/** Every open case has its index entry, and every timer of a case names a case. */
function indexesHold(state: State): boolean {
  const cases = entriesUnder(state, 'case/');
  const open = entriesUnder(state, 'open/').map(([, value]) => value['case']);
  const timers = entriesUnder(state, 'due/').flatMap(([key]) => (key.includes('/case/') ? [key.slice(key.lastIndexOf('/') + 1)] : []));
  const undecided = cases.filter(([, value]) => value['phase'] !== 'decided').map(([key]) => key.slice('case/'.length));
  return (
    undecided.length === open.length &&
    undecided.every((id) => open.includes(id)) &&
    timers.every((id) => undecided.includes(id)) &&
    new Set(timers).size === timers.length
  );
}

function run(
  history: readonly { readonly wait: number; readonly moves: readonly Move[] }[],
  isReversed: boolean,
): { readonly root: string; readonly reached: ReadonlySet<string>; readonly sound: boolean } {
  const org = found(bylaws, { member: ['ada', 'ben', 'chi'], chair: ['ada', 'dev'] }, { people });
  const reached = new Set<string>();
  let [timeMs, sound] = [0, true];
  for (const epoch of history) {
    timeMs += epoch.wait;
    const notes = epoch.moves.map((one, index) => note(org, one, index));
    const done = isReversed ? org.reversed(timeMs, ...notes) : org.epoch(timeMs, ...notes);
    for (const told of done.notices) reached.add(`${told.kind} ${told.stage}`);
    sound = sound && indexesHold(org.state());
  }
  for (const [key] of entriesUnder(org.state(), 'number/')) org.view(Number(key.slice('number/'.length)));
  return { root: stateRoot(org.state()), reached, sound };
}

describe('any history', () => {
  it('ends in one state for both orders of arrival, with sound indexes', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(epochs, (history) => {
        const [once, again] = [run(history, false), run(history, true)];
        once.reached.forEach((one) => reached.add(one));
        return once.root === again.root && once.sound;
      }),
      { numRuns: 150 },
    );
    expect([...reached]).toEqual(expect.arrayContaining(['opened-stage wait', 'opened-stage assembly', 'opened-stage ballot', 'decided refused']));
  });
});
