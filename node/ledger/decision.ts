// The receipt of a decision: what a case was decided from, with proofs against a signed checkpoint, so that somebody else can check it offline without the
// ledger and without trusting whoever hands it over. What it does not prove: that the organization's id is the right one; that has to be known.
import {
  checkpointId,
  decodeCheckpoint,
  decodeGenesis,
  decodeVote,
  emptyState,
  encodeCheckpoint,
  encodeGenesis,
  entriesUnder,
  isList,
  isObject,
  orgOf,
  proveEntry,
  readCase,
  redecide,
  utf8Encode,
  verifyEntry,
  wayOf,
  wayProblem,
  writeEntry,
} from '../../engine/index.ts';
import type { Json, JsonObject, RequirementLine, State, StateProof } from '../../engine/index.ts';
import { readFiles, statementSigner } from './statements.ts';
import type { LedgerView } from './view.ts';

/** One check of a receipt; `detail` says what was compared. */
export interface DecisionCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** A receipt that was checked: each check in order, and what the case came to. */
export interface CheckedDecision {
  readonly sound: boolean;
  readonly checks: readonly DecisionCheck[];
  readonly organization: string;
  readonly org: string;
  readonly number: number;
  readonly title: string;
  readonly outcome: string;
  readonly bylaws: string;
  readonly steps: readonly { readonly stage: string; readonly next: string; readonly result: string | undefined; readonly lines: readonly RequirementLine[] }[];
}

/** The entries of the state that decide a case: itself, its bylaws, and whatever is kept under its id. */
function keysOf(state: State, id: string, bylaws: string): readonly string[] {
  const own = entriesUnder(state, '').flatMap(([key]) => (key.includes(`/${id}`) ? [key] : []));
  return [...new Set([`bylaws/${bylaws}`, 'current', ...own])];
}

/** Writes the receipt of a case; undefined where there is no such case, or it is not decided. @returns JSON with a line feed at its end */
export async function decisionReceipt(view: LedgerView, id: string): Promise<string | undefined> {
  const record = readCase(view.state, id);
  if (record?.outcome === undefined) return undefined;
  const vote = [...view.votes.values()].find((one) => one.vote.height === view.tip.height);
  const files = vote === undefined ? undefined : await readFiles(view.repository, vote.commit);
  const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
  const entries = keysOf(view.state, id, record.bylaws).map((key) => {
    const value = entriesUnder(view.state, key).find(([found]) => found === key)?.[1];
    return { key, value, proof: proveEntry(view.state, key) };
  });
  const steps = wayOf(id, view.checkpoints).map(({ stage, entry, closedMs, next }): JsonObject => ({ stage, entry, closed: closedMs, next }));
  return `${JSON.stringify({
    schema: 'gdo-decision/1',
    org: view.org,
    genesis: text(encodeGenesis(view.genesis)),
    checkpoint: text(encodeCheckpoint(view.tip.statement)),
    vote: { statement: text(files?.get('statement.json')), signature: text(files?.get('statement.sig')) },
    case: id,
    steps,
    entries,
  })}\n`;
}

interface Claim {
  readonly org: string;
  readonly genesis: string;
  readonly checkpoint: string;
  readonly vote: { readonly statement: string; readonly signature: string };
  readonly id: string;
  readonly steps: readonly { readonly stage: string; readonly entry: number; readonly closedMs: number; readonly next: string }[];
  readonly entries: readonly { readonly key: string; readonly value: JsonObject; readonly proof: StateProof }[];
}

function proofOf(value: Json | undefined): StateProof | undefined {
  if (!isObject(value) || !isList(value['siblings'])) return undefined;
  const siblings = value['siblings'].filter((one) => typeof one === 'string');
  const leaf = value['leaf'];
  if (siblings.length !== value['siblings'].length || siblings.length > 256) return undefined;
  if (!isObject(leaf)) return { siblings };
  const { keyHash, valueHash } = leaf;
  return typeof keyHash === 'string' && typeof valueHash === 'string' ? { siblings, leaf: { keyHash, valueHash } } : undefined;
}

/** Reads a receipt; undefined where it is none. @param value - JSON from outside */
function readClaim(value: Json): Claim | undefined {
  if (!isObject(value) || value['schema'] !== 'gdo-decision/1') return undefined;
  const { org, genesis, checkpoint, vote, steps, entries } = value;
  const id = value['case'];
  if (typeof org !== 'string' || typeof genesis !== 'string' || typeof checkpoint !== 'string' || typeof id !== 'string') return undefined;
  if (!isObject(vote) || typeof vote['statement'] !== 'string' || typeof vote['signature'] !== 'string' || !isList(steps) || !isList(entries)) return undefined;
  const rows = entries.flatMap((one) => {
    const proof = isObject(one) ? proofOf(one['proof']) : undefined;
    if (!isObject(one) || proof === undefined || typeof one['key'] !== 'string' || !isObject(one['value'])) return [];
    return [{ key: one['key'], value: one['value'], proof }];
  });
  const left = steps.flatMap((one) => {
    if (!isObject(one)) return [];
    const { stage, entry, closed, next } = one;
    if (typeof stage !== 'string' || typeof next !== 'string' || typeof entry !== 'number' || typeof closed !== 'number') return [];
    return [{ stage, entry, closedMs: closed, next }];
  });
  if (rows.length !== entries.length || left.length !== steps.length) return undefined;
  return { org, genesis, checkpoint, vote: { statement: vote['statement'], signature: vote['signature'] }, id, steps: left, entries: rows };
}

