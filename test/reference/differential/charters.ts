// Bylaws by chance: texts in the language, small and full of boundaries, for the real parser and compiler. What they mean is not this file's.
import type { Dice } from './dice.ts';
import { electionLines, nominationLines } from './election-lines.ts';
import { appealBlock, areaBlocks, governingLines, inFlightLines, mergeEffect } from './merge-lines.ts';
import type { Named, Names } from './names.ts';
import { duration, fraction, role } from './names.ts';
import type { Feature } from './record-lines.ts';
import { dutyBlock, featuresBy, recordBlocks, whoOnRecord } from './record-lines.ts';
import { stepLines } from './step-lines.ts';
import { drawLines, spendingLines, thingBlocks } from './things-lines.ts';
import { recusalLine, voteLines } from './vote-lines.ts';
import { assemblyBlock, choosingBlock, seatsBlock, withMore } from './wide-lines.ts';
import {
  amendBlock,
  buyBlock,
  concurBlock,
  featuresTogether,
  juryBlock,
  lapsingBlocks,
  overlappingBlocks,
  renewBlock,
  withSecondThings,
} from './wider-lines.ts';

/** The people with keys in every generated organization. */
export const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay'];

const roleNames: readonly Named[] = [
  { one: 'member', many: 'members', counted: true },
  { one: 'councillor', many: 'councillors', counted: true },
  { one: 'auditor', many: 'auditors', counted: true },
  { one: 'chair', many: 'chairs', counted: true },
  { one: 'guest', many: 'guests', counted: false },
];

function block(head: string, lines: readonly string[]): readonly string[] {
  return [head, ...lines.map((line) => `  ${line}`), 'end'];
}

function roleBlock(names: Names, { one, many, counted }: Named): readonly string[] {
  const { dice, processes, roles, features } = names;
  const lines: string[] = [];
  const body = one === 'councillor' || one === 'auditor';
  lines.push(
    one === 'chair'
      ? 'held by 1 person'
      : body
        ? `held by ${1 + dice.below(3)} to ${3 + dice.below(3)} people${isOrdered(names, one) ? ' in order' : ''}`
        : 'held by anyone',
  );
  if (counted)
    lines.push(
      `first held by ${dice
        .some(people, one === 'chair' ? dice.of(1, 1, 1, 0) : body ? dice.below(4) + 1 : 2 + dice.below(5))
        .map((name) => `"${name}"`)
        .join(', ')}`,
    );
  const fact = body ? whoOnRecord(names, 60) : undefined;
  if (fact !== undefined) lines.push(`open to ${dice.of('members', 'person')}${fact}`);
  else if (body && dice.chance(15)) lines.push(`open to members${dice.chance(40) ? ` who joined at least ${duration(dice)} ago` : ''}`);
  const staggered = dice.chance(30) ? ' in 2 staggered groups' : '';
  const term = counted && dice.chance(20);
  if (term) lines.push(`term ${dice.of('2 days', '4 hours', '2 months', '2 years', '6 days')}${staggered}`);
  if (term) lines.push(...termLimit(names));
  const seated = !term && counted && features.has('seats') && names.wide?.chance(70) === true;
  if (seated) lines.push(...seatTerm(names));
  if (counted) lines.push(`gained through ${dice.from(processes)}`);
  if (counted) lines.push(`lost through resignation${term || (seated && names.wide?.chance(75) === true) ? ' or expiry' : ''}${losses(names)}`);
  if (counted && features.has('loss') && dice.chance(60)) lines.push(`vacancy filled through watch within ${duration(dice)}`);
  if (one === 'auditor' && dice.chance(15)) lines.push('lost with member');
  else if (names.wide?.chance(8) === true) lines.push(...lostWith(names, one));
  if (body && dice.chance(20)) lines.push(`while short only ${dice.some(processes, 1 + dice.below(2)).join(', ')}`);
  if (features.has('limit') && counted && one !== 'chair' && dice.chance(60)) lines.push(capLine(names, many));
  const others = roles.filter((other) => other.one !== one && other.counted).map((other) => other.one);
  if (one === 'chair' && others.length > 0 && dice.chance(50)) lines.push(`succeeded by ${dice.some(others, 1 + dice.below(2)).join(', ')}`);
  if (body && names.wide?.chance(25) === true) lines.push(`succeeded by ${names.wide.some(others, 1 + names.wide.below(3)).join(', ')}`);
  const vacant = body && names.wide?.chance(15) === true;
  return block(
    `role ${one} plural ${many}`,
    lines.filter((line) => !line.endsWith('first held by ') && !(vacant && line.startsWith('first held by '))),
  );
}

