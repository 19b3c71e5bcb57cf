// An election by chance: nominations with and without support, every method the engine counts by, and its parameters.
import type { Names } from './names.ts';
import { duration, fraction, role } from './names.ts';

/** The lines of the step in which candidates are nominated. */
export function nominationLines(names: Names, target: () => string): readonly string[] {
  const { dice } = names;
  const any = role(names);
  const support = dice.chance(50) ? ` supported by ${dice.of(`1 ${any.many}`, `1 other ${any.many}`, `2 ${any.many}`, `any ${any.one}`)}` : '';
  const who = dice.chance(12) ? dice.of(' who do not hold chair', ` who joined at least ${duration(dice)} ago`) : '';
  const limit =
    support !== '' && names.features.has('limit') && dice.chance(60) ? [`limit 1 supporters per employer${dice.of('', ' including the candidate')}`] : [];
  return [`nominations of ${dice.of(role(names).many, 'members')}${who}${support}`, ...limit, `after ${duration(dice)} go to ${target()}`];
}

/** What a method is told about its ballots. */
export function counting({ dice }: Names, method: string): string {
  const strict = dice.of('equal ranks refused', 'equal ranks allowed');
  const pairs = `unranked ${dice.of('last', 'not compared')}, ${strict}`;
  switch (method) {
    case 'approval':
      return '';
    case 'plurality':
      return ` with equal ranks ${dice.of('refused', 'split')}`;
    case 'irv':
      return ` with unranked ${dice.of('exhausted', 'last')}, equal ranks ${dice.of('refused', 'wait', 'split')}`;
    case 'stv-scottish':
    case 'stv-exact':
      return ' with unranked exhausted, equal ranks refused';
    case 'schulze':
    case 'ranked-pairs':
      return ` with ${dice.of('winning votes', 'margins')}, ${pairs}`;
    default:
      return ` with ${pairs}`;
  }
}

/** The lines of the vote that elects. */
export function electionLines(names: Names, target: () => string): readonly string[] {
  const { dice } = names;
  const voters = role(names);
  const method = dice.of('plurality', 'approval', 'irv', 'stv-scottish', 'stv-exact', 'schulze', 'ranked-pairs', 'borda', 'condorcet');
  const one = method === 'irv' || method === 'condorcet';
  const seat = role(names, true);
  const quorum = dice.chance(40) ? [`quorum at least ${dice.of(`2 ${voters.many}`, `${fraction(dice)} of electorate`)} voting`] : [];
  const ends = dice.chance(30) ? [`when uncontested go to ${target()}`] : [];
  const empty = dice.chance(30) ? [`when empty go to ${target()}`] : [];
  // What a seed has drawn stays the same: in rounds, where there was a lot alone, wider charters with a quorum let a tie fail.
  const rounds = one || method.startsWith('stv');
  const inRounds = names.wide !== undefined && quorum.length > 0 ? 'fails' : 'lot';
  const marks = dice.chance(20) ? [`marks at most ${1 + dice.below(2)}`] : [];
  return [
    `voters ${voters.many}${names.features.has('measure') && dice.chance(40) ? ' weighted by work' : ''}${dice.chance(20) ? ' except the author' : ''}`,
    'choices the candidates',
    `counted by ${method}${counting(names, method)}`,
    `elects ${one ? 1 : 1 + dice.below(2)} ${seat.many}`,
    ...marks,
    ...(dice.chance(30) ? [dice.of('ballots final', 'ballots may change')] : []),
    `open for ${duration(dice)}`,
    ...quorum,
    `tie ${method === 'ranked-pairs' ? 'fails' : rounds ? inRounds : dice.of('fails', 'lot')}`,
    ...ends,
    ...empty,
    `when elected go to ${target()}`,
    `otherwise go to ${target()}`,
  ];
}
