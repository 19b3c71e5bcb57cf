// `gdo merge`: lets this node judge a decided case and merge it. It closes epochs as `gdo sync` does and answers for one case.
import { readCase } from '../../engine/index.ts';
import { isServed } from '../ops/served-by.ts';
import { seatOf } from '../ledger/received.ts';
import { openCase } from './case-open.ts';
import { closeEpochs } from './close-epochs.ts';
import type { RoundReport } from './close-epochs.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { WorldError } from './command.ts';
import { articleOf } from './articles.ts';
import { beneathMissing } from './dapp-runner.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession, Session } from './session.ts';
import { exitOfCase } from './status.ts';
import { visible } from './terminal.ts';

/** The command `gdo merge`. Exits 0 merged, 1 refused or stale, 2, 3 could not decide, 4 still open. */
export const mergeCommand: CommandDefinition = {
  name: 'merge',
  group: 'keep',
  summary: "let this clone's node judge and merge a decided change",
  arguments: 'CASE',
  options: [
    ['--dry-run', 'say what would happen, write nothing'],
    ['--key <file>', "the key of this node's witness"],
  ],
  examples: ['gdo merge 42', 'gdo merge 42 --dry-run'],
  run: (positional, options, world) => withLedger(world, (session) => merge(session, positional, options)),
};

async function merge(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const found = openCase(session, positional[0]);
  if (options['dryRun'] === true) return answer(session, found.id, undefined);
  const member: MemberSession = asMember(session, options);
  if (seatOf(session.view, member.signer.device) === undefined) {
    throw new WorldError(
      'GDO5021',
      'This key is no witness of the organization, so this node cannot merge',
      'use the key of the steward, or run `gdo sync` and wait for it',
    );
  }
  if (await isServed(session.repository.gitDirectory))
    throw new WorldError('GDO5024', 'A node runs in this repository, and it merges by itself', 'wait for it, and look with `gdo status`');
  const round = await closeEpochs(session.view, member.signer, session.world);
  return answer({ ...session, view: round.view }, found.id, round);
}

async function answer(session: Session, id: string, round: RoundReport | undefined): Promise<number> {
  const { view, world } = session;
  const found = readCase(view.state, id);
  if (found === undefined) throw new WorldError('GDO5020', 'The case is not in this ledger any more', 'run `gdo audit`');
  const open = round?.unanswered.filter((one) => one.case === id) ?? [];
  // A case that is not accepted yet is open, whatever its checks say.
  const undecided = found.phase === 'merging' && open.some((one) => one.code.startsWith('GDO3'));
  const exit = undecided ? 3 : exitOfCase(found);
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-merge/1', case: found.number, exit, outcome: found.outcome ?? null, merge: found.merge ?? null, code: found.code ?? null, unanswered: open, main: view.mainCommit })}\n`,
    );
    return exit;
  }
  const title = visible(found.title === '' ? found.process : found.title);
  const article = await articleOf(session, found.process);
  const lines = [headline(found, title, exit)];
  if (article !== undefined) lines.push(`  under ${article}, process ${found.process}`);
  for (const one of open) lines.push(`  ${one.code} no verdict of ${one.dapp}: ${visible(one.reason)}`, ...beneathMissing(one, '    '));
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}

function headline(found: NonNullable<ReturnType<typeof readCase>>, title: string, exit: number): string {
  const name = `#${found.number} ${title}`;
  const because = `${found.code === undefined ? '' : `${found.code} `}${visible(found.reason ?? found.outcome ?? '')}`;
  if (found.merge === 'merged') return `✓ ${name} is merged into main.`;
  if (found.merge === 'stale') return `✗ ${name} is stale: ${because}. Nothing was merged; propose it again on today's main.`;
  if (exit === 0) return `✓ ${name} is decided: ${found.outcome ?? ''}. It merges no files.`;
  if (exit === 3) return `⏳ ${name} could not be decided: nothing was merged.`;
  if (exit === 4)
    return found.phase === 'merging'
      ? `⏳ ${name} is accepted and waits for its checks: nothing was merged yet.`
      : `⏳ ${name} is still open, at ${found.stage}: nothing was merged.`;
  return `✗ ${name} is refused: ${because}. Nothing was merged.`;
}
