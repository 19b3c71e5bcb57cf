// Histories nobody would write, with the ways votes and seats end: second calls and ties of a joint, points, seats that come free later, duties that end
// cases, supporters with facts. See any-history.test.ts.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { entriesUnder, holdingsOf, stateRoot, unsupported, type Json, type State } from '../../../engine/index.ts';
import { day, found, hour, type Note, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Endings"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
  lost through resignation
end
role seat plural seats-held
  held by 0 to 2 people
  term 6 days
  gained through election
  lost through expiry or resignation
end
account purse in coins
  kept by any member
  limit 50 coins per 4 days
end
points merit
  earned 1 by any member for houses.agreed
end
duty in-time
  owed by any member
  within 2 days of houses.both
  done when any member answers
  otherwise accept the merge
end
duty undo
  owed by any member
  within 1 day of houses.agreed
  done when any member answers
  otherwise reverse the decision
end
action answer by any member
process houses
  governs work
  started by any member
  spends from purse up to 40 coins
  joint both
    vote people
      voters members
      open for 1 day
      quorum at least 3 members voting
      second call after 12 hours without quorum
      passes when at least 1/2 of votes cast are yes
      tie lot
    end
    vote sitting
      voters seats-held
      open for 2 days
      passes when more than 1/2 of votes cast are yes
      tie decided by any member then lot
    end
    when all pass go to agreed
    otherwise go to refused
  end
  outcome agreed
    accept the merge
    pay the amount from purse
    award 3 merit to the author
  end
end
process colours
  started by any member
  step offering
    options by any member supported by 1 member who does not hold seat
    when 1 member endorses go to ballot
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the options
    default nothing
    counted by score from 0 to 3 with unscored lowest
    open for 1 day
    passes when at least 1/3 of votes cast are the winner
    tie lot
    when won go to accepted
    otherwise go to refused
  end
end
process election
  starts every 4 days from 1970-01-02
  step naming
    nominations of members supported by 1 member who does not hold seat
    after 2 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects the vacant seats-held
    open for 1 day
    tie lot
    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant seat to the winners
  end
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
/** What people do in the steps of a process; the rest of what they could do is refused. */
const verbsOf: Readonly<Record<string, readonly string[]>> = {
  election: ['nominate', 'nominate', 'endorse', 'endorse', 'withdraw'],
  colours: ['add', 'endorse', 'withdraw'],
};

interface Move {
  readonly by: number;
  readonly what: number;
  readonly case: number;
  readonly pick: number;
}

const move = fc.record({ by: fc.nat(3), what: fc.nat(14), case: fc.nat(5), pick: fc.nat(13) });
const epochs = fc.array(fc.record({ wait: fc.constantFrom(1, hour, 12 * hour, day, 2 * day), moves: fc.array(move, { maxLength: 6 }) }), {
  minLength: 6,
  maxLength: 14,
});

function choiceFor(one: Move, choices: readonly string[]): Json {
  const first = choices[one.pick % Math.max(1, choices.length)] ?? 'yes';
  if (choices.includes('nothing')) return [[first, one.pick % 4], ...(first === 'nothing' ? [] : [['nothing', one.by % 4] as const])];
  return choices.includes('yes') ? first : [first];
}

function note(org: Organization, one: Move, index: number): Note {
  const by = people[one.by] ?? 'ada';
  const knows = index % 2 === 0 ? { knows: [] } : {};
  const open = entriesUnder(org.state(), 'open/').map(([key]) => Number(key.slice('open/'.length)));
  const number = open[one.case % Math.max(1, open.length)];
  if (one.what === 0) {
    const change = String(one.pick % 10).repeat(64);
    const changed = [{ path: 'work/a', old: one.pick % 2 === 0 ? 'absent' : `100644:${one.pick - 1}`, new: `100644:${one.pick}` }];
    const body = { bylaws: org.hash, process: 'houses', amount: String(1 + one.pick), change, head: '1'.repeat(40) };
    return { by, kind: 'propose', body, change: { id: change, entries: changed }, ...knows };
  }
  if (one.what === 1 || number === undefined) return { by, kind: 'propose', body: { bylaws: org.hash, process: 'colours' }, ...knows };
  if (one.what === 2 && one.pick === 0) return { by, kind: 'resign', body: { role: 'seat' }, ...knows };
  if (one.what === 3 && one.pick < 3) return { by, kind: 'perform', body: { verb: 'answer' }, ...knows };
  const view = org.view(number);
  const act = view.acts[one.pick % Math.max(1, view.acts.length)];
  const stage = act?.entry ?? Math.max(1, view.entry);
  if (act?.verb === 'vote') return { by, kind: 'ballot', case: view.id, body: { stage, choice: choiceFor(one, act.choices ?? []) }, ...knows };
  const verbs = verbsOf[view.process] ?? ['answer'];
  const verb = act?.verb === 'declare' ? 'declare' : (verbs[one.pick % verbs.length] ?? 'answer');
  const about =
    verb === 'declare' ? { about: ['passed'] } : verb === 'endorse' ? { about: view.process === 'election' ? people.slice(0, 3) : ['proposal'] } : {};
  return { by, kind: 'act', case: view.id, body: { stage, verb, text: 'a text', ...about }, ...knows };
}

/** Indexes name what there is; nobody waits for a seat for ever, and no more people sit than there are seats. */
function isSound(state: State): boolean {
  const cases = entriesUnder(state, 'case/').map(([key, value]) => ({ id: key.slice('case/'.length), value }));
  const open = cases.filter(({ value }) => value['phase'] !== 'decided').map(({ id }) => id);
  const due = entriesUnder(state, 'due/').map(([key]) => key);
  const timed = due.flatMap((key) => (key.includes('/case/') ? [key.slice(key.lastIndexOf('/') + 1)] : []));
  return (
    timed.every((id) => open.includes(id)) &&
    cases.every(({ value }) => value['phase'] === 'decided' || value['phase'] === 'merging' || value['dueMs'] !== undefined) &&
    entriesUnder(state, 'coming/').every(([key]) => due.some((timer) => timer.endsWith(`/${key}`))) &&
    holdingsOf(state, 'seat').length <= 2
  );
}

interface Played {
  readonly root: string;
  readonly reached: ReadonlySet<string>;
  readonly sound: boolean;
}

function run(history: readonly { readonly wait: number; readonly moves: readonly Move[] }[], isReversed: boolean): Played {
  const org = found(bylaws, { member: people, seat: ['ada', 'ben'] });
  const reached = new Set<string>();
  let [timeMs, sound] = [0, true];
  for (const epoch of history) {
    timeMs += epoch.wait;
    const notes = epoch.moves.map((one, index) => note(org, one, index));
    // Nothing that is due is jumped over, as in a ledger (S18).
    for (let dueMs = org.due(); dueMs !== undefined && dueMs < timeMs; dueMs = org.due()) {
      const { notices } = org.epoch(dueMs);
      for (const told of notices) reached.add(`${told.process} ${told.kind} ${told.reason.replaceAll(/\d+/g, 'N')}`);
      if (org.due() === dueMs) break;
    }
    const done = isReversed ? org.reversed(timeMs, ...notes) : org.epoch(timeMs, ...notes);
    for (const told of done.notices) reached.add(`${told.process} ${told.kind} ${told.reason.replaceAll(/\d+/g, 'N')}`);
    sound = sound && isSound(org.state());
  }
  return { root: stateRoot(org.state()), reached, sound };
}

describe('any ending of votes, seats and duties', () => {
  it('ends in one state for both orders of arrival, with sound indexes', () => {
    expect(unsupported(found(bylaws, { member: people }).charter)).toEqual([]);
    const reached = new Set<string>();
    fc.assert(
      fc.property(epochs, (history) => {
        const [first, second] = [run(history, false), run(history, true)];
        for (const told of first.reached) reached.add(told);
        expect(first.sound).toBe(true);
        expect(second.root).toBe(first.root);
      }),
      { numRuns: 24 },
    );
    const told = [...reached].toSorted().join('\n');
    for (const part of ['`people` had no quorum and is called a second time', '`people` is open once more', 'reached `accepted`', 'reached `seated`'])
      expect(told).toContain(part);
  });
});
