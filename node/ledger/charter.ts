// Compiled bylaws as stored bytes: hash and value. What they mean is the engine's; whether a text compiles to them is attested at the gate.
import { decodeCanonical, digest, type Charter, type JsonObject } from '../../engine/index.ts';

/** Compiled bylaws with the hash that names them. */
export interface StoredCharter {
  readonly hash: string;
  readonly charter: Charter;
}

/** ledger.md section 3: the largest compiled bylaws. */
export const charterBytesMax: number = 4 * 1024 * 1024;

/** Reads compiled bylaws. @returns undefined where the bytes are not canonical or not of a Charter's shape */
export function readCharter(bytes: Uint8Array): StoredCharter | undefined {
  const decoded = decodeCanonical(bytes, { bytesMax: charterBytesMax });
  if (decoded.kind === 'refused' || !isCharter(decoded.value)) return undefined;
  return { hash: digest('gdo-bylaws-v1', bytes), charter: decoded.value };
}

/**
 * The outer shape only: the parts inside are vouched for by `gdo-check`, which compiled a text to exactly these bytes before they could be
 * in force (node.md section 4 lane A 5), and at the founding by the signatures of all first keys.
 */
function isCharter(value: JsonObject | Charter): value is Charter {
  const organization: unknown = 'organization' in value ? value.organization : undefined;
  const lists: readonly unknown[] = ['roles', 'processes', 'areas'].map((name) => Object.entries(value).find(([key]) => key === name)?.[1]);
  return typeof organization === 'object' && organization !== null && lists.every((list) => Array.isArray(list));
}