/** A role that ends with another one, which may end with a third. */
function lostWith({ roles }: Names, one: string): readonly string[] {
  const whole = { chair: 'councillor', councillor: 'auditor', auditor: 'member' }[one];
  return roles.some((other) => other.one === whole) ? [`lost with ${whole ?? ''}`] : [];
}

/** How many terms one person may serve. */
function termLimit({ wide, processes }: Names): readonly string[] {
  if (wide?.chance(70) !== true) return [];
  const waiver = wide.chance(30) ? ` unless waived through ${wide.from(processes)}` : '';
  return [`limit ${1 + wide.below(2)} terms${wide.of('', ' per person')}${wide.of('', ' in a row')}${waiver}`];
}

/** The terms of a role whose seats are filled by the calendar. */
function seatTerm(names: Names): readonly string[] {
  const dice = names.wide ?? names.dice;
  return [`term ${dice.of('4 days', '5 days', '8 days', '2 months')}${dice.of('', ' in 2 staggered groups')}`, ...(dice.chance(20) ? termLimit(names) : [])];
}

/** Ways in which a role ends by itself. */
function losses({ dice, features }: Names): string {
  if (!features.has('loss')) return '';
  const ways = [
    `${duration(dice)} without activity`,
    `${1 + dice.below(2)} missed votes in a row`,
    ...(features.has('collaborator') ? [`arrears of ${duration(dice)}`] : []),
  ];
  return dice
    .some(ways, dice.below(3))
    .map((way) => ` or ${way}`)
    .join('');
}

/** A cap of a role, and what follows when something else than a grant breaks it. */
function capLine({ dice, wide, processes }: Names, many: string): string {
  const waiver = wide?.chance(50) === true ? ` unless waived through ${wide.from(processes)}` : '';
  const turn = wide?.chance(30) === true ? `at the next ${wide.from(processes)} ` : '';
  const leaving = (): string => `${dice.of('', `after ${duration(dice)} `)}${turn}${dice.of('the newest leaves', 'the oldest leaves', 'all of them leave')}`;
  const remedy = dice.of('', ` otherwise ${leaving()}`);
  return `limit ${dice.of(`1 ${many}`, `2 ${many}`, `1/2 of ${many}`, `1/3 of ${many}`)} per employer${remedy}${waiver}`;
}

/** A process that the rules start. What a lot says in it depends on its id (decision 0209), which the reference does not work out. */
function watchBlock(names: Names): readonly string[] {
  const { dice, processes } = names;
  const process = dice.from(processes) ?? 'motion';
  const seat = role(names, true);
  const lines = [
    dice.of(
      `starts when the chair is vacant`,
      `starts when any ${seat.one} is vacant`,
      `starts when fewer than ${1 + dice.below(3)} people hold ${seat.one}`,
      `starts every ${dice.of('2 days', '5 days', '1 month')} from 2027-0${1 + dice.below(2)}-0${1 + dice.below(9)}`,
      `starts after ${process}${dice.of('', `.${process}-first`, `.${process}-done`, `.${process}-over`)}`,
    ),
    ...(dice.chance(30) ? [`about ${seat.one}`] : []),
  ];
  const { wide } = names;
  if (wide?.chance(40) === true) return echoBlocks(names, lines);
  const step = block(
    'step watch-first',
    stepLines(names, () => dice.of('accepted', 'refused')),
  );
  return block('process watch', [...lines, ...step]);
}

