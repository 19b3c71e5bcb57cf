// Declarations of what is on record about people, by chance: attributes, actions, collaborators, measures, certificates, points, delegations.
import type { Dice } from './dice.ts';
import type { Named, Names } from './names.ts';
import { duration, role } from './names.ts';

/** What a charter of chance has beside roles and processes; each is drawn by itself, so that few stand in one text. */
export type Feature =
  | 'attribute'
  | 'action'
  | 'collaborator'
  | 'measure'
  | 'certificate'
  | 'points'
  | 'delegation'
  | 'ordered'
  | 'sealed'
  | 'extends'
  | 'windows'
  | 'account'
  | 'right'
  | 'draw'
  | 'limit'
  | 'rule'
  | 'merge'
  | 'appeal'
  | 'loss'
  | 'duty'
  | 'seats';

const features: readonly Feature[] = [
  'attribute',
  'action',
  'collaborator',
  'measure',
  'certificate',
  'points',
  'delegation',
  'ordered',
  'sealed',
  'extends',
  'windows',
  'account',
  'right',
  'draw',
  'limit',
  'rule',
  'merge',
  'appeal',
  'loss',
  'duty',
];

/** The features of one charter; a collaborator is there for a measure now and then. */
export function featuresBy(dice: Dice): ReadonlySet<Feature> {
  const drawn = new Set(features.filter(() => dice.chance(16)));
  if (drawn.has('measure') && dice.chance(50)) drawn.add('collaborator');
  if (drawn.has('measure') && dice.chance(30)) drawn.add('action');
  if (drawn.has('limit')) drawn.add('attribute');
  if (drawn.has('duty')) drawn.add('action');
  // What a lot or a commitment says in a case depends on its id, and the reference does not work out that of a case that the rules start (decision 0209).
  if (drawn.has('loss')) drawn.add('rule');
  if (drawn.has('loss') && dice.chance(50)) drawn.add('collaborator');
  return drawn;
}

function officer(names: Names): string {
  const { dice } = names;
  const any = role(names);
  return dice.of('the chair', `any ${any.one}`, `any other ${any.one}`, `2 ${any.many}`, `2 other ${any.many}`, `any ${any.one}`);
}

/** The values an attribute may have; one is the same for several people. */
export const attributeValues: readonly string[] = ['Acme', 'Bolt', 'Acme'];

function measureLines(names: Names, reported: boolean): readonly string[] {
  const { dice } = names;
  const counts = reported ? 'hours' : dice.of('ballots', 'attendances', 'accepted-cases', ...(names.features.has('action') ? ['publish'] : []));
  const over = !reported && dice.chance(40) ? ` over the last ${duration(dice)}` : '';
  const lines = [`measure work counts ${counts} by each ${dice.of('person', 'member', role(names).one)}${over}${reported ? ' reported by clock' : ''}`];
  if (dice.chance(50)) lines.push(`  at least ${dice.below(2)}`);
  if (dice.chance(50)) lines.push(`  at most ${2 + dice.below(3)}`);
  return [...lines, 'end'];
}

function pointsLines(names: Names): readonly string[] {
  const { dice, processes } = names;
  const path = (): string => {
    const process = dice.from(processes) ?? 'motion';
    return dice.of(`${process}.${process}-first`, `${process}.${process}-done`, `${process}.accepted`, ...(names.features.has('action') ? ['publish'] : []));
  };
  const earner = (): string => dice.of('the author', 'the candidate', `any ${role(names).one}`);
  const lines = [`points merit`, `  earned ${1 + dice.below(4)} by ${earner()} for ${path()}`];
  if (dice.chance(30)) lines.push(`  earned ${1 + dice.below(2)} by ${earner()} for ${path()}`);
  if (dice.chance(60)) lines.push(`  decay ${dice.of('10%', '1/2', '1/3')} every ${duration(dice)} rounded down`);
  lines.push(`  level novice from ${dice.below(2)}`, `  level master from ${2 + dice.below(3)}`);
  if (dice.chance(40)) lines.push(`  limit ${1 + dice.below(5)} merit per ${dice.of('author', 'person')}${dice.chance(60) ? ` per ${duration(dice)}` : ''}`);
  return [...lines, 'end'];
}

function delegationLines(names: Names, voters: Named): readonly string[] {
  const { dice, processes, wide } = names;
  const lines = [`delegation proxy by ${voters.many}`];
  if (dice.chance(40)) lines.push(`  for ${dice.from(processes) ?? 'motion'}`);
  if (dice.chance(60)) lines.push(`  depth ${1 + dice.below(3)}`);
  if (dice.chance(60)) lines.push('  override by voting');
  if (dice.chance(50)) lines.push(`  revocable until the ${dice.of('opening', 'close')}`);
  if (dice.chance(30)) lines.push(`  lasts ${duration(dice)}`);
  return [...lines, ...(wide === undefined ? [] : limitsOfDelegates(wide, voters)), 'end'];
}

