// Clauses of a process that do nothing: a tie rule that is never asked (GDO333), an exception that takes out nobody (GDO334);
// and an upper bound of who acts where nobody counts them (GDO332).
import { describe, expect, it } from 'vitest';
import { framed } from '../../compiler/index.ts';
import { findings } from './bylaws-text.ts';

const told = (code: string, text: string): readonly string[] =>
  findings(framed(text))
    .filter((one) => one.startsWith(code))
    .map((one) => one.replace(/^GDO[0-9]+ [0-9]+ /, ''));

const ballot = (...lines: readonly string[]): string =>
  [
    'vote ballot',
    ...(lines.some((line) => line.startsWith('voters')) ? [] : ['voters keepers']),
    'open for 7 days',
    'quorum at least 2/3 of keepers voting',
    'passes when more than 1/2 of votes cast are yes',
    ...lines,
  ].join('\n');
const alone = (...lines: readonly string[]): string =>
  `process policy\nstarted by any keeper\n${ballot(...lines)}\nwhen passed go to accepted\notherwise go to refused\nend\nend\n`;

describe('a tie rule beside tests that have to hold for a while (GDO333)', () => {
  const message = 'A tie in `ballot` fails: its tests have to hold for a while, and a tie meets none';

  it.each(['lot', 'decided by any keeper then fails', 'decided by any keeper then lot'])('is never asked: %s', (tie) => {
    expect(told('GDO333', alone('holds for 2 days', `tie ${tie}`))).toEqual([message]);
    expect(told('GDO333', alone(`tie ${tie}`))).toEqual([]);
    const joint = `process policy\nstarted by any keeper\njoint both\n${ballot('holds for 2 days', `tie ${tie}`)}\nend\n${ballot(`tie ${tie}`).replace('ballot', 'other')}\nend\nwhen all pass go to accepted\notherwise go to refused\nend\nend\n`;
    expect(told('GDO333', joint)).toEqual([message]);
  });

  it('says what happens where a tie fails, so that is right', () => {
    expect(told('GDO333', alone('holds for 2 days', 'tie fails'))).toEqual([]);
  });

  it('is shown where it stands', () => {
    const [found] = findings(framed(alone('holds for 2 days', 'tie lot'))).filter((one) => one.startsWith('GDO333'));
    const line = Number(found?.split(' ')[1]);
    expect(framed(alone('holds for 2 days', 'tie lot')).split('\n')[line - 1]).toBe('tie lot');
  });
});

describe('an exception of nobody (GDO334)', () => {
  const draw = (except: string): string =>
    `process panel\nstarted by any keeper\ndraw jury\npicks 2 keepers except ${except}\nwhen drawn go to accepted\notherwise go to refused\nend\nend\n`;

  it.each(['person', 'electorate'])('is found in a vote, in a vote of a joint and in a draw: the %s', (name) => {
    expect(told('GDO334', alone(`voters keepers except the ${name}`))).toEqual([`\`except the ${name}\` takes nobody out of the voters of \`ballot\``]);
    expect(told('GDO334', alone(`voters keepers except the author, the ${name}`))).toHaveLength(1);
    expect(told('GDO334', draw(`the ${name}`))).toEqual([`\`except the ${name}\` takes nobody out of those whom \`jury\` may pick`]);
    const joint = `process policy\nstarted by any keeper\njoint both\n${ballot(`voters keepers except the ${name}`)}\nend\n${ballot().replace('ballot', 'other')}\nend\nwhen all pass go to accepted\notherwise go to refused\nend\nend\n`;
    expect(told('GDO334', joint)).toHaveLength(1);
  });

  it.each(['author', 'subject', 'candidate', 'starters', 'keeper'])('is none of the %s', (name) => {
    expect(told('GDO334', alone(`voters keepers except the ${name}`))).toEqual([]);
    expect(told('GDO334', draw(`the ${name}`))).toEqual([]);
  });
});

describe('an upper bound of who acts (GDO332)', () => {
  const step = (line: string): string => `process policy\nstarted by any keeper\nstep talk\n${line}\nafter 9 days go to refused\nend\nend\n`;

  it('holds a decision back as soon as it is looked at, since nothing waits for the end of its time (S120)', () => {
    expect(told('GDO332', step('hold the decision when at most 1 keeper objects within 3 days'))).toEqual(['`at most` counts nobody here']);
    expect(told('GDO332', step('hold the decision when at least 1 keeper objects within 3 days'))).toEqual([]);
  });

  it('says in the line of a step when it fires', () => {
    expect(told('GDO332', step('when at most 1 keeper objects within 3 days go to accepted'))).toEqual([]);
  });
});
