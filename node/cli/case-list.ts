// The cases of a ledger as rows for people: what waits, what is open, what was decided. It reads the state and decides nothing.
import { entriesUnder, readCase } from '../../engine/index.ts';
import type { CaseRecord } from '../../engine/index.ts';
import type { Session } from './session.ts';

/** Every case of the newest checkpoint, ascending by number. */
export function allCases(session: Session): readonly CaseRecord[] {
  return entriesUnder(session.view.state, 'number/')
    .flatMap(([, entry]) => {
      const id = entry['case'];
      const found = typeof id === 'string' ? readCase(session.view.state, id) : undefined;
      return found === undefined ? [] : [found];
    })
    .toSorted((left, right) => left.number - right.number);
}

/** Help for a wrong case number: which ones there are. */
export function suggestCases(session: Session): string {
  const open = allCases(session).filter((one) => one.phase !== 'decided');
  if (open.length === 0) return 'no case is open here; if yours is new, fetch it first:  gdo sync';
  return `open here: ${open.map((one) => `#${one.number}`).join(', ')}; fetch newer ones:  gdo sync`;
}
