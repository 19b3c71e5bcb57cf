// What the engine does not run is said before it is adopted, construct by construct, and what it runs is not (GDO035).
import { describe, expect, it } from 'vitest';
import type { Charter } from '../../../engine/index.ts';
import { unsupported } from '../../../engine/index.ts';
import { compile } from './organization.ts';

const bylaws = (parts: { readonly more?: string; readonly lines?: string; readonly stages?: string }): string => `gdo 1
organization "Not run"
end
attribute family certified by any member
attribute employer certified by any member
role member plural members
  held by 1 to 99 people
end
role deputy plural deputies
  held by 0 to 9 people in order
end
account treasury in EUR with 2 decimals
  kept by any member
end
${parts.more ?? ''}process motion
  started by any member
${parts.lines ?? ''}${parts.stages ?? '  step talk\n    after 2 days go to accepted\n  end\n'}end
`;
const charterOf = (parts: Parameters<typeof bylaws>[0]): Charter => compile(bylaws(parts)).charter;
const notRun = (parts: Parameters<typeof bylaws>[0]): readonly string[] =>
  unsupported(charterOf(parts)).map(({ process, construct }) => (process === undefined ? construct : `${process}: ${construct}`));

const step = (lines: string): string => `  step talk\n${lines}    after 2 days go to accepted\n  end\n`;
const vote = (lines: string, name = 'ballot', indent = '  '): string =>
  [`vote ${name}`, '  voters members', ...lines.split('\n').filter((line) => line !== ''), 'end'].map((line) => `${indent}${line}\n`).join('');
const results = '  when won go to accepted\n  otherwise go to refused';
const counted = '  choices tea, milk\n  counted by plurality with equal ranks refused\n  open for 2 days\n';

