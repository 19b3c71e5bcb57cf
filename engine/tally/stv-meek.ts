// Meek's rule: every elected option keeps the part of each paper that leaves it one quota, the quota follows what is still in play, and the parts are
// found step by step. One body for the PRF reference rule (9 decimals) and for exact fractions; they differ only in the rows below.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import type { StageAction } from './record.ts';
import { type Arithmetic, exactArithmetic, exactBitsMax, exactPapersMax, fixedArithmetic } from './stv-arithmetic.ts';
import { type Paper, papersOf } from './stv-papers.ts';
import { type Rational, rational } from './rational.ts';

/** `omega`: the total surplus below which an iteration has converged. `exceed`: the quota must be exceeded, because an exact quota has no smallest step. */
interface MeekRule<Amount> {
  readonly arithmetic: Arithmetic<Amount>;
  readonly omega: Amount;
  readonly exceed: boolean;
  readonly papersMax: number | 'unlimited';
}

// PRF Reference Meek Rule: nine decimals, omega 10^-6.
const reference: MeekRule<bigint> = { arithmetic: fixedArithmetic(9), omega: 1_000n, exceed: false, papersMax: 'unlimited' };
const exact: MeekRule<Rational> = { arithmetic: exactArithmetic, omega: rational(1n, 10_000_000_000n), exceed: true, papersMax: exactPapersMax };

/** Iterations in one round that no convergent count comes near: the reference rule ends when the surplus stops falling. */
const iterationsMax = 10_000;

interface Distribution<Amount> {
  readonly votes: readonly Amount[];
  readonly quota: Amount;
  readonly surplus: Amount;
  readonly idle: Amount;
}

class MeekCount<Amount> {
  private readonly contest: Contest;
  private readonly rule: MeekRule<Amount>;
  private readonly papers: readonly Paper[];
  private readonly keep: Amount[];
  private hopeful: number[];
  private readonly elected: number[][] = [];
  private readonly history: (readonly Amount[])[] = [];
  private actions: StageAction[] = [];

  constructor(contest: Contest, rule: MeekRule<Amount>) {
    this.contest = contest;
    this.rule = rule;
    this.papers = papersOf(contest.table, contest.among);
    this.keep = contest.ids.map((_, option) => (contest.among.includes(option) ? rule.arithmetic.one : rule.arithmetic.zero));
    this.hopeful = [...contest.among];
  }

  private electedCount(): number {
    return this.elected.reduce((sum, group) => sum + group.length, 0);
  }

  private byVotes(votes: readonly Amount[]): (a: number, b: number) => number {
    const { compare } = this.rule.arithmetic;
    return (a, b) => compare(entryAt(votes, b), entryAt(votes, a));
  }

  /** Rule B.2.a and B.2.b: gives each paper to its options by their keep factors and recomputes the quota. */
  private distribute(): Distribution<Amount> {
    const { arithmetic } = this.rule;
    const votes = this.contest.ids.map(() => arithmetic.zero);
    let idle = arithmetic.zero;
    for (const paper of this.papers) {
      let left = arithmetic.one;
      for (const option of paper.choices) {
        if (arithmetic.compare(left, arithmetic.zero) <= 0) break;
        const part = arithmetic.multiplyUp(left, entryAt(this.keep, option));
        votes[option] = arithmetic.add(entryAt(votes, option), arithmetic.times(part, paper.weight));
        left = arithmetic.subtract(left, part);
      }
      idle = arithmetic.add(idle, arithmetic.times(left, paper.weight));
    }
    const inPlay = votes.reduce((sum, own) => arithmetic.add(sum, own), arithmetic.zero);
    const quota = arithmetic.add(arithmetic.shareDown(inPlay, BigInt(this.contest.seats + 1)), arithmetic.step);
    const total = this.elected.flat().reduce((sum, option) => arithmetic.add(sum, arithmetic.subtract(entryAt(votes, option), quota)), arithmetic.zero);
    return { votes, quota, idle, surplus: arithmetic.compare(total, arithmetic.zero) < 0 ? arithmetic.zero : total };
  }

  /** Rule B.2.c. @returns whether anybody was elected */
  private electReached(now: Distribution<Amount>): boolean {
    const { compare } = this.rule.arithmetic;
    const reached = this.hopeful.filter((option) => {
      const order = compare(entryAt(now.votes, option), now.quota);
      return this.rule.exceed ? order > 0 : order >= 0;
    });
    this.hopeful = this.hopeful.filter((option) => !reached.includes(option));
    for (const group of groupBy(reached, this.byVotes(now.votes))) {
      this.elected.push(group);
      for (const option of group) this.act('elected', option);
    }
    return reached.length > 0;
  }

  private act(kind: StageAction['kind'], option: number): void {
    this.actions.push({ kind, option: idOf(this.contest.ids, option) });
  }

