// One organization and a stream of events made up from a seed: mostly what its rules ask for, now and then what they refuse. Nothing of the runtime is asked,
// no clock, no chance, no locale, so every runtime must make up the same stream, and come to the same state.
import {
  decodeEvent,
  digest,
  encodeEvent,
  engine1,
  foldEpoch,
  initialState,
  nextDueMs,
  openCases,
  stateRoot,
  utf8Encode,
  zeros64,
  type Batch,
  type CaseView,
  type Charter,
  type Draft,
  type EpochInput,
  type EpochResult,
  type EventKind,
  type JsonObject,
  type State,
} from '../../engine/index.ts';

/** What a stream came to: `trail` is a chain of digests over every verdict and every root on the way. */
export interface StreamResult {
  readonly root: string;
  readonly trail: string;
  readonly events: number;
  readonly accepted: number;
  readonly epochs: number;
}

/** The people who write. */
export const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eli', 'fay', 'gus', 'hal', 'ivy', 'jon', 'kim'];
const minute = 60_000;
const waits: readonly number[] = [1, minute, 60 * minute, 1_440 * minute, 3 * 1_440 * minute, 9 * 1_440 * minute, 45 * 1_440 * minute];
const eventsPerEpochMax = 40;
/** More open cases than this are not added to: each epoch looks at all of them. */
const openCasesMax = 8;
const dueEpochsMax = 50;
const words: readonly string[] = ['', 'why not', 'naïve café', 'ΣΑΣ ß ı İ', '日本語', 'a\nb', '👩‍👩‍👧 ok', 'عربي'];

/** A generator of Marsaglia's xorshift kind on 32 bits. */
export type Chance = (below: number) => number;

function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed | 0, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Whose events are made up, and by which chance. */
export interface Author {
  readonly charter: Charter;
  readonly hash: string;
  readonly chance: Chance;
}

interface Stream extends Author {
  readonly heads: Map<string, { readonly seq: number; readonly batch: string }>;
  state: State;
  timeMs: number;
  height: number;
}

/** Something that somebody wants to say. */
export interface Note {
  readonly kind: EventKind;
  readonly by: string;
  readonly body: JsonObject;
  readonly case?: string;
  readonly change?: Batch['changes'][number];
}

const deviceOf = (person: string): string => digest('gdo-key-v1', utf8Encode(person));

function pick<Value>(chance: Chance, values: readonly Value[]): Value | undefined {
  return values.length === 0 ? undefined : values[chance(values.length)];
}

function person(chance: Chance, among: readonly string[] = people): string {
  return pick(chance, among) ?? 'ada';
}

function found(charter: Charter, hash: string): State {
  const roles = charter.roles.map((role, index) => {
    const seats = Math.min(Math.max(role.held?.least ?? 3, 1) + (index % 3), role.held?.most ?? 7, people.length);
    return [role.name, Array.from({ length: seats }, (_, place) => people[(index * 2 + place) % people.length] ?? 'ada')] as const;
  });
  return initialState({
    org: zeros64,
    timeMs: 1_767_225_600_000,
    charter,
    bylawsHash: hash,
    members: people.map((name) => [name, [deviceOf(name)]]),
    roles,
    witnesses: [[deviceOf('ada'), 1]],
    content: [],
  });
}

function proposal(stream: Author): Note {
  const { chance, charter, hash } = stream;
  const process = pick(chance, charter.processes);
  const pattern = charter.areas.find((area) => area.name === process?.governs[0])?.covers[0] ?? 'work/**';
  const path = pattern.split('**').join('a').split('*').join('b');
  const text = pick(chance, words) ?? '';
  const body: JsonObject = {
    bylaws: hash,
    process: process?.name ?? 'none',
    ...(chance(3) === 0 ? {} : { candidate: person(chance) }),
    ...(chance(3) === 0 ? {} : { subject: person(chance) }),
    ...(chance(2) === 0 ? {} : { role: pick(chance, charter.roles)?.name ?? 'member' }),
    ...(text === '' ? {} : { text }),
    ...(process?.spends === undefined ? {} : { amount: String(1 + chance(30_000)) }),
  };
  if ((process?.governs.length ?? 0) === 0) return { kind: 'propose', by: person(chance), body };
  const entries = [{ path, old: 'absent', new: `100644:${digest('gdo-value-v1', utf8Encode(String(chance(5))))}` }];
  const change = digest('gdo-change-v1', utf8Encode(`${path} ${entries[0]?.new ?? ''}`));
  return { kind: 'propose', by: person(chance), body: { ...body, change, head: '1'.repeat(40) }, change: { id: change, entries } };
}