/** Two processes that start each other. */
function echoBlocks(names: Names, starts: readonly string[]): readonly string[] {
  const dice = names.wide ?? names.dice;
  const own: Names = { ...names, dice };
  const body = (name: string, other: string): readonly string[] => [
    ...block(
      `step ${name}-first`,
      stepLines(own, () => dice.of('accepted', 'refused', `${name}-done`, `${name}-done`)),
    ),
    ...block(`outcome ${name}-done`, [...(dice.chance(40) ? effects(own) : []), `start ${other}`]),
  ];
  const about = dice.chance(30) ? [`about ${role(own).one}`] : [];
  return [
    ...block('process watch', [...starts, ...body('watch', 'echo')]),
    ...block('process echo', [...(dice.chance(50) ? [`started by any ${role(own).one}`] : []), ...about, ...body('echo', 'watch')]),
  ];
}

/** The role that `the first` and `the next` walk. */
function isOrdered({ features }: Names, one: string): boolean {
  return features.has('ordered') && one === 'councillor';
}

/** How the stages of one process are chained: who comes after whom. */
interface Plan {
  readonly stages: readonly string[];
  readonly ends: readonly string[];
}

/** Where a stage may lead: mostly onwards, sometimes back, often to an end. */
function targetFrom(dice: Dice, { stages, ends }: Plan, index: number): string {
  const onwards = stages.slice(index + 1);
  if (onwards.length > 0 && dice.chance(60)) return dice.from(onwards) ?? 'refused';
  if (index > 0 && dice.chance(6)) return stages[index - 1] ?? 'refused';
  return dice.from(ends) ?? 'refused';
}

function effects(names: Names): readonly string[] {
  const { dice } = names;
  const what = names.features.has('certificate') && dice.chance(40) ? 'badge' : role(names, true).one;
  const whom = dice.of('candidate', 'candidate', 'subject', 'author');
  if (names.features.has('points') && dice.chance(40)) return [`award ${1 + dice.below(4)} merit to the ${whom}`];
  return dice.chance(60) ? [`grant ${what} to the ${whom}${dice.chance(15) ? ` for ${duration(dice)}` : ''}`] : [`remove ${what} from the ${whom}`];
}

/** In wider charters an outcome does two or three things now and then. */
function moreEffects({ wide, ...names }: Names): readonly string[] {
  if (wide?.chance(25) !== true) return [];
  const own = { ...names, dice: wide, wide };
  const proposed = wide.of('grant', 'grant', 'remove');
  const third = wide.chance(25)
    ? [`${proposed} the proposed role ${proposed === 'grant' ? 'to' : 'from'} the ${wide.of('candidate', 'candidate', 'subject', 'author')}`]
    : wide.chance(40)
      ? effects(own)
      : [];
  return [...effects(own), ...third];
}

function stageBlock(names: Names, name: string, { target, panel }: { readonly target: () => string; readonly panel: string | undefined }): readonly string[] {
  const { dice } = names;
  if (names.features.has('draw') && dice.chance(35)) return block(`draw ${name}`, drawLines(names, target));
  const kind = dice.below(11);
  if (kind === 10) return block(`meeting ${name}`, meetingLines(names, target));
  if (kind < 5) return block(`step ${name}`, stepLines(names, target));
  if (kind < 9) return block(`vote ${name}`, voteLines(names, target, panel));
  const votes = [0, 1, ...(names.wide?.chance(35) === true ? [2] : [])].map((index) => block(`vote ${name}-${index}`, voteLines(names, undefined, panel)));
  return block(`joint ${name}`, [...votes.flat(), `when ${dice.of('all', 'any')} pass go to ${target()}`, `otherwise go to ${target()}`]);
}

function meetingLines(names: Names, target: () => string): readonly string[] {
  const { dice } = names;
  const lines: string[] = [];
  if (dice.chance(80)) lines.push(`called by ${dice.of('the chair', `any ${role(names).one}`, `any ${role(names).one}`)} within ${duration(dice)}`);
  if (dice.chance(60)) lines.push(`notice ${duration(dice)}`);
  lines.push(
    `attended by ${role(names).many}${dice.chance(30) ? ` certified by ${dice.of('the chair', `any ${role(names).one}`)}` : ''}`,
    `open for ${duration(dice)}`,
  );
  const many = role(names, true).many;
  const quorum = (): string => `quorum at least ${dice.of(`${fraction(dice)} of ${many}`, `2 ${many}`, `all but 1 of ${many}`)} present`;
  if (dice.chance(20)) lines.push(`second call after ${duration(dice)} ${dice.of('without quorum', quorum())}`);
  if (dice.chance(80)) lines.push(quorum());
  return [...lines, `when quorate go to ${target()}`, `otherwise go to ${target()}`];
}

