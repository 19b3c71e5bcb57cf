// The ordered stream of an organization (F1): receipts, candidates and votes in one order for everybody (ledger.md section 12). A port, and the stream in
// memory. Nothing is believed because it stands there: every line carries its signature.
import { decodeCheckpoint, decodeReceipt, decodeVote, checkpointId, receiptId } from '../../engine/index.ts';
import type { Checkpoint, NativeEquation, Receipt, Vote } from '../../engine/index.ts';
import { statementSigner } from '../ledger/statements.ts';

/** One signed statement on its way to the stream. */
export interface StreamDraft {
  readonly kind: 'receipt' | 'candidate' | 'vote';
  readonly bytes: Uint8Array;
  readonly armour: string;
}

/** One line of the stream: `place` ascends without gaps from 1, `stampMs` is the stream's time. */
export interface StreamLine extends StreamDraft {
  readonly place: number;
  readonly stampMs: number;
}

/** A replicated log as a witness sees it. */
export interface CandidateStream {
  /** Lines after a place, in order; fewer than there are where the stream is behind. Out of reach is not the same as nothing new. */
  readonly read: (after: number, most: number) => Promise<readonly StreamLine[] | 'out of reach'>;
  /** Appends one statement and resolves when the stream holds it. A statement may be appended twice. @throws WorldError GDO4002 where it is out of reach */
  readonly append: (draft: StreamDraft) => Promise<void>;
}

/** A line whose signature and form were checked; `device` signed it. */
export type ReadLine = { readonly line: StreamLine; readonly device: string; readonly id: string } & (
  | { readonly kind: 'receipt'; readonly statement: Receipt }
  | { readonly kind: 'candidate'; readonly statement: Checkpoint }
  | { readonly kind: 'vote'; readonly statement: Vote }
);

const namespaces = { receipt: 'gdo-receipt-v1', candidate: 'gdo-candidate-v1', vote: 'gdo-cosign-v1' } as const;

/** The namespace that a line of a kind is signed in. */
export function namespaceOf(kind: StreamDraft['kind']): 'gdo-receipt-v1' | 'gdo-candidate-v1' | 'gdo-cosign-v1' {
  return namespaces[kind];
}

/** Checks form, organization and signature of a line; undefined for anything that counts for nobody. */
export function readLine(line: StreamLine, org: string, equation: NativeEquation): ReadLine | undefined {
  const signer = statementSigner(line.armour, namespaceOf(line.kind), line.bytes, { equation });
  if (signer.kind === 'refused') return undefined;
  const { device } = signer;
  switch (line.kind) {
    case 'receipt': {
      const read = decodeReceipt(line.bytes);
      if (read.kind === 'refused' || read.statement.org !== org || read.statement.witness !== device) return undefined;
      return { line, device, kind: 'receipt', statement: read.statement, id: receiptId(line.bytes) };
    }
    case 'candidate': {
      const read = decodeCheckpoint(line.bytes);
      if (read.kind === 'refused' || read.statement.org !== org) return undefined;
      return { line, device, kind: 'candidate', statement: read.statement, id: checkpointId(line.bytes) };
    }
    case 'vote': {
      const read = decodeVote(line.bytes);
      if (read.kind === 'refused' || read.statement.org !== org) return undefined;
      return { line, device, kind: 'vote', statement: read.statement, id: read.statement.value };
    }
  }
}

/** A stream in memory. @param clockMs - its clock; stamps never go back */
export function memoryStream(clockMs: () => number): CandidateStream {
  const lines: StreamLine[] = [];
  return {
    read: (after, most) => Promise.resolve(lines.slice(after, after + most)),
    append: (draft) => {
      const stampMs = Math.max(clockMs(), lines.at(-1)?.stampMs ?? 0);
      lines.push({ ...draft, place: lines.length + 1, stampMs });
      return Promise.resolve();
    },
  };
}
