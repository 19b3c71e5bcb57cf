// Ballots of sealed votes that are supposed (S129): what people would send now, and what opens it once the vote has closed. Folding them is what-if.ts's.
import { utf8Encode } from './bytes.ts';
import type { JsonObject } from './canonical.ts';
import { canonicalText } from './canonical.ts';
import { scopeOf } from './act.ts';
import { ballotsKey, ballotsOf, readBallot, stageOf, votesIn, writeBallot } from './case.ts';
import { sha256Hex } from './chain.ts';
import { commitmentOf } from './sealed.ts';
import type { State } from './state.ts';

/** A ballot of a sealed vote before it is signed. `opened`: its body with what opens it. Once the vote has closed it can only be opened. */
export interface SealedBallot {
  readonly id: string;
  readonly entry: number;
  readonly person: string;
  readonly commitment: string;
  readonly opened: JsonObject;
  readonly isClosed: boolean;
}

/** When a sealed vote closes; undefined for what is no open vote, or no sealed one. */
function closesMs(state: State, id: string, entry: number): number | undefined {
  const scope = scopeOf(state, id);
  const running = scope?.record.votes.find((one) => one.entry === entry);
  const vote = scope === undefined ? undefined : votesIn(stageOf(scope.process, scope.record.stage)).find((one) => one.name === running?.name);
  return vote?.ballots === 'sealed' ? running?.closesMs : undefined;
}

/** A ballot that somebody would cast, where it is sealed; undefined where it is not. Pure. */
export function sealedBallot(
  state: State,
  { case: id = '', person, body }: { readonly case?: string; readonly person: string; readonly body: JsonObject },
  nowMs: number,
): SealedBallot | undefined {
  const { choice, nonce } = body;
  const entry = Number(body['stage']);
  const untilMs = closesMs(state, id, entry);
  if (choice === undefined || nonce !== undefined || untilMs === undefined) return undefined;
  const own = sha256Hex(utf8Encode(`gdo-supposed-v1\0${canonicalText([person, id, entry])}`));
  const commitment = commitmentOf({ case: id, entry, voter: person, choice, nonce: own });
  return { id, entry, person, commitment, opened: { ...body, nonce: own }, isClosed: nowMs >= untilMs };
}

/** What is sent now of a sealed ballot: the commitment, or what opens it. Pure. */
export function sentNow({ opened, commitment, isClosed }: SealedBallot): JsonObject {
  const { nonce: _nonce, text: _text, ...body } = opened;
  return isClosed ? opened : { ...body, choice: commitment };
}

/** The state in which ballots that are sealed already say what is supposed of them: nobody knows what they say. Pure. */
export function sayingSo(state: State, ballots: readonly SealedBallot[]): State {
  return ballots.reduce((next, { id, entry, person, commitment, isClosed }) => {
    const key = ballotsKey(id, entry);
    const kept = readBallot(next, key, person);
    return isClosed && kept?.sealed !== undefined ? writeBallot(next, key, { ...kept, choice: commitment }) : next;
  }, state);
}

/** From when on a sealed ballot can be opened; undefined where its vote is over. Pure. */
export function opensMs(state: State, { id, entry }: SealedBallot): number | undefined {
  return closesMs(state, id, entry);
}

/** Whose ballots are sealed, and not opened, in the votes of these. Pure. */
export function stillClosed(state: State, ballots: readonly SealedBallot[]): readonly string[] {
  const votes = new Map(ballots.map(({ id, entry }) => [canonicalText([id, entry]), { id, entry }]));
  return [...votes.values()].flatMap(({ id, entry }) => ballotsOf(state, id, entry).flatMap((ballot) => (ballot.sealed === undefined ? [] : [ballot.by])));
}
