// Which contents a node takes, and which it lets go where it may keep only so many bytes. What is here stays as long as there is room, so that two small nodes never hand
// the same content to and fro. Pure.

/** A content that is here or somewhere else. */
export interface Choosable {
  readonly sha256: string;
  /** Undefined where it is not known yet. */
  readonly size: number | undefined;
  /** An image that the bylaws name, or a layer of one: what the node needs to decide. */
  readonly isNeeded: boolean;
  /** Other copies that have it. */
  readonly copies: number;
}

/** The contents that are let go so that the rest fits: none that is needed, those with the most other copies first. @param copiesLeast - without so many others none goes */
export function lettingGo(here: readonly Choosable[], bytesMost: number, copiesLeast: number): readonly string[] {
  const kept = new Set(here.map(({ sha256 }) => sha256));
  let bytes = here.reduce((sum, { size = 0 }) => sum + size, 0);
  const going = here
    .filter(({ isNeeded, copies }) => !isNeeded && copies >= copiesLeast)
    .toSorted(byWorth)
    .toReversed();
  for (const { sha256, size = 0 } of going) {
    if (bytes <= bytesMost) break;
    kept.delete(sha256);
    bytes -= size;
  }
  // What went early may fit again when larger ones have gone too.
  for (const { sha256, size = 0 } of going.toReversed()) {
    if (kept.has(sha256) || bytes + size > bytesMost) continue;
    kept.add(sha256);
    bytes += size;
  }
  return here.flatMap(({ sha256 }) => (kept.has(sha256) ? [] : [sha256]));
}

/** The contents that are let go so that one of `size` bytes fits beside the rest; none where it would not even so. */
export function lettingGoFor(size: number, here: readonly Choosable[], bytesMost: number, copiesLeast: number): readonly string[] {
  const going = lettingGo(here, bytesMost - size, copiesLeast);
  const gone = new Set(going);
  const left = here.reduce((sum, one) => sum + (gone.has(one.sha256) ? 0 : (one.size ?? 0)), 0);
  return left + size <= bytesMost ? going : [];
}

/** What is taken first: what is needed, then what has the fewest copies. */
export function byWorth(left: Choosable, right: Choosable): number {
  return Number(right.isNeeded) - Number(left.isNeeded) || left.copies - right.copies || (left.sha256 < right.sha256 ? -1 : 1);
}
