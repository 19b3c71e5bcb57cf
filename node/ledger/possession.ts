// Proof that whoever enrols a key holds it: a signature by the new key over who it is for (ledger.md section 6, `key.enrol`). Judges no authority.
import { deviceOf, encodeCanonical, publicKeyText, readPublicKey, type JsonObject, type LedgerEvent } from '../../engine/index.ts';
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
export function possessionFault(event: LedgerEvent): PossessionProblem | undefined {
  return possessionProblem(event.org, event.body);
}

/** Why a proof does not hold. */
export interface PossessionProblem {
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** The same for a body that is not in an event yet. */
export function possessionProblem(org: string, body: JsonObject): PossessionProblem | undefined {
  const { key, member, possession } = body;
  const publicKey = typeof key === 'string' ? readPublicKey(key) : undefined;
  if (publicKey === undefined || typeof key !== 'string' || publicKeyText(publicKey) !== key)
    return { code: 'GDO1013', reason: 'the key to enrol is not written as `ssh-ed25519` and its base64' };
  const accepted = keyVerdict(publicKey);
  if (accepted.kind === 'refused') return accepted;
  if (typeof member !== 'string' || typeof possession !== 'string') return { code: 'GDO1002', reason: 'a key is enrolled for a member, with a proof' };
  const device = deviceOf(publicKey);
  const signer = statementSigner(possession, 'gdo-possession-v1', possessionBytes({ device, member, org }), device);
  return signer.kind === 'refused' ? signer : undefined;
}
