// `gdo test` as a whole: coverage in its three formats, and playing again after a change. What scenarios mean is the compiler's.
import { mkdtempSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playAndWatch } from '../../../node/cli/test.ts';
import type { World } from '../../../node/cli/world.ts';
import { makeBench } from './virtual-world.ts';

const rules = `gdo 1

organization "Maple"
end

area bylaws covers "bylaws/**"

role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation
end

process keeping
  started by any keeper
  step review
    when 2 other keepers approve go to kept
    after 7 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

process amendment
  governs bylaws
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 7 days go to refused
  end
end
`;

const scenarios = `gdo 1

scenario "Two others are enough"
  on day 0 ada starts keeping about flo
  on day 1 2 other keepers approve
  expect flo holds keeper
end

scenario "Three change the bylaws"
  on day 0 ada starts amendment
  on day 1 3 other keepers approve
  expect amendment is accepted
end
`;

const files = { 'bylaws/a.gdo': rules, 'bylaws/tests.gdo': scenarios };

describe('gdo test --coverage', () => {
  it('is part of the json document', async () => {
    const { exit, stdout } = await makeBench(files).run('test', '--coverage', '--json');
    expect(exit).toBe(0);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'gdo-test/1',
      scenarios: [{ passed: true }, { passed: true }],
      coverage: {
        processes: [
          {
            process: 'keeping',
            stages: [
              { stage: 'review', times: 1 },
              { stage: 'kept', times: 1 },
              { stage: 'refused', times: 0 },
            ],
            ways: [
              { from: 'review', to: 'kept', rule: '2 other keepers approve', times: 1 },
              { from: 'review', to: 'refused', rule: 'after 7 days', times: 0 },
            ],
          },
          { process: 'amendment' },
        ],
        uncovered: ['`keeping`, from `review` to `refused`: after 7 days', '`amendment`, from `review` to `refused`: after 7 days'],
      },
    });
  });

  it('is left out of the json document where nobody asks for it', async () => {
    const { stdout } = await makeBench(files).run('test', '--json');
    expect(Object.keys(JSON.parse(stdout))).toEqual(['schema', 'scenarios', 'findings']);
  });

  it('stands behind the cases in junit, and behind the failures for people', async () => {
    expect((await makeBench(files).run('test', '--coverage', '--format', 'junit')).stdout).toContain(
      '  <system-out>no scenario covers: `keeping`, from `review` to `refused`: after 7 days\n',
    );
    const failing = { ...files, 'bylaws/tests.gdo': scenarios.replace('3 other keepers approve', '2 other keepers approve') };
    const { exit, stdout } = await makeBench(failing).run('test', '--coverage');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/2 scenarios, 1 as expected, 1 not\n\nCovered +stages +ways out\nkeeping +2 of 3 +1 of 2\n/);
  });

  it('says so where everything is covered', async () => {
    const silent = '\nscenario "Nobody approves"\n  on day 0 ada starts PROCESS\n  after 7 days\n  expect refused\nend\n';
    const all = `${scenarios}${silent.replace('PROCESS', 'keeping')}${silent.replace('PROCESS', 'amendment')}`;
    expect((await makeBench({ ...files, 'bylaws/tests.gdo': all }).run('test', '--coverage')).stdout).toContain(
      'Every stage and every way out of one is covered.\n',
    );
  });
});

