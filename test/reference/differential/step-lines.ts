// Lines of a step by chance: actors of every form, windows, clocks and concerns.
import type { Names } from './names.ts';
import { duration, fraction, role } from './names.ts';

/** Somebody who has to act, in one of the forms of the grammar. */
export function actor(names: Names): string {
  const { dice } = names;
  const any = role(names);
  const counted = role(names, true);
  const number = 1 + dice.below(3);
  const other = dice.chance(25) ? 'other ' : '';
  if (names.features.has('ordered') && names.roles.some(({ one }) => one === 'councillor') && dice.chance(35))
    return dice.of('the first councillor', 'the next councillor', 'the next councillor');
  const { panel, wide } = names;
  if (panel !== undefined && wide?.chance(40) === true)
    return wide.of(`any ${panel}`, `2 ${panel}`, `the ${panel}`, `all ${panel}`, `at least 1/2 of ${panel}`, `all but 1 of ${panel}`, `1 other ${panel}`);
  return dice.of(
    `any ${other}${any.one}`,
    `a ${any.one}`,
    `${number} ${other}${any.many}`,
    `at least ${number} ${other}${any.many}`,
    `more than ${number} ${any.many}`,
    `at least ${fraction(dice)} of ${other}${counted.many}`,
    `more than ${fraction(dice)} of ${other}${counted.many}`,
    `all ${other}${counted.many}`,
    `all but ${number} of ${counted.many}`,
    `at least the ${dice.of('larger', 'smaller')} of ${number} ${counted.many} and ${fraction(dice)} of ${counted.many}`,
    `at least ${dice.of('', '1/2 of ', '2 of ')}the square root of ${counted.many}`,
    'the chair',
    `the ${dice.of('author', 'candidate')}`,
  );
}

function verb({ dice, features }: Names): string {
  if (features.has('action') && dice.chance(25)) return 'publishes';
  return dice.of('endorses', 'approves', 'objects', 'endorse', 'approve');
}

/** S117: from the start of the case, or from a stage before this one. */
function since({ dice, wide, before = [] }: Names, percent: number): string {
  if (dice.chance(percent)) return ' since the start';
  return wide !== undefined && before.length > 0 && wide.chance(2 * percent) ? ` since ${wide.from(before) ?? ''}` : '';
}

function act(names: Names): string {
  const from = since(names, 10);
  return `${actor(names)} ${verb(names)}${from}`;
}

/** What must not be done by too many (decision 0053). */
function few(own: Names): string {
  const { dice } = own;
  const [any, counted] = [role(own), role(own, true)];
  const bound = dice.of(
    `at most ${1 + dice.below(2)} ${any.many}`,
    `fewer than ${1 + dice.below(3)} ${any.many}`,
    `at most ${fraction(dice)} of ${counted.many}`,
    `fewer than ${fraction(dice)} of ${counted.many}`,
  );
  return `${bound} ${verb(own)}${since(own, 15)}`;
}

function event(names: Names): string {
  const { dice, wide } = names;
  const plain = dice.chance(20) ? `${act(names)} and ${act(names)}` : act(names);
  if (wide?.chance(15) !== true) return plain;
  const bound = few({ ...names, dice: wide });
  return wide.of(bound, `${plain} and ${bound}`, `${bound} and ${plain}`);
}

/** The clauses of one step, with a deadline at the end. */
export function stepLines(names: Names, target: () => string): readonly string[] {
  const { dice } = names;
  const lines: string[] = [];
  if (dice.chance(15)) lines.push(`lasts at least ${duration(dice)}${since(names, 20)}`);
  const concerns = dice.chance(25);
  if (concerns)
    lines.push(
      `concerns by ${dice.of(`any ${role(names).one}`, 'the chair', `any ${role(names).one}`)}${dice.chance(30) ? ' with reasons' : ''} resolved by ${dice.of('the raiser', 'the chair', 'the raiser or the chair')}`,
    );
  if (names.features.has('limit') && dice.chance(50))
    lines.push(`limit ${1 + dice.below(2)} supporters per employer${dice.chance(40) ? ' including the candidate' : ''}`);
  for (let count = dice.below(3); count > 0; count -= 1) {
    const within = dice.chance(25) ? ` within ${duration(dice)}` : '';
    const without = concerns && dice.chance(50) ? ' without concerns' : '';
    lines.push(`when ${event(names)}${within}${without} go to ${target()}`);
  }
  if (dice.chance(25)) {
    lines.push(`unless ${event(names)} within ${duration(dice)} go to ${target()}`, `otherwise go to ${target()}`);
    if (dice.chance(50)) return lines;
  }
  if (dice.chance(20)) {
    const without = concerns ? dice.of(' without concerns', ' in a row without concerns', ` without ${act(names)}`) : ` without ${act(names)}`;
    lines.push(`after ${duration(dice)}${without} go to ${target()}`);
  }
  const from = since(names, 10);
  lines.push(`after ${dice.of('2 days', '3 days', '1 week', '5 hours', duration(dice))}${from} go to ${target()}`);
  return lines;
}
