// `gdo vote`: casts or changes a ballot. A ranking is written `a,b,c`, equal ranks `a=b,c`.
import type { Json } from '../../engine/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { openCase, refuseDecided } from './case-open.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo vote`. Exits 0, 1 (not a voter, or closed), 2, 3. */
export const voteCommand: CommandDefinition = {
  name: 'vote',
  group: 'decide',
  summary: 'cast or change a ballot',
  arguments: 'CASE CHOICE',
  options: [
    ['--because <text>', 'a reason, shown to everyone'],
    ['--vote <name>', 'which vote, where several are open together'],
    ['--anyway', 'record it also where this copy says that it is too late'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo vote 42 yes --because "reviewed the budget"', 'gdo vote 43 ana,bo,chi'],
  run: (positional, options, world) => withLedger(world, (session) => vote(asMember(session, options), positional, options)),
};

async function vote(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const found = openCase(session, positional[0]);
  if (found.phase === 'decided') return refuseDecided(session, found);
  const choice = positional[1];
  if (choice === undefined) throw new UsageError('GDO5002', `Which choice in #${found.number}?`, 'gdo vote CASE yes, no or abstain; a ranking: a,b,c');
  const late = found.dueMs !== undefined && session.world.clockMs() >= found.dueMs;
  if (late && options['anyway'] !== true) {
    session.world.stderr(`✗ GDO1051 Not recorded: voting on #${found.number} closed.\n  Its result follows with the next checkpoint:  gdo sync\n`);
    return 1;
  }
  const because = options['because'];
  const body = {
    choice: readChoice(choice),
    stage: voteEntry(found, options['vote']),
    ...(typeof because === 'string' ? { text: because.normalize('NFC') } : {}),
  };
  const delivery = await deliver(session, { kind: 'ballot', case: found.id, body });
  return reportDelivery(session, delivery, `Your ballot in #${found.number}: ${visible(choice)}.`);
}

/** Reads `yes`, or a ranking `a,b=c,d`. */
function readChoice(text: string): Json {
  if (!text.includes(',') && !text.includes('=')) return text;
  return text.split(',').map((rank) => {
    const equal = rank.split('=');
    return equal.length === 1 ? rank : equal;
  });
}

/** The entry number of the vote meant: the stage's own, or that of one vote of a joint. */
function voteEntry(found: ReturnType<typeof openCase>, name: OptionValue): number {
  const [only, ...more] = found.votes;
  if (only === undefined)
    throw new WorldError('GDO1052', `#${found.number} is not at a vote; it is at ${found.stage}`, `see what it waits for:  gdo status ${found.number}`);
  if (typeof name !== 'string' && more.length === 0) return only.entry;
  const chosen = found.votes.find((vote) => vote.name === name);
  if (chosen === undefined) throw new UsageError('GDO5002', `Which vote of #${found.number}?`, found.votes.map((vote) => `--vote ${vote.name}`).join(' or '));
  return chosen.entry;
}
