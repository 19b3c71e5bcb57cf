// `gdo rejoin`: brings what a fork changed back as a branch to propose, or names what both sides changed. The bylaws decide about it like about any change.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { fetchRefs } from '../git/transport.ts';
import { commitRejoin, rejoinOf } from '../ledger/fork.ts';
import { openLedger } from '../ledger/replay.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo rejoin`. Exits 0, 1 (both sides changed something, GDO2012), 2, 3. */
export const rejoinCommand: CommandDefinition = {
  name: 'rejoin',
  group: 'keep',
  summary: 'bring a fork back, with what both sides changed by name',
  arguments: 'DIR',
  options: [['--branch <name>', 'the branch to propose (default: rejoin)']],
  examples: ['gdo rejoin ../shed-too', 'gdo rejoin /media/stick/shed-too --branch back-together'],
  run: (positional, options, world) => withLedger(world, (session) => rejoin(session, positional, options)),
};

async function rejoin(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const { world } = session;
  const [word] = positional;
  if (word === undefined) throw new UsageError('GDO5002', 'Which organization comes back?', 'gdo rejoin DIR   (its repository)');
  const path = resolve(world.cwd, word);
  if (!existsSync(path)) throw new WorldError('GDO5022', `There is no folder ${visible(path)}`, 'name the repository of the other organization');
  const branch = typeof options['branch'] === 'string' ? options['branch'] : 'rejoin';
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(branch))
    throw new UsageError('GDO5003', `\`${visible(branch)}\` is no name for a branch here`, 'small letters, digits and hyphens');
  const other = openRepository(path);
  try {
    return await bring(session, await openLedger(other), branch);
  } finally {
    other.close();
  }
}

async function bring({ view, repository, world }: Session, theirs: LedgerView, branch: string): Promise<number> {
  if ((await theirs.repository.resolve('refs/heads/main')) !== theirs.mainCommit)
    throw new WorldError('GDO2003', 'Main of the other copy is not what was accepted there', 'fetch it there first:  gdo sync');
  await fetchRefs(repository, { address: theirs.repository.gitDirectory }, ['+refs/heads/main:refs/gdo-incoming/rejoin']);
  const found = await rejoinOf(view, theirs);
  switch (found.kind) {
    case 'strangers':
      throw new WorldError(
        'GDO5020',
        `${visible(theirs.name)} there is no fork of this organization, nor this of it`,
        'only organizations that parted can rejoin',
      );
    case 'nothing':
      say(world, { rejoined: false, paths: [] }, 'There is nothing to bring: what changed there is here already.\n');
      return 0;
    case 'conflicts': {
      const lines = found.paths.map((path) => `  ${visible(path)}`);
      if (found.bylaws) lines.push('  the bylaws: both amended them');
      if (world.json) say(world, { rejoined: false, code: 'GDO2012', paths: found.paths, bylaws: found.bylaws }, '');
      else
        world.stderr(`✗ GDO2012 Both sides changed these since they parted at their common checkpoint; people decide which is right:\n${lines.join('\n')}\n`);
      return 1;
    }
    case 'change': {
      const commit = await commitRejoin(view, theirs, found.files, world.clockMs());
      const moved = await repository.updateRefs([{ ref: `refs/heads/${branch}`, old: undefined, next: commit }]);
      if (moved.kind === 'conflict') throw new UsageError('GDO5003', `There is a branch \`${branch}\` already`, 'name another:  --branch NAME');
      const list = found.paths.map((path) => `  ${visible(path)}\n`).join('');
      say(
        world,
        { rejoined: true, branch, commit, paths: found.paths, checkpoint: theirs.tip.id },
        `✓ The branch ${branch} holds what ${visible(theirs.name)} changed up to its checkpoint ${theirs.tip.height}:\n${list}  Propose it:  git switch ${branch}   gdo start PROCESS --title "Rejoin"\n`,
      );
      return 0;
    }
  }
}

function say(world: Session['world'], document: object, text: string): void {
  world.stdout(world.json ? `${JSON.stringify({ schema: 'gdo-rejoin/1', ...document })}\n` : text);
}
