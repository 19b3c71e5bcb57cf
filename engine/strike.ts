// Striking a person from the open cases of a process (S121): from their candidates, from nominations and from a ballot that is not counted yet.
import { actsOf } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { casesOf, charterOfCase, dueBy, processOf, stageOf, writeCase } from './case.ts';
import { earliest, firingInstants } from './due.ts';
import type { Closing } from './ending.ts';
import { notice, untimed } from './ending.ts';
import { readFrozen } from './roster.ts';

/** An open step may be left at another instant: a candidate less counts, and takes no place of a group any more (S17, S115). */
function lookedAt({ draft }: Closing, record: CaseRecord): CaseRecord {
  const charter = charterOfCase(draft.state, record);
  const process = processOf(charter, record);
  const stage = stageOf(process, record.stage);
  if (record.phase !== 'open' || stage.kind !== 'step') return record;
  const scope = { state: draft.state, charter, process, record, frozen: readFrozen(draft.state, record.id, record.entry) };
  return dueBy(untimed(record), earliest(firingInstants(scope, stage, actsOf(draft.state, record.id))));
}

/** Strikes people from every case of a process that is not decided. */
export function strikeFrom(closing: Closing, process: string, people: readonly string[]): void {
  for (const record of casesOf(closing.draft.state, process)) {
    if (record.phase === 'decided' || record.phase === 'merging' || people.every((member) => record.struck?.includes(member) === true)) continue;
    const struck = [...new Set([...(record.struck ?? []), ...people])];
    const nominees = record.nominees.filter((member) => !people.includes(member));
    closing.draft.state = writeCase(closing.draft.state, lookedAt(closing, { ...record, nominees, struck }));
    notice(closing, record, { kind: 'waiting', reason: `struck from \`${process}\`: ${people.map((member) => `\`${member}\``).join(', ')}` });
  }
}
