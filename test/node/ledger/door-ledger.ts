// A small ledger with rights: doors and a laser, a lock, a rest while a hearing is open, a certificate, and uses that are counted.
import { compileBylaws } from '../../../compiler/index.ts';
import type { Charter } from '../../../engine/index.ts';
import { parseBylaws } from '../../../language/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { appendEvents, type Append } from '../../../node/ledger/append.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { foundSmall, startMs, testSigner, type SmallLedger } from './small-ledger.ts';

const text = `gdo 1
organization "Space"
  local time "-06:00", "-05:00"
end
certificate laser plural lasers
  issued by any officer
  lasts 1 year
  revoked by any officer
end
role member plural members
  held by 0 to 40 people
  gained through joining
  lost through resignation
end
role officer plural officers
  held by 1 to 5 people
end
role banned plural banned-people
  held by 0 to 200 people
  gained through joining
end
right enter "Members"
  covers "doors/**" except "doors/cellar"
  held by members
  denied to banned "Write to the officers."
  daily from 06:00 to 24:00
  offline for at most 30 days
end
right use-laser
  covers "machines/laser"
  held by members who hold laser
  held by officers
  limit 2 uses per person per 1 day
  locked by any member released by any officer
  offline for at most 7 days
end
right try-out
  covers "sauna"
  held by members
  offline for at most 30 days
end
protect try-out
  lapses after 2 hours
end
process joining
  started by any person
  step wait
    after 1 day go to accepted
  end
end
process hearing
  started by any officer
  while open suspend member of the subject
  step wait
    after 5 days go to refused
  end
end
`;

/** Everybody of the ledger, and somebody who is not. */
export const everybody: readonly string[] = ['ada', 'ben', 'cyd', 'dora', 'olga', 'nobody'];
/** Things that rights cover, and one that none does. */
export const things: readonly string[] = ['doors/front', 'doors/cellar', 'machines/laser', 'sauna', 'attic'];

/** The bylaws, compiled. */
export function doorBylaws(): Charter {
  const { charter } = compileBylaws([parseBylaws({ path: 'bylaws/doors.gdo', text }).file]);
  if (charter === undefined) throw new Error('the bylaws of the doors do not compile');
  return charter;
}

/** Plays some days. @returns the ledger and its view after each checkpoint */
export async function playDoors(path: string): Promise<{ readonly ledger: SmallLedger; readonly views: readonly LedgerView[] }> {
  const people = everybody.filter((person) => person !== 'nobody');
  const roles = [
    ['banned', ['ben']],
    ['member', ['ada', 'ben', 'dora', 'olga']],
    ['officer', ['olga']],
  ] as const;
  const ledger = await foundSmall(path, { people, charter: doorBylaws(), roles, files: [['README.md', 'Doors\n']] });
  let { view } = ledger;
  let atMs = startMs;
  const views: LedgerView[] = [];
  const say = async (by: string, event: Append['events'][number]): Promise<void> => {
    ({ view } = await appendEvents(view, testSigner(by), { events: [event], clockMs: (atMs += 60_000) }));
  };
  const close = async (): Promise<void> => {
    ({ view } = await closeEpoch({ view, signer: testSigner('ada'), votes: ledger.votes, clockMs: (atMs += 3_600_000) }));
    views.push(view);
  };
  const used = (person: string): Append['events'][number] => {
    const data = { right: 'use-laser', thing: 'machines/laser', reason: 'allowed', offset: -360, checkpoint: view.tip.id };
    return { kind: 'fact', body: { type: 'right.used', subject: person, data } };
  };
  await say('olga', { kind: 'issue', body: { certificate: 'laser', member: 'dora' } });
  await close();
  await say('dora', used('dora'));
  await say('dora', used('dora'));
  await close();
  await say('olga', { kind: 'propose', body: { process: 'hearing', bylaws: view.bylawsHash, subject: 'ada' } });
  await close();
  await say('dora', { kind: 'lock', body: { thing: 'machines/laser', text: 'The lens is broken' } });
  await close();
  return { ledger, views };
}
