// Counts an election: checks the rule, takes in the ballots, runs the method, fills the seats, applies the cap and counts again. Each method is its own file.
import { invariant, unreachable, entryAt } from '../invariant.ts';
import { approvals } from './approval.ts';
import type { Profile } from './ballot.ts';
import { borda } from './borda.ts';
import { strikeOver } from './cap.ts';
import { condorcetDefault } from './condorcet-default.ts';
import { condorcetIrv } from './condorcet-irv.ts';
import { condorcet } from './condorcet.ts';
import { type Contest, type CountLog, type Standing, idOf } from './contest.ts';
import { type Intake, takeIn } from './intake.ts';
import { instantRunoff } from './irv.ts';
import { minimax } from './minimax.ts';
import { plurality } from './plurality.ts';
import { standingByPoints } from './points.ts';
import { rankedPairs } from './ranked-pairs.ts';
import type { CountOutcome, CountRecord, Exclusion, Recount } from './record.ts';
import { isBlank } from './rounds.ts';
import { faultOf } from './rule-fault.ts';
import type { CountRule, TieChain, YesNoRule } from './rules.ts';
import { schulze } from './schulze.ts';
import { scoreSums } from './score.ts';
import { star } from './star.ts';
import { stvGregory } from './stv-gregory.ts';
import { stvMeek } from './stv-meek.ts';
import { type Way, tieBreaker } from './tie.ts';
import { twoRound } from './two-round.ts';
import { type Filled, inEveryWay } from './ways.ts';
import { yesNo } from './yes-no.ts';

/** A rule that gives seats. */
type SeatsRule = Exclude<CountRule, YesNoRule>;

function standingOf(contest: Contest, rule: SeatsRule, intake: Intake): Standing {
  switch (rule.method) {
    case 'plurality':
      return intake.totals === undefined ? plurality(contest, rule.equalRanks) : standingByPoints(contest, intake.totals);
    case 'approval':
      return standingByPoints(contest, intake.totals ?? approvals(contest.table));
    case 'score':
      return standingByPoints(contest, intake.totals ?? scoreSums(contest.table, rule));
    case 'star':
      return star(contest, rule);
    case 'borda':
      return borda(contest, rule.unranked);
    case 'irv':
      return instantRunoff(contest, rule);
    case 'two-round':
      return twoRound(contest, rule);
    case 'stv-scottish':
    case 'stv-wigm':
    case 'stv-cfer':
    case 'stv-exact':
      return stvGregory(contest, rule.method);
    case 'stv-meek':
    case 'stv-meek-exact':
      return stvMeek(contest, rule.method);
    case 'schulze':
      return schulze(contest, rule);
    case 'ranked-pairs':
      return rankedPairs(contest, rule);
    case 'minimax':
      return minimax(contest, rule);
    case 'condorcet':
      return condorcet(contest, rule.unranked);
    case 'condorcet-irv':
      return condorcetIrv(contest, rule);
    case 'condorcet-default':
      return condorcetDefault(contest, rule);
    default:
      return unreachable(rule);
  }
}

/** Gives the seats to the best groups; the chain decides within the group that the last seat cuts. */
function fillSeats(contest: Contest, standing: Standing): Filled {
  if (standing.kind !== 'order') return standing;
  const winners: number[] = [];
  for (const group of standing.groups) {
    const take = Math.min(group.length, contest.seats - winners.length);
    if (take <= 0) break;
    const at = 'filling the last seats';
    const result = contest.ties.settle({ at, tied: group, take });
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    if (result.kind === 'tied') {
      const certain = [...winners, ...result.certain];
      return { kind: 'tied', certain, tied: result.tied, seats: contest.seats - certain.length, at };
    }
    winners.push(...result.favoured);
  }
  return { kind: 'filled', winners, groups: standing.groups };
}

function newLog(exclusions: readonly Exclusion[]): CountLog {
  return { stages: [], defeats: [], exclusions: [...exclusions], ties: [] };
}

interface Run {
  readonly outcome: CountOutcome;
  readonly log: CountLog;
  readonly recounts: readonly Recount[];
}

