// Sealed ballots: a commitment while the vote is open, the choice itself afterwards (S129). Choices are public in the end: sealed, not secret.
import { utf8Encode } from './bytes.ts';
import type { Json } from './canonical.ts';
import { canonicalText } from './canonical.ts';
import { digest } from './chain.ts';

/** What a sealed ballot commits to. `entry` is the stage instance, `nonce` 32 random bytes as 64 hexadecimal digits. */
export interface SealedChoice {
  readonly case: string;
  readonly entry: number;
  readonly voter: string;
  readonly choice: Json;
  readonly nonce: string;
}

/** The commitment that a sealed ballot sends as its choice: 64 hexadecimal digits. Pure. Source: language.md S129, docs/decisions/0054 */
export function commitmentOf(sealed: SealedChoice): string {
  return digest('gdo-ballot-v1', utf8Encode(canonicalText([sealed.case, sealed.entry, sealed.voter, sealed.choice, sealed.nonce])));
}
