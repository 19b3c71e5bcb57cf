// What is merged, and decisions about decisions, by chance: areas, dapps, protections, appeals, and the clauses of a process that governs.
import type { Dice } from './dice.ts';
import type { Names } from './names.ts';
import { duration, role } from './names.ts';
import { actor } from './step-lines.ts';

/** What is on main on the first day. */
export const firstContent: readonly (readonly [path: string, entry: string])[] = [
  ['bylaws/rules.gdo', '100644:00'],
  ['dapps/robot.json', '100644:00'],
  ['work/a', '100644:00'],
  ['work/b', '100644:00'],
];

/** Paths that proposals are about: one is in no area, one would be a file below a file. */
export const paths: readonly string[] = ['work/a', 'work/a', 'work/b', 'work/c', 'bylaws/rules.gdo', 'dapps/robot.json', 'other/x', 'work/a/b'];

/** Areas, a dapp that checks one, and protections of rules. */
export function areaBlocks(names: Names): readonly string[] {
  const { dice, features, processes } = names;
  if (!features.has('merge')) return [];
  const dapp = [
    'dapp robot',
    `  image "sha256:${'a'.repeat(64)}"`,
    '  checks work',
    ...dice.of([], ['  endorsed by at least 1 chair'], [`  endorsed by at least 2 ${role(names, true).many}`]),
    'end',
  ];
  const process = dice.from(processes) ?? 'motion';
  const path = (): string => dice.of(process, `${process}.${process}-first`, `${process}.${process}-second.passes`, 'councillor', 'member.term', 'member.held');
  const protect = [
    `protect ${path()}`,
    `  ${dice.of('never changed', `changed through ${dice.from(processes) ?? 'motion'}`, `changed through ${dice.from(processes) ?? 'motion'}`)}`,
    ...(dice.chance(25) ? [`  lapses after ${duration(dice)}${dice.chance(60) ? ` unless renewed through ${dice.from(processes) ?? 'motion'}` : ''}`] : []),
    'end',
  ];
  return [
    `area work covers ${dice.of('"work/**"', '"work/*"', '"**"')}${dice.chance(15) ? ' except "work/b"' : ''}`,
    'area rules covers "bylaws/**"',
    ...(dice.chance(40) ? dapp : []),
    ...(dice.chance(45) ? protect : []),
    ...boundsBlock(names),
    ...beliefBlock(names),
  ];
}

/** How far a time may be changed (S60). */
function boundsBlock({ processes, wide }: Names): readonly string[] {
  if (wide?.chance(50) !== true) return [];
  const process = wide.from(processes) ?? 'motion';
  const stage = wide.of(`${process}-first`, `${process}-second`, `${process}-second`, `${process}-first.${process}-first-0`);
  const path = wide.chance(75) ? `${process}.${stage}.open` : `${wide.of('councillor', 'auditor', 'chair')}.term`;
  const [from, to] = [wide.of('1 minute', '1 hour', '1 day', '1 month'), wide.of('4 hours', '2 days', '1 week', '2 months', '1 year')];
  if (wide.chance(50)) return amountsBlock(wide, process, `${process}.${stage}`);
  const more = wide.chance(30) ? [`  ${wide.of('never changed', `changed through ${wide.from(processes) ?? 'motion'}`)}`] : [];
  return [`protect ${process}`, ...more, `  bounds ${path} from ${from} to ${to}`, ...(wide.chance(20) ? [`  lapses after ${duration(wide)}`] : []), 'end'];
}

/** How far an amount may be changed. */
function amountsBlock(wide: Dice, process: string, stage: string): readonly string[] {
  const clause = wide.of('quorum', 'passes', 'held');
  const range = wide.of('from 1/4 to 3/4', 'from 1/3 to 100%', 'from 1/2 to 2/3', 'from 1 to 3', 'from 0 to 5');
  const holders = `${wide.of('councillor', 'auditor', 'chair')}.held from ${wide.of('0', '1')} to ${wide.of('1', '3', '9')}`;
  return [`protect ${process}`, `  bounds ${clause === 'held' ? holders : `${stage}.${clause} ${range}`}`, 'end'];
}

