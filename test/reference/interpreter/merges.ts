// The gate: what a decided case still needs until its change is on main (S49, S53, S55, S104; node.md section 4).
import type { CharterOutcome } from '../../../engine/index.ts';
import { amendmentProblem } from './amendments.ts';
import { areaOwning, changed, contentRoot, matchesPath } from './content.ts';
import type { Content } from './content.ts';
import { isMergeHeld } from './held.ts';
import { ownOption } from './lists.ts';
import { holders, rollFor } from './rosters.ts';
import { supporting } from './steps.ts';
import { meetsQuantity, sharesOf } from './bounds.ts';
import { deadline } from './time.ts';
import type { Act, Case, Event, Refusal, World } from './world.ts';

/** What somebody says about a candidate for a dapp. */
export interface Attestation {
  readonly case: number;
  readonly dapp: string;
  readonly person: string;
  /** The root over what was read: the whole tree, or what the patterns match. */
  readonly reads: string;
  readonly patterns: readonly string[] | undefined;
  readonly verdict: string;
  readonly output: string;
}

/** A dapp about which endorsers disagreed, as it was declared and with the manifest that main had. */
export interface Quarantined {
  readonly dapp: string;
  readonly declared: string;
  readonly manifest: string;
}

/** The check of the bylaws that is built in. */
export const bylawsCheck = 'gdo-check';

interface Need {
  readonly dapp: string;
  /** How the bylaws declare it; undefined for the check that is built in, which is never quarantined. */
  readonly declared?: string;
  readonly endorsers: readonly string[];
  readonly needed: number;
}

/** Who has to attest for a case: the founder for new bylaws and for a dapp that names nobody, else a role. */
function needsOf(world: World, subject: Case): readonly Need[] {
  const paths = (subject.change ?? []).map(({ path }) => path);
  const founder = [...world.joined.keys()].slice(0, 1);
  const areas = paths.map((path) => areaOwning(subject.charter, path));
  const dapps = subject.charter.dapps.filter(({ checks }) => checks.some((name) => areas.includes(name)));
  return [
    ...(paths.some((path) => path.startsWith('bylaws/')) ? [{ dapp: bylawsCheck, endorsers: founder, needed: 1 }] : []),
    ...dapps.map((dapp): Need => {
      const { name, endorsedBy } = dapp;
      const declared = JSON.stringify(dapp);
      if (endorsedBy?.kind !== 'count') return { dapp: name, declared, endorsers: founder, needed: 1 };
      const [share] = sharesOf(endorsedBy.bound);
      const endorsers = holders(rollFor(world, subject), share?.role ?? '');
      const needed = share?.kind === 'part' && share.amount.kind === 'count' ? share.amount.value : endorsers.length;
      return { dapp: name, declared, endorsers, needed };
    }),
  ];
}

/** What one dapp reads of a content: what its patterns match and its manifest (node.md section 4). */
export function readRoot(content: Content, dapp: string, patterns: readonly string[]): string {
  return contentRoot(new Map([...content].filter(([path]) => path === `dapps/${dapp}.json` || patterns.some((pattern) => matchesPath(pattern, path)))));
}

function marked(world: World, dapp: string, declared: string): Quarantined {
  return { dapp, declared, manifest: world.content.get(`dapps/${dapp}.json`) ?? 'absent' };
}

