// Tries a process out: with numbers (so many say yes, so many no), with the fewest acts that carry it, or at random many times over. How a play runs is
// sim-play.ts's; nothing here decides what the bylaws decide.
import type { CaseView, Charter, CharterProcess, CharterStage, CharterStep, Json, JsonObject, MissingAct, OpenAct, WayOn } from '../engine/index.ts';
import { dayMs, instantOf, sha256Hex, utf8Encode } from '../engine/index.ts';
import { emitCharter } from './emit.ts';
import type { Play, Played } from './sim-play.ts';
import {
  beforeStart,
  beginPlay,
  canStart,
  isOver,
  meetingOf,
  openingsNow,
  passDays,
  passTime,
  perform,
  playedCase,
  playedSoFar,
  startPlay,
  tell,
  waysNow,
} from './sim-play.ts';
import { seedPart } from './sim-secret.ts';
import type { VirtualEvent } from './virtual-ledger.ts';

/** Numbers of a play. Without `yes`, `no`, `abstain` and `absent` the fewest people act who can carry the case. */
export interface SimPlan {
  readonly yes?: number;
  readonly no?: number;
  readonly abstain?: number;
  readonly absent?: number;
  /** The play ends after so many days, decided or not. */
  readonly days: number;
  /** How many people a role has that is open to everybody. */
  readonly roll?: number;
}

/** Day 0 of every play; no rule reads which day it is, but dates in the bylaws do. */
const firstMs: number = instantOf('2027-01-04') ?? 0;

/** In so many instants of an open stage people act at random. */
const partsOfStage = 6;

/** So often a stage of a play opens: everybody does the same each time, and what comes back each month has gone through a year. */
const roundsMax = 12;

/** Turns of one play: far more than stages and deadlines follow one another. */
const turnsMax = 400;

function isNumbered(plan: SimPlan): boolean {
  return plan.yes !== undefined || plan.no !== undefined || plan.abstain !== undefined || plan.absent !== undefined;
}

/** Who says what: as many as the plan wants, the others after them stay away; without `yes` everybody who is left says it. */
function shares(
  plan: SimPlan,
  people: readonly string[],
): { readonly yes: readonly string[]; readonly no: readonly string[]; readonly abstain: readonly string[] } {
  const [no, abstain, absent] = [plan.no ?? 0, plan.abstain ?? 0, plan.absent ?? 0];
  const yes = Math.max(0, Math.min(plan.yes ?? people.length - no - abstain - absent, people.length));
  return { yes: people.slice(0, yes), no: people.slice(yes, yes + no), abstain: people.slice(yes + no, yes + no + abstain) };
}

function ballot(view: CaseView, act: OpenAct, person: string, choice: Json): VirtualEvent {
  return { person, kind: 'ballot', case: view.id, body: { stage: act.entry, choice } };
}

function deed(view: CaseView, person: string, verb: string, said: JsonObject = {}): VirtualEvent {
  return { person, kind: 'act', case: view.id, body: { stage: view.entry, verb, ...said } };
}

/** What an act has to say to count, if it has to. */
function saying(act: MissingAct): { readonly text?: string } {
  return act.text === undefined ? {} : { text: act.text };
}

/** A ballot in words of the vote: yes and no where it has them; else the first and the last choice; a whole ranking where people or options are ranked. */
function choiceFor(charter: Charter, view: CaseView, act: OpenAct, say: 'yes' | 'no' | 'abstain'): Json {
  const choices = act.choices ?? [];
  if (choices.includes(say)) return say;
  const vote = charter.processes.find((one) => one.name === view.process)?.stages.find((stage) => stage.name === view.stage);
  const ordered = say === 'yes' ? choices : choices.toReversed();
  if (vote?.kind !== 'vote' || vote.counted === undefined) return ordered[0] ?? say;
  if (vote.counted.method === 'plurality') return ordered[0] ?? say;
  return vote.counted.method === 'approval' ? [ordered[0] ?? say] : [...ordered];
}

/** Whoever asks for more votes than there are people hears who was left out: the end would look like that of another play. */
function sayIfTooMany(play: Play, { yes = 0, no = 0, abstain = 0, absent = 0 }: SimPlan, people: number): void {
  const asked = yes + no + abstain + absent;
  if (asked > people) tell(play, 'refused', `the numbers are for ${asked} people, and ${people} can vote here: yes comes first, then no, then abstain`);
}