/** Something about an open case: what it asks for, by somebody it asks, and now and then by somebody else or at a wrong place. */
function turn(stream: Author, view: CaseView): Note {
  const { chance } = stream;
  const asked = pick(chance, view.acts);
  const stage = chance(12) === 0 ? 1 + chance(4) : (asked?.entry ?? view.entry);
  const by = asked === undefined || chance(6) === 0 ? person(chance) : person(chance, asked.people);
  const text = pick(chance, words) ?? '';
  const said: JsonObject = text === '' ? {} : { text };
  if (asked?.choices !== undefined && asked.verb === 'vote') {
    const first = chance(15) === 0 ? 'constructor' : (pick(chance, asked.choices) ?? 'yes');
    const ranked = [...new Set([first, pick(chance, asked.choices) ?? first, pick(chance, asked.choices) ?? first])];
    const scored = ranked.map((name) => [name, chance(6)]);
    const choice = [ranked, scored, first, first, first, first, ranked, digest('gdo-value-v1', utf8Encode(first))][chance(8)] ?? first;
    return { kind: 'ballot', by, case: view.id, body: { choice, stage, ...said } };
  }
  const verbs = ['withdraw', 'raise', 'resolve', 'recuse', 'edit', 'endorse', 'object'];
  const verb = asked === undefined || chance(8) === 0 ? (pick(chance, verbs) ?? 'raise') : asked.verb;
  const about: JsonObject = chance(4) === 0 ? { about: chance(2) === 0 ? 'c1' : person(chance) } : {};
  return { kind: 'act', by, case: view.id, body: { stage, verb, ...said, ...about } };
}

/** What an office says outside of cases, where the bylaws have one. */
function saying(stream: Author): Note | undefined {
  const { chance, charter } = stream;
  const member = person(chance);
  const kinds: readonly (readonly [EventKind, JsonObject])[] = [
    ...charter.attributes.map(({ name }) => ['certify', { attribute: name, member, value: pick(chance, ['Acme', 'Bolt']) ?? 'Acme' }] as const),
    ...charter.certificates.flatMap(({ name }) => [['issue', { certificate: name, member }] as const, ['revoke', { certificate: name, member }] as const]),
    ...charter.actions.map(({ name }) => ['perform', { verb: name }] as const),
    ...charter.delegations.map(({ name }) => ['delegate', { delegation: name, to: member }] as const),
    ...charter.collaborators.map(
      ({ name, reports }) =>
        ['fact', { type: 'report', subject: member, data: { collaborator: name, report: pick(chance, reports) ?? 'none', value: String(chance(9)) } }] as const,
    ),
    ...charter.rights.map(({ covers }) => ['lock', { thing: (covers[0] ?? 'a').split('**').join('a').split('*').join('b'), text: 'broken' }] as const),
  ];
  const chosen = pick(chance, kinds);
  return chosen === undefined ? undefined : { kind: chosen[0], by: person(chance), body: chosen[1] };
}

/** Makes up one event: mostly what open cases ask for, now and then a proposal, a resignation or a fact. */
export function note(stream: Author, open: readonly CaseView[]): Note {
  const { chance } = stream;
  const what = chance(40);
  if (what === 0) return { kind: 'resign', by: person(chance), body: { role: pick(chance, stream.charter.roles)?.name ?? 'member' } };
  if (what === 1) return { kind: 'fact', by: person(chance), body: { data: { open: true }, type: 'door.opened' } };
  const said = what < 6 ? saying(stream) : undefined;
  if (said !== undefined) return said;
  const view = pick(chance, open);
  if (view === undefined || (what < 4 && open.length < openCasesMax)) return proposal(stream);
  return turn(stream, view);
}

