// Plays the story in a process of its own that kills itself at one place, as a power cut would: `program.mjs PATH NUMBER`. With `restart` in place of the number it
// first says what it finds. Bundled by the measure.
import { writeSync } from 'node:fs';
import { openRepository } from '../../node/git/repository.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { growingFile, votesPath, voteStoreIn } from '../../node/ledger/votes.ts';
import { watchedRepository, watchedVotes } from './points.ts';
import { playStory } from './story.ts';

const [path = '', number = '0'] = process.argv.slice(2);
let reached = 0;

/** Kills this process at the place with the number; 0 is never. */
function reach(): void {
  reached += 1;
  if (reached === Number(number)) process.kill(process.pid, 'SIGKILL');
}

/** The facts that hold after a kill, and then that everything is open. */
async function sayWhatIsThere(): Promise<void> {
  const view = await openLedger(repository);
  for (const id of view.batches.keys()) writeSync(1, `batch ${id}\n`);
  for (const { id } of view.checkpoints) writeSync(1, `checkpoint ${id}\n`);
  writeSync(1, 'open\n');
}

const repository = openRepository(path);
if (number === 'restart') await sayWhatIsThere();
const votes = watchedVotes(growingFile(votesPath(repository)), reach, () => reached + 1 === Number(number));
await playStory({
  repository: watchedRepository(repository, reach),
  votes: voteStoreIn(votes),
  acknowledge: (fact) => writeSync(1, `${fact}\n`),
});
repository.close();
