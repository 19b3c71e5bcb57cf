// What new bylaws do to cases that are open when they come into force: nothing, or what the amendment asks for and the case's own rules allow (S57, S58).
import { describe, expect, it } from 'vitest';
import { openRequirements, readEntry, redecide, unsupported } from '../../../engine/index.ts';
import type { ChangeEntry } from '../../../engine/index.ts';
import { amendment } from './amending.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
const answers = '  in flight keep or restart or abort\n';

const bylaws = (motion: string, more = ''): string => `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 1 to 99 people
end
dapp locks
  image "sha256:${'a'.repeat(64)}"
  checks work
  endorsed by at least 3 members
end
${amendment}process petition
  started by 3 members
${answers}  step talk
    after 5 days go to accepted
  end
end
process change
  governs work
  started by any member
${answers}  step talk
    when 2 members approve go to accepted
    after 9 days go to refused
  end
end
${motion}${more}`;

const motion = `process motion
  started by any member
${answers}  step talk
    concerns by any member resolved by any member
    when 2 members approve without concerns go to ballot
    after 9 days go to refused
  end
  vote ballot
    voters members
    open for 7 days
    passes when more than 1/2 of votes cast are yes
    tie fails
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const change = (path: string, old: string, fresh: string): readonly ChangeEntry[] => [{ path, old: `100644:${old}`, new: `100644:${fresh}` }];
const told = ({ notices }: Epoch, number: number): readonly unknown[] => notices.flatMap((one) => (one.number === number ? [[one.kind, one.reason]] : []));

interface Played {
  readonly org: Organization;
  /** Adopts bylaws by the next case; the epoch in which they come into force. */
  readonly adopt: (timeMs: number, text: string, inFlight?: 'restart' | 'abort') => Epoch;
}

function played(text: string): Played {
  expect(unsupported(compile(text).charter)).toEqual([]);
  const content = [['bylaws/a', '100644:b0'] as const, ['work/a', '100644:aa'] as const];
  const org = found(text, { member: people }, { people, content });
  let [inForce, version] = [org.hash, 0];
  return {
    org,
    adopt: (timeMs, next, inFlight) => {
      const adopts = compile(next);
      const { proposeChange, act, attest } = notesFor({ ...org, hash: inForce });
      const entries = change('bylaws/a', `b${version}`, `b${version + 1}`);
      const note = proposeChange('ada', 'amendment', entries, { adopts: adopts.hash, ...(inFlight === undefined ? {} : { inFlight }) });
      expect(org.epoch(timeMs, { ...note, adopts }).verdicts).toEqual(['ok']);
      const cases = Number(readEntry(org.state(), 'current')?.['cases']);
      org.epoch(timeMs + 1, act('ada', cases, 'approve'), act('ben', cases, 'approve'));
      const candidate = openRequirements(org.state()).find((one) => one.number === cases)?.candidate ?? '';
      const epoch = org.epoch(timeMs + 2, attest('ada', cases, 'gdo-check', candidate));
      expect(org.view(cases).status).toBe('merged');
      [inForce, version] = [adopts.hash, version + 1];
      return epoch;
    },
  };
}

describe('new bylaws that ask to end or restart what is open (S58)', () => {
  it.each(['abort', 'restart'] as const)('leave a case that waits for its starters, and one that waits for its merge, as they are: %s', (asked) => {
    const { org, adopt } = played(bylaws(motion));
    const { propose, proposeChange, act } = notesFor(org);
    org.epoch(0, propose('ada', 'petition'), proposeChange('ada', 'change', change('work/a', 'aa', 'bb')), propose('ben', 'motion'));
    org.epoch(1, act('ada', 2, 'approve'), act('ben', 2, 'approve'));
    expect([org.view(1).entry, org.view(2).status]).toEqual([0, 'waiting']);
    const before = [org.view(1), org.view(2)].map(({ status, stage, bylaws: hash, entry, startedMs }) => ({ status, stage, hash, entry, startedMs }));
    const epoch = adopt(hour, bylaws(motion, 'role guest plural guests\n  held by anyone\nend\n'), asked);
    expect([org.view(1), org.view(2)].map(({ status, stage, bylaws: hash, entry, startedMs }) => ({ status, stage, hash, entry, startedMs }))).toEqual(before);
    const ended = { abort: [['decided', '`motion` ended: the amendment asked for it']], restart: [['waiting', 'it starts again under the new bylaws']] };
    expect(told(epoch, 3)).toEqual(ended[asked]);
    expect(org.view(3).status).toBe(asked === 'abort' ? 'refused' : 'open');
  });

  it('end a case where it stands, which is where that stage has led then and at no other time', () => {
    const silent = `process motion\n  started by any member\n${answers}  step talk\n    after 9 days go to accepted\n  end\nend\n`;
    const { org, adopt } = played(bylaws(silent));
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    adopt(hour, bylaws(silent.replace('9 days', '8 days')), 'abort');
    expect(org.view(1)).toMatchObject({ status: 'refused', stage: 'talk' });
    const leads = (entry: number) => redecide(org.state(), org.view(1).id, { stage: 'talk', entry, closedMs: hour })?.leads;
    expect([leads(1), leads(2)]).toEqual([['accepted', 'refused'], ['accepted']]);
  });

  it('end a case whose ballot is open, and nobody votes any more', () => {
    const { org, adopt } = played(bylaws(motion));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(1, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    org.epoch(hour, ballot('ada', 1, 'yes'));
    adopt(day, bylaws(motion.replace('7 days', '8 days')), 'abort');
    expect(org.view(1)).toMatchObject({ status: 'refused', reason: 'new bylaws ended it' });
    expect(org.epoch(2 * day, ballot('ben', 1, 'yes')).verdicts).not.toEqual(['ok']);
    org.epoch(9 * day);
    expect(org.view(1).status).toBe('refused');
    expect(org.due()).toBeUndefined();
  });

  it.each(['abort', 'restart'] as const)('do so to a case that began under the same bylaws, which come back: %s', (asked) => {
    const { org, adopt } = played(bylaws(motion));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(1, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    org.epoch(hour, ballot('ada', 1, 'yes'));
    adopt(day, bylaws(motion.replace('7 days', '8 days')));
    expect([org.view(1).status, org.view(1).stage]).toEqual(['open', 'ballot']);
    const epoch = adopt(2 * day, bylaws(motion), asked);
    expect(told(epoch, 1)).toHaveLength(1);
    const { status, stage, startedMs } = org.view(1);
    expect([status, stage, startedMs]).toEqual(asked === 'abort' ? ['refused', 'ballot', 0] : ['open', 'talk', 2 * day + 2]);
  });

  it('restart a case from nothing, under the new rules: its concerns, approvals and ballots are gone', () => {
    const { org, adopt } = played(bylaws(motion));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'), propose('ben', 'motion'));
    org.epoch(1, act('ada', 1, 'approve'), act('ben', 1, 'approve'), act('chi', 2, 'concern'), act('ada', 2, 'approve'));
    org.epoch(hour, ballot('ada', 1, 'yes'));
    adopt(day, bylaws(motion.replace('7 days', '8 days')), 'restart');
    org.epoch(day + hour);
    expect([org.view(1), org.view(2)].map(({ status, stage, startedMs }) => [status, stage, startedMs])).toEqual(Array(2).fill(['open', 'talk', day + 2]));
    expect(org.epoch(day + 2 * hour, act('ada', 2, 'approve')).verdicts).toEqual(['ok']);
    expect(org.view(2).stage).toBe('talk');
    org.epoch(day + 3 * hour, act('dev', 2, 'approve'));
    expect(org.view(2).stage).toBe('ballot');
    expect(org.view(2).dueMs).toBe(day + 3 * hour + 8 * day);
  });

  it('restart one case, and let another one that goes to its next stage at that instant go there', () => {
    const errand =
      'process errand\n  started by any member\n  step talk\n    after 1 day go to again\n  end\n  step again\n    after 2 days go to accepted\n  end\nend\n';
    const { org, adopt } = played(bylaws(motion, errand));
    const { propose } = notesFor(org);
    org.epoch(2, propose('ada', 'motion'), propose('ben', 'errand'));
    adopt(day, bylaws(motion.replace('7 days', '8 days'), errand), 'restart');
    org.epoch(day + hour);
    expect([org.view(1), org.view(2)].map(({ stage, entry, dueMs }) => [stage, entry, dueMs])).toEqual([
      ['talk', 2, day + hour + 9 * day],
      ['again', 2, day + 2 + 2 * day],
    ]);
  });

  it('leave a case alone whose process they do not have any more: there is nothing to start again', () => {
    const { org, adopt } = played(bylaws(motion));
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    const epoch = adopt(day, bylaws(''), 'restart');
    expect([told(epoch, 1), org.view(1).status, org.view(1).dueMs]).toEqual([[], 'open', 9 * day]);
    org.epoch(9 * day);
    expect(org.view(1).status).toBe('refused');
  });
});
