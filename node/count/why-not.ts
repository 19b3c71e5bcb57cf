// Answers "why did X not win" from the record of a count, in sentences. It counts nothing again.
import type { CountRecord, Pairwise } from '../../engine/index.ts';

type NameOf = (id: string) => string;

function pairSentences(pairwise: Pairwise, option: string, winners: readonly string[], nameOf: NameOf): string[] {
  const own = pairwise.options.indexOf(option);
  if (own === -1) return [];
  return winners.flatMap((winner) => {
    const other = pairwise.options.indexOf(winner);
    if (other === -1 || other === own) return [];
    const lost = pairwise.matrix[other]?.[own] ?? 0n;
    const won = pairwise.matrix[own]?.[other] ?? 0n;
    const verb = lost > won ? 'loses to' : lost < won ? 'beats' : 'equals';
    const back =
      pairwise.paths === undefined
        ? ''
        : `; the strongest path from ${nameOf(winner)} is ${pairwise.paths[other]?.[own] ?? 0n} and the one back ${pairwise.paths[own]?.[other] ?? 0n}`;
    return [`One against one ${nameOf(option)} ${verb} ${nameOf(winner)}, ${won} to ${lost}${back}.`];
  });
}

function stageSentences(record: CountRecord, option: string, nameOf: NameOf): string[] {
  for (const stage of record.stages) {
    const action = stage.actions.find((each) => each.option === option);
    if (action === undefined || (action.kind !== 'excluded' && action.kind !== 'defeated-remaining')) continue;
    const votes = stage.votes.find(([id]) => id === option)?.[1] ?? '0';
    const lead = action.kind === 'excluded' ? 'is excluded with the least support' : 'remains when all seats are taken';
    const moves = stage.transfers
      .filter((move) => move.from === option)
      .map((move) => `${move.votes} to ${move.to === undefined ? 'nobody' : nameOf(move.to)}`);
    return [
      `In ${stage.title} ${nameOf(option)} ${lead}: ${votes}.`,
      ...(moves.length === 0 ? [] : [`What supported ${nameOf(option)} moves on: ${moves.join(', ')}.`]),
    ];
  }
  return [];
}

/** Explains why an option did not win, or that it did. Pure. @returns sentences; at least one */
export function whyNot(record: CountRecord, option: string, nameOf: NameOf): string[] {
  const { outcome } = record;
  if (outcome.kind === 'failed') return [`Nobody won: ${outcome.reason}.`];
  const winners = outcome.kind === 'elected' ? outcome.winners : outcome.certain;
  const rank = winners.indexOf(option);
  if (rank !== -1) return [`${nameOf(option)} won, as number ${rank + 1} of ${record.seats}.`];
  const sentences: string[] = [];
  for (const exclusion of record.exclusions.filter((each) => each.option === option))
    sentences.push(`${nameOf(option)} was taken out by the ${exclusion.kind}: ${exclusion.reason}.`);
  const points = new Map(record.points);
  const own = points.get(option);
  const last = winners.at(-1);
  if (own !== undefined && last !== undefined && record.pairwise === undefined)
    sentences.push(`${nameOf(option)} has ${own}; the last who won, ${nameOf(last)}, has ${points.get(last) ?? '0'}.`);
  sentences.push(...stageSentences(record, option, nameOf));
  if (record.pairwise !== undefined) sentences.push(...pairSentences(record.pairwise, option, winners, nameOf));
  for (const tie of record.ties.filter((each) => each.tied.includes(option))) {
    sentences.push(
      tie.by === 'nobody'
        ? `A tie ${tie.at} was left open, because no declared rule settles it.`
        : `A tie ${tie.at} was settled by ${tie.by}${tie.favoured.includes(option) ? ' in favour' : ' against'}.`,
    );
  }
  return sentences.length === 0 ? [`${nameOf(option)} stands below the ${record.seats} who won.`] : sentences;
}
