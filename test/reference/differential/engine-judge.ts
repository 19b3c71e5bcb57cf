// The engine as a judge of epochs, through its door only. It knows nothing of the reference.
import {
  accountTotals,
  attributeOf,
  caseView,
  certificateOf,
  canonicalText,
  charterInForce,
  currentOf,
  decideRight,
  digest,
  decidedCases,
  engine1,
  foldEpoch,
  holdingsOf,
  entriesUnder,
  initialState,
  nextDueMs,
  openCases,
  pointsOf,
  readCase,
  sha256Hex,
  spentWithin,
  useFact,
  usesWithin,
  utf8Encode,
  zeros64,
} from '../../../engine/index.ts';
import type { Batch, JsonObject, State } from '../../../engine/index.ts';
import type { Answer, Epoch, Founding, Judge, Signed } from './stream.ts';
import { checkpointName, eventIdOf, thingsAsked } from './stream.ts';

interface Ledger {
  state: State;
  timeMs: number;
  readonly founded: Founded;
  events: number;
  /** Ids of proposals that were taken, while no case starts by itself: then the n-th of them is case n. */
  readonly taken: string[];
  readonly heads: Map<string, { readonly seq: number; readonly batch: string }>;
}

/** The first state of an organization: a state never changes, so each stream of the organization begins with the same one. */
interface Founded {
  readonly state: State;
  readonly starting: boolean;
  readonly people: readonly string[];
  readonly founding: Founding;
}

const foundedStates = new WeakMap<Founding, Founded>();

function foundedOf(founding: Founding): Founded {
  const known = foundedStates.get(founding);
  if (known !== undefined) return known;
  const { charter, bylawsHash, people, holders, startMs, content } = founding;
  const members = people.map((person) => [person, [deviceOf(person)]] as const);
  const state = initialState({
    org: zeros64,
    timeMs: startMs,
    charter,
    bylawsHash,
    members,
    roles: holders,
    witnesses: people.slice(0, 1).map((person) => [deviceOf(person), 1]),
    content,
  });
  const byRules = charter.processes.some((process) => process.starts.some((start) => start.kind !== 'by'));
  // Effects of outcomes and of duties start cases too, and so do vacancies.
  const starting = byRules || charter.roles.some(({ vacancy }) => vacancy !== undefined) || JSON.stringify(charter).includes('"kind":"start","process"');
  const founded = { state, starting, people, founding };
  foundedStates.set(founding, founded);
  return founded;
}

/** Founds an organization on the engine. */
export function engineJudge(founding: Founding): Judge {
  const founded = foundedOf(founding);
  return judgeOver({ state: founded.state, timeMs: founding.startMs, founded, events: 0, taken: [], heads: new Map() });
}

function judgeOver(ledger: Ledger): Judge {
  return {
    dueMs: () => nextDueMs(ledger.state),
    epoch: (epoch) => runEpoch(ledger, epoch),
    state: () => linesOf(ledger),
    fork: () => judgeOver({ ...ledger, taken: [...ledger.taken], heads: new Map(ledger.heads) }),
  };
}

const hashes = new Map<string, string>();

/** SHA-256 of a text; the same few hundred are asked for in every stream. */
function hashOf(text: string): string {
  const known = hashes.get(text) ?? sha256Hex(utf8Encode(text));
  hashes.set(text, known);
  return known;
}

function deviceOf(person: string): string {
  return hashOf(`device of ${person}`);
}

function runEpoch(ledger: Ledger, { height, timeMs, events }: Epoch): readonly Answer[] {
  const result = foldEpoch({
    state: ledger.state,
    batches: events.map((signed) => batchOf(ledger, signed, height)),
    receivedMs: () => timeMs,
    timeMs,
    height,
    previousCheckpoint: hashOf(checkpointName(height - 1)),
    rules: engine1,
  });
  ledger.state = result.state;
  ledger.timeMs = timeMs;
  for (const [index, { verdict }] of result.verdicts.entries()) {
    if (verdict.kind === 'ok' && events[index]?.kind === 'propose') ledger.taken.push(eventIdOf(ledger.events - events.length + index + 1));
  }
  return result.verdicts.map(({ verdict }) =>
    verdict.kind === 'ok' ? { ok: true, codes: [], reason: '' } : { ok: false, codes: [verdict.code], reason: verdict.reason },
  );
}

function batchOf(ledger: Ledger, signed: Signed, height: number): Batch {
  ledger.events += 1;
  const id = eventIdOf(ledger.events);
  const device = deviceOf(signed.person);
  const head = ledger.heads.get(device);
  const seq = (head?.seq ?? 0) + 1;
  ledger.heads.set(device, { seq, batch: id });
  const common = { device, actor: signed.person, seq };
  const about = signed.case === undefined ? {} : { case: caseIdOf(ledger, signed.case) ?? eventIdOf(2 ** 40 + signed.case) };
  const { body, changes, charters } = attached(ledger, signed);
  const event = { ...common, id, org: zeros64, kind: signed.kind, ...about, body, tsMs: signed.saysMs ?? 0 };
  // Only a use of a right may name the newest checkpoint, which is that of its batch.
  const base = signed.body['type'] === useFact ? hashOf(checkpointName(height - 1)) : zeros64;
  return { ...common, id, count: 1, prev: head?.batch ?? zeros64, deps: [], base, events: [event], changes, charters };
}

