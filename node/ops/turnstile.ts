// A few places of work for many peers: whoever waits is let in peer by peer in turn, and one peer never has all places (node.md section 7).

/** What a peer gets at the turnstile. `full`: too many of its requests wait already. */
export type Entry = { readonly kind: 'in'; readonly leave: () => void } | { readonly kind: 'full' };

/** The turnstile. */
export interface Turnstile {
  /** Resolves when the peer's turn has come. `leave` is called once, when the work is done. */
  readonly enter: (peer: string) => Promise<Entry>;
  /** Requests that wait and that are inside. */
  readonly counts: () => { readonly waiting: number; readonly inside: number };
}

/** @param bounds.places - work at one time; a peer has half of them, rounded up, and `waiting` of its requests may stand in line */
export function turnstile(bounds: { readonly places: number; readonly waiting: number }): Turnstile {
  const places = Math.max(1, bounds.places);
  const perPeer = Math.ceil(places / 2);
  const inside = new Map<string, number>();
  // In the order in which peers had their last turn: the first one that may go in is next.
  const lines = new Map<string, (() => void)[]>();
  const insideCount = (): number => [...inside.values()].reduce((sum, count) => sum + count, 0);
  const admit = (): void => {
    while (insideCount() < places) {
      const next = [...lines].find(([peer]) => (inside.get(peer) ?? 0) < perPeer);
      if (next === undefined) return;
      const [peer, line] = next;
      const go = line.shift();
      lines.delete(peer);
      if (line.length > 0) lines.set(peer, line);
      inside.set(peer, (inside.get(peer) ?? 0) + 1);
      go?.();
    }
  };
  const leaveOnce = (peer: string): (() => void) => {
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const left = (inside.get(peer) ?? 1) - 1;
      if (left === 0) inside.delete(peer);
      else inside.set(peer, left);
      admit();
    };
  };
  return {
    enter: (peer) =>
      new Promise((resolve) => {
        const line = lines.get(peer) ?? [];
        if (line.length >= bounds.waiting) return resolve({ kind: 'full' });
        lines.set(peer, [...line, () => resolve({ kind: 'in', leave: leaveOnce(peer) })]);
        admit();
      }),
    counts: () => ({ waiting: [...lines.values()].reduce((sum, line) => sum + line.length, 0), inside: insideCount() }),
  };
}