function startLine(names: Names): string {
  const { dice } = names;
  const one = role(names);
  const who = whoOnRecord(names, 20) ?? (dice.chance(10) ? ` who joined at least ${duration(dice)} ago` : dice.chance(8) ? ' who do not hold chair' : '');
  return `started by ${dice.of(`any ${one.one}`, `any ${one.one}`, 'any person', `2 ${one.many}`)}${who}${windows(names)}`;
}

/** S122: windows by the stages and ends of the processes there are. */
function windows({ dice, processes, features }: Names): string {
  if (!features.has('windows')) return '';
  const path = (): string => {
    const process = dice.from(processes) ?? 'motion';
    return `${process}${dice.of('', `.${process}-first`, `.${process}-done`, `.${process}-over`, '.refused')}`;
  };
  const one = (): string =>
    dice.of(
      ` within ${duration(dice)} of ${path()}`,
      ` not within ${duration(dice)} of ${path()}`,
      ` not within ${duration(dice)} of ${path()}`,
      ` not from ${path()} until ${path()}`,
    );
  return dice.chance(50) ? `${one()}${dice.chance(25) ? one() : ''}` : '';
}

/** A case that holds back those of another process (S120). */
function holding({ dice, processes }: Names, own: string): readonly string[] {
  const other = dice.from(processes.filter((one) => one !== own));
  return other === undefined ? [] : [`while open hold ${other}`];
}

/** Starters of whom so many are asked as a roster says. */
function startedByPart(names: Names): string {
  const { dice } = names;
  const { many } = role(names, true);
  return dice.of(`at least ${fraction(dice)} of ${many}`, `all ${many}`, `all but 1 of ${many}`, `more than 1 ${many}`, `at least the square root of ${many}`);
}

function electionBlock(names: Names, name: string): readonly string[] {
  const { dice, wide } = names;
  const end = (): string => dice.of(`${name}-done`, `${name}-done`, `${name}-over`, 'refused');
  const body = [
    ...block(
      `step ${name}-first`,
      nominationLines(names, () => `${name}-second`),
    ),
    ...block(`vote ${name}-second`, wide === undefined ? electionLines(names, end) : withMore({ ...names, dice: wide }, electionLines(names, end))),
    ...block(`outcome ${name}-done`, [`grant ${role(names, true).one} to the winners`, ...moreEffects(names)]),
    `outcome ${name}-over refuses`,
  ];
  return block(`process ${name}`, [startLine(names), ...body]);
}

function processBlock(names: Names, name: string): readonly string[] {
  const { dice } = names;
  if (dice.chance(22)) return electionBlock(names, name);
  const stages = ['first', 'second', 'third'].slice(0, 1 + dice.below(3)).map((stage) => `${name}-${stage}`);
  const plan: Plan = { stages, ends: [`${name}-done`, `${name}-over`, 'accepted', 'refused'] };
  const lines = [startLine(names)];
  if (dice.chance(names.features.has('windows') ? 60 : 15)) lines.push(startLine(names));
  if (dice.chance(15)) lines.push(`about ${role(names).one}`);
  if (names.features.has('limit') && dice.chance(50))
    lines.push(`limit ${1 + dice.below(2)} cases${dice.of('', ' per author', ' per author')}${dice.chance(60) ? ` per ${duration(dice)}` : ''}`);
  if (names.features.has('limit') && dice.chance(30)) lines.push('limit 1 starters per employer');
  const governs = names.features.has('merge') && dice.chance(70);
  if (names.features.has('merge')) lines.unshift(...(governs ? governingLines(names, plan.stages) : []), ...inFlightLines(names));
  if (names.wide?.chance(8) === true) lines.push(...holding({ ...names, dice: names.wide }, name));
  if (names.wide?.chance(10) === true) lines.push(`started by ${startedByPart({ ...names, dice: names.wide })}`);
  const spends = names.features.has('account') && dice.chance(60);
  if (spends) lines.push(...spendingLines(names));
  if (names.features.has('attribute') && dice.chance(25)) lines.push(recusalLine(names));
  if (dice.chance(names.features.has('right') ? 35 : 10))
    lines.push(
      `while open suspend ${names.features.has('right') && dice.chance(40) ? 'entry' : role(names, true).one} of the ${dice.of('subject', 'candidate')}`,
    );
  let panel: string | undefined;
  const blocks = stages.map((stage, index) => {
    const lines = stageBlock({ ...names, before: stages.slice(0, index), panel }, stage, { target: () => targetFrom(dice, plan, index), panel });
    if (lines[0]?.startsWith('draw ') === true) panel = stage;
    return lines;
  });
  const body = [
    ...blocks.flat(),
    ...block(`outcome ${name}-done`, [
      ...(governs && dice.chance(60) ? [mergeEffect(names)] : []),
      ...(spends ? ['pay the amount from purse'] : []),
      ...(governs && dice.chance(40) ? [] : effects(names)),
      ...moreEffects(names),
      ...(governs || !names.features.has('rule') || dice.chance(70) ? [] : ['start watch']),
    ]),
    `outcome ${name}-over refuses`,
  ];
  return block(`process ${name}`, [...lines, ...body]);
}

