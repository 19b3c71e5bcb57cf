// Plays the story in a process of its own that kills itself at one place, as a power cut would: `program.mjs PATH NUMBER`. Bundled by the measure.
import { writeSync } from 'node:fs';
import { openRepository } from '../../node/git/repository.ts';
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

const repository = openRepository(path);
const votes = watchedVotes(growingFile(votesPath(repository)), reach, () => reached + 1 === Number(number));
await playStory({
  repository: watchedRepository(repository, reach),
  votes: voteStoreIn(votes),
  acknowledge: (fact) => writeSync(1, `${fact}\n`),
});
repository.close();