describe('a limit', () => {
  it.each([
    ['per attribute, of those who support in a step', 'limit 2 supporters per employer', []],
    ['per two attributes, the candidate first', 'limit 2 supporters per employer per family including the candidate', []],
    ['with a remedy in a step', 'limit 2 supporters per employer otherwise the newest leaves', ['motion: limit']],
    ['that a process may waive, in a step', 'limit 2 supporters per employer unless waived through motion', ['motion: limit']],
    ['in a row, in a step', 'limit 2 supporters per employer in a row', ['motion: limit']],
    ['that is a share, in a step', 'limit 1/2 supporters per employer', ['motion: limit']],
    ['for nothing, in a step', 'limit 2 supporters', ['motion: limit']],
    ['in a window, in a step', 'limit 2 supporters per 30 days', ['motion: limit']],
    ['per attribute in a window, in a step', 'limit 2 supporters per employer per 30 days', ['motion: limit']],
    ['per role, in a step', 'limit 2 supporters per member', ['motion: limit']],
    ['of something else, in a step', 'limit 2 starters per employer', ['motion: limit']],
  ])('%s', (_, line, expected) => {
    expect(notRun({ stages: step(`    ${line}\n`) })).toEqual(expected);
  });

  it('of winners belongs to a vote that is counted, alone or in a joint', () => {
    const cap = '  limit 1 winners per employer\n';
    const plain = `${cap}  open for 2 days\n  passes when more than 1/2 of votes cast are yes\n`;
    expect(notRun({ stages: vote(`${counted.replace('  open', `${cap}  open`)}${results}`) })).toEqual([]);
    expect(notRun({ stages: vote(`${counted.replace('  open', `${cap.replace('winners', 'members')}  open`)}${results}`) })).toEqual(['motion: limit']);
    expect(notRun({ stages: vote(`${plain}  when passed go to accepted\n  otherwise go to refused`) })).toEqual(['motion: limit']);
    const joint = `  joint both\n${vote(plain, 'one', '    ')}${vote(plain.replace(cap, ''), 'two', '    ')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
    expect(notRun({ stages: joint })).toEqual(['motion: limit']);
    expect(notRun({ stages: joint.replace(`      ${cap.trim()}\n`, '') })).toEqual([]);
  });

  it.each([
    ['is of the people it picks, in groups', 'limit 1 members per employer', []],
    ['is none of a window', 'limit 1 members per 30 days', ['motion: limit']],
    ['is none of groups in a window', 'limit 1 members per employer per 30 days', ['motion: limit']],
    ['is none of money', 'limit 1 EUR per employer', ['motion: limit']],
  ])('in a draw %s', (_, line, expected) => {
    const draw = `  draw jury\n    picks 2 members\n    ${line}\n    when drawn go to accepted\n    otherwise go to refused\n  end\n`;
    expect(notRun({ stages: draw })).toEqual(expected);
  });

  it('is said once for each process, beside what else is not run there', () => {
    const other = 'process other\n  started by any member\n  limit 1/2 cases per author\n  outcome done accepts\nend\n';
    const stages = step('    limit 2 supporters\n    when the next member accepts go to accepted\n');
    expect(notRun({ more: other, lines: '  limit 1/2 cases per author\n', stages })).toEqual(['other: limit', 'motion: limit', 'motion: the next member']);
  });

  it('stands in a process, a role, points, a delegation, an account or a right as far as it is kept there', () => {
    const points = (line: string): string => `points stars plural stars\n  earned 5 by the author for motion.accepted\n  ${line}\nend\n`;
    expect(notRun({ more: points('limit 9 stars per author per 30 days') })).toEqual([]);
    expect(notRun({ more: points('limit 9 stars per employer') })).toEqual(['limit in points stars']);
    const clerk = (line: string): string => `role clerk plural clerks\n  held by 0 to 9 people\n  ${line}\nend\n`;
    expect(notRun({ more: clerk('limit 2 clerks per employer') })).toEqual([]);
    expect(notRun({ more: clerk('limit 2 cases per employer') })).toEqual(['limit in role clerk']);
    expect(notRun({ lines: '  limit 2 cases per author per 30 days\n' })).toEqual([]);
    expect(notRun({ lines: '  limit 2 terms per author\n' })).toEqual(['motion: limit']);
    expect(notRun({ lines: '  limit 2 starters per employer\n' })).toEqual([]);
    expect(notRun({ lines: '  limit 2 starters per employer per family\n' })).toEqual(['motion: limit']);
    expect(notRun({ lines: '  limit 2 starters per 30 days\n' })).toEqual(['motion: limit']);
    expect(notRun({ lines: '  limit 2 starters per employer per 30 days\n' })).toEqual(['motion: limit']);
    expect(notRun({ lines: '  limit 2 starters per member\n' })).toEqual(['motion: limit']);
    expect(notRun({ lines: '  limit 2 cases per member\n' })).toEqual(['motion: limit']);
  });
});

describe('the first and the next of a role (S27)', () => {
  it('are people of a role that is held in order, in the stages of a case and nowhere else', () => {
    const walk = (who: string): string => step(`    when the ${who} accepts go to accepted\n`);
    expect(notRun({ stages: walk('first deputy') })).toEqual([]);
    expect(notRun({ stages: walk('next member') })).toEqual(['motion: the next member']);
    const visitor = 'role visitor plural visitors\n  held by anyone\nend\n';
    expect(notRun({ more: visitor, stages: walk('next visitor') })).toEqual(['motion: the next visitor']);
    const charter = charterOf({ stages: walk('first deputy') });
    const without = { ...charter, roles: charter.roles.filter(({ name }) => name !== 'deputy') };
    expect(unsupported(without).map(({ construct }) => construct)).toEqual(['the first deputy', 'the roster deputy']);
    expect(notRun({ lines: '  recusal decided by the first deputy leaves the roster\n' })).toEqual(['motion: the first deputy']);
  });
});

describe('a roster', () => {
  it('is built in, a role, a draw of the same process or a program; any other name is said, once', () => {
    const draw = '  draw jury\n    picks 2 members\n    when drawn go to ballot\n    otherwise go to refused\n  end\n';
    const stages = `${draw}${vote('  open for 2 days\n  passes when more than 1/2 of votes cast are yes\n  when passed go to accepted\n  otherwise go to refused').replace('voters members', 'voters jury')}`;
    expect(notRun({ stages })).toEqual([]);
    const charter = charterOf({ stages });
    const without = { ...charter, roles: charter.roles.filter(({ name }) => name !== 'member') };
    expect(unsupported(without)).toEqual([{ process: 'motion', construct: 'the roster member' }]);
    const elsewhere = { ...charter, processes: charter.processes.map((one) => ({ ...one, stages: one.stages.filter(({ kind }) => kind !== 'draw') })) };
    expect(unsupported(elsewhere)).toEqual([{ process: 'motion', construct: 'the roster jury' }]);
    // A stage of that name that draws nobody is no roster.
    const renamed = {
      ...elsewhere,
      processes: elsewhere.processes.map((one) => ({ ...one, stages: one.stages.map((stage) => ({ ...stage, name: 'jury' })) })),
    };
    expect(unsupported(renamed)).toEqual([{ process: 'motion', construct: 'the roster jury' }]);
    const program = 'collaborator scale kept by any member\n  reports "stake"\nend\n';
    expect(notRun({ more: program, stages: step('    when the scale approves go to accepted\n') })).toEqual([]);
  });
});
