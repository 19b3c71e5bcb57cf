// The tags of examples/lockout: four eyes, one tag at a time, and nothing rewritten.
import { describe, expect } from 'vitest';
import { judge, needing, readExample } from './application.ts';

const dapp = 'lockout/dapps/lockout.py';
const path = 'tags/log.csv';
const log = readExample(`lockout/${path}`);
const itPython = needing('python3');

function added(...lines: readonly string[]): 'accept' | readonly string[] {
  const said = judge(dapp, { [path]: `${log}${lines.join('\n')}\n` }, { [path]: log });
  return said === 'accept' ? said : said.map((sentence) => sentence.replace(`${path}: `, ''));
}

describe('tags in examples/lockout (R33)', () => {
  itPython('come off after an inspection by somebody else, and not before', () => {
    const lock = '2027-04-01,lathe,lock,T-3,dee,It hums';
    expect(added(lock)).toBe('accept');
    expect(added(lock, '2027-04-02,lathe,release,T-3,ana,Fine')).toEqual(['line 9 takes tag T-3 off, and nobody inspected lathe since it hangs there']);
    const inspected = '2027-04-02,lathe,inspect,T-3,ana,Bearing changed';
    expect(added(lock, inspected, '2027-04-02,lathe,release,T-3,ana,Fine')).toEqual(['line 10: ana inspected lathe, so somebody else takes tag T-3 off']);
    expect(added(lock, inspected, '2027-04-02,lathe,release,T-3,bo,Fine')).toBe('accept');
  });

  itPython('of one machine come off one by one, and a number hangs once', () => {
    const two = ['2027-04-01,lathe,lock,T-3,dee,It hums', '2027-04-01,lathe,lock,T-4,eli,It smells'];
    const one = ['2027-04-02,lathe,inspect,T-3,ana,Bearing', '2027-04-02,lathe,release,T-3,bo,Fine'];
    expect(added(...two, ...one)).toBe('accept');
    expect(added(...two, ...one, '2027-04-03,lathe,release,T-4,bo,Fine')).toEqual([
      'line 12 takes tag T-4 off, and nobody inspected lathe since it hangs there',
    ]);
    expect(added('2027-04-01,lathe,lock,T-1,dee,Again')).toEqual(['line 8 uses tag T-1 a second time']);
    expect(added('2027-04-01,lathe,release,T-1,bo,Again')).toEqual(['line 8: tag T-1 does not hang on lathe']);
    expect(added(two[0] ?? '', '2027-04-02,saw,inspect,T-3,ana,Fine')).toEqual(['line 9: tag T-3 does not hang on saw']);
  });

  itPython('say why, in the order of days', () => {
    expect(added('2027-04-01,lathe,lock,T-3,dee, ')).toEqual(['line 8 gives no reason']);
    expect(added('2027-03-01,lathe,lock,T-3,dee,It hums')).toEqual(['line 8 is older than the line above it']);
    expect(judge(dapp, { [path]: log.replace('The belt is torn', 'A speck of dust') }, { [path]: log })).toEqual([
      `${path}: what stands there stays; add lines at the end`,
    ]);
  });
});