/** Counts, strikes who is over the cap, and counts again until nobody is; at most once per candidate. */
function runWithCap(profile: Profile, rule: SeatsRule, chain: TieChain, intake: Intake): Run {
  const ids = profile.candidates.map((candidate) => candidate.id);
  const named = (options: readonly number[]): string[] => options.map((option) => idOf(ids, option));
  const recounts: Recount[] = [];
  const struck: Exclusion[] = [];
  let among = ids.map((_, index) => index);
  for (;;) {
    const [left, outs] = [among, [...struck]];
    const { contest, filled } = inEveryWay((way?: Way) => {
      const log = newLog(outs);
      const own: Contest = { ids, among: left, table: intake.table, seats: rule.seats, ties: tieBreaker(chain, ids, log, way), log };
      const standing = left.length === 0 ? ({ kind: 'order', groups: [] } as const) : standingOf(own, rule, intake);
      return { contest: own, filled: fillSeats(own, standing) };
    });
    const { log } = contest;
    if (filled.kind === 'failed') return { outcome: filled, log, recounts };
    if (filled.kind === 'tied') return { outcome: { ...filled, certain: named(filled.certain), tied: named(filled.tied) }, log, recounts };
    const { winners, groups } = filled;
    const order = groups.map(named);
    const over = rule.cap === 'none' ? undefined : strikeOver(profile.candidates, contest, { winners, groups, caps: rule.cap });
    if (over === undefined) return { outcome: { kind: 'elected', winners: named(winners), order, vacancies: rule.seats - winners.length }, log, recounts };
    if (over.kind !== 'struck')
      return { outcome: over.kind === 'tied' ? { ...over, certain: named(over.certain), tied: named(over.tied) } : over, log, recounts };
    const out = over.struck.map(({ option }) => option);
    invariant(out.length > 0 && out.every((option) => among.includes(option)), 'who is struck was in the count');
    struck.push(...over.struck.map(({ option, reason }) => ({ option: idOf(ids, option), kind: 'cap' as const, reason })));
    recounts.push({ struck: named(out), winners: named(winners), order });
    among = among.filter((option) => !out.includes(option));
  }
}

function runMotion(profile: Profile, rule: YesNoRule, chain: TieChain, { table, totals }: Intake): Run {
  const ids = profile.candidates.map((candidate) => candidate.id);
  const log = newLog([]);
  const outcome = yesNo({ ids, table, sums: totals, rule, ties: tieBreaker(chain, ids, log), hasTieRule: chain.length > 0, log });
  return { outcome, log, recounts: [] };
}

function blankWeight(intake: Intake): bigint {
  let sum = 0n;
  for (let ballot = 0; ballot < intake.table.ballotsCount; ballot += 1) if (isBlank(intake.table, ballot)) sum += entryAt(intake.table.weights, ballot);
  return sum;
}

function failedRecord(rule: CountRule, reason: string): CountRecord {
  const ballots = { rows: 0, weight: 0n, setAsideRows: 0, setAsideWeight: 0n, blankWeight: 0n };
  const nothing = { setAside: [], stages: [], defeats: [], exclusions: [], ties: [], recounts: [] };
  return { method: rule.method, seats: rule.seats, outcome: { kind: 'failed', reason }, ballots, ...nothing };
}

function runOf(profile: Profile, rule: CountRule, tie: TieChain, { intake, support }: { readonly intake: Intake; readonly support: bigint }): Run {
  if (rule.method === 'yes-no') return runMotion(profile, rule, tie, intake);
  if (support > 0n) return runWithCap(profile, rule, tie, intake);
  return { outcome: { kind: 'failed', reason: 'no ballot supports anybody' }, log: newLog([]), recounts: [] };
}

/**
 * Counts a profile. Exact and deterministic; the order of ballots and of candidates does not matter to who wins. Pure.
 * @param rule - every parameter, none defaulted; a rule that cannot be is the outcome `failed`
 * @param tie - tried in order; empty means that a tie is the outcome `tied`
 * @returns the outcome and everything that led to it. A count with no ballot that supports anybody is `failed` (S33)
 * Source: language.md S33, S38, S43-S45, S124, S131, S133
 */
export function count(profile: Profile, rule: CountRule, tie: TieChain): CountRecord {
  const fault = faultOf(profile, rule, tie);
  if (fault !== undefined) return failedRecord(rule, fault);
  const intake = takeIn(profile, rule);
  if (typeof intake === 'string') return failedRecord(rule, intake);
  const blank = blankWeight(intake);
  const support = intake.totals === undefined ? intake.weight - intake.setAsideWeight - blank : intake.totals.reduce((sum, own) => sum + own, 0n);
  const run = runOf(profile, rule, tie, { intake, support });
  const { rows, weight, setAsideRows, setAsideWeight, setAside } = intake;
  return {
    method: rule.method,
    seats: rule.seats,
    outcome: run.outcome,
    ballots: { rows, weight, setAsideRows, setAsideWeight, blankWeight: blank },
    setAside,
    stages: run.log.stages,
    defeats: run.log.defeats,
    exclusions: run.log.exclusions,
    ties: run.log.ties,
    recounts: run.recounts,
    ...(run.log.requirements === undefined ? {} : { requirements: run.log.requirements }),
    ...(run.log.points === undefined ? {} : { points: run.log.points }),
    ...(run.log.pairwise === undefined ? {} : { pairwise: run.log.pairwise }),
  };
}
