// Flips bits of a stored ledger and asks the audit: in the bytes of an object under its old name, in a loose file, in a pack, in the index of a pack.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { closeEpoch } from '../../node/gate/checkpoint-round.ts';
import { openRepository } from '../../node/git/repository.ts';
import { appendEvents } from '../../node/ledger/append.ts';
import { auditLedger } from '../../node/ledger/audit.ts';
import { bareCharter, foundSmall, git, signerOf, startMs } from '../node/ledger/small-ledger.ts';
import { Dice } from '../vectors/dice.ts';

/** What became of the flips. `harmless`: a loose file still unpacks to the same bytes, since its last bits are padding. */
export interface FlipReport {
  readonly found: Readonly<Record<FlipKind, number>>;
  readonly named: number;
  readonly harmless: number;
  /** Where a flip went unnoticed. */
  readonly missed: readonly string[];
}

type FlipKind = 'content' | 'loose' | 'pack' | 'index';
const kinds = ['content', 'content', 'loose', 'pack', 'index'] as const;

/** A ledger with everything that lies in one: batches with attachments, receipts, votes, checkpoints. @returns folders of it, loose and packed */
async function makeLedger(folder: string): Promise<{ readonly loose: string; readonly packed: string }> {
  const [loose, packed] = [join(folder, 'loose'), join(folder, 'packed')];
  const ledger = await foundSmall(loose, {
    people: ['ada', 'ben'],
    charter: bareCharter(),
    roles: [],
    files: [
      ['README.md', 'Hello\n'],
      ['rules/one.md', 'One\n'],
    ],
  });
  const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
  let { view } = ledger;
  for (let round = 1; round <= 3; round += 1) {
    for (const name of ['ben', 'ada']) {
      ({ view } = await appendEvents(view, signerOf(ledger, name), {
        events: [door, door],
        clockMs: startMs + 10 * round,
        attachments: [Buffer.from(`reason ${round}`)],
      }));
    }
    ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 10 * round + 5 }));
  }
  ledger.repository.close();
  git(folder, 'clone', '-q', '--mirror', '--no-local', loose, packed);
  git(packed, 'repack', '-adq', '--no-write-bitmap-index');
  return { loose, packed };
}

const looseFiles = (path: string): readonly string[] =>
  readdirSync(join(path, 'objects'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name))
    .map((name) => join(path, 'objects', name))
    .toSorted();

/** Flips one bit somewhere, audits, and puts the old bytes back. */
export async function measureFlips(request: { readonly seed: number; readonly count: number }): Promise<FlipReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-flips-'));
  const { loose, packed } = await makeLedger(folder);
  const dice = new Dice(request.seed);
  const found = { content: 0, loose: 0, pack: 0, index: 0 };
  const missed: string[] = [];
  let [named, harmless] = [0, 0];
  const objects = looseFiles(loose);
  const packs = readdirSync(join(packed, 'objects', 'pack'));
  const file = (kind: FlipKind): string =>
    kind === 'pack' || kind === 'index'
      ? join(packed, 'objects', 'pack', packs.find((name) => name.endsWith(kind === 'pack' ? '.pack' : '.idx')) ?? '')
      : (objects[dice.below(objects.length)] ?? '');
  for (let index = 0; index < request.count; index += 1) {
    const kind = kinds[index % kinds.length] ?? 'content';
    const path = file(kind);
    const before = readFileSync(path);
    const bytes = kind === 'content' ? inflateSync(before) : Buffer.from(before);
    const at = dice.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
    chmodSync(path, 0o644);
    writeFileSync(path, kind === 'content' ? deflateSync(bytes) : bytes);
    const repository = openRepository(kind === 'pack' || kind === 'index' ? packed : loose);
    const audit = await auditLedger(repository);
    repository.close();
    const id = path.slice(-41).replace('/', '');
    if (audit.kind === 'bad') {
      found[kind] += 1;
      if (audit.fault.object === id) named += 1;
    } else if (kind === 'loose' && inflated(bytes)?.equals(inflateSync(before)) === true) harmless += 1;
    else missed.push(`${kind} ${path.slice(folder.length)} byte ${at}`);
    writeFileSync(path, before);
  }
  rmSync(folder, { recursive: true, force: true });
  return { found, named, harmless, missed };
}

function inflated(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

/** Prints the measure. @returns the exit code: 1 where a flip went unnoticed */
export async function printFlips(request: { readonly seed: number; readonly count: number }, print: (line: string) => void): Promise<number> {
  const { found, named, harmless, missed } = await measureFlips(request);
  print(`${request.count} flips from seed ${request.seed}`);
  print(`  found    ${found.content} in the bytes of objects, ${found.loose} in loose files, ${found.pack} in packs, ${found.index} in indexes of packs`);
  print(`  named    ${named} of ${found.content + found.loose} objects in files of their own, by their id`);
  print(`  harmless ${harmless}: padding behind the compressed bytes`);
  print(`  missed   ${missed.length === 0 ? 'none' : missed.join('; ')}`);
  return missed.length === 0 ? 0 : 1;
}
