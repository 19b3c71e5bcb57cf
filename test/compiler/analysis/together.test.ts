// How few different people decide: offices that different people hold are different people, and the text may say that they have to be (GDO401).
import { describe, expect, it } from 'vitest';
import { amidOthers } from '../../../compiler/analysis/coalition.ts';
import { smallestTogether } from '../../../compiler/analysis/together.ts';
import type { Apart } from '../../../compiler/analysis/together.ts';
import { facts } from '../../../compiler/index.ts';
import { compiled, findings } from '../bylaws-text.ts';

/** A role with these first holders, in so many seats. */
function role(name: string, first: string, clauses: string = ''): string {
  const people = first.split(' ');
  return `role ${name} plural ${name}s\n  held by 1 to 9 people\n${clauses}  first held by ${people.map((person) => `"${person}"`).join(', ')}\n  gained through choosing\n  lost through resignation\nend\n`;
}

const choosing =
  'process choosing\n  started by any person\n  step wait\n    when 3 west approve go to in\n    after 1 day go to refused\n  end\n  outcome in\nend\n';

function bylaws(roles: string, amendment: string): string {
  const granting = roles.match(/(?<=^role )\w+/gm) ?? [];
  const choose = choosing.replace('outcome in\n', `outcome in\n${granting.map((name) => `    grant ${name} to the candidate\n`).join('')}  end\n`);
  return `gdo 1\norganization "O"\nend\narea bylaws covers "bylaws/**"\n${roles}${choose.replace('3 west', `3 ${granting[0] ?? ''}s`)}process amendment\n  governs bylaws\n${amendment}end\n`;
}

/** How few people change the bylaws, today and ever. */
function people(text: string): readonly (number | undefined)[] {
  const { charter, diagnostics } = compiled(text);
  const amendment = charter?.processes.find(({ name }) => name === 'amendment');
  if (charter === undefined || amendment === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return (['today', 'ever'] satisfies readonly Apart[]).map((apart) => smallestTogether(charter, amendment, apart, amidOthers)?.people);
}

const bothSay = '  started by any west\n  step other\n    when any east approves go to accepted\n    after 7 days go to refused\n  end\n';
const chambers = (quorum: string): string =>
  `  started by any west\n  joint both\n${['west', 'east'].map((name) => `    vote of-${name}s\n      voters ${name}s\n      open for 7 days\n      passes when ${quorum} of all ${name}s are yes\n    end\n`).join('')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
const apart = '  open to person who does not hold east\n';

describe('the fewest different people', () => {
  it.each([
    ['one who holds both offices', role('west', 'ana') + role('east', 'ana'), bothSay, [1, 1]],
    ['two offices of two people', role('west', 'ana') + role('east', 'bo'), bothSay, [2, 1]],
    ['two offices that the text keeps apart', role('west', 'ana', apart) + role('east', 'bo'), bothSay, [2, 2]],
    ['two chambers with two in common', role('west', 'a b c d e') + role('east', 'd e f g h'), chambers('more than 1/2'), [4, 3]],
    ['two chambers with nobody in common', role('west', 'a b c d e') + role('east', 'f g h'), chambers('at least 2/3'), [6, 4]],
    ['a chamber inside of another', role('west', 'a b c d e') + role('east', 'a b c'), chambers('at least 2/3'), [4, 4]],
    ['two chambers that the text keeps apart', role('west', 'a b c', apart) + role('east', 'd e f'), chambers('more than 1/2'), [4, 4]],
  ])('%s', (_title, roles, amendment, expected) => {
    expect(people(bylaws(roles, amendment))).toEqual(expected);
  });

  it('are with them those who could stop it', () => {
    const stop = '  started by any west\n  step wait\n    when 2 easts object go to refused\n    after 7 days go to accepted\n  end\n';
    expect(people(bylaws(role('west', 'ana') + role('east', 'b c d'), stop))).toEqual([3, 2]);
    expect(people(bylaws(role('west', 'ana') + role('east', 'ana c d'), stop))).toEqual([2, 2]);
  });

  it('are of a quicker line and of a longer one those of the line that asks for fewer', () => {
    const two =
      '  started by any west\n  step other\n    when 2 easts approve go to accepted\n    after 7 days go to ballot\n  end\n  vote ballot\n    voters wests\n    open for 7 days\n    passes when at least 2 wests say yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';
    expect(people(bylaws(role('west', 'a b c') + role('east', 'd e f'), two))).toEqual([2, 2]);
  });

  it('are told as the first fact, and whether ballots weigh (check.md 1)', () => {
    const told = (text: string): string | undefined => facts(compiled(text).charter ?? expect.fail('does not compile'))[0];
    expect(told(bylaws(role('west', 'a b c d e') + role('east', 'f g h'), chambers('at least 2/3')))).toBe(
      'Who can change the bylaws?  at least 6 people together, in 7 days or more (`amendment`)',
    );
    const weighs =
      'measure deeds counts accepted-cases by each west\nend\n' + bylaws(role('west', 'a b c'), '').replace(/^gdo 1\n|process amendment[\s\S]*$/g, '');
    const vote =
      '  started by any west\n  vote ballot\n    voters wests weighted by deeds\n    open for 7 days\n    passes when more than 1/2 of weight cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';
    expect(told(`gdo 1\n${weighs}process amendment\n  governs bylaws\n${vote}end\n`)).toContain('; counted as if everybody weighed the same');
  });
});

describe('one person who changes the bylaws alone (GDO401)', () => {
  const alone = (roles: string): readonly string[] => findings(bylaws(roles, bothSay)).filter((line) => line.startsWith('GDO401'));

  it('is whoever holds both offices today', () => {
    expect(alone(role('west', 'ana') + role('east', 'ana'))).toEqual([expect.stringContaining('One person can change these bylaws alone')]);
  });

  it('may be somebody later, where two people hold the offices today and nothing keeps them apart', () => {
    expect(alone(role('west', 'ana') + role('east', 'bo'))).toEqual([expect.stringContaining('Whoever comes to hold `west` and `east` can change')]);
  });

  it('is nobody where the text keeps the offices apart', () => {
    expect(alone(role('west', 'ana', apart) + role('east', 'bo'))).toEqual([]);
  });
});
