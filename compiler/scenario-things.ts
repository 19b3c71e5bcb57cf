// Events of a scenario that stand outside of its cases: reports, attributes, certificates, locks, uses of rights, duties, and the seeds of draws.
import type { CaseView, JsonObject } from '../engine/index.ts';
import { charterInForce, decideRight, drawCommitment, locksOf, offsetsOf, sha256Hex, spentWithin, usesWithin, utf8Encode, zeros64 } from '../engine/index.ts';
import type { Run } from './scenario.ts';
import type { ActLine } from './scenario-events.ts';
import { mentionedIn } from './scenario-mention.ts';
import { record } from './virtual-ledger.ts';
import type { VirtualEvent } from './virtual-ledger.ts';

/** The events of a line that is about no case; undefined where it is about one. One sentence where it says too little. */
export function eventsOutside(run: Run, action: ActLine, view: CaseView | undefined): readonly VirtualEvent[] | string | undefined {
  switch (action.verb) {
    case 'use':
      return action.text === undefined ? 'Say which thing is used:  on day 1 ana uses "doors/front"' : useEvents(run, action, action.text);
    case 'issue':
    case 'revoke':
      return certificateEvents(run, action);
    case 'certify':
      return certifyEvents(action);
    case 'lock':
      return action.text === undefined
        ? 'Say which thing is locked:  on day 1 ana locks "machines/laser"'
        : each(action, 'lock', { thing: action.text, text: '' });
    case 'release':
      return action.text === undefined ? undefined : releaseEvents(run, action, action.text);
    default:
      return reportEvents(run, action) ?? performEvents(run, action, view);
  }
}

function each(action: ActLine, kind: VirtualEvent['kind'], body: JsonObject): readonly VirtualEvent[] {
  return action.people.map((person) => ({ person, kind, body }));
}

function certificateEvents(run: Run, action: ActLine): readonly VirtualEvent[] | string | undefined {
  const [certificate] = action.names;
  if (certificate === undefined || !run.charter.certificates.some((one) => one.name === certificate)) return undefined;
  const people = action.to === undefined ? action.about : [action.to];
  if (people.length === 0) return 'Say whose certificate it is:  on day 1 tom issues laser-safety to ana';
  return action.people.flatMap((person) =>
    people.map((member): VirtualEvent => ({ person, kind: action.verb === 'issue' ? 'issue' : 'revoke', body: { certificate, member } })),
  );
}

function certifyEvents(action: ActLine): readonly VirtualEvent[] | string {
  const [attribute] = action.names;
  if (attribute === undefined || action.about.length === 0) return 'Say what is certified of whom:  on day 1 rae certifies employer "Acme" about ana';
  const value = action.text === undefined ? {} : { value: action.text };
  return action.people.flatMap((person) => action.about.map((member): VirtualEvent => ({ person, kind: 'certify', body: { attribute, member, ...value } })));
}

/** `chi reports "arrears" about ana` is a fact where a collaborator reports that; in a case it says nobody's name. */
function reportEvents(run: Run, action: ActLine): readonly VirtualEvent[] | undefined {
  if (action.verb !== 'report' || action.about.length === 0) return undefined;
  const report = action.text ?? action.value?.name;
  const collaborator = run.charter.collaborators.find((one) => report !== undefined && one.reports.includes(report));
  if (collaborator === undefined || report === undefined) return undefined;
  const data = { collaborator: collaborator.name, report, ...(action.value === undefined ? {} : { value: String(action.value.amount) }) };
  return action.people.flatMap((person) => action.about.map((subject): VirtualEvent => ({ person, kind: 'fact', body: { type: 'report', subject, data } })));
}

/** An action of the bylaws, or what a duty is done by, where no open case asks for it. */
function performEvents(run: Run, action: ActLine, view: CaseView | undefined): readonly VirtualEvent[] | undefined {
  const { verb, text } = action;
  const isKnown = run.charter.actions.some((one) => one.name === verb) || run.charter.duties.some((duty) => duty.done?.verb === verb);
  // Where the process of the case speaks of the act at all, it is an act in that case, in time or not.
  const process = run.charter.processes.find((one) => one.name === view?.process);
  if (!isKnown || (process !== undefined && mentionedIn(process.stages, verb))) return undefined;
  return each(action, 'perform', { verb, ...(text === undefined ? {} : { text }) });
}

function releaseEvents(run: Run, action: ActLine, thing: string): readonly VirtualEvent[] {
  return locksOf(run.ledger.state, thing).flatMap((lock) => each(action, 'release', { lock, text: '' }));
}

/** A door that has just heard of everything decides, under the first offset of the bylaws, and records what it said. */
function useEvents(run: Run, action: ActLine, thing: string): readonly VirtualEvent[] {
  record(run.ledger, []);
  const { state, nowMs } = run.ledger;
  const charter = charterInForce(state);
  const [offset = 0] = offsetsOf(charter);
  return action.people.map((person) => {
    const question = { thing, person, atMs: nowMs, offsetMinutes: offset, checkpointMs: nowMs, contact: 'alone' as const, locksAsOf: true as const };
    const answer = decideRight(state, charter, {
      ...question,
      ...(action.amount === undefined ? {} : { amount: BigInt(action.amount) }),
      uses: (right, limit) => usesWithin(state, { right, limit, person, atMs: nowMs }, () => true),
      spent: (right, limit) => spentWithin(state, { right, limit, person, atMs: nowMs }, () => true),
    });
    const amount = action.amount === undefined ? {} : { amount: action.amount };
    const reason = answer.kind === 'allowed' ? 'allowed' : answer.reason;
    run.uses.push({ person, reason });
    return { person, kind: 'fact', body: { type: 'right.used', subject: person, data: { thing, reason, offset, checkpoint: zeros64, ...amount } } };
  });
}

/** What a person adds to the seed of a draw: a secret that follows from the person, so that a scenario comes out the same each time. */
export function seedOf(verb: string, person: string, view: CaseView): JsonObject {
  if (verb !== 'commit' && verb !== 'reveal') return {};
  const secret = sha256Hex(utf8Encode(`the secret of ${person}`));
  return verb === 'reveal' ? { secret } : { hash: drawCommitment(secret, { case: view.id, entry: view.entry, member: person }) };
}

/** True while the case draws a panel: what is revealed there is a secret, and no ballot. */
export function isInDraw(run: Run, view: CaseView): boolean {
  const process = run.charter.processes.find((one) => one.name === view.process);
  return process?.stages.some((stage) => stage.kind === 'draw' && stage.name === view.stage) === true;
}
