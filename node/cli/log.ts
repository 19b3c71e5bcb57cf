// `gdo log`: events in fold order with who signed them and what a checkpoint said.
import { isHex64, readCase, readEntry } from '../../engine/index.ts';
import type { JsonObject, LedgerEvent, Verdict } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { openCase } from './case-open.ts';
import { showUtc } from './instants.ts';
import { withLedger } from './session.ts';
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

interface Row {
  readonly event: LedgerEvent;
  readonly verdict: Verdict | undefined;
  readonly height: number | undefined;
  readonly receivedMs: number | undefined;
}

function showLog(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): number {
  const { view, world } = session;
  const wanted = positional[0] === undefined ? undefined : openCase(session, positional[0]).id;
  const since = sinceMs(options['since']);
  const person = options['person'];
  const rows = allRows(view).filter(
    ({ event, receivedMs }) =>
      (wanted === undefined || event.case === wanted || event.id === wanted) &&
      (typeof person !== 'string' || event.actor === person) &&
      (receivedMs ?? Number.POSITIVE_INFINITY) >= since,
  );
  if (world.json || options['raw'] === true) {
    for (const row of rows) {
      const line =
        options['raw'] === true
          ? row.event
          : { event: row.event, verdict: row.verdict ?? null, height: row.height ?? null, receivedMs: row.receivedMs ?? null };
      world.stdout(`${JSON.stringify(line)}\n`);
    }
    return 0;
  }
  const table = rows.map((row) => [
    row.height === undefined ? '-' : String(row.height),
    row.receivedMs === undefined ? 'not received yet' : showUtc(row.receivedMs),
    row.event.actor,
    sentence(view, row.event),
    verdictWord(row.verdict),
  ]);
  world.stdout(table.length === 0 ? 'No events.\n' : `${alignRows(table).join('\n')}\n`);
  return 0;
}

/** In fold order; events without a checkpoint last, by author's log. */
function allRows(view: LedgerView): readonly Row[] {
  const judged: Row[] = [...view.verdicts.values()].map(({ event, verdict, height, receivedMs }) => ({ event, verdict, height, receivedMs }));
  const open: Row[] = view.pending.flatMap(({ batch }) =>
    batch.events.map((event) => ({ event, verdict: undefined, height: undefined, receivedMs: undefined })),
  );
  return [...judged, ...open];
}

function sinceMs(value: OptionValue): number {
  if (typeof value !== 'string') return 0;
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError('GDO5003', `\`${visible(value)}\` is not a day`, 'write it as 2027-03-01');
  return instant;
}

function word(body: JsonObject, key: string): string {
  const value = body[key];
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** One event in plain words. */
function sentence(view: LedgerView, event: LedgerEvent): string {
  const { body } = event;
  const found = event.case === undefined ? undefined : readCase(view.state, event.case);
  const where = found === undefined ? '' : ` in #${found.number}`;
  switch (event.kind) {
    case 'propose': {
      const number = readEntry(view.state, `case/${event.id}`)?.['number'];
      return visible(
        `starts ${word(body, 'process')}${typeof number === 'number' ? ` as #${number}` : ''}${word(body, 'title') === '' ? '' : `: ${word(body, 'title')}`}`,
      );
    }
    case 'act':
      return visible(`${word(body, 'verb')}${where}${word(body, 'text') === '' ? '' : `: ${word(body, 'text')}`}`);
    case 'ballot':
      // No name is so long: it is the commitment of a sealed ballot.
      return isHex64(body['choice']) ? `seals a ballot${where}` : visible(`votes ${word(body, 'choice')}${where}`);
    case 'delegate':
      return visible(body['to'] === undefined ? `takes ${word(body, 'delegation')} back` : `lets ${word(body, 'to')} vote (${word(body, 'delegation')})`);
    case 'attest':
      return visible(`attests ${word(body, 'verdict')}${where}`);
    default:
      return event.kind;
  }
}

function verdictWord(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'in no checkpoint yet';
  return verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}: ${visible(verdict.reason)}`;
}
