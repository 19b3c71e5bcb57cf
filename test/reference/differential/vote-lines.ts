// Lines of a vote by chance: every form of roster, quorum and test for votes over a list of choices.
import type { Named, Names } from './names.ts';
import { duration, fraction, role } from './names.ts';
import { whoOnRecord } from './record-lines.ts';

function lower({ dice }: Names): string {
  return dice.of('at least', 'at least', 'more than');
}

function comparison(names: Names): string {
  return names.dice.of('at least', 'more than', 'at most', 'fewer than', 'exactly', 'at least', 'more than');
}

function bound(names: Names, { many, counted }: Named): string {
  const { dice } = names;
  const number = String(1 + dice.below(4));
  if (!counted) return `${number} ${many}`;
  const other = dice.chance(15) ? 'other ' : '';
  return dice.of(
    `${number} ${many}`,
    `${fraction(dice)} of ${other}${many}`,
    `${fraction(dice)} of electorate`,
    `the ${dice.of('larger', 'smaller')} of ${number} ${many} and ${fraction(dice)} of ${many}`,
    `${dice.of('', '1/2 of ', '3/2 of ', '2 of ')}the square root of ${many}`,
    `all but ${1 + dice.below(2)} of ${many}`,
  );
}

function test(names: Names, voters: Named, choices: readonly string[]): string {
  const { dice } = names;
  const choice = dice.from(choices.filter((one) => one !== 'abstain')) ?? 'yes';
  const many = voters.counted ? voters.many : role(names, true).many;
  const number = 1 + dice.below(3);
  return dice.of(
    `${lower(names)} ${fraction(dice)} of votes cast are ${choice}`,
    `${comparison(names)} ${fraction(dice)} of votes cast are ${choice}`,
    `${lower(names)} ${fraction(dice)} of votes and abstentions are ${choice}`,
    `${lower(names)} ${fraction(dice)} of all ${many} are ${choice}`,
    `${lower(names)} ${fraction(dice)} of all seats are ${choice}`,
    `${comparison(names)} ${number} ${dice.of(many, role(names, true).many, 'electorate')} say ${choice}`,
    `no ${dice.of(many, role(names, true).many)} say ${choice}`,
    `all ${many} say ${choice}`,
    `turnout ${lower(names)} ${bound(names, bodyOf(names, voters))}`,
    `${lower(names)} ${fraction(dice)} of weight cast are ${choice}`,
    `the lead of yes over no is ${comparison(names)} ${dice.below(3)}`,
  );
}

/** What moves the end of a vote. */
function movingLines({ dice }: Names): readonly string[] {
  const times = dice.chance(80) ? ` at most ${1 + dice.below(2)} times` : '';
  const extension = (): string =>
    `extends by ${duration(dice)} when ${dice.of(`swung in the last ${duration(dice)}`, `quorate in the last ${duration(dice)}`, dice.of('failed', 'passed', 'inquorate'))}`;
  const holds = dice.chance(40) ? [`holds for ${duration(dice)}`] : [];
  const lines = dice.chance(75) || holds.length === 0 ? [`${extension()}${times === '' ? ' at most 3 times' : times}`] : [];
  if (dice.chance(15)) lines.push(`${extension()} at most 1 times`);
  return [...lines, ...holds];
}

/** Who is recused, and how they count. */
export function recusalLine(names: Names): string {
  const { dice, features, panel, wide } = names;
  const office = dice.of('the chair', `any ${role(names).one}`, `2 ${role(names).many}`);
  const by = panel !== undefined && wide?.chance(30) === true ? wide.of(`any ${panel}`, `2 ${panel}`) : office;
  const what = features.has('attribute') && dice.chance(70) ? ' for employer' : '';
  return `recusal${what} decided by ${by} ${dice.of('leaves the roster', 'counts as absent', 'counts as abstain')}`;
}

function bodyOf(names: Names, any: Named): Named {
  const weighted = names.features.has('measure') && names.dice.chance(25);
  return weighted ? { one: 'weight', many: 'weight', counted: true } : any;
}

function quorum(names: Names, voters: Named, choices: readonly string[]): string {
  const { dice } = names;
  const saying = dice.chance(15) ? `saying ${dice.some(choices, 1 + dice.below(2)).join(' or ')}` : 'voting';
  return `quorum ${dice.chance(6) ? comparison(names) : lower(names)} ${bound(names, bodyOf(names, voters))} ${saying}`;
}

