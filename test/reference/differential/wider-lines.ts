// What wider charters have together, drawn from dice of their own: quick amendments, elections in a joint, panels beside elections and appeals, a second of each thing.
import type { Dice } from './dice.ts';
import { electionLines, nominationLines } from './election-lines.ts';
import { governingLines, inFlightLines } from './merge-lines.ts';
import type { Names } from './names.ts';
import { duration, role } from './names.ts';
import type { Feature } from './record-lines.ts';
import { drawLines, spendingLines } from './things-lines.ts';
import { voteLines } from './vote-lines.ts';
import { choiceLines, withMore } from './wide-lines.ts';

function indented(lines: readonly string[], depth = 2): readonly string[] {
  return lines.map((line) => `${' '.repeat(depth)}${line}`);
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return [head, ...indented(lines), 'end'];
}

/** Features that come together now and then, because what one of them does depends on the other. */
export function featuresTogether(wide: Dice): readonly Feature[] {
  const together: readonly (readonly [percent: number, features: readonly Feature[]])[] = [
    [25, ['merge']],
    [12, ['delegation', 'sealed']],
    [12, ['duty', 'action', 'certificate']],
    [12, ['account', 'windows']],
    [12, ['attribute', 'limit']],
    [12, ['draw', 'appeal']],
  ];
  return together.flatMap(([percent, features]) => (wide.chance(percent) ? features : []));
}

/** A process by which new bylaws come quickly, so that cases meet them. */
export function amendBlock(names: Names): readonly string[] {
  const { wide } = names;
  if (wide?.chance(75) !== true) return [];
  const own: Names = { ...names, dice: wide };
  const within = wide.chance(30) ? ` within ${duration(wide)}` : '';
  const ratified = wide.chance(15) ? ` until ratified through ${wide.from(names.processes) ?? 'motion'} within ${duration(wide)}` : '';
  const step = [
    'step amend-first',
    `  when any ${role(own).one} approves go to amend-done`,
    `  after ${duration(wide)} go to ${wide.of('amend-done', 'refused')}`,
    'end',
  ];
  return block('process amend', [
    `governs ${wide.of('rules', 'rules', 'rules, work')}`,
    `started by any ${wide.of('person', 'member')}`,
    ...(wide.chance(30) ? governingLines(own, ['amend-done']).slice(1) : []),
    ...inFlightLines(own),
    ...(wide.chance(60) ? [] : step),
    ...block('outcome amend-done', [`accept the merge${within}${ratified}`]),
  ]);
}

/** An election beside another vote of one joint. */
export function concurBlock(names: Names): readonly string[] {
  const { wide, features } = names;
  if (wide?.chance(20) !== true) return [];
  const own: Names = { ...names, dice: wide };
  const governs = features.has('merge') && wide.chance(40);
  const elections = (): readonly string[] =>
    withMore(
      own,
      electionLines(own, () => ''),
    ).filter((line) => !line.includes('go to'));
  const over = wide.of('list', 'options');
  const chosen = (): readonly string[] =>
    withMore(
      own,
      choiceLines(own, over, () => ''),
    ).filter((line) => !line.includes('go to') && !line.includes('blocked'));
  const election = elections();
  const beside = wide.of(voteLines(own, undefined), voteLines(own, undefined), elections(), chosen());
  const votes = wide.of([election, beside], [beside, election]).flatMap((lines, index) => block(`vote concur-second-${index}`, lines));
  const won = wide.of('accept the merge', `grant ${role(own, true).one} to the winners`, `grant ${role(own, true).one} to the candidate`);
  const end = (): string => wide.of('concur-done', 'concur-done', 'concur-over', 'refused');
  return block('process concur', [
    ...(governs ? governingLines(own, ['concur-second']) : []),
    `started by any ${role(own).one}`,
    ...(features.has('merge') ? inFlightLines(own) : []),
    ...(wide.chance(85)
      ? block(
          'step concur-first',
          nominationLines(own, () => 'concur-second'),
        )
      : []),
    ...block('joint concur-second', [...votes, `when ${wide.of('any', 'any', 'all')} pass go to ${end()}`, `otherwise go to ${end()}`]),
    ...block('outcome concur-done', [won]),
    ...block('outcome concur-over', [`grant ${role(own, true).one} to the ${wide.of('winners', 'candidate')}`]),
  ]);
}

