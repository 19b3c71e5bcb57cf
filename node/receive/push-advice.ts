// What a person reads when a push of a governed branch is refused: which rules own the files they touched, and the command that asks for the change.
import { areaOf, type Charter } from '../../engine/index.ts';
import type { Repository } from '../git/repository.ts';
import { changeSetBetween } from '../gate/change-set.ts';
import type { LedgerView } from '../ledger/view.ts';

/** Paths listed one by one; more are counted. */
const pathsShownMax = 5;

/** An area with the processes that may change it; `area` undefined: no area covers the paths, so no process can. */
export interface Governance {
  readonly area: string | undefined;
  readonly processes: readonly { readonly name: string; readonly title: string | undefined }[];
  readonly paths: readonly string[];
}

/** Groups paths by the area that owns them, areas in the order of the bylaws, ungoverned paths last. */
export function governanceOf(charter: Charter, paths: readonly string[]): readonly Governance[] {
  const names: readonly (string | undefined)[] = [...charter.areas.map((area) => area.name), undefined];
  return names.flatMap((area): readonly Governance[] => {
    const inside = paths.filter((path) => areaOf(charter, path) === area);
    if (inside.length === 0) return [];
    const processes = area === undefined ? [] : charter.processes.filter((process) => process.governs.includes(area));
    return [{ area, processes: processes.map((process) => ({ name: process.name, title: process.title })), paths: inside }];
  });
}

/** The sentences for a refused push of main or of the checkpoint ref. @param next - what was pushed, or undefined for a deletion */
export async function mainAdvice(repository: Repository, view: LedgerView, next: string | undefined): Promise<readonly string[]> {
  const change = next === undefined ? undefined : await changeSetBetween(repository, view.mainCommit, next);
  if (change?.kind === 'refused') return [`The file ${change.path} ${change.reason} (GDO2014).`];
  if (change?.kind !== 'ok') return ['It moves only when a checkpoint of the ledger says so.'];
  const groups = governanceOf(
    view.charter,
    change.change.entries.map((entry) => entry.path),
  );
  return [...groups.flatMap(groupLines), `Your commits are not lost. Put them on a branch and start a case: ${startCommand(groups)}`];
}

function groupLines(group: Governance): readonly string[] {
  const shown = group.paths.slice(0, pathsShownMax).join(', ');
  const more = group.paths.length > pathsShownMax ? ` and ${group.paths.length - pathsShownMax} more` : '';
  if (group.area === undefined) return [`${shown}${more}: no area of the bylaws covers this, so no process can change it (GDO2001).`];
  const processes = group.processes.map((process) => (process.title === undefined ? `\`${process.name}\`` : `\`${process.name}\` (${process.title})`));
  if (processes.length === 0) return [`${shown}${more}: area \`${group.area}\`, which no process governs (GDO2002).`];
  return [`${shown}${more}: area \`${group.area}\`, changed by the process ${processes.join(' or ')}.`];
}

/** One process that governs all areas touched, or the first that governs any. */
function startCommand(groups: readonly Governance[]): string {
  const [first, ...others] = groups.filter((group) => group.area !== undefined);
  const common = first?.processes.find((process) => others.every((group) => group.processes.some((one) => one.name === process.name)));
  const name = (common ?? first?.processes[0])?.name;
  return name === undefined ? 'gdo start --help' : `gdo start ${name}`;
}
