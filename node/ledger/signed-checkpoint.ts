// A checkpoint with votes as texts, as slices carry it: read, and held against a set of witnesses (SPEC.md sections 9 and 11).
import { checkpointId, decodeCheckpoint, decodeVote, isHex64, isList, utf8Encode, voteStanding } from '../../engine/index.ts';
import type { Checkpoint, Json, JsonObject, WitnessSet } from '../../engine/index.ts';
import { statementSigner } from './statements.ts';

/** Votes of one checkpoint that are looked at: twice as many as there are witnesses (node.md section 9). */
const votesMax = 64;

/** Why something is not accepted. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** A refusal. */
export function refusal(code: Refusal['code'], reason: string): Refusal {
  return { kind: 'refused', code, reason };
}

/** The texts of a checkpoint and of its votes, not yet checked. */
export interface SignedTexts {
  readonly checkpoint: string;
  readonly votes: readonly (readonly [statement: string, signature: string])[];
}

/** Reads `checkpoint` and `votes` of an object; undefined where they are not of their form, or too many. */
export function readSigned(value: JsonObject): SignedTexts | undefined {
  const { checkpoint, votes } = value;
  if (typeof checkpoint !== 'string' || !isList(votes) || votes.length > votesMax) return undefined;
  const pairs = votes.flatMap((row) => {
    const [statement, signature, more] = isList(row) ? row : [];
    return typeof statement === 'string' && typeof signature === 'string' && more === undefined ? [[statement, signature] as const] : [];
  });
  return pairs.length === votes.length ? { checkpoint, votes: pairs } : undefined;
}

/** Reads `[[device, weight]]`, ascending by device; undefined where it is not of that form. */
export function readWitnesses(value: Json | undefined): WitnessSet['rows'] | undefined {
  if (!isList(value) || value.length === 0) return undefined;
  const rows = value.flatMap((row) => {
    const [device, weight, more] = isList(row) ? row : [];
    return isHex64(device) && typeof weight === 'number' && weight >= 1 && more === undefined ? [[device, weight] as const] : [];
  });
  const isAscending = rows.every(([device], index) => index === 0 || (rows[index - 1]?.[0] ?? '') < device);
  return rows.length === value.length && isAscending ? rows : undefined;
}

/**
 * True to its witnesses: the checkpoint is of the organization, above a height, and votes of the quorum name it. A vote whose signature does not hold does
 * not count. @returns the checkpoint; its form's code, GDO1014 another organization, GDO1070 too few votes
 */
export function isFinalBy(
  signed: SignedTexts,
  by: { readonly set: WitnessSet; readonly org: string; readonly above: number },
): { readonly kind: 'ok'; readonly statement: Checkpoint; readonly id: string } | Refusal {
  const bytes = utf8Encode(signed.checkpoint);
  const read = decodeCheckpoint(bytes);
  if (read.kind === 'refused') return refusal(read.code, `a checkpoint: ${read.reason}`);
  const { statement } = read;
  if (statement.org !== by.org) return refusal('GDO1014', 'a checkpoint belongs to another organization');
  if (statement.height <= by.above) return refusal('GDO1070', `checkpoint ${statement.height} is not later than ${by.above}`);
  const id = checkpointId(bytes);
  const cast = signed.votes.flatMap(([text, armour]) => {
    const vote = decodeVote(utf8Encode(text));
    const signer = statementSigner(armour, 'gdo-cosign-v1', utf8Encode(text));
    if (vote.kind === 'refused' || signer.kind === 'refused') return [];
    const isMeant = vote.statement.org === by.org && vote.statement.height === statement.height;
    return isMeant ? [{ device: signer.device, value: vote.statement.value }] : [];
  });
  const standing = voteStanding(cast, by.set);
  if (standing.kind === 'final' && standing.value === id) return { kind: 'ok', statement, id };
  return refusal('GDO1070', `checkpoint ${statement.height} has no quorum of votes`);
}
