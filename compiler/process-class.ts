// The class of a process, which orders its events within the window of the filter (ledger.md section 6). It judges no single case.
import type { CharterArea, CharterProcess } from '../engine/index.ts';

/** The folder that holds the bylaws, as every organization keeps it (ledger.md section 5). */
const bylawsFolder = 'bylaws/';

/** 0: an outcome removes a role or `while open` suspends one; 1: one grants, or bylaws are amended; 2: the rest. Pure. */
export function processClass(process: Pick<CharterProcess, 'stages' | 'whileOpen' | 'governs'>, bylawsAreas: ReadonlySet<string>): 0 | 1 | 2 {
  const effects = process.stages.flatMap((stage) => (stage.kind === 'outcome' ? stage.effects : []));
  if (effects.some((effect) => effect.kind === 'remove') || process.whileOpen.some((clause) => clause.kind === 'suspend')) return 0;
  if (effects.some((effect) => effect.kind === 'grant') || process.governs.some((name) => bylawsAreas.has(name))) return 1;
  return 2;
}

/**
 * The areas that can hold bylaws: those with a pattern inside `bylaws/`, or, where no area has one that covers all of it, those whose patterns
 * reach it from above, such as `**`. Pure. Source: language.md S51, where the longer literal prefix owns a path.
 */
export function bylawsAreaNames(areas: readonly CharterArea[]): ReadonlySet<string> {
  const inside = areas.filter((area) => area.covers.some((pattern) => pattern.startsWith(bylawsFolder)));
  const whole = inside.some((area) => area.covers.includes('bylaws/**') && area.except.length === 0);
  if (whole) return new Set(inside.map((area) => area.name));
  const reaching = areas.filter((area) => !area.except.some((pattern) => pattern === 'bylaws/**' || pattern === '**'));
  const above = reaching.map((area) => ({ area, length: longestAbove(area) })).filter((entry) => entry.length >= 0);
  const longest = above.reduce((most, entry) => Math.max(most, entry.length), -1);
  return new Set([...inside.map((area) => area.name), ...above.filter((entry) => entry.length === longest).map((entry) => entry.area.name)]);
}

function longestAbove(area: CharterArea): number {
  const lengths = area.covers
    .filter((pattern) => pattern.includes('**'))
    .map((pattern) => pattern.slice(0, pattern.indexOf('*')))
    .filter((prefix) => bylawsFolder.startsWith(prefix))
    .map((prefix) => prefix.length);
  return lengths.reduce((most, length) => Math.max(most, length), -1);
}
