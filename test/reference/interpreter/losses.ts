// Roles that end by themselves: votes that were missed, silence, reports (S102, S113, decisions 0055 and 0057); and vacancies that nobody fills (decision 0062).
import type { CharterLoss } from '../../../engine/index.ts';
import { lose } from './holding.ts';
import { asksForRole } from './matter.ts';
import { seated } from './rosters.ts';
import { deadline } from './time.ts';
import type { Holding, World } from './world.ts';
import { isRunning } from './world.ts';
import { recusedIn } from './recusals.ts';

/** A vote that is closed for good: who was on its roster, and whose ballot it has. */
export interface ClosedVote {
  readonly roster: readonly string[];
  readonly voted: readonly string[];
}

/** Somebody has left a role that is to be filled in time. */
export interface Vacancy {
  readonly role: string;
  /** Decision 0062: by the bylaws under which they left, whatever an amendment says since. */
  readonly untilMs: number;
  readonly count: number;
  /** Its time is over: nothing more follows until it is filled, or somebody else leaves. */
  readonly isOver: boolean;
}

/** Puts the votes that have closed for good on record; one that is called again, or held no ballot, is none. */
export function noteClosedVotes(world: World): void {
  for (const subject of world.cases) {
    for (const open of subject.openings.flatMap(({ votes }) => votes)) {
      if (open.phase !== 'closed' || open.isCounted) continue;
      open.isCounted = true;
      const isCalledAgain = open.result === 'inquorate' && open.vote.secondCall !== undefined && !open.second;
      if (isCalledAgain || open.result === 'uncontested' || open.result === 'empty') continue;
      const out = recusedIn(subject, open).map(({ person }) => person);
      const roster = open.frozen.filter((person) => !out.includes(person));
      world.closedVotes = [...world.closedVotes, { roster, voted: open.ballots.map(({ person }) => person) }];
      // Each closed vote by itself: a later one of the same instant gives nothing back.
      for (const { holding, loss } of endings(world))
        if (loss.kind === 'missed-votes' && missedInARow(world, holding) >= loss.count) lose(world, holding.person, holding.role);
    }
  }
}

/** How many closed votes in a row got no ballot from a holder, since they gained the role. */
function missedInARow(world: World, { person, votesBefore }: Holding): number {
  const own = world.closedVotes.slice(votesBefore ?? 0).filter((vote) => vote.roster.includes(person));
  const last = own.findLastIndex((vote) => vote.voted.includes(person));
  return own.length - 1 - last;
}

/** When a loss ends a holding; Infinity: not by what has happened so far. */
function endOf(world: World, holding: Holding, loss: CharterLoss): number {
  const { dayEnds } = world.charter.organization;
  switch (loss.kind) {
    case 'missed-votes':
      // That is seen when a vote closes.
      return Infinity;
    case 'inactivity':
      return deadline(Math.max(holding.sinceMs, world.activeMs.get(holding.person) ?? -Infinity), loss.duration, dayEnds);
    case 'report': {
      const both = [loss.report, `no ${loss.report}`];
      const able = world.charter.collaborators.filter(({ reports }) => both.every((one) => reports.includes(one))).map(({ name }) => name);
      const said = world.records.reports.filter(({ by, person, report }) => person === holding.person && able.includes(by) && both.includes(report));
      const before = said.findLastIndex(({ report }) => report !== loss.report);
      const first = said[before + 1];
      const endMs = first === undefined ? Infinity : deadline(first.atMs, loss.duration, dayEnds);
      // Who gained the role after a run would have ended it keeps it.
      return (holding.fromMs ?? holding.sinceMs) >= endMs ? Infinity : endMs;
    }
    default:
      return Infinity;
  }
}

function endings(world: World): readonly { readonly holding: Holding; readonly loss: CharterLoss; readonly atMs: number }[] {
  return world.holdings.flatMap((holding) =>
    (world.charter.roles.find(({ name }) => name === holding.role)?.lost ?? []).map((loss) => ({ holding, loss, atMs: endOf(world, holding, loss) })),
  );
}

/** The next instant at which silence or a report ends a role, or a vacancy is overdue. */
export function lossDueMs(world: World): number {
  const vacant = world.vacancies.map((vacancy) => overdueMs(world, vacancy));
  return Math.min(Infinity, ...endings(world).map(({ atMs }) => atMs), ...vacant);
}

/** Ends what is over. */
export function endLost(world: World): void {
  for (const { holding, loss } of endings(world).filter(({ atMs }) => atMs <= world.nowMs)) {
    lose(world, holding.person, holding.role);
    // S93: a role that a report took is told apart from one that somebody never had.
    if (loss.kind === 'report') world.lapsed = [...world.lapsed, { role: holding.role, person: holding.person }];
  }
}

/** Notes who left since the counts were taken, and forgets what is filled again. */
export function noteVacancies(world: World, before: ReadonlyMap<string, number>): void {
  world.vacancies = world.vacancies.filter(({ role, count }) => seated(world, role).length < count);
  for (const { name, vacancy } of world.charter.roles) {
    const [was, is] = [before.get(name) ?? 0, seated(world, name).length];
    const own = world.vacancies.find(({ role }) => role === name);
    if (vacancy === undefined || is >= was || own?.isOver === false) continue;
    const others = world.vacancies.filter((one) => one !== own);
    const untilMs = deadline(world.nowMs, vacancy.within, world.charter.organization.dayEnds);
    world.vacancies = [...others, { role: name, untilMs, count: Math.max(was, own?.count ?? 0), isOver: false }];
  }
}

/** How many hold each role. */
export function headcounts(world: World): ReadonlyMap<string, number> {
  return new Map(world.charter.roles.map(({ name }) => [name, seated(world, name).length]));
}

function overdueMs({ charter }: World, { role, untilMs, isOver }: Vacancy): number {
  const clause = charter.roles.find(({ name }) => name === role)?.vacancy;
  return clause === undefined || isOver ? Infinity : untilMs;
}

/** The processes that overdue vacancies start, each for its role; not where one of them is under way, for that role where it asks for one. */
export function overdueProcesses(world: World): readonly { readonly process: string; readonly role: string }[] {
  const overdue = world.vacancies.filter((vacancy) => overdueMs(world, vacancy) <= world.nowMs);
  world.vacancies = world.vacancies.map((vacancy) => (overdue.includes(vacancy) ? { ...vacancy, isOver: true } : vacancy));
  const started: { readonly process: string; readonly role: string }[] = [];
  for (const { role } of overdue) {
    const process = world.charter.roles.find(({ name }) => name === role)?.vacancy?.process ?? '';
    const isOpen = world.charter.processes.some((one) => one.name === process && asksForRole(one)) ? (asked: string | undefined) => asked === role : () => true;
    const underWay = world.cases.some((one) => one.process.name === process && isOpen(one.role) && (one.ended === undefined || isRunning(one)));
    if (!underWay && !started.some((one) => one.process === process && isOpen(one.role))) started.push({ process, role });
  }
  return started;
}
