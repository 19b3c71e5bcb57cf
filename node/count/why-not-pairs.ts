// Why an option did not win by a method that compares pairs: who beats it, by which path, which locked victories stand above it.
import type { CountRecord, DefeatRecord, Pairwise } from '../../engine/index.ts';
import type { Asked } from './why-not.ts';

/** Sentences about more rivals than this say nothing more. */
const rivalsMax = 5;

interface Pair {
  readonly won: bigint;
  readonly lost: bigint;
  readonly own: number;
  readonly other: number;
}

function pairOf(pairwise: Pairwise, option: string, rival: string): Pair | undefined {
  const [own, other] = [pairwise.options.indexOf(option), pairwise.options.indexOf(rival)];
  if (own === -1 || other === -1 || own === other) return undefined;
  return { own, other, won: pairwise.matrix[own]?.[other] ?? 0n, lost: pairwise.matrix[other]?.[own] ?? 0n };
}

function compared({ nameOf, option }: Asked, rival: string, { won, lost }: Pair): string {
  const verb = lost > won ? 'loses to' : lost < won ? 'beats' : 'equals';
  return `One against one ${nameOf(option)} ${verb} ${nameOf(rival)}, ${won} to ${lost}`;
}

function perRival(asked: Asked, say: (rival: string, pair: Pair) => string[]): string[] {
  const { pairwise } = asked.record;
  if (pairwise === undefined) return [];
  return asked.ahead.slice(0, rivalsMax).flatMap((rival) => {
    const pair = pairOf(pairwise, asked.option, rival);
    return pair === undefined ? [] : say(rival, pair);
  });
}

/** The victories between the option and those ahead, and defeats that were dropped among all. */
export function pairReasons(asked: Asked): string[] {
  const dropped = asked.record.defeats.filter((defeat) => defeat.result === 'dropped').map((defeat) => victory(asked, defeat));
  const pairs = perRival(asked, (rival, pair) => [`${compared(asked, rival, pair)}.`]);
  return dropped.length === 0 ? pairs : [...pairs, `In the circle that was left the weakest victories were dropped: ${dropped.join(', ')}.`];
}

/** The strongest paths there and back. */
export function schulzeReasons(asked: Asked): string[] {
  const { nameOf, record, option } = asked;
  return perRival(asked, (rival, pair) => {
    const paths = record.pairwise?.paths;
    const [to, back] = [paths?.[pair.other]?.[pair.own] ?? 0n, paths?.[pair.own]?.[pair.other] ?? 0n];
    const word = to > back ? 'stronger than' : to < back ? 'weaker than' : 'as strong as';
    return [`${compared(asked, rival, pair)}; the strongest path from ${nameOf(rival)} to ${nameOf(option)} is ${to}, ${word} the one back, ${back}.`];
  });
}

function victory({ nameOf }: Asked, defeat: DefeatRecord): string {
  return `${nameOf(defeat.winner)} over ${nameOf(defeat.loser)} (${defeat.forWinner} to ${defeat.forLoser})`;
}

/** A chain of locked victories from one option to another, shortest first; empty where there is none. */
function chain(defeats: readonly DefeatRecord[], from: string, to: string): readonly DefeatRecord[] {
  const reached = new Map<string, readonly DefeatRecord[]>([[from, []]]);
  for (const [name, path] of reached) {
    if (name === to) return path;
    for (const defeat of defeats) if (defeat.winner === name && !reached.has(defeat.loser)) reached.set(defeat.loser, [...path, defeat]);
  }
  return [];
}

/** Locked victories above the option, and its own that were skipped. */
export function rankedPairsReasons(asked: Asked): string[] {
  const { record, option, nameOf } = asked;
  const locked = record.defeats.filter((defeat) => defeat.result === 'locked');
  return perRival(asked, (rival, pair) => {
    const path = chain(locked, rival, option);
    const skipped = record.defeats.find((defeat) => defeat.result === 'skipped' && defeat.winner === option && defeat.loser === rival);
    if (path.length === 0) return [`${compared(asked, rival, pair)}; no locked victories place one above the other.`];
    const above = `${nameOf(rival)} stands above ${nameOf(option)} by locked victories: ${path.map((defeat) => victory(asked, defeat)).join(', then ')}.`;
    return skipped === undefined ? [above] : [above, `${victory(asked, skipped)} was skipped, because stronger victories already say the opposite.`];
  });
}

function worstOf(record: CountRecord, option: string): { readonly by: string; readonly against: bigint; readonly for: bigint } | undefined {
  const { pairwise } = record;
  const worst = BigInt(new Map(record.points).get(option) ?? '0');
  if (pairwise === undefined || worst === 0n) return undefined;
  for (const rival of pairwise.options) {
    const pair = pairOf(pairwise, option, rival);
    // The strength is votes or a lead; the defeat that has it is the worst.
    if (pair !== undefined && pair.lost > pair.won && (pair.lost === worst || pair.lost - pair.won === worst))
      return { by: rival, against: pair.lost, for: pair.won };
  }
  return undefined;
}

/** The worst defeat of the option and of those ahead. */
export function worstDefeatReasons(asked: Asked): string[] {
  const { record, nameOf } = asked;
  return [asked.option, ...asked.ahead.slice(0, rivalsMax)].map((id) => {
    const worst = worstOf(record, id);
    return worst === undefined
      ? `Nobody beats ${nameOf(id)}.`
      : `The worst defeat of ${nameOf(id)} is by ${nameOf(worst.by)}, ${worst.against} to ${worst.for}.`;
  });
}
