// The gate: what a decided case still needs until its change is on main (S49, S53, S55, S104; node.md section 4).
import type { CharterOutcome } from '../../../engine/index.ts';
import { amendmentProblem } from './amendments.ts';
import { areaOwning, changed, contentRoot } from './content.ts';
import type { Content } from './content.ts';
import { isMergeHeld } from './held.ts';
import { holders, rollFor } from './rosters.ts';
import { sharesOf } from './bounds.ts';
import { deadline } from './time.ts';
import type { Case, Event, Refusal, World } from './world.ts';

/** What somebody says about a candidate for a dapp. */
export interface Attestation {
  readonly case: number;
  readonly dapp: string;
  readonly person: string;
  readonly candidate: string;
  readonly verdict: string;
  readonly output: string;
}

/** The check of the bylaws that is built in. */
export const bylawsCheck = 'gdo-check';

interface Need {
  readonly dapp: string;
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
    ...dapps.map(({ name, endorsedBy }): Need => {
      if (endorsedBy?.kind !== 'count') return { dapp: name, endorsers: founder, needed: 1 };
      const [share] = sharesOf(endorsedBy.bound);
      const endorsers = holders(rollFor(world, subject), share?.role ?? '');
      const needed = share?.kind === 'part' && share.amount.kind === 'count' ? share.amount.value : endorsers.length;
      return { dapp: name, endorsers, needed };
    }),
  ];
}

/** How a requirement stands for exactly this candidate: enough equal answers of those who endorse. */
function standingOf(world: World, subject: Case, need: Need, candidate: string): 'satisfied' | 'rejected' | 'open' {
  const said = world.attestations.filter(
    (one) => one.case === subject.number && one.dapp === need.dapp && one.candidate === candidate && need.endorsers.includes(one.person),
  );
  // S104: no more than half of them decides nothing.
  if (need.needed * 2 <= need.endorsers.length || need.needed === 0) return 'open';
  const enough = said.find((one) => said.filter((other) => other.verdict === one.verdict && other.output === one.output).length >= need.needed);
  return enough === undefined ? 'open' : enough.verdict === 'accept' ? 'satisfied' : 'rejected';
}

/** Starts the wait of an accepted case for its merge; false where it merges nothing. */
export function awaitMerge(world: World, subject: Case, outcome: CharterOutcome): boolean {
  const accept = outcome.effects.find((effect) => effect.kind === 'accept-merge');
  if (!outcome.accepts || subject.change === undefined || subject.process.governs.length === 0) return false;
  world.accepted += 1;
  const untilMs = accept?.within === undefined ? Infinity : deadline(world.nowMs, accept.within, subject.charter.organization.dayEnds);
  subject.merge = { standing: 'waiting', place: world.accepted, untilMs };
  return true;
}

function waiting(world: World): readonly Case[] {
  return world.cases.filter(({ merge }) => merge?.standing === 'waiting').toSorted((a, b) => (a.merge?.place ?? 0) - (b.merge?.place ?? 0));
}

/** The candidate of a case: main with its change; undefined where main has moved. */
export function candidateRoot(world: World, subject: Case): string | undefined {
  const next = changed(world.content, subject.change ?? []);
  return next === undefined ? undefined : contentRoot(next);
}

/** What the dapps of a case that waits are called. */
export function checksOf(world: World, subject: Case): readonly { readonly dapp: string; readonly endorsers: readonly string[] }[] {
  return needsOf(world, subject);
}

/** What becomes of one waiting case at the end of an epoch. */
type Fate = { readonly kind: 'waits' | 'stale' | 'refused' | 'conflict' } | { readonly kind: 'merges'; readonly content: Content };

function fateOf(world: World, subject: Case): Fate {
  if (isMergeHeld(world, subject)) return { kind: 'waits' };
  const late = world.nowMs >= (subject.merge?.untilMs ?? Infinity);
  if (subject.adopts !== undefined && subject.bylawsHash !== world.bylawsHash) return { kind: 'stale' };
  const content = changed(world.content, subject.change ?? []);
  if (content === undefined) return { kind: 'conflict' };
  // node.md section 4: what every node can see for itself comes before what somebody attests.
  if (amendmentProblem(world, subject)) return { kind: 'refused' };
  const candidate = contentRoot(content);
  const standings = needsOf(world, subject).map((need) => standingOf(world, subject, need, candidate));
  if (standings.includes('rejected')) return { kind: 'refused' };
  if (standings.includes('open')) return { kind: late ? 'stale' : 'waits' };
  return { kind: 'merges', content };
}

/** ledger.md section 9: merges in the order in which their cases were accepted. */
export function mergeAll(world: World, then: { readonly merged: (subject: Case) => void; readonly conflict: (subject: Case) => boolean }): void {
  for (const subject of waiting(world)) {
    const fate = fateOf(world, subject);
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
    candidate: textOf(body['candidate']),
    verdict: textOf(body['verdict']),
    output: textOf(body['output']),
  };
  const before = world.attestations.find(
    (other) => other.case === one.case && other.dapp === dapp && other.person === person && other.candidate === one.candidate,
  );
  if (before !== undefined && (before.verdict !== one.verdict || before.output !== one.output)) return { codes: ['GDO1043'], reason: 'has said otherwise' };
  if (before === undefined) world.attestations = [...world.attestations, one];
  return undefined;
}
