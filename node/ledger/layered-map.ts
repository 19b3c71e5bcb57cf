// Maps that grow without being copied: a view of a ledger with a million events gets a hundred more at the cost of a hundred. Older views stay as they were.

/** A map with more entries; `base` is neither copied nor changed. An entry of a known key stands in the place of the old one. */
export function grownMap<Key, Value>(base: ReadonlyMap<Key, Value>, added: Iterable<readonly [Key, Value]>): ReadonlyMap<Key, Value> {
  const own = new Map(added);
  return own.size === 0 ? base : layerOver(base, own);
}

/** Joins a layer with those below it until each is at least twice as large as the one above, so that there are few and an entry is copied rarely. */
function layerOver<Key, Value>(base: ReadonlyMap<Key, Value>, added: Map<Key, Value>): ReadonlyMap<Key, Value> {
  let [own, below]: [Map<Key, Value>, ReadonlyMap<Key, Value> | undefined] = [added, base];
  while (below !== undefined) {
    const layer: ReadonlyMap<Key, Value> = below instanceof LayeredMap ? below.own : below;
    if (layer.size >= own.size * 2) break;
    own = new Map([...layer, ...own]);
    below = below instanceof LayeredMap ? below.below : undefined;
  }
  return below === undefined ? own : new LayeredMap(below, own);
}

/** Layers from the newest down. Entries come oldest layer first, each key once. */
class LayeredMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly below: ReadonlyMap<Key, Value>;
  readonly own: ReadonlyMap<Key, Value>;
  readonly size: number;

  constructor(below: ReadonlyMap<Key, Value>, own: ReadonlyMap<Key, Value>) {
    this.below = below;
    this.own = own;
    let fresh = 0;
    for (const key of own.keys()) if (!below.has(key)) fresh += 1;
    this.size = below.size + fresh;
  }

  get(key: Key): Value | undefined {
    return this.own.has(key) ? this.own.get(key) : this.below.get(key);
  }

  has(key: Key): boolean {
    return this.own.has(key) || this.below.has(key);
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const [key, value] of this.below) if (!this.own.has(key)) yield [key, value];
    yield* this.own.entries();
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(act: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) act(value, key, this);
  }
}
