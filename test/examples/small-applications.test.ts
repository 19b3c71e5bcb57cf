// The six small applications: what each program takes, and what it refuses with which sentence.
import { describe, expect } from 'vitest';
import { join } from 'node:path';
import { examples, judge, needing, readExample, runProgram } from './application.ts';

const itPython = needing('python3');

/** What a program says to lines added to the file of its example. */
function added(name: string, dapp: string, path: string, ...lines: readonly string[]): 'accept' | readonly string[] {
  const before = readExample(`${name}/${path}`);
  const said = judge(`${name}/dapps/${dapp}.py`, { [path]: `${before}${lines.map((line) => `${line}\n`).join('')}` }, { [path]: before });
  return said === 'accept' ? said : said.map((sentence) => sentence.replace(`${path}: `, ''));
}

/** The same, for one of several files. */
const adding =
  (name: string, dapp: string, path: string) =>
  (...lines: readonly string[]): 'accept' | readonly string[] =>
    added(name, dapp, path, ...lines);

describe('examples/workflow (R28)', () => {
  const path = 'items/paint-the-door.csv';
  const fresh = (...lines: readonly string[]): 'accept' | readonly string[] =>
    judge('workflow/dapps/workflow.py', { [path]: ['day,action,person,note', '2027-03-01,open,ana,', ...lines, ''].join('\n') });

  itPython('lets one person have an item, and finish it or give it back', () => {
    expect(fresh('2027-03-02,claim,dee,')).toBe('accept');
    expect(fresh('2027-03-02,claim,dee,', '2027-03-02,claim,eli,')).toEqual([`${path}: line 4: nobody can claim what is claimed by dee`]);
    expect(fresh('2027-03-02,claim,dee,', '2027-03-03,done,eli,')).toEqual([`${path}: line 4: dee has it, and not eli`]);
    expect(fresh('2027-03-02,done,dee,')).toEqual([`${path}: line 3: nobody can done what is open`]);
    expect(added('workflow', 'workflow', path, '2027-03-10,claim,dee,')).toEqual(['line 7: nobody can claim what is done']);
  });
});

describe('examples/inventory (R31)', () => {
  const stock = adding('inventory', 'inventory', 'stock/log.csv');

  itPython('lets nothing go that is not there, and corrects by a count with a reason', () => {
    expect(stock('2027-03-06,plywood,out,9,sheet,dee,')).toBe('accept');
    expect(stock('2027-03-06,plywood,out,10,sheet,dee,')).toEqual(['line 5 takes 10 sheet of plywood, and there are 9']);
    expect(stock('2027-03-06,plywood,out,9,sheet,dee,', '2027-03-06,plywood,out,1,sheet,eli,')).toEqual(['line 6 takes 1 sheet of plywood, and there are 0']);
    expect(stock('2027-03-06,plywood,count,8,sheet,bo,')).toEqual(['line 5 counts 8 sheet of plywood where 9 are in the books, and does not say why']);
    expect(stock('2027-03-06,plywood,count,9,sheet,bo,')).toBe('accept');
    expect(stock('2027-03-06,plywood,in,1,kg,bo,')).toEqual(['line 5 counts plywood in kg, and the lines above in sheet']);
    expect(stock('2027-03-06,plywood,out,-1,sheet,bo,')).toEqual(['line 5 is not understood here']);
  });
});