function check(name: string, passed: boolean, detail: string): DecisionCheck {
  return { name, passed, detail };
}

/** The checks of who says so: the founding, the checkpoint, and a witness's signature over it. */
function signedChecks(claim: Claim): { readonly checks: readonly DecisionCheck[]; readonly root: string; readonly organization: string } {
  const founded = decodeGenesis(utf8Encode(claim.genesis));
  const stated = decodeCheckpoint(utf8Encode(claim.checkpoint));
  const voted = decodeVote(utf8Encode(claim.vote.statement));
  const genesis = founded.kind === 'ok' ? founded.statement : undefined;
  const checkpoint = stated.kind === 'ok' ? stated.statement : undefined;
  const vote = voted.kind === 'ok' ? voted.statement : undefined;
  const id = checkpointId(utf8Encode(claim.checkpoint));
  const signer = statementSigner(claim.vote.signature, 'gdo-cosign-v1', utf8Encode(claim.vote.statement));
  const device = signer.kind === 'ok' ? signer.device : '';
  const isWitness = genesis?.witnesses.some(([one]) => one === device) === true;
  const checks = [
    check(
      'founding',
      genesis !== undefined && orgOf(utf8Encode(claim.genesis)) === claim.org,
      `the founding statement gives the organization ${claim.org.slice(0, 16)}`,
    ),
    check('checkpoint', checkpoint?.org === claim.org, `checkpoint ${checkpoint?.height ?? '?'} of this organization`),
    check(
      'vote',
      vote !== undefined && vote.value === id && vote.height === checkpoint?.height && vote.org === claim.org,
      'a witness voted for exactly this checkpoint',
    ),
    check('signature', signer.kind === 'ok' && isWitness, `signed by ${device.slice(0, 16)}, a witness of the founding`),
  ];
  return { checks, root: checkpoint?.state ?? '', organization: genesis?.name ?? '' };
}

/** Checks a receipt. Offline and without a ledger; undefined where the text is no receipt. @param value - JSON from outside, already bounded in size */
export function checkDecision(value: Json): CheckedDecision | undefined {
  const claim = readClaim(value);
  if (claim === undefined) return undefined;
  const { checks, root, organization } = signedChecks(claim);
  const unproven = claim.entries.find((entry) => !verifyEntry({ root, key: entry.key, value: entry.value, proof: entry.proof }));
  const proven = unproven === undefined ? claim.entries : [];
  const state = proven.reduce((all, entry) => writeEntry(all, entry.key, entry.value), emptyState);
  const isWhole = proven.some((entry) => entry.key === `case/${claim.id}`) && proven.some((entry) => entry.key.startsWith('bylaws/'));
  const record = isWhole ? readCase(state, claim.id) : undefined;
  const inputs = check(
    'inputs',
    unproven === undefined && record !== undefined,
    unproven === undefined
      ? `${claim.entries.length} entries are in the signed state: case, bylaws, rosters, ballots, acts`
      : `\`${unproven.key}\` is not in the signed state`,
  );
  const isThere = record !== undefined && proven.some((entry) => entry.key === `bylaws/${record.bylaws}`);
  const steps = isThere ? claim.steps.map((step) => ({ step, decided: redecide(state, claim.id, step) })) : [];
  const last = steps.at(-1);
  // Each step leads where it says, and the next one begins there; a second call begins where it was.
  const astray = steps.find(({ step, decided }, place) => {
    const following = steps[place + 1]?.step.stage;
    return decided?.leads.includes(step.next) !== true || (following !== undefined && following !== step.next);
  });
  const gap = isThere ? wayProblem(state, claim.id, claim.steps) : 'nothing says how the case is decided';
  const way = check(
    'way',
    gap === undefined,
    gap ?? `${steps.length} openings, from the first stage of \`${record?.process ?? ''}\` to the end, and none left out`,
  );
  const isDecided =
    record?.outcome !== undefined &&
    (last === undefined || last.step.next === record.outcome) &&
    astray === undefined &&
    (last?.decided?.result === undefined || record.stage !== record.outcome || [record.result, 'tied'].includes(last.decided.result));
  const said = `${record?.outcome ?? 'nothing'}${record?.result === undefined ? '' : ` (${record.result})`}`;
  const instead =
    astray === undefined
      ? `its steps do not end in what the signed state says: ${said}`
      : `from these inputs \`${astray.step.stage}\` gives ${astray.decided?.result ?? 'nothing'}, which does not lead to \`${astray.step.next}\` and on to ${said}`;
  const verdict = check('verdict', isDecided, isDecided ? `decided again from these inputs: ${said}` : instead);
  const all = [...checks, inputs, way, verdict];
  return {
    sound: all.every((one) => one.passed),
    checks: all,
    organization,
    org: claim.org,
    number: record?.number ?? 0,
    title: record?.title ?? '',
    outcome: record?.outcome ?? '',
    bylaws: record?.bylaws ?? '',
    steps: steps.map(({ step, decided }) => ({ stage: step.stage, next: step.next, result: decided?.result, lines: decided?.lines ?? [] })),
  };
}
