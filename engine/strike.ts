// Striking a person from the open cases of a process (S121): from their candidates, from nominations and from a ballot that is not counted yet.
import { casesOf, writeCase } from './case.ts';
import type { Closing } from './ending.ts';
import { notice } from './ending.ts';

/** Strikes people from every case of a process that is not decided. */
export function strikeFrom(closing: Closing, process: string, people: readonly string[]): void {
  for (const record of casesOf(closing.draft.state, process)) {
    if (record.phase === 'decided' || record.phase === 'merging' || people.every((member) => record.struck?.includes(member) === true)) continue;
    const struck = [...new Set([...(record.struck ?? []), ...people])];
    const nominees = record.nominees.filter((member) => !people.includes(member));
    closing.draft.state = writeCase(closing.draft.state, { ...record, nominees, struck });
    notice(closing, record, { kind: 'waiting', reason: `struck from \`${process}\`: ${people.map((member) => `\`${member}\``).join(', ')}` });
  }
}
