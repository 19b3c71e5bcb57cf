// The dues of examples/membership: every line of dues.md is judged by the program, and a register is only added to.
import { describe, expect } from 'vitest';
import { judge, needing, readExample } from './application.ts';

const dapp = 'membership/dapps/dues.py';
const path = 'dues/2027.csv';
const header = 'person,from,until,children,elsewhere,reduced,amount';
const itPython = needing('python3');

const cells = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const rows = readExample('membership/dues.md').split('\n').map(cells);
const sums = rows.filter((row) => row.length === 4 && /^\d+$/.test(row[0] ?? ''));
const periods = rows.filter((row) => row.length === 3 && row[0]?.startsWith('2027') === true);

describe('the dues of examples/membership (R34)', () => {
  itPython('are those of the table in twenty cases, and no penny more or less', () => {
    expect(sums).toHaveLength(20);
    const lines = sums.map(([children, elsewhere, reduced, due], index) => `person-${index},2027-01-01,2027-02-01,${children},${elsewhere},${reduced},${due}`);
    expect(judge(dapp, { [path]: `${[header, ...lines].join('\n')}\n` })).toBe('accept');
    const wrong = lines.map((line) => line.replace(/\d$/, '1'));
    expect(judge(dapp, { [path]: `${[header, ...wrong].join('\n')}\n` })).toEqual(
      sums.map(([, , , due = ''], index) => `${path}: line ${index + 2} asks ${due.replace(/\d$/, '1')} of person-${index}, and the dues are ${due}`),
    );
  });

  itPython('overlap for one person by the days of the table, in ten cases', () => {
    expect(periods).toHaveLength(10);
    const line = (period = ''): string => `dee,${period.replace(' to ', ',')},0,no,no,25.00`;
    const said = periods.map(([first, second]) => judge(dapp, { [path]: `${header}\n${line(first)}\n${line(second)}\n` }));
    expect(said).toEqual(periods.map(([, , answer]) => (answer === 'accept' ? 'accept' : [`${path}: ${answer}`])));
  });

  itPython('of two people do not overlap each other', () => {
    const line = (person: string): string => `${person},2027-01-01,2027-02-01,0,no,no,25.00`;
    expect(judge(dapp, { [path]: `${header}\n${line('dee')}\n${line('eli')}\n` })).toBe('accept');
  });

  itPython('are billed by lines that are added, and a bill is not rewritten', () => {
    const before = `${header}\ndee,2027-01-01,2027-02-01,0,no,no,25.00\n`;
    const after = `${before}dee,2027-02-01,2027-03-01,0,no,no,25.00\n`;
    expect(judge(dapp, { [path]: after }, { [path]: before })).toBe('accept');
    expect(judge(dapp, { [path]: after.replace('01,2027-02-01,0,no,no,25', '01,2027-02-01,0,no,yes,12') }, { [path]: before })).toContain(
      `${path}: what stands there stays; add lines at the end`,
    );
  });

  itPython('are not read from digits of other scripts, lines that are too short, or quotes that do not end', () => {
    for (const line of [
      'dee,2027-01-01,2027-02-01,٢,no,no,30.00',
      'dee,2027-01-01',
      '"dee,2027-01-01,2027-02-01,0,no,no,25.00',
      'dee,20270101,20270201,0,no,no,25.00',
    ])
      expect([line, judge(dapp, { [path]: `${header}\n${line}\n` })]).not.toEqual([line, 'accept']);
  });
});
