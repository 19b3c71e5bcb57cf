// R52, R65: what a small computer has to be able to do, held by limits of the kernel: one processor, a heap of 256 MB, and so many seconds of it.
// The limit is processor time, several times what it takes, so that a busy machine changes nothing. Figures are in docs/measures.md.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { compile } from '../../engine/step/organization.ts';
import { bundledProgram, removeBundle } from '../cli/decide/built.ts';
import { foundSmall, removeFolder, signerOf, temporaryFolder } from '../ledger/small-ledger.ts';

const bylaws = `gdo 1
organization "Small"
end
role member plural members
  held by 1 to 9 people
end
process motion
  started by any member
  step wait
    when any member approves go to accepted
    after 30 days go to refused
  end
end
`;

/** Events a second that a small computer checks and folds: ten times the fifteen transactions a second that others publish. */
const eventsPerSecond = 150;
/** Starting Node and reading the program, at the slowest. */
const startSeconds = 6;
const [batches, perBatch] = [4, 250] as const;

const folder = temporaryFolder();
afterAll(() => {
  removeFolder(folder);
  removeBundle();
});

it(
  'A small computer checks every signature and decision of 1,000 events on one processor, at 150 a second and more (R52, R65)',
  { timeout: 600_000 },
  async () => {
    const { charter, hash } = compile(bylaws);
    const small = await foundSmall(`${folder}/small.git`, { people: ['ada'], charter, roles: [['member', ['ada']]], files: [['README.md', 'Small\n']] });
    const ada = signerOf(small, 'ada');
    let { view } = small;
    for (let batch = 0; batch < batches; batch += 1) {
      const clockMs = view.tip.timeMs + 60_000;
      const events = Array.from({ length: perBatch }, (_none, index) => ({
        kind: 'propose' as const,
        body: { process: 'motion', bylaws: hash, title: `${batch}.${index}` },
      }));
      ({ view } = await appendEvents(view, ada, { events, clockMs }));
      ({ view } = await closeEpoch({ view, signer: ada, votes: small.votes, clockMs: clockMs + 1_000 }));
    }
    small.repository.close();
    const seconds = (batches * perBatch) / eventsPerSecond + startSeconds;
    const [, processor = '0'] = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    // `prlimit` ends whoever uses more processor time, with a signal that nobody can miss.
    const audit = spawnSync(
      'prlimit',
      [`--cpu=${Math.ceil(seconds)}`, 'taskset', '--cpu-list', processor, process.execPath, '--max-old-space-size=256', bundledProgram(), 'audit'],
      { cwd: small.path, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } },
    );
    expect({ status: audit.status, signal: audit.signal, stderr: audit.stderr }).toEqual({ status: 0, signal: null, stderr: '' });
    expect(audit.stdout).toContain(`${batches} batches, ${batches * perBatch} events`);
  },
);
