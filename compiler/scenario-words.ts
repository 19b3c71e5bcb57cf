// Names in scenarios that nothing declares: people, and choices on ballots. One that stands once and has two letters of another, or of a process, swapped
// is a slip. Playing would find it too late, or call it somebody else. Names that are declared are resolve.ts's.
import type { Diagnostic, Name, ScenarioLine, VoteStage } from '../language/index.ts';
import { defaultChoices } from './built-in.ts';
import { finding } from './finding.ts';
import { declared } from './modules.ts';
import type { Unit } from './modules.ts';
import type { Context } from './scope.ts';
import { placeOf } from './scope.ts';

/** Reports people (GDO101) and choices (GDO115) of scenarios that look like a slip of another one. Pure. */
export function reportScenarioWords(context: Context, units: readonly Unit[]): readonly Diagnostic[] {
  const own = units.filter(({ scope }) => scope.prefix === '');
  const choices = new Set([...defaultChoices, ...own.flatMap(choicesOf)]);
  // Where a person may stand, the process may stand whose case is meant.
  const processes = new Set(own.flatMap((unit) => declared(unit, 'process').map(({ name }) => name.text)));
  const uses = own.flatMap((unit) =>
    declared(unit, 'scenario').flatMap(({ lines }) =>
      lines.flatMap((line) =>
        peopleOf(line).map((name) => ({ name, isBeforeText: name === lastBeforeText(line), place: placeOf({ ...context, scope: unit.scope }, name.span) })),
      ),
    ),
  );
  const counts = new Map<string, number>();
  for (const { name } of uses) counts.set(name.text, (counts.get(name.text) ?? 0) + 1);
  return uses.flatMap(({ name, isBeforeText, place }) => {
    if (choices.has(name.text) || processes.has(name.text)) return [];
    const isOnce = counts.get(name.text) === 1;
    const meant = swaps(name.text).find(
      (text) => (isBeforeText && text === beforeFiles) || (isOnce && (choices.has(text) || counts.has(text) || processes.has(text))),
    );
    if (meant === undefined) return [];
    return [
      finding(choices.has(meant) ? 'GDO115' : 'GDO101', place, {
        message: `Nothing else in these scenarios is called \`${name.text}\`, and it is nearly \`${meant}\``,
        label: 'stands only here',
        why: 'The scenario would be played with somebody or something nobody meant',
        help: `did you mean \`${meant}\`?`,
        fixes: [{ safety: 'unsafe', edits: [{ file: place.file, span: place.span, text: meant }] }],
      }),
    ];
  });
}

/** The keyword before the files of a line; with two letters swapped it reads like a name with a reason behind it: `ana edit wtih "a.md"`. */
const beforeFiles = 'with';

function lastBeforeText(line: ScenarioLine): Name | undefined {
  return line.kind === 'on' && line.object?.kind === 'names' && line.object.text !== undefined ? line.object.names.at(-1) : undefined;
}

/** Other words that two swapped neighbouring letters make of one; `c01` and `c10` are numbered on purpose. */
function swaps(word: string): readonly string[] {
  return Array.from({ length: word.length }, (_, at) => at)
    .filter((at) => /^[A-Za-z]{2}/.test(word.slice(at)) && word[at] !== word[at + 1])
    .map((at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2));
}

function choicesOf(unit: Unit): readonly string[] {
  const votes = declared(unit, 'process').flatMap(({ stages }) =>
    stages.flatMap((stage) => (stage.kind === 'vote' ? [stage] : stage.kind === 'joint' ? stage.votes : [])),
  );
  return votes.flatMap((vote) => vote.clauses.flatMap(choicesOfClause));
}

function choicesOfClause(clause: VoteStage['clauses'][number]): readonly string[] {
  if (clause.kind === 'default') return [clause.option.text];
  return clause.kind === 'choices' && clause.from.kind === 'list' ? clause.from.names.map(({ text }) => text) : [];
}

/** Verbs whose names are declared somewhere. */
const resolvedVerbs: readonly string[] = ['start', 'starts', 'resign', 'resigns', 'delegate', 'delegates', 'revoke', 'revokes', 'has', 'have'];

/** Names of a line that stand for people, or for what is voted on. */
function peopleOf(line: ScenarioLine): readonly Name[] {
  switch (line.kind) {
    case 'given':
    case 'given-joined':
    case 'given-have':
      return line.people;
    case 'expect-holds':
      return [line.person];
    case 'expect':
      return line.subject.text === 'winner' && line.is !== undefined ? [line.is] : [];
    case 'on': {
      const named = line.object?.kind === 'names' && !resolvedVerbs.includes(line.verb.text) ? line.object.names : [];
      const scored = line.object?.kind === 'scores' ? line.object.scores.map(({ option }) => option) : [];
      return [...(line.people.kind === 'names' ? line.people.names : []), ...named, ...scored, ...line.about, ...(line.to === undefined ? [] : [line.to])];
    }
    default:
      return [];
  }
}
