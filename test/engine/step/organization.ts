// A small organization for tests: bylaws as text, people with one key each, epochs at given instants. Every event goes through the real fold.
import { compileBylaws } from '../../../compiler/index.ts';
import {
  caseView,
  digest,
  engine1,
  foldEpoch,
  initialState,
  nextDueMs,
  stateRoot,
  utf8Encode,
  canonicalText,
  zeros64,
  type Batch,
  type CaseNotice,
  type CaseView,
  type ChangeEntry,
  type Charter,
  type EventKind,
  type Json,
  type JsonObject,
  type Merge,
  type Settled,
  type State,
  type Verdict,
} from '../../../engine/index.ts';
import { parseBylaws } from '../../../language/index.ts';

export const day = 86_400_000;
export const hour = 3_600_000;

/** One event before it is signed. */
export interface Note {
  readonly by: string;
  readonly kind: EventKind;
  readonly case?: string;
  readonly body: JsonObject;
  readonly device?: string;
  readonly change?: Batch['changes'][number];
  readonly adopts?: Batch['charters'][number];
  /** Bylaws that the batch brings for others of its events. */
  readonly beside?: Batch['charters'][number];
  /** Receipt time; the epoch's time without it. */
  readonly atMs?: number;
  /** What the author says the time is; 0 without it. */
  readonly claimedMs?: number;
  /** Notes of one epoch that this one knows; all earlier ones without it. */
  readonly knows?: readonly number[];
}

interface Compiled {
  readonly charter: Charter;
  readonly hash: string;
}

/** Bylaws that were compiled before: tests play the same ones again and again, and compiling costs more than playing. */
const compiledBefore = new Map<string, Compiled>();

export function compile(text: string): Compiled {
  const before = compiledBefore.get(text);
  if (before !== undefined) return before;
  const { file, diagnostics } = parseBylaws({ path: 'bylaws/test.gdo', text });
  const compiled = compileBylaws([file]);
  const errors = [...diagnostics, ...compiled.diagnostics].filter((one) => one.severity === 'error');
  if (errors.length > 0 || compiled.charter === undefined || compiled.hash === undefined)
    throw new Error(errors.map((one) => `${one.code} ${one.message}`).join('\n'));
  const done = { charter: compiled.charter, hash: compiled.hash };
  compiledBefore.set(text, done);
  return done;
}

export const deviceOfPerson = (name: string): string => digest('gdo-key-v1', utf8Encode(name));

export interface Epoch {
  readonly verdicts: readonly string[];
  readonly full: readonly Verdict[];
  readonly ids: readonly string[];
  readonly merges: readonly Merge[];
  readonly notices: readonly CaseNotice[];
}

export interface Organization {
  readonly hash: string;
  readonly charter: Charter;
  readonly state: () => State;
  readonly epoch: (timeMs: number, ...notes: readonly Note[]) => Epoch;
  /** The same epoch, its batches arriving the other way round. */
  readonly reversed: (timeMs: number, ...notes: readonly Note[]) => Epoch;
  readonly view: (number: number) => CaseView;
  readonly due: () => number | undefined;
}

function batchesOf(
  notes: readonly Note[],
  seqs: Map<string, { seq: number; id: string }>,
  epochMs: number,
): readonly { readonly batch: Batch; readonly atMs: number }[] {
  const made: { readonly batch: Batch; readonly atMs: number }[] = [];
  notes.forEach((note, index) => {
    const device = note.device ?? deviceOfPerson(note.by);
    const last = seqs.get(device) ?? { seq: 0, id: zeros64 };
    const known = note.knows === undefined ? made.slice(0, index) : note.knows.flatMap((place) => made[place] ?? []);
    const deps = known
      .filter((one) => one.batch.device !== device)
      .map((one) => one.batch.id)
      .toSorted();
    const changes = note.change === undefined ? [] : [note.change];
    const line = {
      actor: note.by,
      body: note.body,
      device,
      kind: note.kind,
      org: zeros64,
      seq: last.seq + 1,
      ts: note.claimedMs ?? 0,
      v: 1,
      ...(note.case === undefined ? {} : { case: note.case }),
    };
    const id = digest('gdo-event-v1', utf8Encode(canonicalText(line)));
    const event = {
      id,
      org: zeros64,
      actor: note.by,
      device,
      seq: last.seq + 1,
      kind: note.kind,
      body: note.body,
      tsMs: note.claimedMs ?? 0,
      ...(note.case === undefined ? {} : { case: note.case }),
    };
    const batchId = digest('gdo-batch-v1', utf8Encode(id));
    const charters = [note.beside, note.adopts].filter((one) => one !== undefined);
    made.push({
      batch: { id: batchId, device, actor: note.by, seq: last.seq + 1, count: 1, prev: last.id, deps, base: zeros64, events: [event], changes, charters },
      atMs: note.atMs ?? epochMs,
    });
    seqs.set(device, { seq: last.seq + 1, id: batchId });
  });
  return made;
}