/** Who may do something and has not. */
function leftOf({ people, done }: OpenAct): readonly string[] {
  const has = new Set(done);
  return people.filter((person) => !has.has(person));
}

function ballotsOf(play: Play, view: CaseView, plan: SimPlan): readonly VirtualEvent[] {
  return view.acts.flatMap((act) => {
    if (act.verb !== 'vote') return [];
    const left = leftOf(act);
    if (!isNumbered(plan) && act.choices?.includes('yes') !== true)
      return left.map((person) => ballot(view, act, person, choiceFor(play.charter, view, act, 'yes')));
    sayIfTooMany(play, plan, left.length);
    const said = shares(plan, left);
    const rows = [
      ['yes', said.yes],
      ['no', said.no],
      ['abstain', said.abstain],
    ] as const;
    return rows.flatMap(([say, people]) => people.map((person) => ballot(view, act, person, choiceFor(play.charter, view, act, say))));
  });
}

/** Candidates for a step that collects them: two more than seats could want, each for themselves. */
function nominationsOf(play: Play, view: CaseView, step: CharterStep): readonly VirtualEvent[] {
  const [rule] = step.nominations;
  if (rule === undefined) return [];
  const vote = play.process.stages.find((stage) => stage.kind === 'vote' && stage.choices.kind === 'candidates');
  const seats = vote?.kind === 'vote' ? (vote.elects?.seats ?? 1) : 1;
  const holders = rule.of === 'person' ? play.cast.people : (play.cast.holders.find(([role]) => role === rule.of)?.[1] ?? []);
  const people = holders.slice(0, seats + 2);
  const supporters = view.acts.find((act) => act.verb === 'endorse')?.people ?? [];
  const support = people.flatMap((person) =>
    supporters
      .filter((one) => one !== person)
      .slice(0, 5)
      .map((one) => deed(view, one, 'endorse', { about: person })),
  );
  return [...people.map((person) => deed(view, person, 'nominate')), ...support];
}

function actsOfWay(view: CaseView, way: WayOn): readonly VirtualEvent[] {
  return way.acts.flatMap((act) => act.people.slice(0, act.count).map((person) => actOrBallot(view, act, person)));
}

function actOrBallot(view: CaseView, missing: Pick<MissingAct, 'verb' | 'choice' | 'text' | 'in'>, person: string): VirtualEvent {
  const { verb, choice, text } = missing;
  if (verb === 'start') return { person, kind: 'act', case: view.id, body: { stage: 1, verb } };
  if (verb !== 'vote') return deed(view, person, verb, { ...(text === undefined ? {} : { text }), ...seedPart(view, person, verb) });
  const act = view.acts.find((one) => one.verb === 'vote' && one.people.includes(person) && !one.done.includes(person));
  return { person, kind: 'ballot', case: view.id, body: { stage: missing.in?.entry ?? act?.entry ?? view.entry, choice: choice ?? 'yes' } };
}

function targetsOf(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return stage.transitions.map((rule) => rule.target);
    case 'joint':
      return [stage.passes?.target, stage.otherwise].filter((target) => target !== undefined);
    case 'outcome':
      return [];
    default:
      return [...stage.results.map((row) => row.target), ...(stage.otherwise === undefined ? [] : [stage.otherwise])];
  }
}

/** How many stages lie between each stage and an outcome that accepts; those that lead to none are not in it. Pure. */
function nearness({ stages }: CharterProcess): ReadonlyMap<string, number> {
  const near = new Map<string, number>(stages.flatMap((stage) => (stage.kind === 'outcome' && stage.accepts ? [[stage.name, 0] as const] : [])));
  for (let steps = 1; steps <= stages.length; steps += 1)
    for (const stage of stages) if (!near.has(stage.name) && targetsOf(stage).some((target) => near.get(target) === steps - 1)) near.set(stage.name, steps);
  return near;
}

