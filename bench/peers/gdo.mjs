// An organization of gdo with one open vote and as many voters as asked for, through the built libraries that anybody imports.
import { compileBylaws } from '../../dist/compiler.js';
import * as engine from '../../dist/engine.js';
import { parseBylaws } from '../../dist/language.js';

const { digest, encodeEvent, engine1, eventId, foldEpoch, initialState, stateRoot, utf8Encode, zeros64 } = engine;

const text = `gdo 1
organization "House"
end
area work covers "work/**"
role member plural members
  held by 1 to 2000000 people
  gained through joining
end
process joining
  started by any member
  step wait
    when 2 members endorse go to joined
    after 9 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process change
  governs work
  started by any member
  vote ballot
    voters members
    open for 300 days
    quorum at least 1/3 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to fine
    otherwise go to refused
  end
  outcome fine accepts
end
`;

const { file, diagnostics } = parseBylaws({ path: 'house.gdo', text });
const { charter, hash, diagnostics: found } = compileBylaws([file]);
const faults = [...diagnostics, ...found].filter((one) => one.severity === 'error');
if (faults.length > 0) throw new Error(faults.map((one) => one.message).join('\n'));

const madeUp = (index) => `m${String(index).padStart(7, '0')}`;
const change = '1'.repeat(64);

/** Founds the organization at instant 0 and opens a vote at instant 1. `devices` are the voters' keys; made-up ones without them. */
export function openVote(voters, devices) {
  const names = Array.from({ length: voters }, (_, index) => madeUp(index));
  const keys = devices ?? names.map((name) => digest('gdo-key-v1', utf8Encode(name)));
  const state = initialState({
    org: zeros64,
    timeMs: 0,
    charter,
    bylawsHash: hash,
    members: names.map((name, index) => [name, [keys[index]]]),
    roles: [['member', names]],
    witnesses: [[keys[0], 1]],
    content: [],
  });
  const body = { bylaws: hash, process: 'change', change, head: '1'.repeat(40) };
  const line = { org: zeros64, actor: names[0], device: keys[0], seq: 1, kind: 'propose', body, tsMs: 0 };
  const event = { ...line, id: eventId(encodeEvent(line)) };
  const changes = [{ id: change, entries: [{ path: 'work/a', old: 'absent', new: `100644:${zeros64}` }] }];
  const id = digest('gdo-batch-v1', utf8Encode(event.id));
  const batch = { id, device: keys[0], actor: names[0], seq: 1, count: 1, prev: zeros64, deps: [], base: zeros64, events: [event], changes, charters: [] };
  const opened = foldEpoch({ state, batches: [batch], receivedMs: () => 1, timeMs: 1, height: 1, previousCheckpoint: zeros64, rules: engine1 });
  if (opened.verdicts[0].verdict.kind !== 'ok') throw new Error(opened.verdicts[0].verdict.reason);
  // As after the checkpoint that opened the vote: what the founding hashed is no part of a ballot.
  stateRoot(opened.state);
  return { state: opened.state, case: event.id, names, keys, proposed: id };
}

/** A ballot as a line of the ledger. */
export function ballotLine(house, index, seq, choice) {
  return encodeEvent({
    org: zeros64,
    actor: house.names[index],
    device: house.keys[index],
    seq,
    kind: 'ballot',
    case: house.case,
    body: { choice, stage: 1 },
    tsMs: 1_000,
  });
}

/** Voters in an order that is neither the rolls' nor the keys': every voter once before anybody comes again. */
export function shuffled(count) {
  const step = 7_919 % count === 0 ? 1 : 7_919;
  return (index) => (index * step + 13) % count;
}

export { engine, stateRoot };