/** A merge that must never be, by who approves it. */
function beliefBlock({ roles, wide }: Names): readonly string[] {
  if (wide?.chance(60) !== true) return [];
  const any = wide.from(roles) ?? { many: 'members' };
  const compare = wide.of('fewer than', 'fewer than', 'at most', 'exactly', 'more than', 'at least');
  return ['forbid "No such merge"', `  any merge in ${wide.of('work', 'work', 'rules')} with ${compare} ${1 + wide.below(3)} approving ${any.many}`, 'end'];
}

/** The clauses of a process that governs; `stages` are those it may send a case back to. */
export function governingLines(names: Names, stages: readonly string[]): readonly string[] {
  const { dice } = names;
  const answer = (): string => dice.of('refuse', 'restart', 'restart', `go to ${dice.from(stages) ?? 'accepted'}`);
  return [
    `governs ${dice.of('work', 'rules', 'work, rules', 'rules, work')}${dice.chance(10) ? ' for wording only' : ''}`.replace(
      /work.* for wording only/,
      'rules for wording only',
    ),
    ...(dice.chance(60) ? [`on edit ${answer()}`] : []),
    ...(dice.chance(60) ? [`on conflict ${answer()}`] : []),
  ];
}

/** Clauses of any process where bylaws may change while its cases are open. */
export function inFlightLines({ dice }: Names): readonly string[] {
  return dice.chance(60) ? [`in flight ${dice.of('keep', 'keep or restart', 'keep or abort', 'restart or abort', 'keep or restart or abort')}`] : [];
}

/** The first effect of an outcome of a process that governs. */
export function mergeEffect({ dice, processes }: Names): string {
  const within = dice.chance(50) ? ` within ${duration(dice)}` : '';
  const ratified = dice.chance(25) ? ` until ratified through ${dice.from(processes) ?? 'motion'} within ${duration(dice)}` : '';
  return `accept the merge${within}${ratified}`;
}

/** A case about a decision, or about cases of another process: it holds, reverses, strikes or starts. */
export function appealBlock(names: Names): readonly string[] {
  const { dice, processes, features, wide } = names;
  const process = dice.from(processes) ?? 'motion';
  const holds = dice.of('', '', `  while open hold ${dice.of('the decision', 'the decision', process)}`);
  const within = dice.chance(50)
    ? ` within ${duration(dice)} of ${process}.${dice.of(`${process}-done`, `${process}-done`, 'accepted', `${process}-first`)}`
    : '';
  const effect = dice.of(
    'reverse the decision',
    'reverse the decision',
    'reverse the decision',
    `strike the subject from ${process}`,
    ...(features.has('rule') ? ['start watch'] : ['reverse the decision']),
  );
  const started = `  started by any ${dice.of('member', 'person')}${within}`;
  const step = [
    '  step appeal-first',
    ...(dice.chance(25) ? [`    hold ${dice.of('the decision', process)} when ${actor(names)} objects`] : []),
    `    when ${dice.of('any member', 'any person', actor(names))} approves go to appeal-done`,
    `    after ${duration(dice)} go to ${dice.of('refused', 'appeal-done')}`,
    '  end',
  ];
  return [
    'process appeal',
    started,
    ...(holds === '' ? [] : [holds]),
    // Wider charters take decisions back at once now and then, so that streams take back several of them.
    ...(wide?.chance(50) === true ? [] : step),
    '  outcome appeal-done',
    `    ${wide?.chance(20) === true ? `strike the ${wide.of('candidate', 'author', 'subject', 'starters')} from ${wide.of(process, 'choose')}` : effect}`,
    '  end',
    'end',
  ];
}

/** A change by chance; `old` mostly as it is on main. */
export function changeBy(
  dice: Dice,
  content: ReadonlyMap<string, string>,
  wanted?: string,
): { readonly path: string; readonly old: string; readonly new: string }[] {
  const chosen = [...new Set([wanted ?? dice.from(paths) ?? 'work/a', ...(dice.chance(20) ? [dice.from(paths) ?? 'work/b'] : [])])].toSorted();
  return chosen.map((path) => {
    const stands = content.get(path) ?? 'absent';
    const old = dice.chance(92) ? stands : dice.of('100644:09', 'absent', '100644:00');
    const fresh = dice.chance(85) || old === 'absent' ? `100644:0${1 + dice.below(8)}` : 'absent';
    return { path, old, new: fresh === old ? '100644:ff' : fresh };
  });
}
