// The append-only refs of witnesses: receipts and votes as they lie in git, with form and signatures checked. What they decide is replay's.
import { decodeReceipt, decodeVote, receiptId, type NativeEquation, type Receipt, type Vote } from '../../engine/index.ts';
import type { Repository } from '../git/repository.ts';
import { filesOfEach } from './batch-files.ts';
import { linearHistory, statementCommit, statementSigner } from './statements.ts';

/** Statements read in one go: asked for one by one, each would wait for git. */
const chunkSize = 256;

/** Something in the ledger that is not as the rules say. `object` is a git id, `ref` where it was found. */
export interface LedgerFault {
  readonly code: `GDO${string}`;
  readonly object: string;
  readonly ref: string;
  readonly what: string;
}

/** A receipt with its place. */
export interface StoredReceipt {
  readonly receipt: Receipt;
  readonly id: string;
  readonly commit: string;
}

/** A vote with its place. */
export interface StoredVote {
  readonly vote: Vote;
  readonly device: string;
  readonly commit: string;
}

type Read<Value> = { readonly kind: 'ok'; readonly values: readonly Value[] } | { readonly kind: 'fault'; readonly fault: LedgerFault };

interface Raw {
  readonly bytes: Uint8Array;
  readonly commit: string;
}

/** The statements of one witness. `after`: the last commit that was read before; only what follows is checked and returned. */
export interface StatementSource {
  readonly ref: string;
  readonly device: string;
  readonly org: string;
  readonly tip: string;
  readonly after: string | undefined;
  readonly equation: NativeEquation;
}

/** Reads the receipts of one witness, oldest first. */
export async function readReceipts(repository: Repository, source: StatementSource): Promise<Read<StoredReceipt>> {
  const raw = await readStatements(repository, { ...source, kind: 'receipt' });
  if (raw.kind === 'fault') return raw;
  const values: StoredReceipt[] = [];
  for (const { bytes, commit } of raw.values) {
    const fault = (code: `GDO${string}`, what: string): Read<StoredReceipt> => ({ kind: 'fault', fault: { code, object: commit, ref: source.ref, what } });
    const read = decodeReceipt(bytes);
    if (read.kind === 'refused') return fault(read.code, read.reason);
    const { statement } = read;
    if (statement.org !== source.org) return fault('GDO1014', 'the receipt belongs to another organization');
    if (statement.witness !== source.device) return fault('GDO1015', 'the receipt names another witness');
    values.push({ receipt: statement, id: receiptId(bytes), commit });
  }
  return { kind: 'ok', values };
}

/** Reads the votes of one witness, oldest first. */
export async function readVotes(repository: Repository, source: StatementSource): Promise<Read<StoredVote>> {
  const raw = await readStatements(repository, { ...source, kind: 'vote' });
  if (raw.kind === 'fault') return raw;
  const values: StoredVote[] = [];
  for (const { bytes, commit } of raw.values) {
    const read = decodeVote(bytes);
    if (read.kind === 'refused') return { kind: 'fault', fault: { code: read.code, object: commit, ref: source.ref, what: read.reason } };
    if (read.statement.org !== source.org)
      return { kind: 'fault', fault: { code: 'GDO1014', object: commit, ref: source.ref, what: 'the vote belongs to another organization' } };
    values.push({ vote: read.statement, device: source.device, commit });
  }
  return { kind: 'ok', values };
}

async function readStatements(repository: Repository, source: Omit<StatementSource, 'org'> & { readonly kind: 'receipt' | 'vote' }): Promise<Read<Raw>> {
  if (source.tip === source.after) return { kind: 'ok', values: [] };
  const commits = await linearHistory(repository, source.tip);
  const values: Raw[] = [];
  const first = source.after === undefined ? 0 : commits.indexOf(source.after) + 1;
  for (let from = first; from < commits.length; from += chunkSize) {
    const chunk = commits.slice(from, from + chunkSize);
    for (const [place, files] of (await filesOfEach(repository, chunk)).entries()) {
      const commit = chunk[place] ?? '';
      const fault = (code: `GDO${string}`, what: string): Read<Raw> => ({ kind: 'fault', fault: { code, object: commit, ref: source.ref, what } });
      const bytes = files.get('statement.json');
      const signature = files.get('statement.sig');
      if (bytes === undefined || signature === undefined) return fault('GDO1010', 'statement.json or statement.sig is missing');
      const armour = Buffer.from(signature).toString('latin1');
      if (statementCommit(source.kind, { bytes, armour }, commits[from + place - 1]).commit !== commit)
        return fault('GDO1010', 'the commit has other bytes than its statement gives');
      const namespace = source.kind === 'receipt' ? 'gdo-receipt-v1' : 'gdo-cosign-v1';
      const signer = statementSigner(armour, namespace, bytes, { device: source.device, equation: source.equation });
      if (signer.kind === 'refused') return fault(signer.code, signer.reason);
      values.push({ bytes, commit });
    }
  }
  return { kind: 'ok', values };
}
