// What stands above the question of `gdo vote` in a terminal (cli.md section 4.4): what is decided, by whom, and how far it is. It judges nothing.
import type { CaseRecord, CaseView, OpenAct } from '../../engine/index.ts';
import { showDay, showInstant } from './instants.ts';
import type { MemberSession } from './session.ts';
import { alignRows } from './table.ts';
import { visible } from './terminal.ts';

/** Paths named one by one; more are counted. */
const pathsShownMax = 3;

/** Writes the summary. @returns text that ends in an empty line */
export function ballotSummary(session: MemberSession, found: CaseRecord, seen: CaseView, act: OpenAct): string {
  const { view, world, member } = session;
  const due = act.closesMs === undefined ? '' : `closes ${showInstant(act.closesMs, world.clockMs(), view.charter.organization.timeZone)}`;
  const heading = `#${found.number} ${visible(found.title === '' ? found.process : found.title)} (by ${seen.author}, ${showDay(found.startedMs)})`;
  const tally = seen.tallies.find((one) => one.vote === found.votes.find((running) => running.entry === act.entry)?.name);
  const standing = tally === undefined ? '' : `; ${tally.voted} of ${tally.voters} have voted${countsText(tally.counts)}`;
  const changes = changeText(session, found);
  const rows = [
    ...(changes === undefined ? [] : [['What changes', changes]]),
    ['Decides', `${act.by}${standing}`],
    ['Your vote', act.done.includes(member) ? 'replaces the one you have cast' : `would be number ${(tally?.voted ?? 0) + 1}`],
    ...seen.needed.filter((line) => !line.met).map((line) => ['Still needed', `${line.requirement}: ${line.have} (needed: ${line.need})`]),
  ];
  return `${heading}   ${due}\n\n${alignRows(rows, 2).join('\n')}\n\n`;
}

function countsText(counts: CaseView['tallies'][number]['counts']): string {
  const cast = counts.filter(([, count]) => count > 0).map(([choice, count]) => `${count} ${choice}`);
  return cast.length === 0 ? '' : `: ${cast.join(', ')}`;
}

/** The paths that a merge would change, or undefined where the case merges nothing. */
function changeText({ view }: MemberSession, found: CaseRecord): string | undefined {
  const paths = view.changes.get(found.change ?? '')?.entries.map((entry) => visible(entry.path)) ?? [];
  if (paths.length === 0) return undefined;
  const more = paths.length > pathsShownMax ? ` and ${paths.length - pathsShownMax} more` : '';
  return `${paths.slice(0, pathsShownMax).join(', ')}${more}   (see it all: git diff main...${found.head?.slice(0, 10) ?? ''})`;
}
