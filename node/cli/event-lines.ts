// Events as `gdo log` and `gdo verify --trace` show them: who signed what with which key, when it was received, and what a checkpoint said of it.
import { isHex64, isObject, readCase, readEntry } from '../../engine/index.ts';
import type { JsonObject, LedgerEvent, Verdict } from '../../engine/index.ts';
import { rebuildFact } from '../dapps/badge.ts';
import { secondLookFact } from '../dapps/second-look.ts';
import { deviceFingerprint } from '../ledger/keys.ts';
import type { JudgedEvent, LedgerView } from '../ledger/view.ts';
import { erasedFact, sealedFact } from '../sealed/sealed-files.ts';
import { showUtc } from './instants.ts';
import { visible } from './terminal.ts';

/** An event, with what is known of it; one that no checkpoint holds has no verdict. */
export interface EventRow {
  readonly event: LedgerEvent;
  readonly batch: string;
  readonly judged: Omit<JudgedEvent, 'event' | 'batch'> | undefined;
}

/** All events in fold order; those without a checkpoint last, by author's log. */
export function allEvents(view: LedgerView): readonly EventRow[] {
  const open = view.pending.flatMap(({ batch }) => batch.events.map((event) => ({ event, batch: batch.id, judged: undefined })));
  return [...[...view.verdicts.values()].map(judgedRow), ...open];
}

/** An event that a checkpoint judged. */
export function judgedRow({ event, batch, ...judged }: JudgedEvent): EventRow {
  return { event, batch, judged };
}

/** One row: checkpoint, time of receipt, who, key, what, verdict. */
export function eventCells(view: LedgerView, { event, judged }: EventRow): readonly string[] {
  return [
    judged === undefined ? '-' : String(judged.height),
    judged === undefined ? 'not received yet' : showUtc(judged.receivedMs),
    event.actor,
    `${deviceFingerprint(event.device).slice(0, 'SHA256:'.length + 8)}…`,
    sentence(view, event),
    verdictWord(judged?.verdict),
  ];
}

/** One event for programs. */
export function eventJson({ event, batch, judged }: EventRow): JsonObject {
  const { id, actor, device, kind, seq, body, tsMs } = event;
  return {
    event: id,
    ...(event.case === undefined ? {} : { case: event.case }),
    kind,
    actor,
    device,
    key: deviceFingerprint(device),
    seq,
    body,
    tsMs,
    batch,
    ...(judged === undefined ? {} : { checkpoint: judged.height, receivedMs: judged.receivedMs, verdict: { ...judged.verdict } }),
  };
}

function word(body: JsonObject, key: string): string {
  const value = body[key];
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** One event in plain words. */
export function sentence(view: LedgerView, event: LedgerEvent): string {
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
    case 'fact':
      return isObject(body['data']) ? visible(factWords(view, word(body, 'type'), body['data']) ?? event.kind) : event.kind;
    default:
      return event.kind;
  }
}

/** What people say of dapps and of sealed files; undefined for facts of other types. */
function factWords(view: LedgerView, type: string, data: JsonObject): string | undefined {
  const behind = (key: string): string => (word(data, key) === '' ? '' : `: ${word(data, key)}`);
  switch (type) {
    case sealedFact:
      return `seals a file to ${word(data, 'role')}${behind('title')}`;
    case erasedFact:
      return `asks to erase a sealed file${behind('because')}`;
    case rebuildFact:
      return `built ${word(data, 'dapp')} again: ${word(data, 'image').slice(0, 'sha256:'.length + 12)}`;
    case secondLookFact: {
      const number = readCase(view.state, word(data, 'case'))?.number;
      return `looked at ${word(data, 'dapp')} on ${number === undefined ? 'a case' : `#${number}`} again: ${word(data, 'verdict')}, other than was signed`;
    }
    default:
      return undefined;
  }
}

function verdictWord(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'in no checkpoint yet';
  return verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}: ${visible(verdict.reason)}`;
}