/** How much may be given to one delegate. */
function limitsOfDelegates(wide: Dice, voters: Named): readonly string[] {
  const limit = (): string => {
    const counted = wide.of(voters.many, 'weight', 'weight');
    return `  limit ${wide.of('1', '2', '3', `1/2 of`, `1/3 of`, `2/5 of`)} ${counted} per delegate`;
  };
  return [...(wide.chance(70) ? [limit()] : []), ...(wide.chance(20) ? [limit()] : [])];
}

/** Who does what an action names; in wide charters several together, too (decision 0055). */
function actionLine(names: Names): string {
  const { dice, wide } = names;
  const by = dice.of('the chair', `any ${role(names).one}`, `any other ${role(names).one}`);
  const several = wide?.chance(40) === true ? `${wide.of('2', '3', 'more than 1/3 of')} ${role({ ...names, dice: wide }, true).many}` : by;
  return `action publish by ${several}`;
}

/** The declarations of the features that a charter has. */
export function recordBlocks(names: Names): readonly string[] {
  const { dice, features: drawn } = names;
  const has = (feature: Feature): boolean => drawn.has(feature);
  const certificate = [
    'certificate badge plural badges',
    `  issued by ${officer(names)}`,
    ...(dice.chance(50) ? [`  issued to ${role(names).many}${dice.chance(40) ? ' who do not hold chair' : ''}`] : []),
    ...(dice.chance(60) ? [`  lasts ${duration(dice)}`] : []),
    ...(dice.chance(60) ? [`  revoked by ${officer(names)}`] : []),
    'end',
  ];
  return [
    ...(has('attribute') ? [`attribute employer certified by ${officer(names)}`] : []),
    ...(has('action') ? [actionLine(names)] : []),
    ...(has('collaborator')
      ? [`collaborator clock kept by ${dice.of('the chair', `any ${role(names).one}`)}`, '  reports "hours", "arrears", "no arrears"', 'end']
      : []),
    ...(has('measure') ? measureLines(names, has('collaborator') && dice.chance(60)) : []),
    ...(has('certificate') ? certificate : []),
    ...(has('points') ? pointsLines(names) : []),
    ...(has('delegation') ? delegationLines(names, role(names, true)) : []),
    ...(has('delegation') && names.wide?.chance(30) === true
      ? delegationLines({ ...names, dice: names.wide }, role({ ...names, dice: names.wide }, true)).map((line) =>
          line.replace('delegation proxy', 'delegation deputy'),
        )
      : []),
  ];
}

/** A duty, by the calendar or after a stage, and what follows where nobody does it. */
export function dutyBlock(names: Names): readonly string[] {
  const { dice, processes, features: drawn } = names;
  if (!drawn.has('duty')) return [];
  const process = dice.from(processes) ?? 'motion';
  const isOfCase = dice.chance(50);
  const when = isOfCase
    ? `within ${duration(dice)} of ${process}.${dice.of(`${process}-first`, `${process}-first`, `${process}-done`, 'accepted')}`
    : `every ${dice.of('2 days', '5 days', '1 week', '1 month')} from 2027-0${1 + dice.below(2)}-${dice.of('01', '02', '05')}`;
  const follows = [
    `remove ${role(names, true).one} from the ${isOfCase ? dice.of('author', 'chair') : 'chair'}`,
    ...(drawn.has('points') ? [`award ${1 + dice.below(3)} merit to the chair`] : []),
    ...(drawn.has('rule') ? ['start watch', 'start watch'] : []),
    ...(isOfCase ? ['refuse the merge', 'refuse the merge'] : []),
  ];
  return [
    'duty answer',
    `  owed by ${dice.of('the chair', `any ${role(names).one}`)}`,
    `  ${when}`,
    `  done when ${dice.of('the chair', `any ${role(names).one}`, `2 ${role(names).many}`)} publishes`,
    `  otherwise ${dice.from(follows) ?? 'remove chair from the chair'}`,
    'end',
  ];
}

/** Facts that the records of a charter can be asked for, each as it stands after `who`. */
export function factsOnRecord({ dice, features: drawn }: Names): readonly string[] {
  return [
    ...(drawn.has('certificate') ? ['hold badge', 'do not hold badge'] : []),
    ...(drawn.has('points') ? ['hold master', 'do not hold novice', `have at least ${1 + dice.below(3)} merit`] : []),
    ...(drawn.has('measure') ? [`have ${dice.of('at least', 'fewer than')} ${1 + dice.below(3)} work`] : []),
  ];
}

/** `who` and a fact on record, now and then, where there is one. */
export function whoOnRecord(names: Names, percent: number): string | undefined {
  const facts = factsOnRecord(names);
  return facts.length > 0 && names.dice.chance(percent) ? ` who ${names.dice.from(facts) ?? ''}` : undefined;
}
