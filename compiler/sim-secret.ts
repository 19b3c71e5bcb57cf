// What people of a play keep to themselves for a while: sealed ballots and their parts of the seed of a draw (S47, S129). Nothing is random: the same play
// has the same secrets.
import type { CaseView, CharterProcess, CharterVote, JsonObject, MissingAct } from '../engine/index.ts';
import { commitmentOf, drawCommitment, readCase, sha256Hex, utf8Encode } from '../engine/index.ts';
import type { VirtualEvent, VirtualLedger } from './virtual-ledger.ts';

/** Sealed ballots by case, opening and person, as the events that open them. */
export type SealedBallots = Map<string, VirtualEvent>;

/** All votes of a process, those of joints among them. Pure. */
export function votesOf(process: CharterProcess): readonly CharterVote[] {
  return process.stages.flatMap((stage) => (stage.kind === 'vote' ? [stage] : stage.kind === 'joint' ? stage.votes : []));
}

/** The vote of an opening of the case, and when it closes; undefined for what is no open vote. */
function votingAt(
  ledger: VirtualLedger,
  process: CharterProcess,
  id: string,
  entry: number,
): { readonly vote: CharterVote; readonly closesMs: number } | undefined {
  const running = readCase(ledger.state, id)?.votes.find((one) => one.entry === entry);
  const vote = votesOf(process).find((one) => one.name === running?.name);
  return vote === undefined || running === undefined ? undefined : { vote, closesMs: running.closesMs };
}

/** When the sealed ballots of a case are opened, where there are some to come; undefined where nothing is sealed. */
export function opensMs(ledger: VirtualLedger, process: CharterProcess, id: string): number | undefined {
  const closes = (readCase(ledger.state, id)?.votes ?? []).flatMap((running) => {
    const voting = votingAt(ledger, process, id, running.entry);
    return voting?.vote.ballots === 'sealed' && running.result === undefined ? [voting.closesMs] : [];
  });
  return closes.length === 0 ? undefined : Math.min(...closes);
}

/** A ballot as it is sent: a commitment where ballots are sealed, and then what opens it is kept. */
export function sentBallot(ledger: VirtualLedger, process: CharterProcess, sealed: SealedBallots, event: VirtualEvent): VirtualEvent {
  const entry = Number(event.body['stage']);
  const { case: id, body, person } = event;
  const choice = body['choice'];
  if (event.kind !== 'ballot' || id === undefined || choice === undefined || body['nonce'] !== undefined) return event;
  const voting = votingAt(ledger, process, id, entry);
  if (voting?.vote.ballots !== 'sealed' || ledger.nowMs >= voting.closesMs) return event;
  const nonce = sha256Hex(utf8Encode(`nonce ${id} ${entry} ${person}`));
  sealed.set(`${id} ${entry} ${person}`, { person, kind: 'ballot', case: id, body: { ...body, nonce } });
  return { ...event, body: { ...body, choice: commitmentOf({ case: id, entry, voter: person, choice, nonce }) } };
}

/** The ballots that people open now. */
export function openings(ledger: VirtualLedger, process: CharterProcess, sealed: SealedBallots, id: string): readonly VirtualEvent[] {
  const atMs = opensMs(ledger, process, id);
  if (atMs === undefined || ledger.nowMs < atMs) return [];
  return [...sealed].flatMap(([key, event]) => (key.startsWith(`${id} `) ? [event] : []));
}

/** What somebody commits to a draw, or reveals: their part of its seed. */
export function seedPart(view: CaseView, person: string, verb: MissingAct['verb']): JsonObject {
  if (view.stageKind !== 'draw') return {};
  const secret = sha256Hex(utf8Encode(`seed ${view.id} ${view.entry} ${person}`));
  return verb === 'reveal' ? { secret } : { hash: drawCommitment(secret, { case: view.id, entry: view.entry, member: person }) };
}
