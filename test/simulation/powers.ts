// Invariants of power, checked against the events alone: nobody acts with a power that they had not, or that a removal of the same time took (I08, I09).
import { readEntry, type LedgerEvent } from '../../engine/index.ts';
import { ancestors, type FinalEpoch, type JudgedRow } from './final-epoch.ts';
import { Violation } from './machine.ts';

interface Taken {
  readonly member: string;
  readonly device?: string;
  readonly role?: string;
}

function word(event: LedgerEvent, field: string): string {
  const value = event.body[field];
  return typeof value === 'string' ? value : '';
}

/** What an event takes from whom if it stands: engine 0 as SPEC.md section 12 says, and of real bylaws what they take at once. */
function takenBy(engine: 0 | 1, epoch: FinalEpoch, event: LedgerEvent): Taken | undefined {
  if (event.kind === 'resign') return { member: event.actor, role: word(event, 'role') };
  if (event.kind === 'key.revoke') {
    const device = word(event, 'device');
    const member = readEntry(epoch.before, `key/${device}`)?.['member'];
    return { member: typeof member === 'string' ? member : '', device };
  }
  if (engine === 1 || event.kind !== 'act') return undefined;
  if (event.body['verb'] === 'dismiss') return { member: word(event, 'about') };
  return event.body['verb'] === 'remove' ? { member: word(event, 'about'), role: word(event, 'text') } : undefined;
}

/** True iff an event of engine 0 needs the role of an officer. */
function needsOfficer(epoch: FinalEpoch, event: LedgerEvent): boolean {
  if (event.kind === 'act') return true;
  return event.kind === 'key.revoke' && readEntry(epoch.before, `key/${word(event, 'device')}`)?.['member'] !== event.actor;
}

function isTarget(taken: Taken, event: LedgerEvent): boolean {
  return taken.device === undefined ? taken.member === event.actor : taken.device === event.device;
}

/** Every event that stands had its authority in the state before the epoch: whatever was given in it counts from its end (I09). */
function checkAuthority(engine: 0 | 1, epoch: FinalEpoch): void {
  for (const { event, verdict } of epoch.rows) {
    if (verdict.kind !== 'ok') continue;
    const wrong = (what: string): never => {
      throw new Violation('I09', `${event.kind} of ${event.actor} stands in epoch ${epoch.height} ${what}`);
    };
    const key = readEntry(epoch.before, `key/${event.device}`);
    if (key?.['member'] !== event.actor || key['revoked'] !== undefined) wrong('with a key that is not theirs');
    if (readEntry(epoch.before, `member/${event.actor}`) === undefined) wrong('without membership');
    if (engine === 0 && needsOfficer(epoch, event) && readEntry(epoch.before, `role/officer/${event.actor}`) === undefined) wrong('without the office');
  }
}

/** What is concurrent with a removal that stands is void, but for removals that fired earlier; of two mutual ones the earlier stands (I08). */
function checkRemovals(engine: 0 | 1, epoch: FinalEpoch): void {
  const known = ancestors(epoch.batches);
  const isConcurrent = (one: JudgedRow, other: JudgedRow): boolean =>
    one.batch !== other.batch && known.get(one.batch.id)?.has(other.batch.id) !== true && known.get(other.batch.id)?.has(one.batch.id) !== true;
  const judged = epoch.rows.filter(({ event }) => event.kind !== 'fact');
  const fired = judged.filter(({ verdict, event }) => verdict.kind === 'ok' && takenBy(engine, epoch, event) !== undefined);
  for (const removal of fired) {
    const taken = takenBy(engine, epoch, removal.event);
    if (taken === undefined) continue;
    for (const row of judged) {
      if (row === removal || row.verdict.kind !== 'ok' || !isTarget(taken, row.event) || !isConcurrent(row, removal)) continue;
      const isEarlier = fired.includes(row) && judged.indexOf(row) < judged.indexOf(removal);
      const relied = taken.role === undefined || (engine === 0 && taken.role === 'officer' && needsOfficer(epoch, row.event));
      if (relied && !isEarlier)
        throw new Violation('I08', `${row.event.kind} of ${row.event.actor} stands in epoch ${epoch.height} beside the removal that takes its power`);
    }
  }
}

/** Of two dismissals of each other, written at the same time by officers whom nobody else removes, the one received first stands (I08). */
function checkDuels(epoch: FinalEpoch): void {
  const known = ancestors(epoch.batches);
  const dismissals = epoch.rows.filter(({ event }) => event.kind === 'act' && event.body['verb'] === 'dismiss');
  const standing = epoch.rows.filter(({ verdict, event }) => verdict.kind === 'ok' && takenBy(0, epoch, event) !== undefined);
  for (const [index, first] of dismissals.entries()) {
    for (const second of dismissals.slice(index + 1)) {
      const isMutual = word(first.event, 'about') === second.event.actor && word(second.event, 'about') === first.event.actor;
      const isConcurrent = first.batch !== second.batch && known.get(second.batch.id)?.has(first.batch.id) !== true;
      const isOffice = [first, second].every(({ event }) =>
        ['member', 'role/officer'].every((table) => readEntry(epoch.before, `${table}/${event.actor}`) !== undefined),
      );
      const other = standing.some(
        (row) => row !== first && row !== second && [first, second].some(({ event }) => isTarget(takenBy(0, epoch, row.event) ?? { member: '' }, event)),
      );
      if (!isMutual || !isConcurrent || !isOffice || other || first.event.actor === second.event.actor) continue;
      const isSigned = [first, second].every(({ event }) => readEntry(epoch.before, `key/${event.device}`)?.['member'] === event.actor);
      const isBarred = [first, second].some(({ verdict }) => verdict.kind !== 'ok' && (verdict.code === 'GDO1043' || verdict.code === 'GDO1042'));
      if (isSigned && !isBarred && (first.verdict.kind !== 'ok' || second.verdict.kind === 'ok'))
        throw new Violation('I08', `of two mutual dismissals in epoch ${epoch.height} not the earlier one alone stands`);
    }
  }
}

/** Checks one epoch. */
export function checkPowers(engine: 0 | 1, epoch: FinalEpoch): void {
  checkAuthority(engine, epoch);
  checkRemovals(engine, epoch);
  if (engine === 0) checkDuels(epoch);
}
