// A signed ballot end to end, and the replay of ballots already verified: gdo's ledger against a Governor contract on two virtual machines.
import { generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { compileGovernor, voterKeys } from './peers/governor.mjs';
import { onEdr } from './peers/edr.mjs';
import { onEthereumjs } from './peers/ethereumjs.mjs';
import { ballotLine, engine, openVote } from './peers/gdo.mjs';
import { cpuSeconds } from './clock.mjs';

const { decodeEvent, digest, engine1, foldEpoch, stateRoot, utf8Encode, zeros64 } = engine;
/** Batches of one epoch: what the ledger takes at most in one checkpoint. */
const epochSize = 3_500;

/** Each voter's ballot as a signed git commit, and the objects it lies in. */
async function signedBallots(voters) {
  const node = await import('../dist/node.js');
  const signers = Array.from({ length: voters }, (_, index) => node.seedSigner(Buffer.from(digest('gdo-key-v1', utf8Encode(`seed ${index}`)), 'hex')));
  const house = openVote(
    voters,
    signers.map((signer) => signer.device),
  );
  const objects = new Map();
  const commits = [];
  for (const [index, signer] of signers.entries()) {
    // The first voter has written the proposal already.
    if (index === 0) continue;
    const events = [{ kind: 'ballot', case: house.case, body: { choice: index % 3 === 0 ? 'no' : 'yes', stage: 1 }, tsMs: 1_000 }];
    const signed = await node.signBatch(signer, {
      org: zeros64,
      actor: house.names[index],
      seq: 1,
      prev: undefined,
      deps: [],
      base: zeros64,
      events,
      attachments: [],
    });
    for (const object of signed.objects) objects.set(node.objectId(object), object);
    commits.push(signed.commit);
  }
  return { node, house, objects, commits };
}

/** The digest that the node passes in for ids. */
const native = (bytes) => hash('sha256', bytes);

function folded(state, batches, height) {
  const result = foldEpoch({ state, batches, receivedMs: () => 1_000 + height, timeMs: 2_000 + height, height, previousCheckpoint: zeros64, rules: engine1 });
  if (!result.verdicts.every(({ verdict }) => verdict.kind === 'ok')) throw new Error('a ballot was refused');
  stateRoot(result.state);
  return result.state;
}

/** Reads, checks and folds every ballot; the state root at the end of each epoch. */
async function endToEnd(voters) {
  const { node, house, objects, commits } = await signedBallots(voters);
  const repository = { readObject: (id) => Promise.resolve(objects.get(id)) };
  const context = { org: zeros64, batchAt: () => undefined, batch: () => undefined, isCheckpoint: () => true };
  const all = async (read) => {
    let batches = [];
    let state = house.state;
    for (const [index, id] of commits.entries()) {
      const checked = await node.checkBatch(read, id, context);
      if (checked.kind !== 'ok') throw new Error(checked.reason);
      batches.push(checked.stored.batch);
      if (batches.length < epochSize && index < commits.length - 1) continue;
      state = folded(state, batches, 2 + index);
      batches = [];
    }
  };
  return { ballots: commits.length, all: () => all(repository) };
}

/** Ballots whose signatures were checked before, from their lines: read, judged, counted into the state, its root at the end of each epoch. */
function replay(voters) {
  const house = openVote(voters);
  const lines = Array.from({ length: voters - 1 }, (_, index) => ballotLine(house, index + 1, 1, index % 3 === 0 ? 'no' : 'yes'));
  return {
    ballots: lines.length,
    all: () => {
      let state = house.state;
      for (let from = 0; from < lines.length; from += epochSize) {
        const batches = lines.slice(from, from + epochSize).map((line) => {
          const { event } = decodeEvent(line, native);
          const id = digest('gdo-batch-v1', utf8Encode(event.id), native);
          return {
            id,
            device: event.device,
            actor: event.actor,
            seq: 1,
            count: 1,
            prev: zeros64,
            deps: [],
            base: zeros64,
            events: [event],
            changes: [],
            charters: [],
          };
        });
        state = folded(state, batches, 2 + from);
      }
    },
  };
}

/** One Ed25519 verification by the runtime, of as many bytes as are signed for a batch, by keys that are at hand. */
function verification() {
  const message = Buffer.alloc(100, 7);
  const signed = Array.from({ length: 500 }, () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return { publicKey, signature: sign(null, message, privateKey) };
  });
  return {
    ballots: signed.length,
    all: () => {
      for (const { publicKey, signature } of signed) if (!verify(null, message, publicKey, signature)) throw new Error('a signature was refused');
    },
  };
}

/** The Governor on a virtual machine, set up anew for each run: what it has counted stays counted. */
function onChain(make, contracts, voters, part) {
  const keys = voterKeys(voters);
  return {
    ballots: voters,
    prepare: async () => {
      const chain = await make(contracts, keys);
      if (part === 'unsigned') await chain.prepare();
      return chain;
    },
    all: async (chain) => {
      await chain[part]();
    },
    check: async (chain) => {
      if ((await chain.count()) !== voters) throw new Error('the contract has not counted every ballot');
    },
  };
}

const peerOf = { edr: 'own', js: 'own', verify: 'own', unsigned: 'again' };

const rows = [
  { name: 'own', what: 'signed ballot, gdo end to end' },
  { name: 'edr', what: 'signed ballot, Governor on EDR', goal: 4 },
  { name: 'js', what: 'signed ballot, Governor on ethereumjs', goal: 40 },
  { name: 'verify', what: 'one Ed25519 verification, node:crypto', goal: 0.9 },
  { name: 'again', what: 'replay of verified ballots, gdo' },
  { name: 'unsigned', what: 'unsigned batch, Governor on EDR', goal: 40 },
];

/**
 * Rows of the table. Every part is run in turn, several times; the better time counts.
 * @param names - the rows that are wanted: own, edr, js, verify, again, unsigned
 */
export async function chainRows(names = rows.map(({ name }) => name)) {
  const makers = {
    own: () => endToEnd(1_001),
    verify: verification,
    again: () => replay(14_001),
    edr: (contracts) => onChain(onEdr, contracts, 400, 'signed'),
    unsigned: (contracts) => onChain(onEdr, contracts, 400, 'unsigned'),
    js: (contracts) => onChain(onEthereumjs, contracts, 60, 'signed'),
  };
  const contracts = names.some((name) => ['edr', 'js', 'unsigned'].includes(name)) ? compileGovernor() : undefined;
  const parts = new Map();
  for (const name of names) parts.set(name, await makers[name](contracts));
  const best = new Map();
  for (let round = 0; round < 8; round += 1) {
    for (const [name, part] of parts) {
      // The virtual machines need no time to warm up, and much to be set up.
      if (part.prepare !== undefined && round < 6) continue;
      const input = await part.prepare?.();
      best.set(name, Math.min(best.get(name) ?? Infinity, await cpuSeconds(() => part.all(input))));
      await part.check?.(input);
    }
  }
  const rate = (name) => (best.has(name) ? parts.get(name).ballots / best.get(name) : undefined);
  return rows
    .filter(({ name }) => names.includes(name))
    .map(({ name, what, goal }) => {
      const own = rate(peerOf[name]);
      return { what, rate: rate(name), ratio: own === undefined ? undefined : own / rate(name), goal };
    });
}
