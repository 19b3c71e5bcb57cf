// What a witness has read from the stream: receipts by id, candidates by height, votes by height and witness. It judges nothing.
import type { CastVote, PublishedReceipt, Receipt, Vote, WitnessSet } from '../../engine/index.ts';
import { checkReceiptFollows, weightIn } from '../../engine/index.ts';
import type { StoredReceipt, StoredVote } from '../ledger/statement-log.ts';
import { statementCommit, type NewCommit } from '../ledger/statements.ts';
import type { ReadLine } from './stream.ts';

/** A receipt of the stream with its signature. */
export interface BoardReceipt extends PublishedReceipt {
  readonly bytes: Uint8Array;
  readonly armour: string;
}

/** A vote of the stream, with the commit that it has on its witness's ref. */
export interface BoardVote {
  readonly vote: Vote;
  readonly device: string;
  readonly bytes: Uint8Array;
  readonly armour: string;
  readonly built: NewCommit;
}

/** A candidate of the stream. */
export type BoardCandidate = Extract<ReadLine, { readonly kind: 'candidate' }>;

/** Two statements of one witness that exclude each other. */
export interface Contradiction {
  readonly kind: 'vote' | 'receipt';
  readonly device: string;
  readonly statements: readonly [Signed, Signed];
}

interface Signed {
  readonly bytes: Uint8Array;
  readonly armour: string;
}

/** Contradictions that are kept: one of each witness is enough to silence it. */
const doublesMax = 1_024;

/** Lines that one device may hold the memory with; a witness that goes on so long without a final checkpoint is no use to anybody. */
const linesPerDeviceMax = 100_000;

/** The stream as read so far. */
export class Board {
  /** The place of the last line read. */
  place = 0;
  private readonly receipts = new Map<string, BoardReceipt>();
  private readonly receiptsOf = new Map<string, BoardReceipt[]>();
  private readonly candidates = new Map<number, BoardCandidate[]>();
  private readonly votes = new Map<string, BoardVote[]>();
  private readonly counts = new Map<string, number>();
  private readonly doubles: Contradiction[] = [];

  /** Takes one line in. A line that was seen before changes nothing. */
  add(read: ReadLine): void {
    const count = this.counts.get(read.device) ?? 0;
    if (count >= linesPerDeviceMax) return;
    this.counts.set(read.device, count + 1);
    const { line, device } = read;
    switch (read.kind) {
      case 'receipt': {
        if (this.receipts.has(read.id)) return;
        const receipt = { id: read.id, place: line.place, receipt: read.statement, bytes: line.bytes, armour: line.armour };
        this.receipts.set(read.id, receipt);
        const own = listed(this.receiptsOf, device);
        this.note('receipt', device, [own.find((one) => one.receipt.seq === read.statement.seq), receipt]);
        own.push(receipt);
        return;
      }
      case 'candidate':
        listed(this.candidates, read.statement.height).push(read);
        return;
      case 'vote': {
        const own = listed(this.votes, device);
        if (own.some(({ vote }) => vote.height === read.statement.height && vote.value === read.statement.value)) return;
        const built = statementCommit('vote', line, own.at(-1)?.built.commit);
        this.note('vote', device, [own.find(({ vote }) => vote.height === read.statement.height), line]);
        own.push({ vote: read.statement, device, bytes: line.bytes, armour: line.armour, built });
      }
    }
  }

  private note(kind: Contradiction['kind'], device: string, [first, second]: readonly [Signed | undefined, Signed]): void {
    if (first === undefined || this.doubles.length >= doublesMax) return;
    this.doubles.push({ kind, device, statements: [first, second] });
  }

  receipt(id: string): BoardReceipt | undefined {
    return this.receipts.get(id);
  }

  /** Candidates at a height in the order of the stream. */
  candidatesAt(height: number): readonly BoardCandidate[] {
    return this.candidates.get(height) ?? [];
  }

  votesAt(height: number): readonly CastVote[] {
    return [...this.votes].flatMap(([device, votes]) => votes.flatMap(({ vote }) => (vote.height === height ? [{ device, value: vote.value }] : [])));
  }

  votesOf(device: string): readonly BoardVote[] {
    return this.votes.get(device) ?? [];
  }

  /** Pairs of statements of one witness that exclude each other, in the order in which the stream showed them. */
  contradictions(set: WitnessSet): readonly Contradiction[] {
    return this.doubles.filter(({ device }) => weightIn(set, device) > 0);
  }

  /** The longest line of receipts of a witness that goes on from the one named last; of two branches the one published first. */
  lineFrom(witness: string, named: StoredReceipt | undefined): readonly BoardReceipt[] {
    const line: BoardReceipt[] = [];
    const all = this.receiptsOf.get(witness) ?? [];
    for (let previous: { readonly id: string; readonly receipt: Receipt } | undefined = named; ;) {
      const before = previous;
      // What a liar signed that does not follow is named by nobody, or every candidate would be invalid.
      const next = all.find(({ receipt }) => checkReceiptFollows(before, receipt).kind === 'ok');
      if (next === undefined) return line;
      line.push(next);
      previous = next;
    }
  }

  /** Forgets what lies at or below a final height. @param named - the receipts that final checkpoints name */
  forget(height: number, named: ReadonlyMap<string, StoredReceipt>): void {
    for (const at of this.candidates.keys()) if (at <= height) this.candidates.delete(at);
    for (const [witness, { receipt }] of named) {
      const kept = (this.receiptsOf.get(witness) ?? []).filter((one) => one.receipt.seq > receipt.seq);
      for (const one of this.receiptsOf.get(witness) ?? []) if (!kept.includes(one)) this.receipts.delete(one.id);
      this.receiptsOf.set(witness, kept);
    }
    this.counts.clear();
  }

  /** The votes for one value at a height as the ledger stores them. */
  storedVotes(height: number, value: string): readonly StoredVote[] {
    return [...this.votes.values()].flatMap((votes) =>
      votes.flatMap(({ vote, device, built }) => (vote.height === height && vote.value === value ? [{ vote, device, commit: built.commit }] : [])),
    );
  }
}

function listed<Key, Value>(map: Map<Key, Value[]>, key: Key): Value[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: Value[] = [];
  map.set(key, made);
  return made;
}