function batchOf(stream: Stream, one: Note, known: readonly Batch[]): Batch | undefined {
  const device = deviceOf(one.by);
  const last = stream.heads.get(device) ?? { seq: 0, batch: zeros64 };
  const draft = { org: zeros64, actor: one.by, device, seq: last.seq + 1, kind: one.kind, body: one.body, tsMs: stream.timeMs };
  // Through the bytes and back, as every event comes.
  const decoded = decodeEvent(encodeEvent(one.case === undefined ? draft : { ...draft, case: one.case }));
  if (decoded.kind === 'refused') return undefined;
  const id = digest('gdo-batch-v1', utf8Encode(decoded.event.id));
  const deps = stream.chance(3) === 0 ? [] : [...new Set(known.filter((batch) => batch.device !== device).map((batch) => batch.id))].slice(-3);
  stream.heads.set(device, { seq: last.seq + 1, batch: id });
  const changes = one.change === undefined ? [] : [one.change];
  const sorted = deps.toSorted((left, right) => (left < right ? -1 : 1));
  return {
    id,
    device,
    actor: one.by,
    seq: last.seq + 1,
    count: 1,
    prev: last.batch,
    deps: sorted,
    base: zeros64,
    events: [decoded.event],
    changes,
    charters: [],
  };
}

/** One epoch of a stream: what was folded, and what came of it. */
export interface StreamEpoch {
  readonly input: EpochInput<Draft>;
  readonly result: EpochResult;
}

/** The epochs of a stream of at least `events` events, from the founding on. Pure: the same charter, seed and number give the same epochs everywhere. */
export function* streamEpochs(charter: Charter, hash: string, options: { readonly seed: number; readonly events: number }): Generator<StreamEpoch> {
  const state = found(charter, hash);
  const stream: Stream = { charter, hash, chance: chanceFrom(options.seed), heads: new Map(), state, timeMs: 1_767_225_600_000, height: 0 };
  const epoch = (timeMs: number, batches: readonly Batch[]): StreamEpoch => {
    stream.height += 1;
    stream.timeMs = timeMs;
    const received = new Map(batches.map((batch, index) => [batch.id, timeMs - ((index * 7) % 5)]));
    const previousCheckpoint = digest('gdo-checkpoint-v1', utf8Encode(`${stream.height} ${stateRoot(stream.state)}`));
    const input = {
      state: stream.state,
      batches,
      receivedMs: (id: string) => received.get(id),
      timeMs,
      height: stream.height,
      previousCheckpoint,
      rules: engine1,
    };
    const result = foldEpoch(input);
    stream.state = result.state;
    return { input, result };
  };
  for (let events = 0; events < options.events;) {
    const untilMs = stream.timeMs + (pick(stream.chance, waits) ?? minute);
    for (let count = 0; count < dueEpochsMax; count += 1) {
      const dueMs = nextDueMs(stream.state);
      if (dueMs === undefined || dueMs > untilMs) break;
      yield epoch(Math.max(dueMs, stream.timeMs + 1), []);
    }
    const open = openCases(stream.state);
    const batches: Batch[] = [];
    for (let left = 1 + stream.chance(eventsPerEpochMax); left > 0; left -= 1) {
      const batch = batchOf(stream, note(stream, open), batches);
      if (batch !== undefined) batches.push(batch);
    }
    events += batches.length;
    yield epoch(Math.max(untilMs, stream.timeMs + 10), batches);
  }
}

/** What an epoch said, as text: every verdict with its reason, and every notice. */
export function spokenBy(result: EpochResult): readonly string[] {
  const verdicts = result.verdicts.map(({ event, verdict }) => `${event} ${verdict.kind} ${verdict.kind === 'ok' ? '' : `${verdict.code} ${verdict.reason}`}`);
  return [...verdicts, ...result.notices.map((one) => `${one.kind} ${one.stage} ${one.reason}`)];
}

/** Plays a stream to its end. Pure. */
export function playStream(charter: Charter, hash: string, options: { readonly seed: number; readonly events: number }): StreamResult {
  let [root, trail, events, accepted, epochs] = [zeros64, zeros64, 0, 0, 0];
  for (const { result } of streamEpochs(charter, hash, options)) {
    root = stateRoot(result.state);
    trail = digest('gdo-value-v1', utf8Encode([trail, root, ...spokenBy(result)].join('\n')));
    events += result.verdicts.length;
    accepted += result.verdicts.filter(({ verdict }) => verdict.kind === 'ok').length;
    epochs += 1;
  }
  return { root, trail, events, accepted, epochs };
}
