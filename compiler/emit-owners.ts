// A CODEOWNERS file from a Charter: which accounts a forge should ask about which paths. It is advice to the forge; the gate alone decides.
import type { Charter, CharterActor, CharterArea, CharterBound, CharterProcess, CharterStage } from '../engine/index.ts';
import { areaOf, byCodeUnit, bySpecificity } from '../engine/index.ts';

/** Account names that forges take; anybody else is named in a comment instead of being guessed. */
const accountName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;

/** Roles that decide cases of a process: voters and those whose approval leads on; where nobody does, those who start it. Sorted. Pure. */
function decidersOf(process: CharterProcess): readonly string[] {
  const deciding = process.stages.flatMap((stage) => stageDeciders(stage));
  const starting = process.starts.flatMap((start) => (start.kind === 'by' ? actorRoles(start.actor) : []));
  return [...new Set(deciding.length > 0 ? deciding : starting)].sort(byCodeUnit);
}

function stageDeciders(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'vote':
      return stage.voters.roles;
    case 'joint':
      return stage.votes.flatMap((vote) => vote.voters.roles);
    case 'step':
      return stage.transitions.flatMap((rule) =>
        rule.kind === 'when' ? rule.acts.flatMap((act) => (act.verb === 'approve' || act.verb === 'endorse' ? actorRoles(act.actor) : [])) : [],
      );
    default:
      return [];
  }
}

/** The roles an actor speaks of, in source order; two for the larger or smaller of two shares. Pure. */
export function actorRoles(actor: CharterActor): readonly string[] {
  return actor.kind === 'count' ? boundRoles(actor.bound) : [actor.role];
}

function boundRoles(bound: CharterBound): readonly string[] {
  return bound.kind === 'whole' || bound.kind === 'part' ? [bound.role] : [...boundRoles(bound.left), ...boundRoles(bound.right)];
}

/** One line: a pattern of the bylaws and the areas whose owners it names; no area, no owner. */
interface Line {
  readonly pattern: string;
  readonly area: CharterArea | undefined;
  /** Takes paths out of an area rather than into it. */
  readonly takesOut: boolean;
}

/**
 * The text of a CODEOWNERS file. There the last matching line counts, so lines stand in the reverse order of S51; patterns of `except` give their
 * paths to whatever area owns them otherwise, or to nobody. Pure. Source: language.md S51, S52
 * @param holders - accounts by role; a role that is missing has nobody yet
 */
export function ownersText(charter: Charter, holders: ReadonlyMap<string, readonly string[]>): string {
  const lines: Line[] = charter.areas.flatMap((area) => [
    ...area.covers.map((pattern) => ({ pattern, area, takesOut: false })),
    ...area.except.map((pattern) => ({ pattern, area: fallback(charter, area, pattern), takesOut: true })),
  ]);
  const sorted = lines.toSorted((left, right) => -bySpecificity(left.pattern, right.pattern) || Number(left.takesOut) - Number(right.takesOut));
  const body = sorted.flatMap((line) => areaLines(charter, holders, line));
  return ['# Written by gdo from the bylaws: whom to ask. What is merged is decided by the bylaws, not by this file.', ...body, ''].join('\n');
}

/** The area that owns the paths of a pattern once another area has let them go. */
function fallback(charter: Charter, without: CharterArea, pattern: string): CharterArea | undefined {
  // A path that the pattern stands for; stars are letters, so that only patterns at least as wide match it.
  const path = pattern.replaceAll('**', 'x/x').replaceAll('*', 'x');
  const others = { ...charter, areas: charter.areas.filter((area) => area !== without) };
  const owner = areaOf(others, path);
  return others.areas.find((area) => area.name === owner);
}

function areaLines(charter: Charter, holders: ReadonlyMap<string, readonly string[]>, line: Line): readonly string[] {
  const { area } = line;
  const pattern = ownersPattern(line.pattern);
  if (area === undefined) return ['', '# in no area: nobody can merge here', pattern];
  const processes = charter.processes.filter((process) => process.governs.includes(area.name));
  const roles = [...new Set(processes.flatMap(decidersOf))].sort(byCodeUnit);
  const people = [...new Set(roles.flatMap((role) => holders.get(role) ?? []))].sort(byCodeUnit);
  const accounts = people.filter((name) => accountName.test(name)).map((name) => `@${name}`);
  const note = `# area ${area.name}: ${roles.length === 0 ? 'nobody decides' : roles.join(', ')}${processes.length === 0 ? '' : ` through ${processes.map((process) => process.name).join(', ')}`}`;
  const unnamed = people.length - accounts.length;
  return ['', note, ...(unnamed === 0 ? [] : [`# ${unnamed} of them have no account name here`]), [pattern, ...accounts].join(' ')];
}

/** A pattern of the bylaws as forges read it: from the root, with a backslash before a space or a number sign. Pure. */
function ownersPattern(pattern: string): string {
  return `/${pattern.replaceAll(/[ #]/g, (mark) => `\\${mark}`)}`;
}
