// Answers "why did X not win" from the record of a count, in sentences for people who know the rule by name only. It counts nothing again.
import { type CountRecord, type CountStage, type Method, unreachable } from '../../engine/index.ts';
import { pairReasons, rankedPairsReasons, schulzeReasons, worstDefeatReasons } from './why-not-pairs.ts';

/** What the sentences are made from: whose reasons, who stands in their way, and how ids are shown. */
export interface Asked {
  readonly record: CountRecord;
  readonly option: string;
  /** Who won, or who has a seat for certain or is tied for one. */
  readonly ahead: readonly string[];
  readonly nameOf: (id: string) => string;
}

const pointWords: Partial<Readonly<Record<Method, string>>> = {
  plurality: 'first choices',
  approval: 'marks',
  score: 'points',
  star: 'points',
  borda: 'points',
};

function pointsReasons({ record, option, ahead, nameOf }: Asked): string[] {
  const points = new Map(record.points);
  const own = points.get(option);
  const last = ahead.at(-1);
  const word = pointWords[record.method] ?? 'votes';
  if (own === undefined) return [];
  if (last === undefined) return [`${nameOf(option)} has ${own} ${word}.`];
  const who = `${ahead.length === 1 ? 'who' : 'the last who'} ${record.outcome.kind === 'elected' ? 'won' : 'may win'}`;
  return [`${nameOf(option)} has ${own} ${word}; ${nameOf(last)}, ${who}, has ${points.get(last) ?? '0'}.`];
}

function votesIn(stage: CountStage, id: string): string {
  return stage.votes.find(([own]) => own === id)?.[1] ?? '0';
}

function movesOf({ nameOf }: Asked, stage: CountStage, option: string): string[] {
  const moves = stage.transfers.filter((move) => move.from === option).map((move) => `${move.votes} to ${move.to === undefined ? 'nobody' : nameOf(move.to)}`);
  return moves.length === 0 ? [] : [`What supported ${nameOf(option)} moves on: ${moves.join(', ')}.`];
}

/** The stage that ended the hopes of an option: it was excluded, or remained without a seat. */
function stageReasons(asked: Asked): string[] {
  const { record, option, nameOf } = asked;
  const name = nameOf(option);
  for (const stage of record.stages) {
    const action = stage.actions.find((each) => each.option === option);
    if (action?.kind === 'excluded') {
      // Who was excluded before has nothing, and is no comparison.
      const others = stage.votes.filter(([id, votes]) => id !== option && !/^0(?:\.0+)?$/u.test(votes)).map(([id, votes]) => `${nameOf(id)} ${votes}`);
      const with_ = `with ${votesIn(stage, option)}`;
      return [
        record.method === 'two-round'
          ? `In ${stage.title} ${name} is not among the two with the most support, ${with_}: ${others.join(', ')}.`
          : `In ${stage.title} ${name} is excluded with the least support, ${with_}: ${others.join(', ')}.`,
        ...movesOf(asked, stage, option),
      ];
    }
    if (action?.kind === 'defeated-remaining')
      return [
        `In ${stage.title} all seats are taken, and ${name} remains with ${votesIn(stage, option)}${stage.quota === undefined ? '' : ` of the quota ${stage.quota}`}.`,
      ];
  }
  const last = record.stages.at(-1);
  const elected = last?.actions.find((action) => action.kind === 'elected')?.option;
  if (last === undefined || elected === undefined || !last.votes.some(([id]) => id === option)) return [];
  return [`In ${last.title}, the last, ${name} has ${votesIn(last, option)} and ${nameOf(elected)} has ${votesIn(last, elected)}.`];
}

function starReasons(asked: Asked): string[] {
  const { record, option, nameOf } = asked;
  const name = nameOf(option);
  const points = new Map(record.points);
  return record.stages.flatMap((stage) => {
    const finalists = stage.votes.map(([id]) => id);
    if (!finalists.includes(option)) {
      const who = finalists.map((id) => `${nameOf(id)} with ${points.get(id) ?? '0'}`);
      return [`In ${stage.title} the two with the most points are ${who.join(' and ')}; ${name} has ${points.get(option) ?? '0'}.`];
    }
    const other = finalists.find((id) => id !== option);
    return other === undefined ? [] : [`In ${stage.title} ${votesIn(stage, other)} prefer ${nameOf(other)} and ${votesIn(stage, option)} prefer ${name}.`];
  });
}