/** Those whom a draw picks decide about a decision, or about whoever was elected. */
export function juryBlock(names: Names): readonly string[] {
  const { wide, processes, features } = names;
  if (wide?.chance(features.has('appeal') ? 60 : 12) !== true) return [];
  const own: Names = { ...names, dice: wide };
  const process = wide.from([...processes, ...(features.has('appeal') ? ['appeal'] : [])]) ?? 'motion';
  const within = wide.chance(50) ? ` within ${duration(wide)} of ${process}.${wide.of(`${process}-done`, 'accepted', `${process}-first`)}` : '';
  const end = (): string => wide.of('jury-done', 'jury-done', 'refused');
  const panel = 'jury-panel';
  const acted = wide.of(`any ${panel}`, `2 ${panel}`, `all ${panel}`, `at least 1/2 of ${panel}`, `more than 1/3 of ${panel}`, `all but 1 of ${panel}`);
  const decides = wide.of(
    block('vote jury-second', voteLines({ ...own, panel }, end, panel)),
    block('step jury-second', [
      ...(wide.chance(25) ? [`hold the decision when any ${panel} objects`] : []),
      `when ${acted} approve go to ${end()}`,
      `after ${duration(wide)} go to ${end()}`,
    ]),
    block(
      'vote jury-second',
      electionLines({ ...own, panel }, end).map((line) => line.replace(/^voters \w+/, `voters ${panel}`)),
    ),
  );
  const nominates = decides.some((line) => line.includes('choices the candidates'));
  const effect = wide.of(
    'reverse the decision',
    'reverse the decision',
    `strike the ${wide.of('subject', 'candidate')} from ${process}`,
    `grant ${role(own, true).one} to the ${nominates ? 'winners' : 'candidate'}`,
  );
  return block('process jury', [
    `started by any ${wide.of('member', 'person')}${within}`,
    ...(features.has('merge') ? inFlightLines(own) : []),
    ...(wide.chance(30) ? [`while open hold ${wide.of('the decision', 'the decision', process)}`] : []),
    ...(nominates
      ? block(
          'step jury-first',
          nominationLines(own, () => panel),
        )
      : []),
    ...block(
      `draw ${panel}`,
      drawLines(own, () => 'jury-second'),
    ),
    ...decides,
    ...block('outcome jury-done', [effect]),
  ]);
}

/** One more process that spends from an account with limits, quickly or after a wait in which it holds the amount. */
export function buyBlock(names: Names): readonly string[] {
  const { wide } = names;
  if (wide?.chance(70) !== true) return [];
  const own: Names = { ...names, dice: wide };
  const waits = wide.chance(50)
    ? block('step buy-first', [
        `when ${wide.of('any member', 'the chair', `2 ${role(own).many}`)} approve go to buy-done`,
        `after ${duration(wide)} go to ${wide.of('buy-done', 'refused')}`,
      ])
    : [];
  const paid = wide.chance(75) ? ['pay the amount from purse'] : [`grant ${role(own, true).one} to the author`];
  return block('process buy', [
    `started by any ${role(own).one}`,
    ...spendingLines(own),
    ...(names.features.has('merge') ? inFlightLines(own) : []),
    ...waits,
    ...block('outcome buy-done', paid),
  ]);
}

/** A duty about a proof that expires: who neglects it loses the proof, or a role, or is given it after all. */
export function renewBlock(names: Names): readonly string[] {
  const { wide, features } = names;
  if (wide === undefined || !features.has('duty') || !features.has('certificate')) return [];
  const own: Names = { ...names, dice: wide };
  const process = wide.from(names.processes) ?? 'motion';
  const isOfCase = wide.chance(50);
  const when = isOfCase
    ? `within ${duration(wide)} of ${process}.${wide.of(`${process}-first`, `${process}-done`, 'accepted', 'refused')}`
    : `every ${wide.of('2 days', '3 days', '1 month')} from 2027-02-0${1 + wide.below(3)}`;
  const whom = isOfCase ? wide.of('author', 'chair', 'candidate') : 'chair';
  return block('duty renew', [
    `owed by ${wide.of('the chair', `any ${role(own).one}`, `all ${role(own, true).many}`)}`,
    when,
    `done when ${wide.of('the chair', `any ${role(own).one}`)} publishes`,
    `otherwise ${wide.of(`remove badge from the ${whom}`, `grant badge to the ${whom}`, `remove ${role(own, true).one} from the ${whom}`)}`,
  ]);
}

