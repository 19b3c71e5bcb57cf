// A signed ballot end to end, and the replay of ballots already verified: gdo's ledger against a Governor contract on two virtual machines.
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
          const { event } = decodeEvent(line);
          const id = digest('gdo-batch-v1', utf8Encode(event.id));
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

/** Rows of the table. Every part is run in turn, twice; the better time counts. */
export async function chainRows({ voters = 400, few = 60, many = 14_001 } = {}) {
  const contracts = compileGovernor();
  const keys = voterKeys(voters);
  const own = await endToEnd(voters + 1);
  const again = replay(many);
  const best = { own: Infinity, again: Infinity, signed: Infinity, unsigned: Infinity, js: Infinity };
  const time = async (name, run) => {
    best[name] = Math.min(best[name], await cpuSeconds(run));
  };
  const whole = async (chain, count) => {
    if ((await chain.count()) !== count) throw new Error('the contract has not counted every ballot');
  };
  for (let round = 0; round < 2; round += 1) {
    const signed = await onEdr(contracts, keys);
    await time('signed', signed.signed);
    await whole(signed, voters);
    const unsigned = await onEdr(contracts, keys);
    await unsigned.prepare();
    await time('unsigned', unsigned.unsigned);
    await whole(unsigned, voters);
    const slow = await onEthereumjs(contracts, keys.slice(0, few));
    await time('js', slow.signed);
    await whole(slow, few);
    for (let warm = 0; warm < 3; warm += 1) await time('own', own.all);
    for (let warm = 0; warm < 3; warm += 1) await time('again', again.all);
  }
  const rate = {
    own: own.ballots / best.own,
    again: again.ballots / best.again,
    signed: voters / best.signed,
    unsigned: voters / best.unsigned,
    js: few / best.js,
  };
  return [
    { what: 'signed ballot, gdo end to end', rate: rate.own },
    { what: 'signed ballot, Governor on EDR', rate: rate.signed, ratio: rate.own / rate.signed, goal: 4 },
    { what: 'signed ballot, Governor on ethereumjs', rate: rate.js, ratio: rate.own / rate.js, goal: 40 },
    { what: 'replay of verified ballots, gdo', rate: rate.again },
    { what: 'unsigned batch, Governor on EDR', rate: rate.unsigned, ratio: rate.again / rate.unsigned, goal: 40 },
  ];
}