/** How a requirement stands for a candidate: enough equal answers of those who endorse, all given the same to read, which is still the same. */
function standingOf(world: World, subject: Case, need: Need, candidate: Content): 'satisfied' | 'rejected' | 'disputed' | 'open' {
  const holds = (one: Attestation): boolean =>
    one.reads === (one.patterns === undefined ? contentRoot(candidate) : readRoot(candidate, need.dapp, one.patterns));
  const said = world.attestations.filter((one) => one.case === subject.number && one.dapp === need.dapp && need.endorsers.includes(one.person) && holds(one));
  const wordsOf = ({ verdict, output, patterns }: Attestation): string => JSON.stringify([verdict, output, patterns ?? null]);
  const answers = [...new Set(said.map(wordsOf))].map((words) => said.filter((one) => wordsOf(one) === words));
  // S104: no more than half of them decides nothing.
  const decides = need.needed * 2 > need.endorsers.length && need.needed > 0;
  const enough = answers.filter((same) => decides && same.length >= need.needed);
  const { declared } = need;
  const silent = need.endorsers.filter((person) => !said.some((one) => one.person === person)).length;
  const none = decides && answers.every((same) => same.length + silent < need.needed);
  if (enough.length === 0 && answers.length > 1 && none) return 'disputed';
  const mark = declared === undefined ? '' : JSON.stringify(marked(world, need.dapp, declared));
  // node.md section 4: nothing satisfies a quarantined dapp, and it refuses nothing either.
  if (world.quarantined.some((one) => JSON.stringify(one) === mark)) return 'open';
  if (enough.some(([one]) => one?.verdict === 'reject')) return 'rejected';
  return enough.length > 0 ? 'satisfied' : 'open';
}

/** Starts the wait of an accepted case for its merge; false where it merges nothing. */
export function awaitMerge(world: World, subject: Case, outcome: CharterOutcome): boolean {
  const accept = outcome.effects.find((effect) => effect.kind === 'accept-merge');
  if (!outcome.accepts || subject.change === undefined || subject.process.governs.length === 0) return false;
  // Decision 0052: the files of the case are its own option; of another that won only the text is recorded.
  if (subject.listed !== undefined && subject.winners.length > 0 && !subject.winners.includes(ownOption)) return false;
  world.accepted += 1;
  const untilMs = accept?.within === undefined ? Infinity : deadline(world.nowMs, accept.within, subject.charter.organization.dayEnds);
  subject.merge = { standing: 'waiting', place: world.accepted, untilMs };
  return true;
}

function waiting(world: World): readonly Case[] {
  return world.cases.filter(({ merge }) => merge?.standing === 'waiting').toSorted((a, b) => (a.merge?.place ?? 0) - (b.merge?.place ?? 0));
}

/** The candidate of a case: main with its change; undefined where main has moved. */
export function candidateFor(world: World, subject: Case): Content | undefined {
  return changed(world.content, subject.change ?? []);
}

/** What the dapps of a case that waits are called. */
export function checksOf(world: World, subject: Case): readonly { readonly dapp: string; readonly endorsers: readonly string[] }[] {
  return needsOf(world, subject);
}

/** S67, decision 0133: whoever started the case, stood behind it in a step or said yes in a vote approves it. */
function approvers(subject: Case): ReadonlySet<string> {
  const takesBack = ({ about }: Act, act: Act): boolean =>
    about.some(
      (name) =>
        name === act.verb ||
        act.about.includes(name) ||
        // 0087: about oneself it takes one's acceptance back as well.
        (name === act.person && act.verb === 'accept') ||
        (name === ownOption && act.verb === 'endorse' && act.about.length === 0),
    );
  const acted = subject.acts.filter(
    (act, index) =>
      supporting.includes(act.verb) &&
      // S117: a withdrawn act never counts.
      !subject.acts.slice(index + 1).some((later) => later.verb === 'withdraw' && later.person === act.person && takesBack(later, act)),
  );
  const ballots = subject.openings.flatMap(({ calledAgain, votes }) => [...calledAgain, ...votes].flatMap(({ ballots: cast }) => cast));
  const last = ballots.filter((one, place) => !ballots.slice(place + 1).some(({ person }) => person === one.person));
  const yes = last.filter(({ ranks }) => ranks[0]?.includes('yes') === true);
  return new Set([...subject.starters, ...acted.map(({ person }) => person), ...yes.map(({ person }) => person)]);
}

/** What `forbid ... any merge in` names is merged by nobody. */
function isForbidden(world: World, subject: Case): boolean {
  const areas = (subject.change ?? []).map(({ path }) => areaOwning(subject.charter, path));
  const people = approvers(subject);
  return subject.charter.properties.some(({ mode, claim }) => {
    if (mode !== 'forbid' || claim.kind !== 'merge' || !areas.includes(claim.area)) return false;
    const body = holders(rollFor(world, subject), claim.role);
    return meetsQuantity(BigInt(body.filter((one) => people.has(one)).length), claim.comparison, claim.amount, BigInt(body.length));
  });
}