describe('gdo test --watch', () => {
  /** Plays in a real folder; `step` n runs when the n-th time is over, and after the last the watch ends. */
  async function watching(
    ...steps: readonly ((folder: string) => void)[]
  ): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'gdo-watch-'));
    mkdirSync(join(folder, 'bylaws'));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const stop = new AbortController();
    const printed = { stdout: '', stderr: '' };
    let times = 0;
    const world: World = {
      cwd: folder,
      env: {},
      stdout: (text) => {
        printed.stdout += text;
      },
      stderr: (text) => {
        printed.stderr += text;
        if (!text.startsWith('Watching')) return;
        const step = steps[times];
        times += 1;
        if (step === undefined) stop.abort();
        else step(folder);
      },
      stdin: () => Promise.resolve(undefined),
      clockMs: () => 0,
      randomBytes: (count) => new Uint8Array(count),
      color: false,
      columns: 120,
      interactive: false,
      json: false,
      plain: false,
      verbosity: 1,
    };
    try {
      return { exit: await playAndWatch([], {}, world, stop.signal), ...printed };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('plays again when a file is written, and when one is put in its place', async () => {
    const { exit, stdout } = await watching(
      (folder) => writeFileSync(join(folder, 'bylaws/tests.gdo'), scenarios.replace('expect flo holds', 'expect flo does not hold')),
      (folder) => {
        writeFileSync(join(folder, 'draft'), scenarios);
        renameSync(join(folder, 'draft'), join(folder, 'bylaws/tests.gdo'));
      },
    );
    expect(stdout.match(/^\d scenarios?, .*$/gm)).toEqual([
      '2 scenarios, all as expected',
      '2 scenarios, 1 as expected, 1 not',
      '2 scenarios, all as expected',
    ]);
    expect(exit).toBe(0);
  });

  it('goes on while the bylaws are broken or away', async () => {
    const { exit, stdout, stderr } = await watching(
      (folder) => writeFileSync(join(folder, 'bylaws/a.gdo'), rules.replace('started by any keeper', 'started by any keepr')),
      (folder) => rmSync(join(folder, 'bylaws'), { recursive: true }),
      (folder) => {
        mkdirSync(join(folder, 'new'));
        for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'new', path.replace('bylaws/', '')), text);
        renameSync(join(folder, 'new'), join(folder, 'bylaws'));
      },
    );
    expect(stdout).toMatch(/^2 scenarios, all as expected\n[\s\S]*keepr[\s\S]*\n2 scenarios, all as expected\n$/);
    expect(stderr).toContain('No scenario was played: mend the bylaws first.\n');
    expect(stderr).toContain('error[GDO5012]');
    expect(exit).toBe(0);
  });
});

describe('bylaws with an error that can be played', () => {
  const risky = {
    ...files,
    'bylaws/a.gdo': rules.replace('go to accepted\n    after 7 days go to refused', 'go to accepted\n    after 7 days go to accepted'),
  };

  it('are played, and are no success', async () => {
    const { exit, stdout, stderr } = await makeBench(risky).run('test', '--filter', 'Three');
    expect([exit, stdout, stderr]).toEqual([1, '1 scenario, all as expected\n', 'The bylaws have 1 error (GDO401): gdo check\n']);
  });

  it('are told with their error in each format', async () => {
    const { exit, stdout } = await makeBench(risky).run('test', '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([
      1,
      { scenarios: [{ passed: true }, { passed: true }], findings: [{ code: 'GDO401', file: 'bylaws/a.gdo' }] },
    ]);
    const suite = await makeBench(risky).run('test', '--format', 'junit');
    expect([suite.exit, suite.stdout]).toEqual([1, expect.stringContaining('name="GDO401"><error message=')]);
  });
});

describe('gdo test of a folder with several organizations', () => {
  const two = {
    'charters/one/a.gdo': rules,
    'charters/one/tests.gdo': scenarios,
    'charters/two/a.gdo': rules.replace('Maple', 'Birch'),
    'charters/readme.md': 'x',
  };

  it('plays each by itself, and says which went otherwise', async () => {
    const { exit, stdout } = await makeBench({ ...two, 'charters/two/tests.gdo': scenarios.replace('flo holds', 'flo does not hold') }).run('test', 'charters');
    expect(exit).toBe(1);
    expect(stdout).toContain('charters/one\n2 scenarios, all as expected\ncharters/two\n');
    expect(stdout).toMatch(/2 organizations, not all as expected\n$/);
    const good = await makeBench({ ...two, 'charters/two/tests.gdo': scenarios }).run('test', 'charters');
    expect([good.exit, good.stdout.split('\n').at(-2)]).toEqual([0, '2 organizations, all as expected']);
  });

  it('writes one document for one organization, so that has to be named (GDO5003)', async () => {
    const { exit, stdout } = await makeBench({ ...two, 'charters/two/tests.gdo': scenarios }).run('test', 'charters', '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([2, { code: 'GDO5003', message: 'There are 2 organizations below `charters`' }]);
    const one = await makeBench({ ...two, 'charters/two/tests.gdo': scenarios }).run('test', 'charters/two', '--json');
    expect([one.exit, JSON.parse(one.stdout)]).toMatchObject([0, { schema: 'gdo-test/1', scenarios: [{ passed: true }, { passed: true }] }]);
  });

  it('takes bylaws of one organization for one, in however many folders they stand', async () => {
    const bench = makeBench({ 'charters/one/a.gdo': rules, 'charters/two/tests.gdo': scenarios });
    expect(await bench.run('test', 'charters')).toMatchObject({ exit: 0, stdout: '2 scenarios, all as expected\n' });
  });
});
