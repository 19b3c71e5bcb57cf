// Invariants of cases: ballots in time and of those on the roll, stages that open with a checkpoint, results that stay, seats that are not overfilled.
import { entriesUnder, readCase, readEntry, type State } from '../../engine/index.ts';
import type { FinalEpoch } from './final-epoch.ts';
import { harbour } from './founding.ts';
import { Violation } from './machine.ts';

/** Receipt times of an epoch, and what the observer remembers of earlier ones: results, when a stage opened, and the bylaws of a case. */
export interface Remembered {
  readonly times: ReadonlyMap<string, number>;
  readonly results: Map<string, string>;
  readonly opened: Map<string, number>;
  readonly pinned: Map<string, string>;
}

/** Every ballot that counts: in an open vote, by a member, received from the opening on and before the close (I06). */
function checkBallots(epoch: FinalEpoch, times: ReadonlyMap<string, number>): void {
  for (const { event, verdict, batch } of epoch.rows) {
    if (event.kind !== 'ballot' || verdict.kind !== 'ok') continue;
    const wrong = (what: string): never => {
      throw new Violation('I06', `a ballot of ${event.actor} counts in epoch ${epoch.height} ${what}`);
    };
    const record = readCase(epoch.before, event.case ?? '');
    const vote = record?.votes.find(({ entry }) => entry === event.body['stage']);
    const receivedMs = times.get(batch.id) ?? -1;
    if (record === undefined || vote === undefined || record.phase !== 'open') return wrong('for a vote that was not open');
    if (receivedMs < record.openedMs) wrong('from before its opening');
    if (receivedMs >= (vote.standsMs ?? vote.closesMs)) wrong('from after its close');
    if (readEntry(epoch.before, `member/${event.actor}`) === undefined) wrong('of somebody who is no member');
  }
}

function checkOpenings(epoch: FinalEpoch, opened: Map<string, number>): void {
  for (const [key] of entriesUnder(epoch.after, 'case/')) {
    const id = key.slice('case/'.length);
    const record = readCase(epoch.after, id);
    if (record === undefined || record.phase !== 'open') continue;
    const opening = `${id} ${record.entry}`;
    if (opened.has(opening)) continue;
    opened.set(opening, epoch.height);
    if (record.openedMs !== epoch.statement.timeMs) throw new Violation('I06', `a stage opened in epoch ${epoch.height} at another time than its checkpoint's`);
  }
}

/** What is decided stays as it was decided (I07). */
function checkResults(engine: 0 | 1, epoch: FinalEpoch, results: Map<string, string>): void {
  for (const [key, value] of entriesUnder(epoch.after, 'case/')) {
    const record = engine === 1 ? readCase(epoch.after, key.slice('case/'.length)) : undefined;
    if (engine === 1 && record?.phase !== 'decided') continue;
    const result = record === undefined ? JSON.stringify(value) : `${record.outcome} ${record.result} ${record.accepted} ${record.endedMs}`;
    const known = results.get(key);
    if (known !== undefined && known !== result) throw new Violation('I07', `a result has changed in epoch ${epoch.height}: ${known} to ${result}`);
    results.set(key, result);
  }
}

/** No role has more holders than seats (I10). */
function checkSeats(epoch: FinalEpoch): void {
  for (const { name, held } of harbour().charter.roles) {
    const count = entriesUnder(epoch.after, `role/${name}/`).length;
    if (held?.most !== undefined && count > held.most) throw new Violation('I10', `${count} people hold ${name} after epoch ${epoch.height}`);
  }
}

/** The bylaws hash that a state holds in force. */
function inForce(state: State): string {
  const hash = readEntry(state, 'current')?.['bylaws'];
  return typeof hash === 'string' ? hash : '';
}

/** A checkpoint names the bylaws in force after it, which are those before it or of a case that was merged; a case keeps those of its start (I12). */
function checkBylaws(epoch: FinalEpoch, pinned: Map<string, string>): void {
  const [before, after] = [inForce(epoch.before), inForce(epoch.after)];
  if (after !== epoch.statement.bylaws) throw new Violation('I12', `checkpoint ${epoch.height} names other bylaws than its state has`);
  let adopted = before;
  for (const [key] of entriesUnder(epoch.after, 'case/')) {
    const id = key.slice('case/'.length);
    const record = readCase(epoch.after, id);
    if (record === undefined) continue;
    const known = pinned.get(id);
    if (known === undefined && record.bylaws !== before)
      throw new Violation('I12', `a case of epoch ${epoch.height} begins under bylaws that were not in force`);
    if (known !== undefined && known !== record.bylaws) throw new Violation('I12', `a case goes on under other bylaws than it began with`);
    if (readCase(epoch.before, id)?.phase !== 'decided' && record.phase === 'decided' && record.accepted === true && record.adopts === after) adopted = after;
    pinned.set(id, record.bylaws);
  }
  if (adopted !== after) throw new Violation('I12', `the bylaws changed in epoch ${epoch.height} and no case adopted them`);
}

/** Checks one epoch. */
export function checkCases(engine: 0 | 1, epoch: FinalEpoch, remembered: Remembered): void {
  checkResults(engine, epoch, remembered.results);
  if (engine === 0) return;
  checkBylaws(epoch, remembered.pinned);
  checkBallots(epoch, remembered.times);
  checkOpenings(epoch, remembered.opened);
  checkSeats(epoch);
}