function condorcetReasons(asked: Asked): string[] {
  const { record, option, nameOf } = asked;
  if (record.outcome.kind !== 'failed' || record.pairwise === undefined) return pairReasons(asked);
  const { options, matrix } = record.pairwise;
  const own = options.indexOf(option);
  const unbeaten = options.flatMap((other, column) => {
    const [won, lost] = [matrix[own]?.[column] ?? 0n, matrix[column]?.[own] ?? 0n];
    return column === own || won > lost ? [] : [`${nameOf(other)} (${won} to ${lost})`];
  });
  return [`To win, an option has to beat each other one. ${nameOf(option)} does not beat ${unbeaten.join(', ')}.`];
}

function methodReasons(asked: Asked): string[] {
  const { method } = asked.record;
  switch (method) {
    case 'plurality':
    case 'approval':
    case 'score':
    case 'borda':
      return pointsReasons(asked);
    case 'star':
      return starReasons(asked);
    case 'irv':
    case 'two-round':
    case 'stv-scottish':
    case 'stv-wigm':
    case 'stv-cfer':
    case 'stv-exact':
    case 'stv-meek':
    case 'stv-meek-exact':
      return stageReasons(asked);
    case 'schulze':
      return schulzeReasons(asked);
    case 'ranked-pairs':
      return rankedPairsReasons(asked);
    case 'minimax':
      return worstDefeatReasons(asked);
    case 'condorcet':
    case 'condorcet-default':
      return condorcetReasons(asked);
    case 'condorcet-irv':
      return [...stageReasons(asked), ...pairReasons(asked)];
    case 'yes-no':
      return [];
    default:
      return unreachable(method);
  }
}

function motionReasons(record: CountRecord): string[] {
  const { outcome } = record;
  const result =
    outcome.kind === 'passed'
      ? 'It passed.'
      : outcome.kind === 'rejected'
        ? `It did not pass: ${outcome.reason}.`
        : outcome.kind === 'tied'
          ? 'It is tied, and no declared rule decides.'
          : 'It was not counted.';
  const lines = (record.requirements ?? []).map((line) => `${line.requirement}: it has ${line.have}, it needs ${line.need}, ${line.met ? 'met' : 'not met'}.`);
  return [result, ...lines];
}

function tieReasons({ record, option, nameOf }: Asked): string[] {
  return record.ties
    .filter((tie) => tie.tied.includes(option))
    .map((tie) => {
      const others = tie.tied.filter((id) => id !== option).map(nameOf);
      const tied = `A tie with ${others.join(', ')}, ${tie.at},`;
      if (tie.by === 'nobody') return `${tied} was left open, because no declared rule settles it.`;
      if (tie.by === 'fails') return `${tied} made the count fail, as the declared rule says.`;
      if (tie.by === 'no-seat') return `${tied} decided nothing: whoever comes first, the same are elected.`;
      const who = tie.decider === undefined ? '' : ` of ${tie.decider}`;
      return `${tied} was settled by ${tie.by}${who}${tie.favoured.includes(option) ? ' in favour' : ' against'}.`;
    });
}

/** Explains why an option did not win, or that it did. Pure. @returns sentences; at least one */
export function whyNot(record: CountRecord, option: string, nameOf: (id: string) => string): string[] {
  const { outcome } = record;
  if (record.method === 'yes-no') return motionReasons(record);
  const ahead =
    outcome.kind === 'elected' ? outcome.winners : outcome.kind === 'tied' ? [...outcome.certain, ...outcome.tied.filter((id) => id !== option)] : [];
  const rank = outcome.kind === 'elected' ? ahead.indexOf(option) : outcome.kind === 'tied' ? outcome.certain.indexOf(option) : -1;
  if (rank !== -1) return [`${nameOf(option)} won, as number ${rank + 1} of ${record.seats}.`];
  const asked: Asked = { record, option, ahead, nameOf };
  const sentences = outcome.kind === 'failed' ? [`Nobody won: ${outcome.reason}.`] : [];
  const outs = record.exclusions.filter((each) => each.option === option);
  for (const out of outs) sentences.push(`${nameOf(option)} was taken out by the ${out.kind}: ${out.reason}.`);
  // Whoever was taken out is in no later comparison; there is nothing more to say of it.
  if (outs.length === 0) sentences.push(...methodReasons(asked));
  sentences.push(...tieReasons(asked));
  return sentences.length === 0 ? [`${nameOf(option)} stands below the ${record.seats} who won.`] : sentences;
}
