// `gdo log`: events in fold order with who signed them and what a checkpoint said.
import { encodeEvent } from '../../engine/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { openCase } from './case-open.ts';
import { allEvents, eventCells, eventJson } from './event-lines.ts';
import { sayPruned, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { alignRows } from './table.ts';
import { visible } from './terminal.ts';

/** The command `gdo log`. Exits 0, 2, 3. */
export const logCommand: CommandDefinition = {
  name: 'log',
  group: 'decide',
  summary: 'events in fold order with their signers',
  arguments: '[CASE]',
  options: [
    ['--since <day>', 'only events received on this day or later, such as 2027-03-01'],
    ['--person <person>', 'only events of one person'],
    ['--raw', 'the event lines as they were signed'],
  ],
  examples: ['gdo log', 'gdo log 42 --person ana'],
  run: (positional, options, world) => withLedger(world, (session) => Promise.resolve(showLog(session, positional, options))),
};

function showLog(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): number {
  const { view, world } = session;
  sayPruned(session);
  const wanted = positional[0] === undefined ? undefined : openCase(session, positional[0]).id;
  const since = sinceMs(options['since']);
  const person = options['person'];
  const rows = allEvents(view).filter(
    ({ event, judged }) =>
      (wanted === undefined || event.case === wanted || event.id === wanted) &&
      (typeof person !== 'string' || event.actor === person) &&
      (judged?.receivedMs ?? Number.POSITIVE_INFINITY) >= since,
  );
  if (options['raw'] === true) {
    for (const { event } of rows) world.stdout(`${Buffer.from(encodeEvent(event)).toString('utf8')}\n`);
  } else if (world.json) {
    const from = view.checkpoints[0]?.height ?? 0;
    world.stdout(`${JSON.stringify({ schema: 'gdo-log/1', org: view.org, from, checkpoint: view.tip.height, events: rows.map(eventJson) })}\n`);
  } else {
    world.stdout(rows.length === 0 ? 'No events.\n' : `${alignRows(rows.map((row) => eventCells(view, row))).join('\n')}\n`);
  }
  return 0;
}

function sinceMs(value: OptionValue): number {
  if (typeof value !== 'string') return 0;
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError('GDO5003', `\`${visible(value)}\` is not a day`, 'write it as 2027-03-01');
  return instant;
}