/** The best of the ways on: to acceptance, else to the stage that is nearest to it, fewest acts first. Where doing nothing is as good, nothing is done. */
function bestWay(play: Play): WayOn | undefined {
  const { ways, ifNothing } = waysNow(play);
  const rank = (way: WayOn): number => (way.accepts === true ? 2 : way.accepts === undefined && way.waits === undefined ? 1 : 0);
  const size = (way: WayOn): number => way.acts.reduce((sum, act) => sum + act.count, 0);
  const able = ways.filter((way) => way.acts.every((act) => act.count <= act.people.length));
  const near = nearness(play.process);
  const far = ({ target }: WayOn): number => near.get(target) ?? near.size;
  const [best] = able.sort((left, right) => rank(right) - rank(left) || far(left) - far(right) || size(left) - size(right));
  return best === undefined || rank(best) === 0 || (ifNothing !== undefined && rank(best) <= rank(ifNothing)) ? undefined : best;
}

/** With numbers as many do what leads on as say yes, and as many what holds back as say no. */
function stepActs(play: Play, view: CaseView, plan: SimPlan): readonly VirtualEvent[] {
  const best = bestWay(play);
  // Whoever takes back their own case says no to nothing.
  const isOpposed = ({ acts }: WayOn): boolean => acts.length > 0 && acts.every((act) => act.verb !== 'withdraw');
  const against = waysNow(play).ways.filter((way) => way.target !== best?.target && way.accepts !== true && isOpposed(way));
  // Whoever says yes does not hold back as well.
  const part = (way: WayOn | undefined, count: number, others: readonly VirtualEvent[]): readonly VirtualEvent[] => {
    const taken = new Set(others.map(({ person }) => person));
    return (way?.acts ?? []).flatMap((act) => {
      const free = act.people.filter((person) => !taken.has(person));
      return free.slice(0, Math.min(count, act.count)).map((person) => deed(view, person, act.verb, saying(act)));
    });
  };
  const saidYes = part(best, plan.yes ?? 0, []);
  return [...saidYes, ...part(against[0], plan.no ?? 0, saidYes)];
}

function meetingActs(play: Play, view: CaseView, plan: SimPlan): readonly VirtualEvent[] {
  const call = view.acts.find((act) => act.verb === 'call');
  const [caller] = call?.people ?? [];
  if (caller !== undefined) return [deed(view, caller, 'call')];
  if ((meetingOf(play) ?? play.ledger.nowMs + 1) > play.ledger.nowMs) return [];
  const act = view.acts.find((one) => one.verb === 'attend');
  const left = act === undefined ? [] : leftOf(act);
  const count = isNumbered(plan) ? (plan.yes ?? left.length) + (plan.no ?? 0) + (plan.abstain ?? 0) : left.length;
  return left.slice(0, count).map((person) => deed(view, person, 'attend'));
}

/** What the people of the plan do in a stage that is new to them. */
function turnOf(play: Play, view: CaseView, plan: SimPlan): readonly VirtualEvent[] {
  if (view.acts.some((act) => act.verb === 'start')) return actsOfWay(view, waysNow(play).ways[0] ?? { target: '', acts: [] });
  const opened = openingsNow(play);
  if (opened.length > 0) return opened;
  const stage = play.process.stages.find((one) => one.name === view.stage);
  // Whoever commits comes first; what they reveal follows in a turn of its own.
  if (stage?.kind === 'draw') return actsOfWay(view, { target: '', acts: (waysNow(play).ways[0]?.acts ?? []).slice(0, 1) });
  if (stage?.kind === 'meeting') return meetingActs(play, view, plan);
  if (stage?.kind === 'step') {
    const named = nominationsOf(play, view, stage);
    if (named.length > 0) return named;
    if (isNumbered(plan)) return stepActs(play, view, plan);
  }
  const hasYes = view.acts.some((act) => act.choices?.includes('yes') === true);
  // What a sealed vote needs is not known before its ballots are opened.
  const isSealed = stage?.kind === 'vote' && stage.ballots === 'sealed';
  if (stage?.kind !== 'step' && (isNumbered(plan) || !hasYes || isSealed)) return ballotsOf(play, view, plan);
  const way = bestWay(play);
  return way === undefined ? [] : actsOfWay(view, way);
}

