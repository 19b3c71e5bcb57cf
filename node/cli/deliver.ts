// Records an event in the own log and brings it to the node this clone knows; without one it says honestly what that means.
import type { EventDraft } from '../../engine/index.ts';
import type { RefChange } from '../git/repository.ts';
import { originOf } from '../sync/origin.ts';
import { recordEvents } from '../sync/record.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

/** How a recorded event fared. `received`: a node has it; `refused`: the node's gate said no, with its lines. */
export interface Delivery {
  readonly event: string;
  readonly state: 'received' | 'recorded' | 'refused' | 'unreachable';
  readonly lines: readonly string[];
}

const outrunLine = 'GDO1043 Another clone signed with this key meanwhile. Fetch what it said, then repeat the command:  gdo sync';

/** What travels with an event: files, and refs that move where it is recorded, and only there. */
export interface Along {
  readonly attachments?: readonly Uint8Array[];
  readonly names?: readonly RefChange[];
}

/** Signs one event as one batch (decisions by people: one event per batch, ledger.md section 5.1) and pushes the own log. */
export async function deliver(session: MemberSession, event: Omit<EventDraft, 'tsMs'>, along: Along = {}): Promise<Delivery> {
  const remote = await originOf(session.repository, session.world.env);
  const { view, signer } = session;
  const { stored, reached } = await recordEvents({ view, signer, remote }, { events: [event], ...along, clockMs: session.world.clockMs() });
  const id = stored.batch.events[0]?.id ?? stored.batch.id;
  switch (reached.kind) {
    case 'nobody':
      return { event: id, state: 'recorded', lines: [] };
    case 'node':
      return { event: id, state: 'received', lines: [] };
    case 'outrun':
      return { event: id, state: 'refused', lines: [outrunLine] };
    case 'refused':
      return { event: id, state: 'refused', lines: reached.lines };
    case 'unreachable':
      return { event: id, state: 'unreachable', lines: [reached.reason] };
  }
}

/** Digits of an event id shown to people. */
const eventDigitsShown = 7;

/** Says how a delivery went and answers the exit code: recording is enough for 0, a refusal by the gate is 1. */
export function reportDelivery(session: MemberSession, delivery: Delivery, deed: string): number {
  const { world } = session;
  const mark = delivery.event.slice(0, eventDigitsShown);
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-delivery/1', event: delivery.event, state: delivery.state, messages: delivery.lines })}\n`);
    return delivery.state === 'refused' ? 1 : 0;
  }
  switch (delivery.state) {
    case 'received':
      world.stdout(`✓ ${deed} Signed and recorded as event ${mark}.\n✓ Received by the node at origin. It counts with its next checkpoint:  gdo sync\n`);
      return 0;
    case 'recorded':
      world.stdout(`✓ ${deed} Signed and recorded as event ${mark}.\n  This repository has no other node: its steward takes it in with  gdo sync\n`);
      return 0;
    case 'unreachable':
      world.stdout(`✓ ${deed} Signed and recorded on this machine as event ${mark}.\n`);
      world.stderr(`⚠ GDO4003 No node has it yet (${visible(delivery.lines.join(' '))}). It must reach one before the close to count:  gdo sync\n`);
      return 0;
    case 'refused':
      world.stderr(`✗ The node did not take it, and it was taken back here:\n${delivery.lines.map((line) => `    ${visible(line)}\n`).join('')}`);
      return 1;
  }
}
