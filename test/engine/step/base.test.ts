// A ballot or an act is written by somebody who has seen its stage open: its batch names the checkpoint that opened the stage, or a later one (ledger.md section 11).
import { describe, expect, it } from 'vitest';
import { engine1, foldEpoch, zeros64, type Batch, type JsonObject } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "House"
  time zone "UTC"
end
role member plural members
  held by anyone
  gained through joining
  lost through resignation
end
process joining
  started by any person
  step notice
    when 1 member endorses go to joined
    after 4 hours go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
  step talk
    when 1 member endorses go to ballot
    after 9 days go to refused
  end
  vote ballot
    voters members
    open for 5 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const opened = 2 * day;

/** A case in its second stage since `opened`. */
function voting(): Organization {
  const org = found(bylaws, { member: ['ana', 'ben', 'chi'] });
  const start = { by: 'ana', kind: 'propose', body: { bylaws: org.hash, process: 'motion', text: 'Paint the door' } } as const;
  org.epoch(day, start);
  org.epoch(opened, { by: 'ben', kind: 'act', case: org.view(1).id, body: { stage: 1, verb: 'endorse' } });
  return org;
}

/** The verdict on something that is received while the vote is open, by the time of the checkpoint that its author had. */
function judged(org: Organization, kind: 'ballot' | 'act', body: JsonObject, base: { readonly timeMs: number | undefined }): string {
  const id = 'e'.repeat(64);
  const common = { device: deviceOfPerson('chi'), actor: 'chi', seq: 1 };
  const event = { ...common, id, org: zeros64, kind, case: org.view(1).id, body, tsMs: 0 };
  const batch: Batch = { ...common, id, count: 1, prev: zeros64, deps: [], base: '7'.repeat(64), events: [event], changes: [], charters: [] };
  const [row] = foldEpoch({
    state: org.state(),
    batches: [batch],
    receivedMs: () => opened + hour,
    baseMs: (checkpoint) => (checkpoint === batch.base ? base.timeMs : undefined),
    timeMs: opened + hour,
    height: 9,
    previousCheckpoint: zeros64,
    rules: engine1,
  }).verdicts;
  return row?.verdict.kind === 'ok' ? 'ok' : (row?.verdict.code ?? '');
}

describe('the checkpoint that a ballot is written on', () => {
  const yes = { stage: 2, choice: 'yes' };

  it('is the one that opened the vote, or a later one', () => {
    expect(judged(voting(), 'ballot', yes, { timeMs: opened })).toBe('ok');
    expect(judged(voting(), 'ballot', yes, { timeMs: opened + hour })).toBe('ok');
  });

  it('is none from before the opening: GDO1050, however late the ballot is received', () => {
    expect(judged(voting(), 'ballot', yes, { timeMs: opened - 1 })).toBe('GDO1050');
    expect(judged(voting(), 'ballot', yes, { timeMs: day })).toBe('GDO1050');
  });

  it('is asked of acts alike', () => {
    const org = found(bylaws, { member: ['ana', 'ben', 'chi'] });
    org.epoch(opened, { by: 'ana', kind: 'propose', body: { bylaws: org.hash, process: 'motion', text: 'Paint the door' } });
    expect(judged(org, 'act', { stage: 1, verb: 'endorse' }, { timeMs: opened - 1 })).toBe('GDO1050');
    expect(judged(org, 'act', { stage: 1, verb: 'endorse' }, { timeMs: opened })).toBe('ok');
  });
});
