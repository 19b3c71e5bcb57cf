// What only wider charters have, drawn from dice of their own: a vote over options, or over candidates beside a default, with what is dropped against it.
import { counting, nominationLines } from './election-lines.ts';
import type { Names } from './names.ts';
import { duration, fraction, role } from './names.ts';
import { recusalLine } from './vote-lines.ts';

/** The words that options may be called by, in texts and in streams. */
export const optionWords: readonly string[] = ['red', 'green', 'blue'];

const methods = ['plurality', 'approval', 'score', 'irv', 'schulze', 'condorcet-schulze', 'ranked-pairs', 'borda', 'condorcet'];

function optionLines(names: Names, target: string): readonly string[] {
  const { dice } = names;
  const any = role(names);
  const struck = dice.chance(40) ? ` struck after ${duration(dice)}` : '';
  const who = dice.chance(15) ? ' who do not hold chair' : '';
  const support = dice.chance(60) ? ` supported by ${dice.of(`1 ${any.many}`, `1 other ${any.many}`, `2 ${any.many}`, `any ${any.one}`)}${who}${struck}` : '';
  return [
    `options by ${dice.of(`any ${role(names).one}`, 'any person', 'the author')}${support}`,
    ...(dice.chance(20) ? ['when the author withdraws go to refused'] : []),
    `after ${duration(dice)} go to ${target}`,
  ];
}

function rankingLine(names: Names, method: string, fallback: string | undefined): string {
  const { dice } = names;
  if (method === 'score') return `counted by score from ${dice.below(2)} to ${2 + dice.below(4)} with unscored ${dice.of('lowest', 'refused')}`;
  if (method !== 'condorcet-schulze') return `counted by ${method}${counting(names, method)}`;
  const strength = fallback === undefined ? dice.of('winning votes', 'margins') : 'winning votes';
  return `counted by condorcet-schulze with ${strength}, unranked ${dice.of('last', 'last', 'not compared')}, equal ranks ${dice.of('allowed', 'refused')}`;
}

/** What an option needs against the default. */
function againstLines(names: Names, voters: string): readonly string[] {
  const { dice, features } = names;
  const compare = (): string => dice.of('at least', 'more than');
  const over = `quorum ${compare()} ${dice.of(`${1 + dice.below(2)} ${voters}`, `${fraction(dice)} of electorate`, '1/2 of the square root of members')} over default`;
  return [
    ...(dice.chance(45) ? [over] : []),
    ...(dice.chance(60) ? [`beats default by ${compare()} ${1 + dice.below(3)} to ${1 + dice.below(2)}`] : []),
    ...(features.has('merge') && dice.chance(40) ? [`beats default by ${compare()} ${2 + dice.below(2)} to 1 in ${dice.of('work', 'rules')}`] : []),
  ];
}

function testLines(names: Names, choices: readonly string[]): readonly string[] {
  const { dice } = names;
  const compare = (): string => dice.of('at least', 'more than');
  const choice = dice.from(choices) ?? 'none';
  const test = (): string =>
    dice.of(
      `${compare()} ${fraction(dice)} of votes cast are the winner`,
      `${compare()} ${fraction(dice)} of votes and abstentions are the winner`,
      `turnout ${compare()} ${1 + dice.below(3)} ${role(names).many}`,
      `${compare()} 1 ${role(names, true).many} say ${choice}`,
      `${compare()} ${fraction(dice)} of votes cast are ${choice}`,
    );
  return [...(dice.chance(15) ? [`passes as blocked when ${test()}`] : []), ...(dice.chance(30) ? [`passes when ${test()}`] : [])];
}

