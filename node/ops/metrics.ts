// The figures of a node in the text form of Prometheus. Labels are names of the configuration and codes, never people.

/** Labels of one figure, in the order in which they are shown. */
export type Labels = Readonly<Record<string, string>>;

/** What a node counts. */
export interface Metrics {
  readonly add: (name: string, labels: Labels, amount?: number) => void;
  readonly set: (name: string, labels: Labels, value: number) => void;
  /** A duration or another quantity: its sum and how many there were. */
  readonly observe: (name: string, labels: Labels, value: number) => void;
  /** All figures, families in the order of `families`. */
  readonly text: () => string;
}

/** Every family of figures with its kind and what it says. */
const families = [
  ['gdo_ready', 'gauge', 'Whether an organization is ready: 1 or 0.'],
  ['gdo_pushes_total', 'counter', 'Pushes by their result.'],
  ['gdo_push_seconds', 'summary', 'Time from the last byte of a push to its answer.'],
  ['gdo_fetches_total', 'counter', 'Fetches and clones that were served.'],
  ['gdo_batches_total', 'counter', 'Batches by what became of them at the door.'],
  ['gdo_checkpoint_height', 'gauge', 'Height of the newest final checkpoint.'],
  ['gdo_checkpoint_age_seconds', 'gauge', 'Its age by the clock of this machine.'],
  ['gdo_epochs_total', 'counter', 'Epochs that this node closed.'],
  ['gdo_fold_seconds', 'summary', 'Time of one round of closing epochs.'],
  ['gdo_window_batches', 'gauge', 'Batches that no checkpoint holds yet.'],
  ['gdo_parked_batches', 'gauge', 'Batches that lie here and wait for something.'],
  ['gdo_pulls_total', 'counter', 'Fetches from peers by their result.'],
  ['gdo_peer_objects_total', 'counter', 'Objects that peers sent.'],
  ['gdo_peer_bytes_total', 'counter', 'Bytes of pushes.'],
  ['gdo_peer_refused_total', 'counter', 'Requests, pushes and fetched refs that were refused, by code.'],
  ['gdo_connections_refused_total', 'counter', 'Connections of one address beyond its share, which were closed at once.'],
  ['gdo_votes_total', 'counter', 'Votes that this node gave.'],
  ['gdo_failures_total', 'counter', 'Failures of this machine, by code.'],
  ['gdo_loose_objects', 'gauge', 'Objects that lie in a file each, at the last look of the hour.'],
  ['gdo_loose_refs', 'gauge', 'Refs that lie in a file each, at the last look.'],
  ['gdo_packs', 'gauge', 'Packs of objects, at the last look.'],
  ['gdo_packed_objects_total', 'counter', 'Loose objects that were put into packs.'],
  ['gdo_pack_seconds', 'summary', 'Time of one round of packing.'],
  ['gdo_contents', 'gauge', 'Large contents that lie here, at the end of the last turn about them.'],
  ['gdo_contents_bytes', 'gauge', 'Their bytes, without what they share.'],
  ['gdo_contents_taken_bytes_total', 'counter', 'Bytes of contents that were taken from peers.'],
  ['gdo_contents_turns_total', 'counter', 'What turns about contents did or found, by kind.'],
  ['gdo_disk_free_ratio', 'gauge', 'Free part of the disk that holds a ledger.'],
  ['gdo_rss_bytes', 'gauge', 'Memory of this process.'],
] as const;

/** Series of all families together: what strangers can cause is bounded by codes, not by names. */
const seriesMax = 10_000;

/** A registry with nothing counted. @param refresh - called before each text, to set gauges that change by themselves */
export function metricsRegistry(refresh: (metrics: Metrics) => void): Metrics {
  const series = new Map<string, Map<string, number>>();
  const at = (name: string, labels: Labels, change: (before: number) => number): void => {
    const family = series.get(name) ?? new Map<string, number>();
    series.set(name, family);
    const key = labelText(labels);
    if (!family.has(key) && [...series.values()].reduce((sum, one) => sum + one.size, 0) >= seriesMax) return;
    family.set(key, change(family.get(key) ?? 0));
  };
  const metrics: Metrics = {
    add: (name, labels, amount = 1) => at(name, labels, (before) => before + amount),
    set: (name, labels, value) => at(name, labels, () => value),
    observe: (name, labels, value) => {
      at(`${name}_sum`, labels, (before) => before + value);
      at(`${name}_count`, labels, (before) => before + 1);
    },
    text: () => {
      refresh(metrics);
      return families
        .flatMap(([name, kind, about]) => {
          const rows = [name, `${name}_sum`, `${name}_count`].flatMap((row) =>
            [...(series.get(row) ?? [])].map(([labels, value]) => `${row}${labels} ${value}\n`),
          );
          return rows.length === 0 ? [] : [`# HELP ${name} ${about}\n# TYPE ${name} ${kind}\n${rows.toSorted(byText).join('')}`];
        })
        .join('');
    },
  };
  return metrics;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