/** What becomes of one waiting case at the end of an epoch. */
type Fate = { readonly kind: 'waits' | 'stale' | 'refused' | 'conflict' } | { readonly kind: 'merges'; readonly content: Content };

/** @param begun - takes the quarantines that begin with the next checkpoint */
function fateOf(world: World, subject: Case, begun: Quarantined[]): Fate {
  if (isMergeHeld(world, subject)) return { kind: 'waits' };
  const late = world.nowMs >= (subject.merge?.untilMs ?? Infinity);
  // ledger.md section 10: another amendment that was accepted first makes it stale, in the same epoch too.
  if (subject.adopts !== undefined && subject.bylawsHash !== (world.adopting?.hash ?? world.bylawsHash)) return { kind: 'stale' };
  const content = changed(world.content, subject.change ?? []);
  if (content === undefined) return { kind: 'conflict' };
  // node.md section 4: what every node can see for itself comes before what somebody attests.
  if (amendmentProblem(world, subject) || isForbidden(world, subject)) return { kind: 'refused' };
  const needs = needsOf(world, subject);
  const standings = needs.map((need) => standingOf(world, subject, need, content));
  const disputed = needs.filter((_, index) => standings[index] === 'disputed');
  begun.push(...disputed.flatMap(({ dapp, declared }) => (declared === undefined ? [] : [marked(world, dapp, declared)])));
  if (standings.includes('rejected')) return { kind: 'refused' };
  if (standings.some((standing) => standing !== 'satisfied')) return { kind: late ? 'stale' : 'waits' };
  return { kind: 'merges', content };
}

/** ledger.md section 9: merges in the order in which their cases were accepted. */
export function mergeAll(world: World, then: { readonly merged: (subject: Case) => void; readonly conflict: (subject: Case) => boolean }): void {
  const begun: Quarantined[] = [];
  for (const subject of waiting(world)) {
    const fate = fateOf(world, subject, begun);
    const { merge } = subject;
    if (merge === undefined || fate.kind === 'waits') continue;
    if (fate.kind === 'merges') {
      world.content = fate.content;
      subject.merge = { ...merge, standing: 'merged' };
      then.merged(subject);
    } else if (fate.kind === 'conflict') {
      if (!then.conflict(subject)) subject.merge = { ...merge, standing: 'stale' };
    } else subject.merge = { ...merge, standing: fate.kind };
  }
  for (const one of begun) world.quarantined = [...world.quarantined.filter(({ dapp }) => dapp !== one.dapp), one];
}

/** The next instant at which the time for a merge runs out. */
export function mergeDueMs(world: World): number {
  return Math.min(Infinity, ...waiting(world).map((subject) => (isMergeHeld(world, subject) ? Infinity : (subject.merge?.untilMs ?? Infinity))));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Takes an attestation: of somebody who endorses what the case needs, once for a candidate. */
export function attest(world: World, event: Event): Refusal {
  const { subject, body, person } = event;
  if (subject === undefined) return { codes: ['GDO1052'], reason: 'there is no such case' };
  const dapp = String(Object(body['dapp']).name);
  if (subject.ended !== undefined && subject.merge?.standing !== 'waiting') return { codes: ['GDO1051', 'GDO1052', 'GDO1040'], reason: 'it is over' };
  const need = needsOf(world, subject).find((one) => one.dapp === dapp);
  if (need === undefined) return { codes: [], reason: 'the case needs no such check' };
  if (!need.endorsers.includes(person)) return { codes: ['GDO1040'], reason: 'another endorses it' };
  const one: Attestation = {
    case: subject.number,
    dapp,
    person,
    reads: textOf(body['reads']),
    patterns: Array.isArray(body['patterns']) ? body['patterns'].map(textOf) : undefined,
    verdict: textOf(body['verdict']),
    output: textOf(body['output']),
  };
  const before = world.attestations.find((other) => other.case === one.case && other.dapp === dapp && other.person === person && other.reads === one.reads);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(one)) return { codes: ['GDO1043'], reason: 'has said otherwise' };
  if (before === undefined) world.attestations = [...world.attestations, one];
  return undefined;
}
