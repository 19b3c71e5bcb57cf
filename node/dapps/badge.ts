// The badge of a program: what its entry says of its making, held against what lies in the ledger. It tells a reader what can be looked into, and no verdict reads it.
import { canonicalText, isHex64, isObject, sha256Hex, utf8Encode } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import type { JudgedEvent } from '../ledger/view.ts';
import type { DappEntry, SourceFile } from './entry.ts';
import { decodeEntry, sourceFiles, sourceHash } from './entry.ts';

/** `closed`: no source that can be looked at; `source`: what it names lies there; `reproducible`: somebody built it again and came to the same image. */
export type Badge = 'closed' | 'source' | 'reproducible';

/** What somebody signed about building it again. */
export interface Rebuilt {
  readonly member: string;
  readonly image: string;
  readonly platform: string;
  /** When a witness received it. */
  readonly atMs: number;
}

/** A badge with what it rests on. `faults` say why it is not a better one; `same` and `other`: who built it again, and what came out. */
export interface Standing {
  readonly badge: Badge;
  readonly entry: DappEntry | undefined;
  readonly faults: readonly { readonly code: 'GDO3013' | 'GDO3014'; readonly reason: string }[];
  readonly same: readonly Rebuilt[];
  readonly other: readonly Rebuilt[];
}

/** What a badge is worked out from. `image`: as the bylaws declare it; undefined for a program outside. `files`: all of main. */
export interface BadgeRequest {
  readonly name: string;
  readonly image: string | undefined;
  readonly entry: Uint8Array | undefined;
  readonly files: readonly SourceFile[];
  readonly facts: readonly JudgedEvent[];
}

/** The type of a fact that says what a rebuild came to. */
export const rebuildFact = 'dapp-rebuild';

/** What a rebuild is about; signed together with what came out. */
export interface RebuildClaim {
  readonly dapp: string;
  /** SHA-256 of the entry's bytes: another recipe or source is another claim. */
  readonly entry: string;
  readonly image: string;
  readonly platform: string;
}

/** The data of a fact about a rebuild; the same finding has the same id. */
export function rebuildData(claim: RebuildClaim): JsonObject & { readonly id: string } {
  const { dapp, entry, image, platform } = claim;
  return { dapp, entry, id: sha256Hex(utf8Encode(canonicalText(['gdo-dapp-rebuild-v1', dapp, entry, image, platform]))), image, platform };
}

/** Works out a badge. Pure. */
export function standingOf(request: BadgeRequest): Standing {
  const closed = (faults: Standing['faults'], entry?: DappEntry): Standing => ({ badge: 'closed', entry, faults, same: [], other: [] });
  if (request.entry === undefined) return closed([]);
  const decoded = decodeEntry(request.entry);
  const wrong = (reason: string): Standing['faults'] => [{ code: 'GDO3013', reason }];
  if (decoded.kind === 'refused') return closed(wrong(decoded.reason));
  const { entry } = decoded;
  if (entry.name !== request.name) return closed(wrong(`it is the entry of \`${entry.name}\``));
  if (request.image !== undefined && entry.image !== request.image)
    return closed(wrong(entry.image === undefined ? 'it does not say which image it is about' : 'it is about another image than the bylaws name'), entry);
  if (entry.source === undefined) return closed([], entry);
  const found = sourceFiles({ name: entry.name, source: entry.source }, request.files);
  const hash = sourceHash(found);
  if (found.length === 0) return closed([{ code: 'GDO3014', reason: 'no file that its source names lies there' }], entry);
  if (hash !== entry.source.sha256)
    return closed(
      [{ code: 'GDO3014', reason: `its source has the hash ${entry.source.sha256.slice(0, 12)}, and what lies there ${hash.slice(0, 12)}` }],
      entry,
    );
  const rebuilt = rebuiltBy(request.facts, { dapp: request.name, entry: sha256Hex(request.entry) });
  const same = rebuilt.filter((one) => one.image === entry.image);
  const other = rebuilt.filter((one) => one.image !== entry.image);
  // Where two came to different images nobody knows who is right: the badge waits until one of them looks again.
  return { badge: entry.recipe !== undefined && same.length > 0 && other.length === 0 ? 'reproducible' : 'source', entry, faults: [], same, other };
}

/** The newest word of each member and platform about this entry, oldest first. */
function rebuiltBy(facts: readonly JudgedEvent[], about: Pick<RebuildClaim, 'dapp' | 'entry'>): readonly Rebuilt[] {
  const newest = new Map<string, Rebuilt>();
  for (const { event, verdict, receivedMs: atMs } of facts) {
    const { data, type } = event.body;
    if (event.kind !== 'fact' || verdict.kind !== 'ok' || type !== rebuildFact || !isObject(data)) continue;
    const { dapp, entry, image, platform } = data;
    if (dapp !== about.dapp || entry !== about.entry || !isHex64(entry) || typeof image !== 'string' || typeof platform !== 'string') continue;
    const who = canonicalText([event.actor, platform]);
    newest.delete(who);
    newest.set(who, { member: event.actor, image, platform, atMs });
  }
  return [...newest.values()];
}
