// What an event proves by signatures inside it: that a new key is held, and that a witness signed two things (ledger.md section 6, `key.enrol` and
// `evidence`). Judges no authority.
import {
  deviceOf,
  encodeCanonical,
  publicKeyText,
  readEvidence,
  readPublicKey,
  type JsonObject,
  type LedgerEvent,
  type NativeEquation,
} from '../../engine/index.ts';
import { keyVerdict, type Signer } from './keys.ts';
import { statementSigner } from './statements.ts';

/** What the new key signs, in the namespace `gdo-possession-v1`. */
function possessionBytes(claim: { readonly device: string; readonly member: string; readonly org: string }): Uint8Array {
  return encodeCanonical({ device: claim.device, member: claim.member, org: claim.org, v: 1 });
}

/** The body of a `key.enrol` event for a key of one's own. */
export async function enrolBody(org: string, member: string, key: Signer): Promise<JsonObject> {
  const possession = await key.sign('gdo-possession-v1', possessionBytes({ device: key.device, member, org }));
  return { key: publicKeyText(key.publicKey), member, possession };
}

/**
 * Checks the proof of one `key.enrol` event. Depends only on its bytes.
 * @returns undefined where it holds; GDO1013 the key itself, GDO1011, GDO1012 or GDO1014 the signature, GDO1015 by another key
 */
export function possessionFault(event: LedgerEvent, equation?: NativeEquation): PossessionProblem | undefined {
  return possessionProblem(event.org, event.body, equation);
}

/** Why a proof does not hold. */
export interface PossessionProblem {
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** The same for a body that is not in an event yet. */
export function possessionProblem(org: string, body: JsonObject, equation?: NativeEquation): PossessionProblem | undefined {
  const { key, member, possession } = body;
  const publicKey = typeof key === 'string' ? readPublicKey(key) : undefined;
  if (publicKey === undefined || typeof key !== 'string' || publicKeyText(publicKey) !== key)
    return { code: 'GDO1013', reason: 'the key to enrol is not written as `ssh-ed25519` and its base64' };
  const accepted = keyVerdict(publicKey);
  if (accepted.kind === 'refused') return accepted;
  if (typeof member !== 'string' || typeof possession !== 'string') return { code: 'GDO1002', reason: 'a key is enrolled for a member, with a proof' };
  const device = deviceOf(publicKey);
  const signer = statementSigner(possession, 'gdo-possession-v1', possessionBytes({ device, member, org }), { device, equation });
  return signer.kind === 'refused' ? signer : undefined;
}

/** The body of an `evidence` event. @param statements - each with its armour, as they were published */
export function evidenceBody(
  kind: 'vote' | 'receipt',
  statements: readonly [{ readonly bytes: Uint8Array; readonly armour: string }, { readonly bytes: Uint8Array; readonly armour: string }],
): JsonObject {
  const [a, b] = statements.map(({ bytes, armour }) => Buffer.concat([bytes, Buffer.from(`\n${armour}`, 'latin1')]).toString('base64'));
  return { a: a ?? '', b: b ?? '', kind };
}

/**
 * Checks the two signatures of one `evidence` event. Depends only on its bytes.
 * @returns undefined where both hold; GDO1002 where it is no evidence, GDO1011 to GDO1014 a signature
 */
export function evidenceFault(event: LedgerEvent, equation?: NativeEquation): PossessionProblem | undefined {
  const evidence = readEvidence(event);
  if (evidence === undefined) return { code: 'GDO1002', reason: 'evidence is two signed statements of one witness that exclude each other' };
  for (const { bytes, armour } of evidence.statements) {
    const signer = statementSigner(armour, evidence.kind === 'vote' ? 'gdo-cosign-v1' : 'gdo-receipt-v1', bytes, { device: evidence.device, equation });
    if (signer.kind === 'refused') return signer;
  }
  return undefined;
}
