// Striking a person from the open cases of a process (S121): from their candidates, from nominations and from a ballot that is not counted yet.
import type { CaseRecord } from './case.ts';
import { casesOf, writeCase } from './case.ts';
import type { Closing } from './ending.ts';
import { notice } from './ending.ts';

function without(people: readonly string[], struck: readonly string[]): readonly string[] {
  return people.filter((member) => !struck.includes(member));
}

/** True iff a case has anything to do with a person as one who stands in it; nominations are only known when their step ends. */
function concerns(record: CaseRecord, people: readonly string[]): boolean {
  return record.winners.length === 0 && people.some((member) => record.struck?.includes(member) !== true);
}

/** Strikes people from every case of a process that is not decided. */
export function strikeFrom(closing: Closing, process: string, people: readonly string[]): void {
  for (const record of casesOf(closing.draft.state, process)) {
    if (record.phase === 'decided' || record.phase === 'merging' || !concerns(record, people)) continue;
    const struck = [...new Set([...(record.struck ?? []), ...people])];
    const left = { candidates: without(record.candidates, people), nominees: without(record.nominees, people) };
    closing.draft.state = writeCase(closing.draft.state, { ...record, ...left, struck });
    notice(closing, record, { kind: 'waiting', reason: `struck from \`${process}\`: ${people.map((member) => `\`${member}\``).join(', ')}` });
  }
}
