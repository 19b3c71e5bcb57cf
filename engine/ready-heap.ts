// A binary heap: takes items in any order and gives them back first first. It knows no batches; order.ts names what comes first.

/** Holds items that are ready. `isFirst` is a strict total order, so what comes out does not depend on what went in first. */
export class ReadyHeap<Item> {
  private readonly items: Item[] = [];
  private readonly isFirst: (left: Item, right: Item) => boolean;

  constructor(isFirst: (left: Item, right: Item) => boolean) {
    this.isFirst = isFirst;
  }

  /** Adds an item. O(log n). */
  push(item: Item): void {
    this.items.push(item);
    for (let at = this.items.length - 1; at > 0; at = (at - 1) >> 1) if (!this.swapIfFirst(at, (at - 1) >> 1)) return;
  }

  /** Takes the first item, or undefined when there is none. O(log n). */
  pop(): Item | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return top;
    this.items[0] = last;
    for (let at = 0; ;) {
      const down = this.firstOf(at * 2 + 1, at * 2 + 2);
      if (!this.swapIfFirst(down, at)) return top;
      at = down;
    }
  }

  private firstOf(one: number, two: number): number {
    const [left, right] = [this.items[one], this.items[two]];
    return left !== undefined && right !== undefined && this.isFirst(right, left) ? two : one;
  }

  private swapIfFirst(lower: number, upper: number): boolean {
    const [down, up] = [this.items[lower], this.items[upper]];
    if (down === undefined || up === undefined || !this.isFirst(down, up)) return false;
    this.items[lower] = up;
    this.items[upper] = down;
    return true;
  }
}
