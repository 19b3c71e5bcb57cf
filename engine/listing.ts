// How people and options get on a ballot: nominated or added, accepted, supported, and struck again when they lose support (S115, S121). It counts no ballot.
import type { CharterStep, CharterSupport } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { neededOf } from './actor.ts';
import { byCodeUnit } from './canonical.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord, StrikeRow } from './case.ts';
import { allActsOf } from './acts.ts';
import { ownOption } from './choices.ts';
import { dueOf } from './due.ts';
import { meetsFacts } from './facts.ts';
import { allMembers, holds } from './roster.ts';
import { supportersCounted } from './spread.ts';
import { isSupporter } from './supporting.ts';

interface Backed {
  readonly name: string;
  readonly candidate?: string;
  /** What was said for it, and all that was taken back, in order. */
  readonly acts: readonly ActRecord[];
  /** True for what is on the list without support of its own: only losing it counts. */
  readonly isGiven: boolean;
}

interface Standing {
  readonly isListed: boolean;
  readonly struckMs?: number;
}

/** Follows the support of somebody or something up to an instant: whether it is there, and since when it is struck, or will be. */
function standingOf(scope: CaseScope, step: CharterStep, support: CharterSupport | undefined, backed: Backed, atMs: number): Standing {
  if (support === undefined) return { isListed: true };
  const needed = neededOf(scope, support.by) ?? Number.MAX_SAFE_INTEGER;
  // What an edit took back was never said about this content (S117).
  const acts = backed.acts.filter((act) => act.verb !== 'withdraw' && act.unsaid === undefined && isSupporter(scope, step, support, act.by));
  const isBacked = (place: number): boolean => {
    const standing = acts.filter((act) => backed.acts.indexOf(act) <= place && withdrawnAt(backed.acts, act) > place);
    return (
      supportersCounted(scope, step, [...new Set(standing.map((act) => act.by))], backed.candidate === undefined ? [] : [backed.candidate]).length >= needed
    );
  };
  let wasBacked = false;
  let lostMs: number | undefined;
  for (const [place, { atMs: instantMs }] of backed.acts.entries()) {
    if (instantMs > atMs || (lostMs !== undefined && struckAt(scope, support, lostMs) <= instantMs)) break;
    const isNow = isBacked(place);
    if (wasBacked && !isNow) lostMs = instantMs;
    if (isNow) lostMs = undefined;
    wasBacked = isNow;
  }
  if (lostMs !== undefined) {
    const struckMs = struckAt(scope, support, lostMs);
    return { isListed: struckMs > atMs, struckMs };
  }
  return { isListed: wasBacked || backed.isGiven };
}

/** The place of the act that took another one back; beyond all of them where none did. One instant may hold several acts, and their order counts (S17). */
function withdrawnAt(acts: readonly ActRecord[], act: ActRecord): number {
  const place = acts.findIndex(
    (one, index) => one.verb === 'withdraw' && one.by === act.by && one.atMs === act.withdrawnMs && index > acts.indexOf(act) && takesBack(one, act),
  );
  return place < 0 ? acts.length : place;
}

function takesBack({ about }: ActRecord, act: ActRecord): boolean {
  return about.some((name) => name === act.verb || act.about.includes(name) || (name === ownOption && act.about.length === 0));
}

function struckAt(scope: CaseScope, support: CharterSupport, lostMs: number): number {
  return support.struckAfter === undefined ? lostMs : dueOf(scope, lostMs, support.struckAfter);
}

/** What a step that takes nominations or options leaves to the votes after it. */
type Listed = Pick<CaseRecord, 'nominees' | 'offered' | 'strikes'>;

function nominate(
  scope: CaseScope,
  step: CharterStep,
  acts: readonly ActRecord[],
  atMs: number,
): { readonly names: readonly string[]; readonly strikes: readonly StrikeRow[] } {
  const here = acts.filter((act) => act.entry === scope.record.entry);
  const valid = here.filter((act) => act.withdrawn === undefined);
  const chosen = new Set<string>();
  const strikes: StrikeRow[] = [];
  for (const rule of step.nominations) {
    const facts = { state: scope.state, charter: scope.charter, atMs, role: rule.of };
    for (const member of allMembers(scope.state)) {
      const isSelf = valid.some((act) => act.verb === 'nominate' && act.by === member && act.about.includes(member));
      const isNamed = valid.some((act) => act.verb === 'nominate' && act.about.includes(member));
      const hasAccepted = valid.some((act) => act.verb === 'accept' && act.by === member);
      if (!isSelf && !(isNamed && hasAccepted)) continue;
      if (rule.of !== 'person' && !holds(scope.state, scope.charter, rule.of, member)) continue;
      if (!meetsFacts(facts, rule.who, member)) continue;
      const backing = here.filter((act) => act.verb === 'withdraw' || (act.verb === 'endorse' && act.about.includes(member)));
      const standing = standingOf(scope, step, rule.support, { name: member, candidate: member, acts: backing, isGiven: false }, atMs);
      if (standing.isListed) chosen.add(member);
      if (standing.isListed && standing.struckMs !== undefined) strikes.push([member, standing.struckMs]);
    }
  }
  return { names: [...chosen].sort(byCodeUnit), strikes };
}

/** The acts that sponsor an option, with all that take something back; the sponsors of the case's own content are those of the case. */
function sponsoring(acts: readonly ActRecord[], name: string): readonly ActRecord[] {
  const sponsors = (act: ActRecord): boolean => act.verb === 'endorse' && (act.about.includes(name) || (name === ownOption && act.about.length === 0));
  return acts.filter((act) => act.verb === 'withdraw' || sponsors(act));
}

function offer(
  scope: CaseScope,
  step: CharterStep,
  acts: readonly ActRecord[],
  atMs: number,
): { readonly names: readonly string[]; readonly strikes: readonly StrikeRow[] } {
  const strikes: StrikeRow[] = [];
  const added = (scope.record.options ?? []).filter((option) => option.withdrawnMs === undefined).map((option) => option.name);
  const names = [ownOption, ...added].filter((name) => {
    const backed = { name, acts: sponsoring(acts, name), isGiven: name === ownOption };
    const standing = standingOf(scope, step, step.options?.support, backed, atMs);
    if (standing.isListed && standing.struckMs !== undefined) strikes.push([name, standing.struckMs]);
    return standing.isListed;
  });
  return { names, strikes };
}

/** The lists of a step that ends: the candidates, ascending, and the options in the order added; what is not taken here stays as it was. */
export function listedBy(scope: CaseScope, step: CharterStep, atMs: number): Listed {
  const { record } = scope;
  const acts = allActsOf(scope.state, record.id);
  const nominated = step.nominations.length === 0 ? undefined : nominate(scope, step, acts, atMs);
  const offered = step.options === undefined ? undefined : offer(scope, step, acts, atMs);
  if (nominated === undefined && offered === undefined) return record;
  const strikes = [...(nominated?.strikes ?? []), ...(offered?.strikes ?? [])];
  return {
    nominees: nominated?.names ?? record.nominees,
    ...(offered === undefined ? (record.offered === undefined ? {} : { offered: record.offered }) : { offered: offered.names }),
    ...(strikes.length === 0 ? {} : { strikes }),
  };
}
