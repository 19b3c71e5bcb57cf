// `gdo check` as a whole: formats, exit codes, fixes. What is a fault of bylaws is the compiler's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBench } from './virtual-world.ts';

const sound = `gdo 1

organization "Maple"
end

area bylaws covers "bylaws/**"

role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation or 2 years without activity
  while short only keeping, amendment
end

process keeping
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to kept
    otherwise go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

process amendment
  governs bylaws
  started by any keeper
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const misspelt = sound.replace('voters keepers', 'voters keeprs');
const machineFormats = ['concise', 'json', 'github', 'summary', 'sarif', 'gitlab', 'junit', 'rdjson'];

describe('gdo check', () => {
  it('says what sound bylaws hold, and exits 0', async () => {
    const { exit, stdout } = await makeBench({ 'bylaws/a.gdo': sound }).run('check');
    expect(exit).toBe(0);
    expect(stdout).toContain('bylaws/a.gdo   1 role, 2 processes, 3 stages\n');
    expect(stdout).toContain('Who can change the bylaws?');
    expect(stdout).toContain('  Nothing to fix.\n');
  });

  it('finds one misspelling once, names the line, and exits 1', async () => {
    const { exit, stdout } = await makeBench({ 'bylaws/a.gdo': misspelt }).run('check');
    expect(exit).toBe(1);
    expect(stdout.match(/^error\[/gm)).toHaveLength(1);
    expect(stdout).toContain('error[GDO101]');
    expect(stdout).toContain('bylaws/a.gdo:19:12');
    expect(stdout).toContain('did you mean `keepers`');
    expect(stdout).toContain('1 problem in 1 file (bylaws/a.gdo).');
  });

  it('says that dates were not judged where no day is known, and judges them by the day that is named', async () => {
    const dated = `${sound}protect amendment\n  changed through amendment\n  lapses on 2027-06-01\nend\n`;
    const unsaid = 'Has something lapsed?  not judged without a ledger or a day: gdo check --today 2027-03-01\n';
    const bench = makeBench({ 'bylaws/a.gdo': dated });
    expect((await bench.run('check')).stdout).toContain(unsaid);
    expect((await makeBench({ 'bylaws/a.gdo': sound }).run('check')).stdout).not.toContain('lapsed');
    const early = await bench.run('check', '--today', '2027-03-01');
    expect(early.stdout).not.toContain('lapsed');
    expect((await bench.run('check', '--today', '2027-07-01')).stdout).toContain('warning[GDO509]');
  });

  it('plays the scenarios with --deep, and only then', async () => {
    const played = `${sound}scenario "Nobody votes"\n  on day 0 ada starts keeping\n  after 8 days\n  expect keeping is kept\nend\n`;
    const bench = makeBench({ 'bylaws/a.gdo': played });
    expect(await bench.run('check')).toMatchObject({ exit: 0 });
    const deep = await bench.run('check', '--deep');
    expect([deep.exit, deep.stdout]).toEqual([1, expect.stringContaining('error[GDO908]')]);
  });

  it('prints nothing about sound bylaws under -q', async () => {
    expect((await makeBench({ 'bylaws/a.gdo': sound }).run('check', '-q')).stdout).toBe('');
  });

  it('exits 0 in spite of findings with --exit-zero, but not in spite of wrong usage', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': misspelt });
    expect((await bench.run('check', '--exit-zero')).exit).toBe(0);
    expect((await bench.run('check', '--exit-zero', '--fail-on', 'never')).exit).toBe(2);
    expect((await bench.run('check', '--today', '2027-02-30')).exit).toBe(2);
  });

  it('gives the same bytes twice in every format', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': misspelt });
    for (const format of ['human', ...machineFormats]) {
      const first = await bench.run('check', '--format', format);
      expect(first.exit).toBe(1);
      expect(first.stdout).toContain('GDO101');
      expect((await bench.run('check', '--format', format)).stdout).toBe(first.stdout);
    }
  });

  it('writes json with where, help and a fingerprint that outlives a new line', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': misspelt });
    const report = JSON.parse((await bench.run('check', '--json')).stdout);
    expect(report).toMatchObject({
      schema: 'gdo-check/1',
      bylaws: null,
      summary: { error: 1, warning: 0 },
      findings: [{ code: 'GDO101', name: 'unknown-name', severity: 'error' }],
    });
    expect(report.findings[0].where).toMatchObject({ file: 'bylaws/a.gdo', start: { line: 19, column: 12 }, end: { line: 19, column: 18 } });
    bench.write('bylaws/a.gdo', misspelt.replace('organization', '-- moved\n\norganization'));
    const moved = JSON.parse((await bench.run('check', '--json')).stdout);
    expect(moved.findings[0].fingerprint).toBe(report.findings[0].fingerprint);
  });

  it('gives the hash of sound bylaws in json', async () => {
    const report = JSON.parse((await makeBench({ 'bylaws/a.gdo': sound }).run('check', '--format', 'json')).stdout);
    expect(report.bylaws).toMatch(/^[0-9a-f]{64}$/);
  });

  it('writes several formats at once, one of them to a file', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': misspelt });
    const { stdout } = await bench.run('check', '--format', 'github sarif=out/gdo.sarif', 'bylaws/a.gdo');
    expect(stdout).toMatch(/^::error file=bylaws\/a\.gdo,line=19,/);
    const sarif = JSON.parse(readFileSync(join(bench.directory, 'out/gdo.sarif'), 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'GDO101', level: 'error' }] }] });
    expect((await bench.run('check', '--format', 'json=../x')).exit).toBe(2);
    expect((await bench.run('check', '--format', 'json', '--format', 'sarif')).exit).toBe(2);
  });

  it('annotates ten findings of a level at most, errors first, and leaves the rest to the summary of the job', async () => {
    const roles = Array.from({ length: 14 }, (_, index) => `role r${index} plural rs${index}\n  held by 2 people\n  succeeded by nobody${index}x\nend\n`).join(
      '\n',
    );
    const bench = makeBench({ 'bylaws/a.gdo': `${sound}\n${roles}` });
    const { stdout } = await bench.run('check', '--format', 'github summary=all.md');
    expect(stdout.match(/^::error /gm)).toHaveLength(10);
    expect(stdout).toMatch(/^::notice title=gdo::\d+ more in the summary of the job/m);
    expect(readFileSync(join(bench.directory, 'all.md'), 'utf8').match(/^\| error \| GDO101 \|/gm)).toHaveLength(14);
  });

  it('tells code scanning what each rule is, under an index, with the level it usually has', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': misspelt });
    const [run] = JSON.parse((await bench.run('check', '--format', 'sarif')).stdout).runs;
    const [result] = run.results;
    expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'GDO101',
      name: 'unknown-name',
      shortDescription: { text: expect.stringContaining('nothing in the bylaws declares') },
      defaultConfiguration: { level: 'error' },
    });
    expect(result.partialFingerprints['gdo/v1']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says in every machine format that it could not decide', async () => {
    const bench = makeBench();
    for (const format of machineFormats) {
      const { exit, stdout } = await bench.run('check', '--format', format, 'missing.gdo');
      expect([format, exit]).toEqual([format, 3]);
      expect(stdout).toContain('GDO5022');
      if (['json', 'sarif', 'gitlab', 'rdjson'].includes(format)) expect(JSON.parse(stdout)).toBeTypeOf('object');
    }
  });

  it('escapes what a hostile text could smuggle into annotations', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': 'gdo 1\nrole x\u001b]0;title\u0007\n::error::owned\nend\n' });
    for (const format of ['human', ...machineFormats]) {
      const { stdout } = await bench.run('check', '--format', format);
      expect(stdout.includes('\u001b') || stdout.includes('\u0007')).toBe(false);
      expect(stdout).not.toMatch(/^::error::owned/m);
    }
  });

  it('repairs spelling with --fix when the finding offers a safe edit, and changes nothing else', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': sound.replace('go to kept', 'go to kpet') });
    const before = JSON.parse((await bench.run('check', '--json')).stdout);
    const safe = before.findings.flatMap((finding: { readonly fixes: readonly { readonly safety: string }[] }) =>
      finding.fixes.filter((fix) => fix.safety === 'safe'),
    );
    const { exit } = await bench.run('check', '--fix');
    const text = readFileSync(join(bench.directory, 'bylaws/a.gdo'), 'utf8');
    expect([exit, text === sound]).toEqual(safe.length > 0 ? [0, true] : [1, false]);
  });
});
