// Finds the case a command names and says, in the same words everywhere, when it is over. It decides nothing.
import { suggestCases } from './case-list.ts';
import { UsageError } from './command.ts';
import { caseNumber } from './session.ts';
import type { Session } from './session.ts';
import { showInstant } from './instants.ts';
import { readEntry, readCase } from '../../engine/index.ts';
import type { CaseRecord } from '../../engine/index.ts';

/** The case with a number. @throws UsageError GDO5003 where there is none */
export function openCase(session: Session, word: string | undefined): CaseRecord {
  const number = caseNumber(word);
  const id = readEntry(session.view.state, `number/${number}`)?.['case'];
  const found = typeof id === 'string' ? readCase(session.view.state, id) : undefined;
  if (found === undefined) throw new UsageError('GDO5003', `There is no case #${number} in this copy`, suggestCases(session));
  return found;
}

/** Says that a case is over (GDO1051) and answers exit 1. */
export function refuseDecided(session: Session, found: CaseRecord): number {
  const { world, view } = session;
  const zone = view.charter.organization.timeZone;
  const when = found.endedMs === undefined ? '' : ` on ${showInstant(found.endedMs, world.clockMs(), zone)}`;
  const result = `${found.outcome ?? 'over'}${found.reason === undefined ? '' : `, ${found.reason}`}`;
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-refusal/1', code: 'GDO1051', case: found.number, outcome: found.outcome ?? null })}\n`);
  else world.stderr(`✗ GDO1051 Not recorded: #${found.number} closed${when}.\n  Result: ${result}.\n`);
  return 1;
}
