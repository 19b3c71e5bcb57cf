// Facts about dapps that a person signs: what a second look or a rebuild came to. No rule reads them; people do.
import { eventsPerBatchMax } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import { originOf } from '../sync/origin.ts';
import { recordEvents } from '../sync/record.ts';
import type { MemberSession } from './session.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';

/** How signing went; `lines` say it to people. */
export interface SignedFacts {
  readonly state: 'nothing' | 'received' | 'recorded' | 'refused' | 'unreachable';
  readonly count: number;
  readonly lines: readonly string[];
}

/** Signs facts of one type as one batch and brings it to the node. @param what - what one of them is called */
export async function signFacts(session: MemberSession, type: string, facts: readonly JsonObject[], what: string): Promise<SignedFacts> {
  // More than one batch holds waits for the next time.
  const taken = facts.slice(0, eventsPerBatchMax);
  const count = taken.length;
  if (count === 0) return { state: 'nothing', count, lines: [`  There is nothing new to sign.`] };
  const { repository, view, signer, world } = session;
  const remote = await originOf(repository, world.env);
  const events = taken.map((data) => ({ kind: 'fact' as const, body: { data, type } }));
  const { reached } = await recordEvents({ view, signer, remote }, { events, clockMs: world.clockMs() });
  const signed = `✓ You signed ${counted(count, what)}`;
  switch (reached.kind) {
    case 'node':
      return { state: 'received', count, lines: [`${signed}; the node at origin has it. It stands in the ledger with its next checkpoint:  gdo sync`] };
    case 'nobody':
      return { state: 'recorded', count, lines: [`${signed}. This repository has no other node: its steward takes it in with  gdo sync`] };
    case 'unreachable':
      return { state: 'unreachable', count, lines: [`${signed} on this machine. GDO4003 No node has it yet (${visible(reached.reason)}):  gdo sync`] };
    case 'outrun':
      return { state: 'refused', count, lines: ['✗ GDO1043 Another clone signed with this key meanwhile:  gdo sync, then the same again'] };
    case 'refused':
      return { state: 'refused', count, lines: ['✗ The node did not take it:', ...reached.lines.map((line) => `    ${visible(line)}`)] };
  }
}
