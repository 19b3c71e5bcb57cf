// T04, T05 (Q01): crafted signatures of every kind, in the size of a test. `npm run signatures -- --seed 1 --count 100000` is the whole size.
import { describe, expect, it } from 'vitest';
import { judgeSignatures, printSignatures } from '../../measure/signatures.ts';
import { craftedKinds } from '../../vectors/crafted-signatures.ts';

describe('Q01: crafted signatures', () => {
  const report = judgeSignatures({ seed: 3, count: 14 * craftedKinds.length, ssh: craftedKinds.length });

  it('have one verdict on the native path and on the portable one, the one they were made for, and ssh-keygen has it too', () => {
    expect({ paths: report.paths, made: report.made, ssh: report.ssh.differences }).toEqual({ paths: new Map(), made: new Map(), ssh: new Map() });
    expect(report).toMatchObject({ count: 14 * craftedKinds.length, sound: 14, ssh: { count: craftedKinds.length } });
  });

  it('would show `noble.verify` in the place of the equation, in either of its modes, by what it accepts too much', () => {
    expect([...report.nobleStrict.keys()]).toContain('R with a torsion point');
    expect([...report.nobleZip215.keys()]).toContain('R with a torsion point');
    expect(report.nobleStrict.get('sound')).toBeUndefined();
  });

  it('are the same for a seed, and the measure says so in its exit code', () => {
    const lines: string[] = [];
    expect(printSignatures({ seed: 3, count: 154, ssh: 0 }, (line) => lines.push(line))).toBe(0);
    expect(lines[0]).toBe('154 signatures from seed 3, 7 sound');
    expect(lines[4]).toContain('R with a torsion point');
  });
});