/** A meeting is attended once it has begun, sealed ballots are opened, and of a draw what was committed is revealed; other stages are acted in once. */
function momentOf(play: Play, view: CaseView): string {
  const meetingMs = view.stageKind === 'meeting' ? meetingOf(play) : undefined;
  const part = view.stageKind === 'draw' ? (waysNow(play).ways[0]?.acts[0]?.verb ?? '') : openingsNow(play).length > 0 ? 'closed' : '';
  return `${view.entry} ${view.stage} ${part} ${meetingMs === undefined ? '' : play.ledger.nowMs >= meetingMs ? 'begun' : 'called'}`;
}

/** Says that a stage has come back too often; false: it may be played. */
function goesRound(play: Play, view: CaseView, openings: Map<string, Set<number>>): boolean {
  const entries = openings.get(view.stage) ?? new Set<number>();
  openings.set(view.stage, entries.add(view.entry));
  if (entries.size <= roundsMax) return false;
  tell(play, 'missing', `\`${view.stage}\` has opened ${roundsMax} times before and everybody would do the same again, so the play ends here`);
  return true;
}

function run(play: Play, plan: SimPlan): Played {
  startPlay(play);
  const done = new Set<string>();
  const openings = new Map<string, Set<number>>();
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const view = playedCase(play);
    if (view === undefined || isOver(view) || goesRound(play, view, openings)) break;
    const moment = momentOf(play, view);
    if (!done.has(moment)) {
      done.add(moment);
      // People act a day after a stage opens where there is time, as they would.
      const opensLate = view.dueMs !== undefined && view.dueMs - play.ledger.nowMs > 2 * dayMs;
      const events = turnOf(play, view, plan);
      if (events.length > 0 && opensLate && view.entry > 0) passDays(play, 1);
      perform(play, events);
      continue;
    }
    if (!passTime(play, plan.days)) break;
  }
  return ending(play);
}

function ending(play: Play): Played {
  const played = playedSoFar(play);
  const move = played.moves.at(-1);
  const lines = move === undefined || played.outcome === undefined ? [] : move.lines;
  for (const line of lines) {
    play.story.push({ day: played.days, kind: 'missing', text: `${line.met ? 'met' : 'not met'}: ${line.requirement} (${line.have}, needed ${line.need})` });
  }
  const day = played.days;
  if (played.outcome === undefined) play.story.push({ day, kind: 'end', text: `still open at \`${played.view?.stage ?? play.process.name}\`` });
  else play.story.push({ day, kind: 'end', text: `${played.accepted === true ? 'accepted' : 'not accepted'}: \`${played.outcome}\`` });
  return playedSoFar(play);
}

/** A play as a value, or one sentence why there is none. */
export type SimResult =
  | { readonly kind: 'played'; readonly played: Played; readonly margin?: string }
  | { readonly kind: 'impossible'; readonly reason: string };

function unstarted(process: CharterProcess): SimResult {
  return { kind: 'impossible', reason: `the rules alone start \`${process.name}\`, on a vacancy or after another case, and a play of it alone has neither` };
}

/** Votes of a play: how many took part in the last one. */
function voters(played: Played): number {
  return played.story.filter((line) => line.kind === 'act' && / votes /.test(line.text)).length;
}

/** What one person more who stays away would change: the same play once more, with one yes less. */
function marginOf(charter: Charter, hash: string, process: CharterProcess, plan: SimPlan, played: Played): string | undefined {
  const count = voters(played);
  if (played.accepted !== true || count === 0) return undefined;
  const said = played.story.filter((line) => line.kind === 'act' && line.text.endsWith(' votes yes')).length;
  if (said === 0) return undefined;
  const yes = plan.yes ?? said;
  const other = beginPlay(charter, hash, process, beforeStart(process, firstMs), plan.roll);
  if ('message' in other) return undefined;
  const again = run(other, { ...plan, yes: yes - 1, no: plan.no ?? 0 });
  return again.accepted === true ? 'It would pass too if one more stayed away.' : 'It fails if one more stays away.';
}

/** Plays a process with numbers. Pure; the same plan gives the same story. */
export function simulate(charter: Charter, process: CharterProcess, plan: SimPlan): SimResult {
  const { hash } = emitCharter(charter);
  if (!canStart(process)) return unstarted(process);
  const play = beginPlay(charter, hash, process, beforeStart(process, firstMs), plan.roll);
  if ('message' in play) return { kind: 'impossible', reason: play.message };
  const played = run(play, plan);
  const margin = marginOf(charter, hash, process, plan, played);
  return margin === undefined ? { kind: 'played', played } : { kind: 'played', played, margin };
}

