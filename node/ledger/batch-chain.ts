// Signs the commits of batches that lie one on top of the other, on a thread. Each names the id and the commit of the one before, so only this part of appending has an
// order; it needs nothing but bytes, and whoever composes the batches and stores them does so meanwhile. docs/decisions/0182.
import type * as crypto from 'node:crypto';
import type * as workerThreads from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { armour, invariant, signedData } from '../../engine/index.ts';

/** Payloads of batches in their order, with zeros where they name the batch before. */
interface UnsignedBlock {
  /** One behind the other, each behind the domain of its id; ASCII. */
  readonly text: string;
  /** Four a payload: where it names the commit before it, where its header ends, where it names the batch before it, and where it ends. */
  readonly places: readonly number[];
}

/** What came of a block: commits as they are stored, with something between them, and their ids. */
interface SignedBlock {
  readonly bytes: Uint8Array;
  /** Two a commit: where it begins and where it ends. */
  readonly places: readonly number[];
  /** Git's ids of the commits, 40 digits each. */
  readonly commits: readonly string[];
  /** Ids of the batches, 64 digits each. */
  readonly ids: readonly string[];
}

/** The batch that the first one of a chain is put on, and who signs. */
interface ChainStart {
  readonly commit: string;
  readonly id: string;
  /** Ed25519. */
  readonly key: crypto.KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What is around a payload and its signature, the same in a whole chain. */
interface Surroundings {
  readonly domain: string;
  /** What is signed, but for the hash of the payload at its end. */
  readonly signedHead: Uint8Array;
  /** What is armoured, but for the signature at its end. */
  readonly blobHead: Uint8Array;
  readonly armourBegin: string;
  readonly armourEnd: string;
  readonly armourColumns: number;
}

type ThreadStart = ChainStart & { readonly around: Surroundings };

/** The part of `node:crypto` that a signer of chains is given. */
type Signing = Pick<typeof crypto, 'hash' | 'sign'>;

/** Makes what signs the blocks of a chain. Its text is what a thread runs (`threadText`): it may use nothing but its arguments and what the language has. */
function chainSigner({ hash, sign }: Signing, start: ThreadStart): (block: UnsignedBlock) => SignedBlock {
  const { domain, signedHead, blobHead, armourBegin, armourEnd, armourColumns } = start.around;
  const sumBytes = 64;
  let [commit, id] = [start.commit, start.id];
  const signed = Buffer.concat([signedHead, Buffer.alloc(sumBytes)]);
  const blob = Buffer.concat([blobHead, Buffer.alloc(sumBytes)]);
  const headerOf = (payload: Uint8Array): string => {
    // A sum as a string of one letter a byte: a buffer for each costs more.
    signed.write(hash('sha512', payload, 'binary'), signedHead.length, 'latin1');
    blob.set(sign(null, signed, start.key), blobHead.length);
    const encoded = blob.toString('base64');
    let header = `\ngpgsig ${armourBegin}\n `;
    for (let at = 0; at < encoded.length; at += armourColumns) header += `${encoded.slice(at, at + armourColumns)}\n `;
    return header + armourEnd;
  };
  return ({ text, places }) => {
    const count = places.length / 4;
    const given = Buffer.from(text, 'latin1');
    // A header is below three times the blob; in front of each commit its kind and length are written, for git's hash.
    const bytes = Buffer.from(new ArrayBuffer(given.length + count * (3 * blob.length + 32)));
    const made = { bytes, places: new Array<number>(), commits: new Array<string>(), ids: new Array<string>() };
    let [from, at] = [0, 0];
    for (let index = 0; index < places.length; index += 4) {
      const [commitAt = 0, headerEnd = 0, idAt = 0, end = 0] = places.slice(index, index + 4);
      given.write(commit, commitAt, 'latin1');
      given.write(id, idAt, 'latin1');
      const payload = from + domain.length;
      const header = headerOf(given.subarray(payload, end));
      const first = at + bytes.write(`commit ${end - payload + header.length}\0`, at, 'latin1');
      const cut = first + given.copy(bytes, first, payload, headerEnd);
      const rest = cut + bytes.write(header, cut, 'latin1');
      const last = rest + given.copy(bytes, rest, headerEnd, end);
      id = hash('sha256', given.subarray(from, end));
      commit = hash('sha1', bytes.subarray(at, last));
      made.places.push(first, last);
      made.commits.push(commit);
      made.ids.push(id);
      [from, at] = [end, last];
    }
    return made;
  };
}

/** What a thread runs: it answers each block with what came of it. */
function serve(threads: typeof workerThreads, signing: Signing, make: typeof chainSigner): void {
  const start: ThreadStart = threads.workerData;
  const signBlock = make(signing, start);
  const port = threads.parentPort;
  port?.on('message', (block: UnsignedBlock) => {
    const signed = signBlock(block);
    port.postMessage(signed, signed.bytes.buffer instanceof ArrayBuffer ? [signed.bytes.buffer] : []);
  });
}

// Without `node:`, which no text of the bundle for browsers may ask for: there no thread is started.
const threadText = (): string => `(${serve.toString()})(require('worker_threads'), require('crypto'), ${chainSigner.toString()})`;

/** A chain that is being signed. */
export interface BatchChain {
  readonly give: (block: UnsignedBlock) => void;
  /** What came of the next block that was given. */
  readonly take: () => Promise<SignedBlock>;
  readonly end: () => Promise<unknown>;
}

/** A thread keeps next to nothing of its own. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };

/** Begins a chain on a thread. */
export function batchChain(start: ChainStart): BatchChain {
  const workerData: ThreadStart = { ...start, around: surroundings(start.publicKey) };
  const worker = new Worker(threadText(), { eval: true, execArgv: [], workerData, resourceLimits });
  const ready: SignedBlock[] = [];
  let broken: Error | undefined;
  let wake: (() => void) | undefined;
  worker.on('message', (block: SignedBlock) => {
    ready.push(block);
    wake?.();
  });
  worker.on('error', (error) => {
    broken = error;
    wake?.();
  });
  worker.on('exit', () => {
    broken ??= new Error('the thread that signs has ended');
    wake?.();
  });
  return {
    give: (block) => worker.postMessage(block),
    take: async () => {
      for (;;) {
        const block = ready.shift();
        if (block !== undefined) return block;
        if (broken !== undefined) throw broken;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    end: () => worker.terminate(),
  };
}

const signatureBytes = 64;

/** Read from an armour of zeros, so that the form of armours is written down in one place. */
function surroundings(publicKey: Uint8Array): Surroundings {
  const namespace = 'git';
  const [armourBegin = '', ...lines] = armour({ key: publicKey, namespace, signature: new Uint8Array(signatureBytes) })
    .trimEnd()
    .split('\n');
  const armourEnd = lines.pop() ?? '';
  const blob = Buffer.from(lines.join(''), 'base64');
  return {
    domain: batchDomain,
    signedHead: signedData(namespace, new Uint8Array(), () => new Uint8Array()),
    blobHead: Uint8Array.from(blob.subarray(0, -signatureBytes)),
    armourBegin,
    armourEnd,
    armourColumns: lines[0]?.length ?? 0,
  };
}

/** What the id of a batch is the hash of begins with this (SPEC.md). */
const batchDomain = 'gdo-batch-v1\0';

/** Puts payloads together, each with zeros for the batch before it, which is its only parent. */
export function unsignedBlock(payloads: readonly string[]): UnsignedBlock {
  let text = '';
  const places: number[] = [];
  for (const payload of payloads) {
    const from = text.length + batchDomain.length;
    const [commitAt, headerEnd, idAt] = [payload.indexOf('\nparent '), payload.indexOf('\n\n'), payload.indexOf('\nGdo-Prev: ')];
    invariant(commitAt > 0 && commitAt < headerEnd && headerEnd < idAt, 'a payload in a chain names the batch before it');
    text += batchDomain + payload;
    places.push(from + commitAt + '\nparent '.length, from + headerEnd, from + idAt + '\nGdo-Prev: '.length, text.length);
  }
  return { text, places };
}
