// Histories nobody would write, with everything by which cases touch one another: starts, limits, holds, recusals, walks, edits. See any-history.test.ts.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { entriesUnder, stateRoot, unsupported, type State } from '../../../engine/index.ts';
import { day, found, hour, type Note, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Turns"
end
role member plural members
  held by 1 to 9 people
  lost through resignation
end
role chair plural chairs
  held by 0 to 2 people in order
  term 10 days
  gained through filling
  lost through resignation or expiry
  limit 2 terms in a row unless waived through review
end
process petition
  started by 2 members not within 1 day of petition.refused
  started by any chair
  on edit restart
  limit 2 cases per author per 3 days
  step talk
    hold review when any chair objects
    when any member endorses go to ballot
    after 2 days go to refused
  end
  vote ballot
    voters members
    open for 2 days
    recusal decided by any chair counts as abstain
    closes early when decided
    passes when at least 1/2 of all members are yes
    when passed go to accepted
    otherwise go to refused
  end
end
process filling
  starts when any chair is vacant
  started by any member
  step ask
    when the first chair approves go to filled
    after 1 day go to other
  end
  step other
    when the next chair approves go to filled
    after 1 day go to filled
  end
  outcome filled
    grant chair to the candidate
    start review
  end
end
process review
  starts every 3 days from 1970-01-02
  starts after petition.ballot
  started by any member within 2 days of filling.filled
  while open hold petition
  step look
    hold the decision when any member objects
    when any member approves go to accepted
    after 1 day go to refused
  end
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
const verbs: readonly string[] = ['start', 'endorse', 'object', 'approve', 'recuse', 'edit', 'withdraw'];
const processes: readonly string[] = ['petition', 'filling', 'review', 'petition'];

interface Move {
  readonly by: number;
  readonly what: number;
  readonly case: number;
  readonly pick: number;
}

const move = fc.record({ by: fc.nat(3), what: fc.nat(9), case: fc.nat(5), pick: fc.nat(13) });
const epochs = fc.array(fc.record({ wait: fc.constantFrom(1, hour, 12 * hour, day, 3 * day), moves: fc.array(move, { maxLength: 6 }) }), {
  minLength: 1,
  maxLength: 12,
});

function note(org: Organization, one: Move, index: number): Note {
  const by = people[one.by] ?? 'ada';
  const other = people[one.pick % people.length] ?? 'ada';
  const knows = index % 2 === 0 ? { knows: [] } : {};
  const process = processes[one.pick % processes.length] ?? 'petition';
  const open = entriesUnder(org.state(), 'open/').map(([key]) => Number(key.slice('open/'.length)));
  const number = open[one.case % Math.max(1, open.length)];
  if (one.what < 3 || number === undefined) return { by, kind: 'propose', body: { bylaws: org.hash, process, candidate: other, text: 'one' }, ...knows };
  if (one.what === 3) return { by, kind: 'resign', body: { role: 'chair' }, ...knows };
  const view = org.view(number);
  const stage = view.acts[0]?.entry ?? Math.max(1, view.entry);
  if (one.what < 6 && view.acts[0]?.verb === 'vote')
    return { by, kind: 'ballot', case: view.id, body: { stage, choice: one.pick % 3 === 0 ? 'no' : 'yes' }, ...knows };
  const verb = verbs[one.pick % verbs.length] ?? 'start';
  const about = verb === 'recuse' ? { about: [other] } : verb === 'withdraw' ? { about: ['endorse'] } : {};
  return { by, kind: 'act', case: view.id, body: { stage, verb, text: 'two', ...about }, ...knows };
}

/** Every open case has its index entry and its place among its process's; nothing rests for a case that has ended. */
function indexesHold(state: State): boolean {
  const cases = entriesUnder(state, 'case/').map(([key, value]) => ({ id: key.slice('case/'.length), value }));
  const open = cases.filter(({ value }) => value['phase'] !== 'decided').map(({ id }) => id);
  const timers = entriesUnder(state, 'due/').flatMap(([key]) => (key.includes('/case/') ? [key.slice(key.lastIndexOf('/') + 1)] : []));
  const resting = ['suspended/', 'held/', 'rests/'].flatMap((prefix) => entriesUnder(state, prefix).map(([key]) => key.slice(key.lastIndexOf('/') + 1)));
  return (
    entriesUnder(state, 'cases/').length === cases.length &&
    entriesUnder(state, 'number/').length === cases.length &&
    entriesUnder(state, 'open/').every(([, value]) => open.some((id) => id === value['case'])) &&
    [...timers, ...resting].every((id) => open.includes(id)) &&
    cases.every(({ value }) => value['phase'] === 'decided' || value['phase'] === 'held' || value['dueMs'] !== undefined)
  );
}

function run(
  history: readonly { readonly wait: number; readonly moves: readonly Move[] }[],
  isReversed: boolean,
): { readonly root: string; readonly reached: ReadonlySet<string>; readonly sound: boolean } {
  const org = found(bylaws, { member: people, chair: ['ada'] });
  const reached = new Set<string>();
  let [timeMs, sound] = [0, true];
  for (const epoch of history) {
    timeMs += epoch.wait;
    const notes = epoch.moves.map((one, index) => note(org, one, index));
    const done = isReversed ? org.reversed(timeMs, ...notes) : org.epoch(timeMs, ...notes);
    for (const told of done.notices) reached.add(`${told.process} ${told.kind} ${told.stage}`);
    sound = sound && indexesHold(org.state());
  }
  return { root: stateRoot(org.state()), reached, sound };
}

describe('any turn of cases that touch one another', () => {
  it('ends in one state for both orders of arrival, with sound indexes', () => {
    expect(unsupported(found(bylaws, { member: people }).charter)).toEqual([]);
    const reached = new Set<string>();
    fc.assert(
      fc.property(epochs, (history) => {
        const [once, again] = [run(history, false), run(history, true)];
        once.reached.forEach((one) => reached.add(one));
        return once.root === again.root && once.sound;
      }),
      { numRuns: 120 },
    );
    const expected = [
      'petition opened-stage talk',
      'petition opened-stage ballot',
      'petition waiting talk',
      'filling decided filled',
      'review opened-stage look',
    ];
    expect([...reached]).toEqual(expect.arrayContaining(expected));
  });
});