/** The lines of a vote over options, candidates or a list. */
export function choiceLines(names: Names, over: 'options' | 'candidates' | 'list', target: () => string): readonly string[] {
  const { dice, features } = names;
  const voters = role(names);
  const fallback = dice.chance(over === 'list' ? 50 : 75) ? 'none' : undefined;
  const listed = over === 'list' ? [...optionWords, ...(dice.chance(50) ? ['none'] : []), ...(dice.chance(50) ? ['abstain'] : [])] : [];
  const method = dice.from(methods) ?? 'approval';
  const seat = role(names, true);
  const one = method === 'irv' || method === 'condorcet';
  const seats = dice.chance(12) && seat.one !== 'member' ? 'the vacant' : String(one ? 1 : 1 + dice.below(3));
  const limits = dice.chance(60) ? [`limit ${dice.of('1', '1', '2', '1/2 of', '1/3 of')} ${dice.of('winners', seat.many)} per employer`] : [];
  const elects = over === 'candidates' ? [`elects ${one ? '1' : seats} ${seat.many}`, ...limits] : [];
  const tests = testLines(names, [...listed, ...(fallback === undefined ? [] : [fallback])]);
  return [
    `voters ${voters.many}${features.has('measure') && dice.chance(50) ? ' weighted by work' : ''}${dice.chance(20) ? ' except the author' : ''}`,
    over === 'list' ? `choices ${listed.join(', ')}` : `choices the ${over}`,
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
    rankingLine(names, method, fallback),
    ...elects,
    ...(dice.chance(15) ? [`marks at most ${1 + dice.below(2)}`] : []),
    ...(dice.chance(30) ? [dice.of('ballots final', 'ballots may change')] : []),
    `open for ${duration(dice)}`,
    ...(dice.chance(25) ? [`quorum at least ${dice.of(`2 ${voters.many}`, `${fraction(dice)} of electorate`)} voting`] : []),
    ...(fallback === undefined ? [] : againstLines(names, voters.many)),
    ...tests,
    ...(elects.length === 0 && dice.chance(20)
      ? [`beats others by ${dice.of('at least', 'more than')} ${dice.of('1/2', '1/3')} of ${voters.counted ? voters.many : 'members'}`]
      : []),
    `tie ${method === 'ranked-pairs' ? 'fails' : one ? (fallback === undefined ? 'fails' : 'lot') : dice.of('fails', 'lot')}`,
    ...(dice.chance(30) ? [`when uncontested go to ${target()}`] : []),
    ...(dice.chance(30) ? [`when empty go to ${target()}`] : []),
    ...(tests.some((line) => line.includes('blocked')) ? [`when blocked go to ${target()}`] : []),
    `when ${elects.length === 0 ? 'won' : 'elected'} go to ${target()}`,
    `otherwise go to ${target()}`,
  ];
}

/** The lines of a vote that a method counts with what other votes have: a close that moves, ballots that are opened later, recusals, a second call. */
export function withMore(own: Names, lines: readonly string[]): readonly string[] {
  const { dice, features, roles } = own;
  const place = lines.findIndex((line) => line.startsWith('open for'));
  const sealed = features.has('sealed') ? dice.chance(50) : dice.chance(10);
  const beside = [
    ...(sealed && !lines.some((line) => line.startsWith('ballots')) ? [`ballots sealed until the close revealed within ${duration(dice)}`] : []),
    ...(dice.chance(20)
      ? [
          `extends by ${duration(dice)} when ${dice.of(`swung in the last ${duration(dice)}`, 'failed', `quorate in the last ${duration(dice)}`)} at most 1 times`,
        ]
      : []),
    ...(dice.chance(15) ? [`holds for ${duration(dice)}`] : []),
    ...(dice.chance(25) ? [recusalLine(own)] : []),
    ...(dice.chance(20)
      ? [
          `second call after ${duration(dice)} without quorum`,
          ...(lines.some((line) => line.startsWith('quorum')) ? [] : [`quorum at least 2 ${roles[0]?.many ?? 'members'} voting`]),
        ]
      : []),
  ];
  return [...lines.slice(0, place + 1), ...beside, ...lines.slice(place + 1)];
}