/** Counts of many random plays: how each ended, most frequent first, with the seed of one that ended so. */
export interface SimCounts {
  readonly plays: number;
  readonly ends: readonly { readonly end: string; readonly count: number; readonly days: number; readonly example: number }[];
}

/** Chance of one play as whole numbers: a hash chain, so that a seed gives the same play everywhere. */
function chance(seed: string): (below: number) => number {
  let count = 0;
  return (below) => {
    count += 1;
    const digits = sha256Hex(utf8Encode(`gdo-sim-v1\0${seed}\0${count}`)).slice(0, 12);
    return Number(BigInt(`0x${digits}`) % BigInt(Math.max(1, below)));
  };
}

function randomEvents(play: Play, view: CaseView, below: (most: number) => number): readonly VirtualEvent[] {
  return view.acts.flatMap((act) => {
    const left = leftOf(act);
    return left.flatMap((person): readonly VirtualEvent[] => {
      if (below(3) > 0) return [];
      if (act.verb === 'vote') {
        const choices = act.choices ?? [];
        const counted = choices.includes('yes') ? (choices[below(choices.length)] ?? 'yes') : choiceFor(play.charter, view, act, below(2) === 0 ? 'yes' : 'no');
        return [ballot(view, act, person, counted)];
      }
      return [actOrBallot(view, { verb: act.verb, ...textAsked(play, view, act.verb) }, person)];
    });
  });
}

/** What acts of a verb have to say in the open step, as far as that is missing. */
function textAsked(play: Play, view: CaseView, verb: string): { readonly text?: string } {
  const stage = play.process.stages.find((one) => one.name === view.stage);
  const rules = stage?.kind === 'step' ? stage.transitions : [];
  const asked = rules.flatMap((rule) => (rule.kind === 'when' || rule.kind === 'unless' ? rule.acts : [])).find((act) => act.verb === verb);
  return asked?.text === undefined ? {} : { text: asked.text };
}

/** Plays one random history: on each day everybody who can do something does it or not. Pure. */
export function playAtRandom(charter: Charter, process: CharterProcess, plan: SimPlan, seed: string): SimResult {
  if (!canStart(process)) return unstarted(process);
  const play = beginPlay(charter, emitCharter(charter).hash, process, beforeStart(process, firstMs), plan.roll);
  if ('message' in play) return { kind: 'impossible', reason: play.message };
  const below = chance(seed);
  startPlay(play);
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const view = playedCase(play);
    if (view === undefined || isOver(view)) break;
    const stage = process.stages.find((one) => one.name === view.stage);
    const named = stage?.kind === 'step' && turn === 0 ? nominationsOf(play, view, stage) : [];
    perform(play, [...named, ...randomEvents(play, view, below)]);
    if (isOver(playedCase(play))) break;
    if (!passTime(play, plan.days, partsOfStage)) break;
  }
  return { kind: 'played', played: ending(play) };
}

/** Plays so many random histories and counts how they end. Pure; the same seed gives the same counts. */
export function simulateMany(
  charter: Charter,
  process: CharterProcess,
  plan: SimPlan & { readonly plays: number; readonly seed: number },
): SimCounts | { readonly reason: string } {
  const ends = new Map<string, { count: number; days: number; readonly example: number }>();
  for (let number = 1; number <= plan.plays; number += 1) {
    const result = playAtRandom(charter, process, plan, `${plan.seed} ${number}`);
    if (result.kind === 'impossible') return { reason: result.reason };
    const end = result.played.outcome ?? 'still open';
    const known = ends.get(end) ?? { count: 0, days: 0, example: number };
    ends.set(end, { ...known, count: known.count + 1, days: known.days + result.played.days });
  }
  const rows = [...ends].map(([end, { count, days, example }]) => ({ end, count, days: Math.floor(days / count), example }));
  return { plays: plan.plays, ends: rows.sort((left, right) => right.count - left.count || (left.end < right.end ? -1 : 1)) };
}

/** The most days of a play where nobody says so: ten years, since a stage may be that long. */
export const simDaysMax = 3_660;
