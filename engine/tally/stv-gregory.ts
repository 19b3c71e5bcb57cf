// STV by weighted inclusive Gregory transfers: Scottish, the PRF reference rule, CfER and exact fractions differ only in the rows of `gregoryRules`.
// Meek's rule is stv-meek.ts.
import { unreachable, entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import type { CountStage, StageAction, Transfer } from './record.ts';
import type { Arithmetic } from './stv-arithmetic.ts';
import { exactArithmetic, exactBitsMax, fixedArithmetic } from './stv-arithmetic.ts';
import { type Paper, papersOf } from './stv-papers.ts';
import type { TieRule } from './rules.ts';

/**
 * What tells one Gregory rule from another. `quota`: one more than the whole part of V/(s+1), V/(s+1) cut off plus the smallest step, or the exact
 * fraction, which must be exceeded. `statute`: tie rules of the rule itself. `endsBeforeLastTransfer`: once the options left equal the seats,
 * the votes of the last excluded are not moved. `movesLastSurplus`: the count looks whether it is complete only after a transfer, as the reference
 * program for the PRF rule does; it changes final votes, never winners. `surplusesTogether`: every surplus moves in the same stage (CfER 10059 (g)),
 * otherwise the largest alone. `portion`: whether the product is cut off before it is divided.
 */
interface GregoryRule<Amount> {
  readonly arithmetic: Arithmetic<Amount>;
  readonly quota: 'whole' | 'step' | 'exceed';
  readonly statute: readonly TieRule[];
  readonly endsBeforeLastTransfer: boolean;
  readonly movesLastSurplus: boolean;
  readonly surplusesTogether: boolean;
  readonly portion: 'portionDown' | 'portionDownTwice';
}

const scottish: GregoryRule<bigint> = {
  arithmetic: fixedArithmetic(5),
  quota: 'whole',
  statute: [{ kind: 'prior-rounds' }],
  endsBeforeLastTransfer: false,
  movesLastSurplus: false,
  surplusesTogether: false,
  portion: 'portionDown',
};
const wigm: GregoryRule<bigint> = {
  arithmetic: fixedArithmetic(4),
  quota: 'step',
  statute: [],
  endsBeforeLastTransfer: false,
  movesLastSurplus: true,
  surplusesTogether: false,
  portion: 'portionDownTwice',
};
// The draft's text would give a whole threshold; the program that published counts with it has five decimals: docs/decisions/0045.
const cfer: GregoryRule<bigint> = {
  arithmetic: fixedArithmetic(5),
  quota: 'step',
  statute: [],
  endsBeforeLastTransfer: true,
  movesLastSurplus: false,
  surplusesTogether: true,
  portion: 'portionDown',
};
const exact: GregoryRule<typeof exactArithmetic.zero> = {
  arithmetic: exactArithmetic,
  quota: 'exceed',
  statute: [],
  endsBeforeLastTransfer: false,
  movesLastSurplus: false,
  surplusesTogether: false,
  portion: 'portionDown',
};

/** Why an exact count ends without a result; `stv-wigm` is the nearest rule whose numbers do not grow. */
const tooLong = `the exact fractions of this count grew beyond ${exactBitsMax} bits: count it by stv-wigm`;

interface Pile<Amount> {
  readonly paper: Paper;
  readonly value: Amount;
}

interface State<Amount> {
  readonly piles: Pile<Amount>[][];
  readonly votes: Amount[];
  idle: Amount;
  hopeful: number[];
  /** In order of election; who was elected in one stage with equal votes is one group. */
  readonly elected: number[][];
  /** Elected, surplus not yet moved. */
  pending: number[];
  readonly history: (readonly Amount[])[];
}

type Cut = Exclude<Standing, { kind: 'order' }>;

class GregoryCount<Amount> {
  private readonly contest: Contest;
  private readonly rule: GregoryRule<Amount>;
  private readonly state: State<Amount>;
  private readonly quota: Amount;
  private actions: StageAction[] = [];

  constructor(contest: Contest, rule: GregoryRule<Amount>) {
    this.contest = contest;
    this.rule = rule;
    const { arithmetic } = rule;
    const state: State<Amount> = {
      piles: contest.ids.map(() => []),
      votes: contest.ids.map(() => arithmetic.zero),
      idle: arithmetic.zero,
      hopeful: [...contest.among],
      elected: [],
      pending: [],
      history: [],
    };
    this.state = state;
    let total = 0n;
    for (const paper of papersOf(contest.table, contest.among)) {
      total += paper.weight;
      this.give({ paper, value: arithmetic.one });
    }
    const divisor = BigInt(contest.seats + 1);
    this.quota =
      rule.quota === 'whole'
        ? arithmetic.ofWeight(total / divisor + 1n)
        : arithmetic.add(arithmetic.shareDown(arithmetic.ofWeight(total), divisor), arithmetic.step);
  }

  /** Puts a paper with its next hopeful choice. @returns that option, or -1 */
  private give(pile: Pile<Amount>): number {
    const { arithmetic } = this.rule;
    const next = pile.paper.choices.find((option) => this.state.hopeful.includes(option)) ?? -1;
    const votes = arithmetic.times(pile.value, pile.paper.weight);
    if (next === -1) this.state.idle = arithmetic.add(this.state.idle, votes);
    else {
      this.state.piles[next]?.push(pile);
      this.state.votes[next] = arithmetic.add(this.votesOf(next), votes);
    }
    return next;
  }

  private votesOf(option: number): Amount {
    return entryAt(this.state.votes, option);
  }

  private byVotes(votes: readonly Amount[]): (a: number, b: number) => number {
    const { compare } = this.rule.arithmetic;
    return (a, b) => compare(entryAt(votes, b), entryAt(votes, a));
  }

  private settle(
    at: string,
    tied: readonly number[],
    take: number,
    onTheWay: 'open' | 'moot',
  ): { readonly favoured: readonly number[]; readonly rest: readonly number[] } | Cut {
    const rounds = this.state.history.map((votes) => this.byVotes(votes));
    const result = this.contest.ties.settle({ at, tied, take, onTheWay, rounds, statute: this.rule.statute });
    if (result.kind === 'split') return { favoured: result.favoured, rest: result.rest };
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    return { kind: 'tied', certain: this.state.elected.flat(), tied: result.tied, seats: this.contest.seats - this.electedCount(), at };
  }

  private act(kind: StageAction['kind'], option: number): void {
    this.actions.push({ kind, option: idOf(this.contest.ids, option) });
  }

  private electReached(): void {
    const { compare } = this.rule.arithmetic;
    const reached = this.state.hopeful.filter((option) => {
      const order = compare(this.votesOf(option), this.quota);
      return this.rule.quota === 'exceed' ? order > 0 : order >= 0;
    });
    for (const group of groupBy(reached, this.byVotes(this.state.votes))) {
      for (const option of group) this.act('elected', option);
      this.state.elected.push(group);
      this.state.pending.push(...group);
    }
    this.state.hopeful = this.state.hopeful.filter((option) => !reached.includes(option));
  }

  /** Moves all papers of an option to their next choices, each at the value `revalue` gives it. */
  private move(from: number, revalue: (value: Amount) => Amount): Transfer[] {
    const { arithmetic } = this.rule;
    const piles = entryAt(this.state.piles, from).splice(0);
    const moved = new Map<number, Amount>();
    for (const pile of piles) {
      const value = revalue(pile.value);
      const to = this.give({ paper: pile.paper, value });
      moved.set(to, arithmetic.add(moved.get(to) ?? arithmetic.zero, arithmetic.times(value, pile.paper.weight)));
    }
    const id = idOf(this.contest.ids, from);
    return [...moved]
      .sort(([a], [b]) => (a === -1 ? 1 : b === -1 ? -1 : a - b))
      .map(([to, votes]) => ({ from: id, votes: arithmetic.show(votes), ...(to === -1 ? {} : { to: idOf(this.contest.ids, to) }) }));
  }

  private largestSurpluses(): readonly number[] {
    return entryAt(groupBy(this.state.pending, this.byVotes(this.state.votes)), 0);
  }

  private transferSurplus(): Transfer[] | Cut {
    // Nobody elected gets a paper, so the order of these transfers changes nothing.
    if (this.rule.surplusesTogether) return [...this.state.pending].flatMap((from) => this.moveSurplus(from));
    if (this.state.pending.some((option) => this.rule.arithmetic.tooLarge(this.votesOf(option)))) return { kind: 'failed', reason: tooLong };
    const chosen = this.settle(`choosing the largest surplus in stage ${this.contest.log.stages.length + 1}`, this.largestSurpluses(), 1, 'open');
    return 'kind' in chosen ? chosen : this.moveSurplus(entryAt(chosen.favoured, 0));
  }

  private moveSurplus(from: number): Transfer[] {
    const { arithmetic } = this.rule;
    this.state.pending = this.state.pending.filter((option) => option !== from);
    const votes = this.votesOf(from);
    const surplus = arithmetic.subtract(votes, this.quota);
    const transfers = this.move(from, (value) => arithmetic[this.rule.portion](value, surplus, votes));
    this.state.votes[from] = this.quota;
    return transfers;
  }

  private exclude(): Transfer[] | Cut {
    const { arithmetic } = this.rule;
    const groups = groupBy(this.state.hopeful, this.byVotes(this.state.votes));
    const lowest = entryAt(groups, groups.length - 1);
    // Without a vote nothing moves: where all of them go before anybody else it is all one in which order.
    const isMoot = arithmetic.compare(this.votesOf(entryAt(lowest, 0)), arithmetic.zero) === 0 && this.canSpare(lowest.length);
    const chosen = this.settle(`excluding in stage ${this.contest.log.stages.length + 1}`, lowest, lowest.length - 1, isMoot ? 'moot' : 'open');
    if ('kind' in chosen) return chosen;
    const out = entryAt(chosen.rest, 0);
    this.act('excluded', out);
    this.state.hopeful = this.state.hopeful.filter((option) => option !== out);
    if (this.rule.endsBeforeLastTransfer && this.complete()) return [];
    const transfers = this.move(out, (value) => value);
    this.state.votes[out] = arithmetic.zero;
    return transfers;
  }

  private stageStart(): Omit<CountStage, 'actions' | 'transfers'> {
    const { arithmetic } = this.rule;
    return {
      title: `stage ${this.contest.log.stages.length + 1}`,
      quota: arithmetic.show(this.quota),
      votes: this.contest.among.map((option) => [idOf(this.contest.ids, option), arithmetic.show(this.votesOf(option))]),
      idle: [['nontransferable', arithmetic.show(this.state.idle)]],
    };
  }

  private electedCount(): number {
    return this.state.elected.reduce((sum, group) => sum + group.length, 0);
  }

  /** Whether all seats can still be filled when so many more have gone. */
  private canSpare(count: number): boolean {
    return this.electedCount() + this.state.hopeful.length - count >= this.contest.seats;
  }

  private complete(): boolean {
    return this.electedCount() >= this.contest.seats || this.electedCount() + this.state.hopeful.length <= this.contest.seats;
  }

  private finish(): Standing {
    const start = this.stageStart();
    // Either every seat is taken or all who remain take the open ones: nobody is cut off here.
    const seated = this.electedCount() < this.contest.seats;
    for (const group of groupBy(this.state.hopeful, this.byVotes(this.state.votes))) {
      for (const option of group) this.act(seated ? 'elected-remaining' : 'defeated-remaining', option);
      if (seated) this.state.elected.push(group);
    }
    this.contest.log.stages.push({ ...start, actions: this.actions, transfers: [] });
    return { kind: 'order', groups: this.state.elected };
  }

  run(): Standing {
    this.state.history.push([...this.state.votes]);
    for (;;) {
      if (this.complete()) return this.finish();
      const start = this.stageStart();
      this.electReached();
      // Who has exactly the quota has no surplus to move.
      this.state.pending = this.state.pending.filter((option) => this.rule.arithmetic.compare(this.votesOf(option), this.quota) > 0);
      const filled = this.electedCount() >= this.contest.seats;
      // With every seat taken no lot is drawn about which surplus a report shows first: B.1 has ended the count.
      if (filled && (!this.rule.movesLastSurplus || this.largestSurpluses().length !== 1)) return this.finish();
      const transfers = this.state.pending.length > 0 ? this.transferSurplus() : this.exclude();
      this.contest.log.stages.push({ ...start, actions: this.actions, transfers: 'kind' in transfers ? [] : transfers });
      this.actions = [];
      if ('kind' in transfers) return transfers;
      this.state.history.push([...this.state.votes]);
    }
  }
}

/**
 * Counts STV by weighted inclusive Gregory transfers.
 * @returns the elected in order of election; `failed` where exact fractions grow beyond `exactBitsMax`
 * Source: Scottish Local Government Elections Order 2007 rules 45-52; PRF Reference WIGM Rule; CfER; language.md S43
 */
export function stvGregory(contest: Contest, method: 'stv-scottish' | 'stv-wigm' | 'stv-cfer' | 'stv-exact'): Standing {
  switch (method) {
    case 'stv-scottish':
      return new GregoryCount(contest, scottish).run();
    case 'stv-wigm':
      return new GregoryCount(contest, wigm).run();
    case 'stv-cfer':
      return new GregoryCount(contest, cfer).run();
    case 'stv-exact':
      return new GregoryCount(contest, exact).run();
    default:
      return unreachable(method);
  }
}