/** What travels beside an event, and the fields that name it. */
function attached(ledger: Ledger, signed: Signed): Pick<Batch, 'changes' | 'charters'> & { readonly body: JsonObject } {
  const next = signed.adopts === undefined ? undefined : ledger.founded.founding.amendment(signed.adopts);
  const changes = (signed.change === undefined ? [] : [signed.change]).map((entries) => ({
    id: digest('gdo-change-v1', utf8Encode(canonicalText(entries.map(({ path, old, new: fresh }) => [path, old, fresh])))),
    entries,
  }));
  const body = {
    ...signed.body,
    ...(changes[0] === undefined ? {} : { change: changes[0].id, head: '1'.repeat(40) }),
    ...(next === undefined ? {} : { adopts: next.hash }),
    ...(signed.decision === undefined ? {} : { decision: caseIdOf(ledger, signed.decision) ?? eventIdOf(2 ** 40 + signed.decision) }),
  };
  return { body, changes, charters: next === undefined ? [] : [next] };
}

function caseIdOf({ state, taken, founded }: Ledger, number: number): string | undefined {
  return founded.starting ? caseView(state, number)?.id : taken[number - 1];
}

function recordLines(ledger: Ledger): readonly string[] {
  const { state, timeMs, founded } = ledger;
  const { attributes, certificates, points, rights } = charterInForce(state);
  return founded.people.flatMap((person) => [
    ...attributes.flatMap(({ name }) => {
      const value = attributeOf(state, name, person);
      return value === undefined ? [] : [`${name} of ${person} is ${value}`];
    }),
    ...certificates.flatMap(({ name }) => {
      const held = certificateOf(state, name, person, timeMs);
      return held === undefined ? [] : [`${name}: ${person} since ${held.sinceMs} until ${held.untilMs ?? 'ever'}`];
    }),
    ...points.map((one) => `${person} has ${pointsOf(state, one, person, timeMs)} ${one.name}`),
    ...(rights.length === 0 ? [] : thingsAsked).map((thing) => `${thing} ${person}: ${rightAnswer(ledger, thing, person)}`),
  ]);
}

/** What a device that has just heard of everything answers. */
function rightAnswer({ state, timeMs }: Ledger, thing: string, person: string): string {
  const charter = charterInForce(state);
  const offsetMinutes = charter.organization.localTime?.[0] ?? 0;
  const answer = decideRight(state, charter, {
    thing,
    person,
    atMs: timeMs,
    offsetMinutes,
    checkpointMs: timeMs,
    contact: 'connected',
    uses: (right, limit) => usesWithin(state, { right, limit, person, atMs: timeMs }, () => true),
    spent: (right, limit) => spentWithin(state, { right, limit, person, atMs: timeMs }, () => true),
  });
  return `${answer.kind === 'allowed' ? 'allowed' : answer.reason} by ${answer.right ?? 'none'}`;
}

function moneyLines({ state }: Ledger): readonly string[] {
  return charterInForce(state).accounts.map(({ name }) => {
    const { paid, held } = accountTotals(state, name);
    return `${name} paid ${paid} holds ${held}`;
  });
}

function linesOf(ledger: Ledger): readonly string[] {
  const { state } = ledger;
  const roles = charterInForce(state).roles.flatMap(({ name }) =>
    holdingsOf(state, name).map(({ member, sinceMs, untilMs }) => `${name}: ${member} since ${sinceMs} until ${untilMs ?? 'ever'}`),
  );
  const cases = [...openCases(state), ...decidedCases(state)].flatMap(({ id, number }) => {
    const record = readCase(state, id);
    if (record === undefined) return [];
    const { process, stage, entry, outcome, accepted, result, winners, present, starters, merge, reversedMs } = record;
    const settling = record.phase === 'tie' || record.phase === 'lot';
    const open = record.concerns.filter((concern) => !('closedMs' in concern)).length;
    return [
      `case ${number} ${process}: ${outcome === undefined ? `in ${stage}` : `ended ${outcome} ${accepted === true ? 'accepted' : 'refused'}`}`,
      `case ${number} entry ${entry} result ${settling ? 'settling' : (result ?? 'none')} winners ${winners.toSorted().join(',')} present ${present.toSorted().join(',')} by ${starters.join(',')} concerns ${open}`,
      ...(merge === undefined ? [] : [`case ${number} merge ${merge}`]),
      ...(reversedMs === undefined ? [] : [`case ${number} taken back at ${reversedMs}`]),
    ];
  });
  const content = entriesUnder(state, 'content/').map(([key, value]) => `${key.slice('content/'.length)}: ${canonicalText(value['entry'] ?? '').slice(1, -1)}`);
  return [`bylaws ${currentOf(state).bylaws}`, ...content, ...roles, ...recordLines(ledger), ...moneyLines(ledger), ...cases].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}