/** A process that begins by the calendar and fills what is vacant by then. What a lot says in it depends on its id (decision 0209), which the reference does not work out. */
export function seatsBlock(wide: Names): readonly string[] {
  const { dice } = wide;
  const seat = dice.from(wide.roles.filter(({ one, counted }) => counted && one !== 'member')) ?? role(wide, true);
  const voters = role(wide);
  const method = dice.of('plurality', 'approval', 'schulze', 'ranked-pairs', 'borda');
  const every = dice.of('3 days', '5 days', '6 days', '2 months');
  const ends = dice.chance(60) ? ['when uncontested go to seats-done'] : [];
  const grants = dice.chance(70)
    ? [`grant ${seat.one} to the winners${dice.chance(10) ? ` for ${duration(dice)}` : ''}`]
    : [`grant ${seat.one} to the first 1 winners`, `grant ${dice.chance(60) ? seat.one : role(wide, true).one} to the other winners`];
  return [
    'process seats',
    `  starts every ${every} from 2027-0${dice.of('1-30', '2-01', '2-02')}`,
    ...(dice.chance(50) ? [`  started by any ${role(wide).one}`] : []),
    '  step seats-first',
    ...(dice.chance(30)
      ? nominationLines(wide, () => 'seats-second').map((line) => `    ${line}`)
      : [`    nominations of ${dice.of('members', seat.many)}`, `    after ${dice.of('1 day', '5 hours', '2 days')} go to seats-second`]),
    '  end',
    '  vote seats-second',
    `    voters ${voters.many}`,
    '    choices the candidates',
    `    counted by ${method}${counting(wide, method)}`,
    `    elects ${dice.chance(85) ? 'the vacant' : '2'} ${seat.many}`,
    `    open for ${dice.of('1 hour', '5 hours', '1 day', duration(dice))}`,
    '    tie fails',
    ...ends.map((line) => `    ${line}`),
    '    when elected go to seats-done',
    '    otherwise go to refused',
    '  end',
    '  outcome seats-done',
    ...grants.map((line) => `    ${line}`),
    '  end',
    'end',
  ];
}

/** A meeting, and then a vote of those who came. */
export function assemblyBlock(wide: Names): readonly string[] {
  const { dice } = wide;
  const voters = role(wide, true);
  const end = (): string => dice.of('assembly-done', 'refused');
  const compare = (): string => dice.of('at least', 'more than');
  const tests = [
    `${compare()} ${fraction(dice)} of those present are yes`,
    ...(dice.chance(30) ? [`${compare()} ${fraction(dice)} of votes cast are yes`] : []),
  ];
  return [
    'process assembly',
    `  started by any ${role(wide).one}`,
    '  meeting assembly-first',
    ...(dice.chance(40) ? [`    notice ${duration(dice)}`] : []),
    `    attended by ${dice.chance(70) ? voters.many : role(wide).many}`,
    `    open for ${duration(dice)}`,
    `    quorum at least ${dice.of('1', '2')} ${voters.many} present`,
    ...(dice.chance(30) ? [`    second call after ${duration(dice)} without quorum`] : []),
    '    when quorate go to assembly-second',
    `    otherwise go to ${dice.of('assembly-second', 'refused')}`,
    '  end',
    '  vote assembly-second',
    `    voters ${voters.many}${dice.chance(60) ? ' present' : ''}${dice.chance(20) ? ' except the author' : ''}`,
    `    open for ${duration(dice)}`,
    ...(dice.chance(40) ? [`    quorum at least ${dice.of(`1 ${voters.many}`, `${fraction(dice)} of ${voters.many}`)} ${dice.of('voting', 'present')}`] : []),
    `    passes when ${tests.join(' and ')}`,
    ...(dice.chance(20) ? ['    closes early when decided'] : []),
    `    when passed go to ${end()}`,
    '    otherwise go to refused',
    '  end',
    '  outcome assembly-done',
    `    grant ${role(wide, true).one} to the ${dice.of('candidate', 'author', 'starters')}`,
    '  end',
    'end',
  ];
}

/** A process of its own, beside those that other lines name. */
export function choosingBlock(wide: Names, head: readonly string[]): readonly string[] {
  const { dice } = wide;
  const over = dice.of('options', 'options', 'candidates', 'list');
  const end = (): string => dice.of('choose-done', 'choose-done', 'choose-over', 'refused');
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);
  const lists = over === 'options' ? optionLines(wide, 'choose-second') : nominationLines(wide, () => 'choose-second');
  // Without such a step the ballot has those the case is about, or its own content.
  const first = over === 'list' || dice.chance(12) ? [] : ['  step choose-first', ...indented(lists), '  end'];
  return [
    ...(wide.features.has('attribute') ? [] : ['attribute employer certified by any person']),
    'process choose',
    ...head.map((line) => `  ${line}`),
    ...first,
    '  vote choose-second',
    ...indented(withMore(wide, choiceLines(wide, over, end))),
    '  end',
    '  outcome choose-done',
    ...(over === 'candidates' ? [`    grant ${role(wide, true).one} to the winners`] : ['    accept the merge']),
    '  end',
    '  outcome choose-over refuses',
    'end',
  ];
}
