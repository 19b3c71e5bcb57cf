// What a turn about contents says: one note per thing, in the words of a node's log.

/** One thing that a turn did or found, in the words of a log. */
export interface RoundNote {
  readonly level: 'info' | 'warning' | 'debug';
  readonly what: string;
  readonly content?: string;
  readonly bytes?: number;
  readonly code?: `GDO${string}`;
  readonly reason?: string;
  readonly next?: string;
}

/** Hears what a turn does. */
export type Note = (note: RoundNote) => void;