/** The clauses of one vote; without a target those of a vote in a joint. */
export function voteLines(names: Names, target: (() => string) | undefined, panel?: string): readonly string[] {
  const { dice, features, wide } = names;
  const drawn = panel !== undefined && dice.chance(60) ? { one: panel, many: panel, counted: true } : undefined;
  const voters = drawn ?? role(names);
  const weighted = features.has('measure') && dice.chance(60);
  const sealed = features.has('sealed') && dice.chance(60);
  const moved = features.has('extends') && dice.chance(70);
  const second = dice.chance(12) ? `, ${role(names).many}` : '';
  const except = dice.chance(25) ? ` except the ${dice.of('author', 'subject', 'candidate', 'author, the candidate', 'chair')}` : '';
  const who =
    whoOnRecord(names, 30) ?? (dice.chance(12) ? dice.of(` who joined at least ${duration(dice)} ago`, ' who do not hold chair', ' who hold member') : '');
  const start = dice.chance(12) ? ' as of the start' : '';
  const lines = [`voters ${voters.many}${second === `, ${voters.many}` ? '' : second}${weighted ? ' weighted by work' : ''}${start}${except}${who}`];
  const choices = dice.chance(12) ? ['yes', 'no', 'veto', 'abstain'] : ['yes', 'no', 'abstain'];
  if (choices.includes('veto') || dice.chance(10)) lines.push(`choices ${choices.join(', ')}`);
  if (dice.chance(10)) lines.push(`vacancies count as ${dice.of('no', 'yes', 'abstain')}`);
  const early = !sealed && !moved && dice.chance(35);
  if (sealed) lines.push(`ballots sealed until the close revealed within ${duration(dice)}`);
  else if (!early && dice.chance(40)) lines.push(dice.of('ballots final', 'ballots may change'));
  if (dice.chance(10)) lines.push(`reasons for ${dice.from(choices) ?? 'no'}`);
  lines.push(`open for ${duration(dice)}`);
  if (!sealed && !moved && dice.chance(6)) lines.push(`grace ${duration(dice)} with ${1 + dice.below(2)} receipts`);
  if (moved) lines.push(...movingLines(names));
  if ((features.has('attribute') && dice.chance(50)) || dice.chance(6)) lines.push(recusalLine(names));
  if (target !== undefined && dice.chance(15))
    lines.push(`second call after ${duration(dice)} ${dice.chance(50) ? 'without quorum' : quorum(names, voters, choices)}`);
  // A vote of a joint is called again and breaks its ties by itself (decision 0105), in wider charters only.
  const own = target === undefined && wide !== undefined ? { ...names, dice: wide } : undefined;
  if (own?.dice.chance(30) === true)
    lines.push(
      `second call after ${duration(own.dice)} ${own.dice.chance(50) ? 'without quorum' : quorum(own, voters, choices)}`,
      quorum(own, voters, choices),
    );
  for (let count = dice.of(0, 1, 1, 2); count > 0; count -= 1) lines.push(quorum(names, voters, choices));
  const named = target !== undefined && dice.chance(20);
  if (named) lines.push(`passes as blocked when ${test(names, voters, choices)}`);
  const tests = Array.from({ length: dice.of(1, 1, 2) }, () => test(names, voters, choices));
  lines.push(`passes when ${tests.join(' and ')}`);
  if (dice.chance(10)) lines.push(`passes when ${test(names, voters, choices)}`);
  if (early) lines.push('closes early when decided');
  if (target !== undefined && dice.chance(30)) {
    const office = dice.of('the chair', 'any chair', `any ${role(names).one}`);
    const decider = `decided by ${panel !== undefined && wide?.chance(50) === true ? `any ${panel}` : office}${dice.chance(30) ? ' though concerned' : ''}`;
    lines.push(`tie ${dice.of('fails', 'lot', decider, `${decider} then lot`, `${decider} then fails`)}`);
  }
  if (own?.dice.chance(25) === true) lines.push(`tie ${own.dice.of('fails', 'lot', `decided by any ${role(own).one} then lot`, 'decided by the chair')}`);
  if (own?.dice.chance(20) === true) lines.push(`passes as blocked when ${test(own, voters, choices)}`);
  if (target === undefined) return lines;
  if (named) lines.push(`when blocked go to ${target()}`);
  if (dice.chance(30)) lines.push(`when inquorate go to ${target()}`);
  return [...lines, `when passed go to ${target()}`, `otherwise go to ${target()}`];
}
