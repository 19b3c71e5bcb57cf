// What each peer may still use (node.md section 7): buckets that fill by the minute. Who is over waits; nobody else notices.
import type { NodeLimits } from './configuration.ts';

/** What is counted. `bytes` and `objects` of pushes, `seconds` of checking them. */
export type QuotaKind = 'bytes' | 'objects' | 'seconds';

/** Peers that are remembered: whoever is forgotten has a full bucket again, and the fullest are forgotten first. */
const peersMax = 10_000;
const minuteMs = 60_000;

interface Bucket {
  readonly used: Map<QuotaKind, number>;
  atMs: number;
}

/** The buckets of all peers. */
export interface Quota {
  /** The first thing that a peer has used up, or undefined. */
  readonly spent: (peer: string) => QuotaKind | undefined;
  /** Takes what was used; it may be more than was left, and is paid for in time. */
  readonly use: (peer: string, kind: QuotaKind, amount: number) => void;
  /** Takes batches of a signing key if they are within its minute. */
  readonly takeBatches: (device: string, count: number) => boolean;
}

/** Empty buckets. @param clockMs - a clock that does not jump */
export function quotaOf(limits: NodeLimits, clockMs: () => number): Quota {
  const most: Readonly<Record<QuotaKind, number>> = {
    bytes: limits.bytesPerMinute,
    objects: limits.objectsPerMinute,
    seconds: limits.checkingSecondsPerMinute,
  };
  const peers = new Map<string, Bucket>();
  const devices = new Map<string, { used: number; atMs: number }>();
  const bucketOf = (peer: string): Bucket => {
    const nowMs = clockMs();
    const bucket = peers.get(peer) ?? { used: new Map<QuotaKind, number>(), atMs: nowMs };
    const passed = (nowMs - bucket.atMs) / minuteMs;
    for (const [kind, used] of bucket.used) bucket.used.set(kind, Math.max(0, used - most[kind] * passed));
    bucket.atMs = nowMs;
    // Asked last, forgotten last.
    peers.delete(peer);
    peers.set(peer, bucket);
    if (peers.size > peersMax) forget(peers, (one) => Math.max(...one.used.values(), 0));
    return bucket;
  };
  return {
    spent: (peer) => [...bucketOf(peer).used].find(([kind, used]) => used >= most[kind])?.[0],
    use: (peer, kind, amount) => {
      const bucket = bucketOf(peer);
      bucket.used.set(kind, (bucket.used.get(kind) ?? 0) + amount);
    },
    takeBatches: (device, count) => {
      const nowMs = clockMs();
      const row = devices.get(device) ?? { used: 0, atMs: nowMs };
      const used = Math.max(0, row.used - (limits.batchesPerDeviceMinute * (nowMs - row.atMs)) / minuteMs);
      // A whole minute's worth fits into an unused bucket, and a single larger push never does.
      if (used + count > limits.batchesPerDeviceMinute) return false;
      devices.set(device, { used: used + count, atMs: nowMs });
      if (devices.size > peersMax) forget(devices, (one) => one.used);
      return true;
    },
  };
}

/** Forgets half of the rows, those that used least. */
function forget<Row>(rows: Map<string, Row>, used: (row: Row) => number): void {
  const sorted = [...rows].toSorted(([, left], [, right]) => used(left) - used(right));
  for (const [name] of sorted.slice(0, sorted.length / 2)) rows.delete(name);
}
