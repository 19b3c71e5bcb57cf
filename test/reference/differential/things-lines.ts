// Rights, accounts and draws by chance.
import type { Dice } from './dice.ts';
import type { Names } from './names.ts';
import { duration, role } from './names.ts';
import { whoOnRecord } from './record-lines.ts';
import { thingsAsked } from './stream.ts';

function holderLine(names: Names): string {
  const { dice } = names;
  const who = whoOnRecord(names, 40) ?? (dice.chance(20) ? ` who joined at least ${duration(dice)} ago` : '');
  return `held by ${dice.of(role(names).many, role(names).many, 'badges')}${who}`;
}

/** How often a right may be used, or for how much; and for how long a door may go on alone. */
function limitLines(wide: Dice, hasAccount: boolean): readonly string[] {
  const per = (): string => `${wide.of('', ' per person', ' per person')}${wide.chance(80) ? ` per ${duration(wide)}` : ''}`;
  return [
    ...(wide.chance(80) ? [`  limit ${1 + wide.below(3)} uses${per()}`] : []),
    ...(wide.chance(25) ? [`  limit ${2 + wide.below(2)} uses${per()}`] : []),
    ...(hasAccount && wide.chance(50) ? [`  limit ${2 + wide.below(6)} EUR${per()}`] : []),
    ...(wide.chance(80) ? [`  offline for at most ${duration(wide)}`] : []),
  ];
}

function rightLines(names: Names, name: string): readonly string[] {
  const { dice } = names;
  const holder = (): string => {
    const line = holderLine(names);
    return names.features.has('certificate') ? line : line.replace('badges', 'members');
  };
  const covers = dice.of('"doors/front"', '"doors/*"', '"**"', '"doors/front", "machines/laser"', '"machines/**"');
  const lines = [`right ${name}`, `  covers ${covers}${dice.chance(25) ? ` except "${dice.from(thingsAsked) ?? ''}"` : ''}`, `  ${holder()}`];
  if (dice.chance(30)) lines.push(`  ${holder()}`);
  if (dice.chance(25)) lines.push(`  denied to ${role(names).many}${dice.chance(50) ? ' "Not you."' : ''}`);
  for (let count = dice.of(0, 1, 1, 2); count > 0; count -= 1) {
    const [from, to] = [dice.below(24), dice.below(24)].map((hour) => `${String(hour).padStart(2, '0')}:${dice.of('00', '30')}`);
    lines.push(`  ${dice.of('daily', 'weekdays', 'weekends', 'sunday', 'monday, thursday')} from ${from} to ${dice.chance(10) ? '24:00' : to}`);
  }
  if (dice.chance(50))
    lines.push(`  locked by ${dice.of('the chair', `any ${role(names).one}`)} released by ${dice.of('the chair', `any ${role(names).one}`)}`);
  const offline = dice.chance(30) ? [`  offline for at most ${duration(dice)}`] : [];
  return [...lines, ...(names.wide === undefined ? offline : limitLines(names.wide, names.features.has('account'))), 'end'];
}

/** Rights and an account, where a charter has them. */
export function thingBlocks(names: Names): readonly string[] {
  const { dice, features } = names;
  const limits = [
    ...(dice.chance(50) ? [`  limit ${50 + dice.below(100)} EUR per ${duration(dice)}`] : []),
    ...(dice.chance(50) ? [`  limit ${20 + dice.below(60)} EUR per ${dice.of('recipient', 'author')}${dice.chance(70) ? ` per ${duration(dice)}` : ''}`] : []),
  ];
  return [
    ...(features.has('account') ? [`account purse in EUR${dice.chance(30) ? ' with 2 decimals' : ''}`, '  kept by the chair', ...limits, 'end'] : []),
    ...(features.has('right') ? ['entry', 'work'].slice(0, 1 + dice.below(2)).flatMap((name) => rightLines(names, name)) : []),
  ];
}

/** The clauses of a process that spends. */
export function spendingLines(names: Names): readonly string[] {
  const { dice, wide } = names;
  const hold = dice.chance(50) ? ['while open hold the amount from purse'] : [];
  const spends = `spends from purse up to ${20 + dice.below(100)} EUR`;
  const each = wide?.of('', ' per recipient', ' per recipient', ' per author') ?? '';
  const limits = wide?.chance(60) === true ? [`limit ${20 + wide.below(60)} EUR${each}${wide.chance(60) ? ` per ${duration(wide)}` : ''}`] : [];
  return [spends, ...hold, ...limits];
}

/** The clauses of a draw. */
export function drawLines(names: Names, target: () => string): readonly string[] {
  const { dice, features, wide } = names;
  const except = dice.chance(30) ? ` except the ${dice.of('author', 'candidate', 'author, the candidate')}` : '';
  const who = whoOnRecord(names, 30) ?? (dice.chance(10) ? ' who do not hold chair' : '');
  const seed = dice.chance(65) ? [`seed committed by ${dice.of(`2 ${role(names).many}`, `any ${role(names).one}`, 'the chair')} within ${duration(dice)}`] : [];
  const [count, many] = [1 + dice.below(3), role(names).many];
  const limits = features.has('attribute') && wide?.chance(60) === true ? [`limit ${wide.of('1', '1', '2', '1/2 of', '1/3 of')} ${many} per employer`] : [];
  return [`picks ${count} ${many}${except}${who}`, ...limits, ...seed, `when drawn go to ${target()}`, `otherwise go to ${target()}`];
}
