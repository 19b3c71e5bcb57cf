// The certificates of examples/training: every line of certificates.md is judged by the program, and who may give a level to whom.
import { describe, expect } from 'vitest';
import { judge, needing, readExample } from './application.ts';

const dapp = 'training/dapps/certification.py';
const path = 'training/records.csv';
const rules = readExample('training/training/rules.csv');
const records = readExample('training/training/records.csv');
const header = 'day,person,kind,machine,value,by';
const itPython = needing('python3');

const today = Date.UTC(2027, 5, 1);

function daysAgo(count: number): string {
  return new Date(today - count * 86_400_000).toISOString().slice(0, 10);
}

/** A register in which dee asks for level 2 today, in the order of days. */
function register(row: readonly string[]): string {
  const [level1 = 0, hours = 0, ago = 0, points = 0, endorsed = 0, giver = 0] = row.map(Number);
  const founded = [
    `${daysAgo(800)},ana,founding,laser,4,`,
    ...(giver === 0 ? [] : [`${daysAgo(800)},bo,founding,laser,${giver},`]),
    `${daysAgo(800)},chi,founding,laser,1,`,
    `${daysAgo(800)},dee,founding,safety,1,`,
  ];
  const lines = [
    `${daysAgo(ago)},dee,hours,laser,${hours},ana`,
    `${daysAgo(level1)},dee,quiz,laser,90,ana`,
    `${daysAgo(level1)},dee,endorsed,laser,1,chi`,
    `${daysAgo(level1)},dee,certificate,laser,1,ana`,
    `${daysAgo(0)},dee,quiz,laser,${points},ana`,
    ...['ana', 'chi'].slice(0, endorsed).map((by) => `${daysAgo(0)},dee,endorsed,laser,2,${by}`),
    `${daysAgo(0)},dee,certificate,laser,2,bo`,
  ];
  return `${[header, ...founded, ...lines.toSorted((left, right) => (left.slice(0, 10) < right.slice(0, 10) ? -1 : left.slice(0, 10) > right.slice(0, 10) ? 1 : 0))].join('\n')}\n`;
}

function ask(text: string): 'accept' | readonly string[] {
  const said = judge(dapp, { 'training/rules.csv': rules, [path]: text });
  return said === 'accept' ? said : said.map((sentence) => sentence.replace(/^.*?: (line \d+: )?/, ''));
}

describe('certificates in examples/training (R29)', () => {
  const rows = readExample('training/certificates.md')
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  itPython('are given and refused as in the 24 cases of the table', () => {
    expect(rows).toHaveLength(24);
    const said = rows.map((row) => ask(register(row)));
    expect(said.map((one) => (one === 'accept' ? one : one.join('; ')))).toEqual(rows.map((row) => row.at(-1)));
  });

  itPython('are not given to oneself, and one trainer endorses once', () => {
    const sound = register(['40', '12', '10', '85', '2', '3']);
    expect(ask(sound)).toBe('accept');
    expect(ask(sound.replace('laser,2,bo', 'laser,2,dee'))).toEqual(['nobody certifies themselves']);
    expect(ask(sound.replaceAll(/endorsed,laser,(\d),ana/g, 'endorsed,laser,$1,chi'))).toEqual(['1 of 2 trainers endorse it']);
    expect(ask(sound.replace('hours,laser,12,ana', 'hours,laser,12,dee'))).toEqual(['nobody records their own hours']);
  });

  itPython('that were revoked are not held, and founding ones stand at the beginning only', () => {
    const sound = register(['40', '12', '10', '85', '2', '3']);
    const revoked = sound.replace(/(.*),dee,quiz,laser,85/, `${daysAgo(0)},bo,revoked,laser,0,ana\n$&`);
    expect(ask(revoked)).toEqual(['bo holds level 0 and can give only levels below that']);
    const late = sound.replace(/\n$/, `\n${daysAgo(0)},eli,founding,laser,4,\n`);
    expect(ask(late)).toEqual([
      'line 13 founds, and founding certificates stand before everything else'.replace('line 13', `line ${late.split('\n').length - 1}`),
    ]);
  });

  itPython('stand in a register that is only added to, as the one of the example is', () => {
    const tree = { 'training/rules.csv': rules, [path]: records };
    expect(judge(dapp, tree)).toBe('accept');
    expect(judge(dapp, { ...tree, [path]: records.replace('dee,quiz,laser,85', 'dee,quiz,laser,95') }, tree)).toEqual([
      `${path}: what stands there stays; add lines at the end`,
    ]);
    expect(judge(dapp, { ...tree, [path]: `${records}2026-01-01,eli,hours,laser,1,ana\n` }, tree)).toEqual([
      `${path}: line 11 is older than the line above it`,
    ]);
  });
});