describe('examples/backups (R36)', () => {
  const copies = adding('backups', 'backups', 'copies/log.csv');
  const name = 'ab'.repeat(32);

  itPython('drops no copy where fewer than two others were read through in 90 days', () => {
    expect(copies(`2027-03-10,${name},drop,cellar,bo`)).toEqual(['line 6 drops abababab at cellar, and 1 of 2 other copies were read through in 90 days']);
    expect(copies(`2027-03-10,${name},add,attic,dee`, `2027-03-11,${name},drop,cellar,bo`)).toBe('accept');
    // The copy in the cellar was last read through on 2 March: the 90th day after that is 31 May.
    const later = (day: string): 'accept' | readonly string[] =>
      copies(`2027-03-10,${name},add,attic,dee`, `2027-05-30,${name},verify,attic,dee`, `${day},${name},drop,home-of-chi,chi`);
    expect(later('2027-05-31')).toBe('accept');
    expect(later('2027-06-01')).toEqual(['line 8 drops abababab at home-of-chi, and 1 of 2 other copies were read through in 90 days']);
    expect(copies(`2027-03-10,${name},verify,attic,dee`)).toEqual(['line 6: no copy of abababab is at attic']);
  });
});

describe('examples/disk-images (R37)', () => {
  const path = 'hosts/door.csv';
  const journal = readExample(`disk-images/${path}`);
  const replay = (): string => runProgram('disk-images/dapps/disk-images.py', ['replay', join(examples, 'disk-images', path)]).out.trim();

  itPython('comes to the same end twice, goes on only there, and refuses another order', () => {
    const end = replay();
    expect(end).toMatch(/^3 [0-9a-f]{64}$/);
    expect(replay()).toBe(end);
    const next = (before: string): 'accept' | readonly string[] => added('disk-images', 'disk-images', path, `4,${before},install,nginx`);
    expect(next(end.slice(2))).toBe('accept');
    expect(next('0'.repeat(64))).toEqual(['line 5 does not follow the line above it']);
    const [header = '', first = '', second = '', third = ''] = journal.split('\n');
    expect(judge('disk-images/dapps/disk-images.py', { [path]: [header, second, first, third, ''].join('\n') })).toEqual([
      `${path}: line 2 is no operation number 1`,
      `${path}: line 3 is no operation number 2`,
      `${path}: line 4 does not follow the line above it`,
    ]);
  });
});

describe('examples/sensors (R38)', () => {
  const boiler = adding('sensors', 'sensors', 'sensors/boiler.csv');

  itPython('believes what lies within the bounds and comes later', () => {
    expect(boiler('1804334520000,1200', '1804334580000,-200')).toBe('accept');
    expect(boiler('1804334520000,1201')).toEqual(['line 6 says 1201, and -200 to 1200 is believed']);
    expect(boiler('1804334460000,600')).toEqual(['line 6 is not later than the line above it']);
    for (const line of ['1804334520000,6.5', '1804334520000,--6', '1804334520000,', 'soon,600'])
      expect([line, boiler(line)]).toEqual([line, ['line 6 is not understood here']]);
  });
});

describe('examples/governance (R27)', () => {
  const path = 'minutes/2027-03-09.md';
  const minutes = readExample(`governance/${path}`);
  const said = (from: string, to: string): 'accept' | readonly string[] => judge('governance/dapps/minutes-check.py', { [path]: minutes.replace(from, to) });

  itPython('keeps minutes that say who was there and how each vote went', () => {
    expect(said('', '')).toBe('accept');
    expect(said('3 yes, 0 no, 1 abstain', '4 yes, 0 no, 1 abstain')).toEqual([`${path}: line 8 counts more ballots than people`]);
    expect(said('3 yes, 0 no, 1 abstain', '1 yes, 1 no, 1 abstain')).toEqual([`${path}: line 8 was not carried`]);
    expect(said('ana, bo, chi, dee', 'ana, bo')).toEqual([`${path}: line 8 decides with 2 people, and 3 are needed`]);
    expect(said('Chair: ana', 'Chair: gil')).toEqual([`${path}: gil was in the chair and not present`]);
    expect(said('(3 yes, 0 no, 1 abstain)', 'by all')).toEqual([`${path}: line 8 does not say how the vote went`]);
    expect(said('2027-03-09', '2027-03-10')).toEqual([`${path}: its first line is not # Meeting of 2027-03-09`]);
    expect(said('ana, bo, chi, dee', 'ana, bo, chi, dee, bo')).toEqual([`${path}: somebody was present twice`]);
  });
});
