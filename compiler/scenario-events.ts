// Turns a line of a scenario into the events its people would sign. Which line holds is scenario.ts's.
import type { CaseView, CharterProcess, Json, JsonObject } from '../engine/index.ts';
import { commitmentOf, instantOf, sha256Hex, utf8Encode } from '../engine/index.ts';
import type { ScenarioAction } from './lower-scenario.ts';
import { mentionedIn } from './scenario-mention.ts';
import type { Run } from './scenario.ts';
import { bringing, brought } from './scenario-files.ts';
import { eventsOutside, isInDraw, seedOf } from './scenario-things.ts';
import { nextEventId, viewCase } from './virtual-ledger.ts';
import type { VirtualEvent } from './virtual-ledger.ts';

/** A line with the people it means. */
export type ActLine = Omit<Extract<ScenarioAction, { readonly kind: 'act' }>, 'people'> & { readonly people: readonly string[] };

/**
 * The events of a line, or one sentence why there are none. Several people who start a process start one case: the first of them proposes it, the
 * others add themselves where the process needs several (S108); a case that still waits for its starters is the one meant.
 */
export function eventsOf(run: Run, action: ActLine): readonly VirtualEvent[] | string {
  if (action.verb === 'start') return startEvents(run, action);
  if (action.verb === 'resign') {
    return action.people.flatMap((person) => action.names.map((role): VirtualEvent => ({ person, kind: 'resign', body: { role } })));
  }
  const view = meantCase(run, action);
  const outside = eventsOutside(run, action, view);
  if (outside !== undefined) return outside;
  if (action.verb === 'delegate' || action.verb === 'revoke') return delegateEvents(action);
  if (view === undefined) return noCase(run, action.verb);
  if (action.verb === 'vote') return ballotEvents(run, action, view);
  return action.verb === 'reveal' && !isInDraw(run, view) ? revealEvents(run, action, view) : actEvents(run, action, view);
}

/** Why a line has no case: nobody started one, or what would have been one was refused. */
function noCase(run: Run, verb: string): string {
  const last = run.cases.at(-1);
  if (verb === 'report' && last === undefined)
    return 'Say what is reported of whom:  on day 1 ana reports "arrears" about bo, or  on day 1 ana reports 300 shares about bo';
  if (last === undefined) return 'There is no case this line could be about: start one before';
  return `There is no case this line could be about: the start of \`${last.process}\` was refused, because ${last.reason}${startHint(last.reason)}`;
}

/** How a scenario says what a start lacked. */
function startHint(reason: string): string {
  if (reason.endsWith(' needs a subject')) return '; say about whom:  on day 1 ana starts ... about bo';
  return reason.endsWith(' needs the amount that is asked for') ? '; say how much:  on day 1 ana starts ... for 20 EUR' : '';
}

function delegateEvents(action: ActLine): readonly VirtualEvent[] | string {
  const [delegation] = action.names;
  const isGiven = action.verb === 'delegate';
  if (delegation === undefined || isGiven !== (action.to !== undefined)) return 'Say what is delegated and to whom:  on day 1 ana delegates proxy to bo';
  const body = { delegation, ...(action.to === undefined ? {} : { to: action.to }) };
  return action.people.map((person): VirtualEvent => ({ person, kind: 'delegate', body }));
}

function startEvents(run: Run, action: ActLine): readonly VirtualEvent[] | string {
  const process = run.charter.processes.find((candidate) => candidate.name === action.process);
  const [person] = action.people;
  if (process === undefined || person === undefined) return 'Say which process is started:  on day 1 ana starts ...';
  const mentions = (name: string): boolean => mentionedIn([process.stages, process.whileOpen, process.starts], name);
  const decision = decisionAbout(run, action.about);
  if (decision === 'none') return 'There is no decided case of that process yet that this one could be about';
  const named = action.about.filter((name) => !run.charter.processes.some((one) => one.name === name));
  const about = named.length > 0 ? named : [person];
  const role = action.proposed ?? proposedRole(run, process);
  const body: JsonObject = {
    process: process.name,
    bylaws: run.ledger.bylawsHash,
    ...(action.text === undefined ? {} : { title: action.text }),
    ...(mentions('candidate') ? { candidate: about } : {}),
    ...((mentions('subject') || process.about !== undefined) && named.length > 0 ? { subject: about } : {}),
    ...(decision === undefined ? {} : { decision }),
    ...(action.amount === undefined ? {} : { amount: action.amount }),
    ...(action.to === undefined ? {} : { recipient: action.to }),
    ...(role === undefined ? {} : { role }),
  };
  const files = brought(run, action);
  if (typeof files === 'string') return files;
  const propose = bringing({ person, kind: 'propose', body }, files);
  if (!process.starts.some((start) => start.kind === 'by' && start.actor.kind === 'count')) return [propose];
  const waiting = waitingCase(run, process);
  if (waiting !== undefined) return action.people.map((starter) => startEvent(starter, waiting));
  const proposed = nextEventId(run.ledger);
  return [propose, ...action.people.slice(1).map((starter) => startEvent(starter, proposed))];
}

/** The last case of the process that a line is about; undefined where it is about people, `none` where there is no such case. */
function decisionAbout(run: Run, about: readonly string[]): string | undefined {
  const process = about.find((name) => run.charter.processes.some((one) => one.name === name));
  return process === undefined ? undefined : (run.cases.findLast((one) => one.process === process)?.id ?? 'none');
}