  private logStage(now: Distribution<Amount>): void {
    const { arithmetic } = this.rule;
    this.contest.log.stages.push({
      title: `stage ${this.contest.log.stages.length + 1}`,
      quota: arithmetic.show(now.quota),
      votes: this.contest.among.map((option) => [idOf(this.contest.ids, option), arithmetic.show(entryAt(now.votes, option))]),
      keep: this.contest.among.map((option) => [idOf(this.contest.ids, option), arithmetic.show(entryAt(this.keep, option))]),
      idle: [['nontransferable', arithmetic.show(now.idle)]],
      actions: this.actions,
      transfers: [],
    });
    this.actions = [];
  }

  /** Rule B.2: iterates until somebody is elected or the surplus has converged. */
  private iterate(): Distribution<Amount> | 'elected' | 'too-large' {
    const { arithmetic } = this.rule;
    let before: Amount | undefined;
    for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
      const now = this.distribute();
      if (this.electReached(now)) {
        this.logStage(now);
        return 'elected';
      }
      if (arithmetic.compare(now.surplus, this.rule.omega) < 0 || (before !== undefined && arithmetic.compare(now.surplus, before) >= 0)) return now;
      before = now.surplus;
      for (const option of this.elected.flat()) {
        const scaled = arithmetic.multiplyUp(entryAt(this.keep, option), now.quota);
        this.keep[option] = arithmetic.divideUp(scaled, entryAt(now.votes, option));
        if (arithmetic.tooLarge(this.keep[option])) return 'too-large';
      }
    }
    return 'too-large';
  }

  /** Rule B.3: excludes the lowest; whoever is within the total surplus of it is tied with it. */
  private exclude(now: Distribution<Amount>): Exclude<Standing, { kind: 'order' }> | undefined {
    const { arithmetic } = this.rule;
    const lowest = entryAt(this.hopeful.toSorted(this.byVotes(now.votes)), this.hopeful.length - 1);
    const reach = arithmetic.add(entryAt(now.votes, lowest), now.surplus);
    const tied = this.hopeful.filter((option) => arithmetic.compare(entryAt(now.votes, option), reach) <= 0);
    const at = `excluding in stage ${this.contest.log.stages.length + 1}`;
    // Without a vote nothing moves: where all of them go before anybody else it is all one in which order.
    const isMoot =
      tied.every((option) => arithmetic.compare(entryAt(now.votes, option), arithmetic.zero) === 0) &&
      this.electedCount() + this.hopeful.length - tied.length >= this.contest.seats;
    const onTheWay = isMoot ? 'moot' : 'open';
    const result = this.contest.ties.settle({ at, tied, take: tied.length - 1, onTheWay, rounds: this.history.map((votes) => this.byVotes(votes)) });
    const out = result.kind === 'split' ? result.rest[0] : undefined;
    if (out !== undefined) this.act('excluded', out);
    this.logStage(now);
    this.history.push(now.votes);
    if (out !== undefined) {
      this.keep[out] = arithmetic.zero;
      this.hopeful = this.hopeful.filter((option) => option !== out);
    }
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    if (result.kind === 'tied') return { kind: 'tied', certain: this.elected.flat(), tied: result.tied, seats: this.contest.seats - this.electedCount(), at };
    return undefined;
  }

  run(): Standing {
    if (this.rule.papersMax !== 'unlimited' && this.papers.length > this.rule.papersMax)
      return {
        kind: 'failed',
        reason: `there are ${this.papers.length} different rankings and an exact count takes ${this.rule.papersMax} at most: count it by stv-meek`,
      };
    while (this.electedCount() < this.contest.seats && this.electedCount() + this.hopeful.length > this.contest.seats) {
      const now = this.iterate();
      if (now === 'too-large') return { kind: 'failed', reason: `the exact fractions of this count grew beyond ${exactBitsMax} bits: count it by stv-meek` };
      if (now === 'elected') continue;
      const cut = this.exclude(now);
      if (cut !== undefined) return cut;
    }
    const now = this.distribute();
    const seated = this.electedCount() < this.contest.seats;
    for (const group of groupBy(this.hopeful, this.byVotes(now.votes))) {
      for (const option of group) this.act(seated ? 'elected-remaining' : 'defeated-remaining', option);
      if (seated) this.elected.push(group);
    }
    this.logStage(now);
    return { kind: 'order', groups: this.elected };
  }
}

/**
 * Counts STV by Meek's rule.
 * @returns the elected in order of election; `failed` beyond `exactPapersMax` rankings and where exact fractions grow beyond `exactBitsMax`
 * Source: PRF Reference Meek Rule; B. L. Meek 1969; I. D. Hill, B. A. Wichmann, D. R. Woodall, "Algorithm 123"
 */
export function stvMeek(contest: Contest, method: 'stv-meek' | 'stv-meek-exact'): Standing {
  return method === 'stv-meek' ? new MeekCount(contest, reference).run() : new MeekCount(contest, exact).run();
}