/** Rules that end by themselves: any declarations of the other lines, soon. */
export function lapsingBlocks(wide: Dice, lines: readonly string[]): readonly string[] {
  const kinds = /^(?:role|process|area|attribute|collaborator|certificate|right|account|delegation|points|measure|action|duty|dapp) (?<name>[\w-]+)/;
  const names = [...new Set(lines.flatMap((line) => kinds.exec(line)?.groups?.['name'] ?? []))];
  if (!wide.chance(20) || names.length === 0) return [];
  const renewed = wide.chance(40) ? ` unless renewed through ${wide.of('motion', 'change', 'buy', 'amend')}` : '';
  return [`protect ${wide.some(names, wide.of(1, 1, 2)).join(', ')}`, `  lapses after ${duration(wide)}${renewed}`, 'end'];
}

/** Areas whose patterns overlap, and a dapp that checks one of them. */
export function overlappingBlocks({ wide, features }: Names): readonly string[] {
  if (wide === undefined || !features.has('merge')) return [];
  const patterns = ['"work/a*"', '"work/a"', '"**"', '"dapps/**"', '"work/*/b"', '"work/**/b", "other/*"', '"*/x", "work/c"', '"bylaws/*"'];
  const areas = wide
    .some(patterns, wide.of(0, 1, 1, 2))
    .map(
      (pattern, index) =>
        `area ${index === 0 ? 'part' : 'rest'} covers ${pattern}${wide.chance(20) ? ` except ${wide.of('"work/a"', '"work/**"', '"**/b"')}` : ''}`,
    );
  const second = ['dapp reader', `  image "sha256:${'b'.repeat(64)}"`, `  checks ${wide.of('work', 'work, rules', 'rules')}`, 'end'];
  return [...areas, ...(wide.chance(30) ? second : [])];
}

/** An area is called like the measure and the second right of other charters, which may stand beside it under names of their own. */
function ownNames(line: string): string {
  return line
    .replace(/^measure work/, 'measure effort')
    .replace(/weighted by work/, 'weighted by effort')
    .replace(/( have .* \d) work\b/, '$1 effort')
    .replace(/^right work$/, 'right shop');
}

/** The lines of a charter in which some say the second of two things where they said the first. */
export function withSecondThings(wide: Dice, lines: readonly string[]): readonly string[] {
  const replaced = (percent: number, from: RegExp, to: string, texts: readonly string[]): readonly string[] =>
    texts.map((text) => (from.test(text) && wide.chance(percent) ? text.replaceAll(from, to) : text));
  const text = lines.join('\n');
  const wider = [
    ...(/^attribute employer/m.test(text) ? [`attribute region certified by any ${wide.of('member', 'person')}`] : []),
    ...(/^account purse/m.test(text) ? ['account chest in EUR', '  kept by the chair', `  limit ${30 + wide.below(60)} EUR per ${duration(wide)}`, 'end'] : []),
  ];
  const areas = [...text.matchAll(/^area (part|rest) /gm)].map(([, name = '']) => name);
  let next = replaced(30, /(per|for) employer/g, '$1 region', lines.map(ownNames));
  // A process spends from one account in all its lines.
  if (/^account purse/m.test(text))
    next = replaced(35, /from purse/g, 'from chest', next.join('\n').split(/^(?=process )/m))
      .join('')
      .split('\n');
  if (areas.length > 0)
    next = next.map((line) =>
      /^ +governs |^ {2}checks /.test(line) && !line.includes('wording') && wide.chance(60) ? `${line}, ${wide.from(areas) ?? 'part'}` : line,
    );
  return [...next.slice(0, 1), ...next.slice(1, next.indexOf('end') + 1), ...wider, ...next.slice(next.indexOf('end') + 1)];
}