/** The stage that an act `start` names: the first one, which is not open yet. */
const firstStage = 1;

function startEvent(person: string, id: string): VirtualEvent {
  return { person, kind: 'act', case: id, body: { stage: firstStage, verb: 'start' } };
}

/** The last case of a process, if it still waits for people to start it. */
function waitingCase(run: Run, process: CharterProcess): string | undefined {
  const last = run.cases.findLast((one) => one.process === process.name)?.id;
  const view = last === undefined ? undefined : viewCase(run.ledger, last);
  return view?.acts.some((open) => open.verb === 'start' && open.entry === firstStage && view.entry === 0) === true ? last : undefined;
}

/** The role a case asks for where the line does not say `as ROLE`: the first one in the text that is gained through the process. */
function proposedRole(run: Run, process: CharterProcess): string | undefined {
  const asks = process.stages.some(
    (stage) =>
      stage.kind === 'outcome' && stage.effects.some((effect) => (effect.kind === 'grant' || effect.kind === 'remove') && effect.what.kind === 'proposed'),
  );
  return asks ? run.charter.roles.find((role) => role.gainedThrough.includes(process.name))?.name : undefined;
}

/** The case a line is about: the last of a process it names, else the last that is not decided, else the last. */
export function meantCase(run: Run, action: Pick<ActLine, 'names'>): CaseView | undefined {
  const started = run.cases.flatMap((one) => (one.id === undefined ? [] : [{ process: one.process, id: one.id }]));
  const named = started.filter((one) => action.names.includes(one.process));
  const views = (named.length > 0 ? named : started).flatMap((one) => viewCase(run.ledger, one.id) ?? []);
  return views.findLast((view) => view.status === 'open') ?? views.at(-1);
}

/** The random part of a sealed ballot: the same each time, since a scenario keeps no secret. */
function nonceOf(person: string, view: CaseView, stage: number): string {
  return sha256Hex(utf8Encode(`nonce of ${person} in ${view.id} ${stage}`));
}

function ballotEvents(run: Run, action: ActLine, view: CaseView): readonly VirtualEvent[] | string {
  // A choice may be called like the process: it is what is voted, and says of which case as well.
  const choices = view.acts.flatMap((open) => (open.verb === 'vote' ? (open.choices ?? []) : []));
  const names = action.names.filter((name) => name !== view.process || choices.includes(name));
  const choice: Json = action.scores ?? (names.length === 1 ? (names[0] ?? '') : names);
  const text = action.text === undefined ? {} : { text: action.text };
  return action.people.flatMap((person) => {
    const entries = view.acts.filter((open) => open.verb === 'vote' && open.people.includes(person)).map((open) => open.entry);
    return (entries.length === 0 ? [view.entry] : entries).map((stage): VirtualEvent => {
      if (!isSealed(run, view)) return { person, kind: 'ballot', case: view.id, body: { stage, choice, ...text } };
      const nonce = nonceOf(person, view, stage);
      run.sealed.set(`${view.id} ${stage} ${person}`, { stage, choice, nonce, ...text });
      const sealed = commitmentOf({ case: view.id, entry: stage, voter: person, choice, nonce });
      return { person, kind: 'ballot', case: view.id, body: { stage, choice: sealed } };
    });
  });
}

function isSealed(run: Run, view: CaseView): boolean {
  const stage = run.charter.processes.find((process) => process.name === view.process)?.stages.find((one) => one.name === view.stage);
  return stage?.kind === 'vote' ? stage.ballots === 'sealed' : stage?.kind === 'joint' && stage.votes.some((vote) => vote.ballots === 'sealed');
}

/** The openings of what people sealed in the open stage. */
function revealEvents(run: Run, action: ActLine, view: CaseView): readonly VirtualEvent[] | string {
  const events = action.people.flatMap((person): readonly VirtualEvent[] => {
    const stages = view.acts.filter((open) => open.verb === 'vote').map((open) => open.entry);
    return stages.flatMap((stage) => {
      const body = run.sealed.get(`${view.id} ${stage} ${person}`);
      return body === undefined ? [] : [{ person, kind: 'ballot', case: view.id, body }];
    });
  });
  return events.length === 0 ? 'Nobody of this line has sealed a ballot in the open stage' : events;
}

/** When a meeting begins that is called with a moment, such as `2027-02-01T19:00Z`; any other text is a text. */
function beginsOf(text: string | undefined): number | undefined | string {
  if (text === undefined || !/^\d{4}-/.test(text)) return undefined;
  return instantOf(text) ?? `There is no moment \`${text}\`; say when the meeting begins:  on day 1 ana calls "2027-02-01T19:00Z"`;
}

function actEvents(run: Run, action: ActLine, view: CaseView): readonly VirtualEvent[] | string {
  const files = brought(run, action);
  if (typeof files === 'string') return files;
  const about = [...action.about, ...action.names.filter((name) => name !== view.process)];
  const begins = action.verb === 'call' ? beginsOf(action.text) : undefined;
  if (typeof begins === 'string') return begins;
  return action.people.map((person): VirtualEvent => {
    const body = {
      stage: view.entry,
      verb: action.verb,
      ...seedOf(action.verb, person, view),
      ...(begins === undefined ? (action.text === undefined ? {} : { text: action.text }) : { at: begins }),
      ...(about.length === 0 ? {} : { about }),
    };
    return bringing({ person, kind: 'act', case: view.id, body }, files);
  });
}