/** Founds an organization at instant 0. Everybody named in `people` or in a role is a member; the first one is the witness. */
export function found(
  text: string,
  roles: Readonly<Record<string, readonly string[]>>,
  more: {
    readonly people?: readonly string[];
    readonly content?: readonly (readonly [string, string])[];
    /** Keys beside a person's first one. */
    readonly devices?: Readonly<Record<string, readonly string[]>>;
    /** Whose keys are the witnesses of the genesis; the founder's without it. */
    readonly witnesses?: readonly string[];
    /** Engine 1 without it. */
    readonly rules?: typeof engine1;
    /** The genesis' parameter: how many batches an epoch takes. */
    readonly windowBatches?: number;
    /** What may end with an epoch; without it everything that is due. */
    readonly settle?: (timeMs: number) => Settled;
  } = {},
): Organization {
  const { charter, hash } = compile(text);
  const { settle, windowBatches } = more;
  const people = [...new Set([...(more.people ?? []), ...Object.values(roles).flat()])];
  const founder = people[0] ?? '';
  let state = initialState({
    org: zeros64,
    timeMs: 0,
    charter,
    bylawsHash: hash,
    members: people.map((name) => [name, [deviceOfPerson(name), ...(more.devices?.[name] ?? [])]]),
    roles: Object.entries(roles),
    witnesses: (more.witnesses ?? [founder]).map((name) => [deviceOfPerson(name), 1]),
    content: more.content ?? [],
  });
  let height = 0;
  const seqs = new Map<string, { seq: number; id: string }>();
  const run = (timeMs: number, notes: readonly Note[], isReversed: boolean): Epoch => {
    const made = batchesOf(notes, seqs, timeMs);
    const received = new Map(made.map((one) => [one.batch.id, one.atMs]));
    height += 1;
    const result = foldEpoch({
      state,
      batches: (isReversed ? made.toReversed() : made).map((one) => one.batch),
      receivedMs: (id) => received.get(id),
      timeMs,
      height,
      previousCheckpoint: stateRoot(state),
      rules: more.rules ?? engine1,
      ...(settle === undefined ? {} : { settle: () => settle(timeMs) }),
      ...(windowBatches === undefined ? {} : { windowBatches }),
    });
    ({ state } = result);
    const verdicts = new Map(result.verdicts.map((one) => [one.event, one.verdict]));
    const verdict = (id: string): Verdict => verdicts.get(id) ?? { kind: 'pending', code: 'GDO1061', reason: '' };
    const ids = made.map((one) => one.batch.events[0]?.id ?? '');
    const full = ids.map(verdict);
    return { ids, full, verdicts: full.map((one) => (one.kind === 'ok' ? 'ok' : one.code)), merges: result.merges, notices: result.notices };
  };
  return {
    hash,
    charter,
    state: () => state,
    epoch: (timeMs, ...notes) => run(timeMs, notes, false),
    reversed: (timeMs, ...notes) => run(timeMs, notes, true),
    view: (number) => {
      const view = caseView(state, number);
      if (view === undefined) throw new Error(`there is no case ${number}`);
      return view;
    },
    due: () => nextDueMs(state),
  };
}

const head = '1'.repeat(40);

/** What a dapp was given: its patterns and the root over what they match. */
export interface ReadSet {
  readonly patterns: readonly string[];
  readonly reads: string;
}

/** Events, with the organization they are for. */
export function notesFor(organization: Organization): {
  readonly propose: (by: string, process: string, body?: JsonObject) => Note;
  readonly proposeChange: (by: string, process: string, entries: readonly ChangeEntry[], body?: JsonObject) => Note;
  readonly act: (by: string, number: number, verb: string, body?: JsonObject) => Note;
  readonly ballot: (by: string, number: number, choice: Json, body?: JsonObject) => Note;
  /** @param read - what was read where it was less than the whole tree */
  readonly attest: (by: string, number: number, dapp: string, candidate: string, verdict?: string, output?: string, read?: ReadSet) => Note;
} {
  const at = (number: number): { readonly case: string; readonly stage: number } => ({
    case: organization.view(number).id,
    stage: organization.view(number).entry,
  });
  return {
    propose: (by, process, body = {}) => ({ by, kind: 'propose', body: { bylaws: organization.hash, process, ...body } }),
    proposeChange: (by, process, entries, body = {}) => {
      const change = digest('gdo-change-v1', utf8Encode(canonicalText(entries.map((entry) => [entry.path, entry.old, entry.new]))));
      return { by, kind: 'propose', change: { id: change, entries }, body: { bylaws: organization.hash, change, head, process, ...body } };
    },
    act: (by, number, verb, body = {}) => ({ by, kind: 'act', case: at(number).case, body: { stage: at(number).stage, verb, ...body } }),
    ballot: (by, number, choice, body = {}) => ({ by, kind: 'ballot', case: at(number).case, body: { choice, stage: at(number).stage, ...body } }),
    attest: (by, number, dapp, candidate, verdict = 'accept', output = zeros64, read) => ({
      by,
      kind: 'attest',
      case: at(number).case,
      body: { candidate, dapp: { engine: zeros64, image: 'x', manifest: zeros64, name: dapp, platform: 'x' }, output, reads: candidate, verdict, ...read },
    }),
  };
}
