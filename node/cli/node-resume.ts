// `gdo node resume-witness`: after a restore from a backup the operator confirms that every other copy was asked, and the witness may sign again (node.md section 8).
import { resolve } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { resumable, resumeVotes } from '../gate/resume-witness.ts';
import { openKey } from '../ledger/keys.ts';
import { seatOf } from '../ledger/received.ts';
import { openLedger } from '../ledger/replay.ts';
import { votesPath, voteStore } from '../ledger/votes.ts';
import { isServed } from '../ops/served-by.ts';
import { UsageError, WorldError, type OptionValue } from './command.ts';
import { keyPath } from './found.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Takes over what this key has signed, and says from which checkpoint on it signs again. Exits 0. @throws WorldError GDO4013, GDO5021, GDO1071; UsageError GDO5004 */
export async function resumeWitness(path: string, options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const repository = openRepository(resolve(world.cwd, path));
  try {
    if (await isServed(repository.gitDirectory))
      throw new WorldError('GDO1071', 'A node serves this repository now, and signs for it', 'stop the node, and run the same command again');
    const view = await openLedger(repository, undefined, 'snapshot');
    const signer = openKey(keyPath(options, world), world.env);
    if (seatOf(view, signer.device) === undefined)
      throw new WorldError('GDO5021', `The key ${signer.path} is no witness of ${view.name}`, 'name the key of the node:  --key FILE');
    const votes = voteStore(votesPath(repository));
    const found = resumable(view, signer.device, votes);
    if (found.kind === 'beyond')
      throw new WorldError(
        'GDO4013',
        `This witness has voted at height ${found.height}, and this copy ends at ${found.tip}`,
        'fetch the newest ledger from the copy that has it:  gdo sync --peer ADDRESS',
      );
    if (found.kind === 'adopted' && options['yes'] !== true)
      throw new UsageError(
        'GDO5004',
        `From checkpoint ${found.height + 1} on this key would sign again. If another copy holds a later vote of it, two checkpoints at one height split the organization`,
        'fetch from every other copy first:  gdo sync --peer ADDRESS   then say --yes',
      );
    if (found.kind === 'adopted') resumeVotes(view, found, votes);
    if (world.json)
      world.stdout(`${JSON.stringify({ schema: 'gdo-resume/1', adopted: found.kind === 'adopted', height: found.height ?? null, tip: view.tip.height })}\n`);
    else if (found.kind === 'adopted')
      world.stdout(`✓ ${visible(view.name)}: the record of votes now ends at checkpoint ${found.height}. The next one may be signed.\n`);
    else world.stdout(`Nothing to do: the record of votes is as new as this copy of ${visible(view.name)}.\n`);
    return 0;
  } finally {
    repository.close();
  }
}