/** A vote over options, candidates or a list with a method, in two of three wider charters. */
function choosing(names: Names): readonly string[] {
  const { wide } = names;
  if (wide?.chance(66) !== true) return [];
  const own: Names = { ...names, dice: wide };
  const governs = names.features.has('merge') ? governingLines(own, ['choose-second']) : [];
  return choosingBlock(own, [...governs, startLine(own)]);
}

/** One text of bylaws, wider with dice for that. Parser and compiler may still refuse it, for instance where the draw left out a role that a line names. */
export function charterText(dice: Dice, wide?: Dice): string {
  const processes = ['motion', 'change', 'repair'].slice(0, 1 + dice.below(3));
  const roles = roleNames.filter((one) => one.one === 'member' || one.one === 'chair' || dice.chance(60));
  const drawn = featuresBy(dice);
  const more: readonly Feature[] = [
    ...(wide?.chance(25) === true ? ['right' as const] : []),
    ...(wide?.chance(15) === true ? ['delegation' as const, 'measure' as const] : []),
    ...(wide?.chance(25) === true ? ['seats' as const, ...(wide.chance(30) ? ['appeal' as const] : [])] : []),
    ...(wide === undefined ? [] : featuresTogether(wide)),
  ];
  const names: Names = { dice, roles, processes, features: new Set([...drawn, ...more]), wide };
  const organization = [
    'organization "O"',
    ...(names.features.has('right') && dice.chance(50) ? ['  local time "-06:00", "-05:00"'] : []),
    ...(dice.chance(12) ? [`  day ends "${dice.of('UTC-12', 'UTC+0', 'UTC+14', 'UTC+5')}"`] : []),
    ...(names.features.has('right') && wide?.chance(50) === true ? [`  stale after ${duration(wide)}`] : []),
    'end',
  ];
  const lines = [
    'gdo 1',
    ...organization,
    ...recordBlocks(names),
    ...thingBlocks(names),
    ...areaBlocks(names),
    ...overlappingBlocks(names),
    ...roles.flatMap((one) => roleBlock(names, one)),
    ...processes.flatMap((name) => processBlock(names, name)),
    ...(names.features.has('rule') ? watchBlock(names) : []),
    ...(names.features.has('appeal') ? appealBlock(names) : []),
    ...dutyBlock(names),
    ...choosing(names),
    ...(names.features.has('seats') && wide !== undefined ? seatsBlock({ ...names, dice: wide }) : []),
    ...(wide?.chance(15) === true ? assemblyBlock({ ...names, dice: wide }) : []),
    ...(names.features.has('merge') ? amendBlock(names) : []),
    ...concurBlock(names),
    ...juryBlock(names),
    ...(names.features.has('account') ? buyBlock(names) : []),
    ...renewBlock(names),
  ];
  if (wide === undefined) return `${lines.join('\n')}\n`;
  const doubled = withSecondThings(wide, lines);
  return `${[...doubled, ...lapsingBlocks(wide, doubled)].join('\n')}\n`;
}
