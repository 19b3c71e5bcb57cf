// Puts uses of one misspelling together, so that one mistake is one finding (S72). Which names exist is name-table.ts's.
import { invariant } from '../engine/index.ts';
import type { Diagnostic, Fix } from '../language/index.ts';
import { compareText, finding, labelled } from './finding.ts';
import type { Context, Miss } from './scope.ts';

/** Turns what no name was found for into findings: uses of one text, or of spellings of one declaration, are one. Pure. */
export function reportMisses(context: Context): readonly Diagnostic[] {
  const groups = new Map<string, Miss[]>();
  // The name of a draw is a stage and its panel a role: where both are missed, one of the two is what is misspelt.
  const stages = new Map(context.misses.flatMap((miss) => (miss.code === 'GDO102' ? [[miss.text, miss] as const] : [])));
  for (const miss of context.misses) {
    const key = groupKey(context, miss.code === 'GDO101' ? (stages.get(miss.text) ?? miss) : miss);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [miss]);
    else group.push(miss);
  }
  return [...groups.values()].map(reportGroup);
}

/** Names that were suggested for a misspelling: the declaration may be what is misspelt, so nobody should call it unused. Pure. */
export function suggestedNames(context: Context): ReadonlySet<string> {
  return new Set(context.misses.flatMap((miss) => miss.suggestions.map((text) => context.names.get(text)?.name ?? text)));
}

function groupKey(context: Context, miss: Miss): string {
  const [best] = miss.suggestions;
  const meant = best === undefined ? miss.text : (context.names.get(best)?.name ?? best);
  return `${miss.code} ${miss.within} ${best === undefined ? 'as' : 'for'} ${meant}`;
}

function reportGroup(group: readonly Miss[]): Diagnostic {
  const ordered = [...group].sort((left, right) => compareText(left.place.file, right.place.file) || left.place.span.start - right.place.span.start);
  const [first, ...rest] = ordered;
  invariant(first !== undefined, 'a group of misses is never empty');
  const candidates = first.suggestions;
  const help = candidates.length === 0 ? helpWithout(first) : `did you mean ${candidates.map((text) => `\`${text}\``).join(' or ')}?`;
  return finding(first.code, first.place, {
    message: `Nothing here is called \`${first.text}\`, and ${first.noun} is needed`,
    label: first.code === 'GDO102' ? 'no such stage' : first.code === 'GDO105' ? 'no such verb' : 'not declared',
    why:
      first.code === 'GDO102'
        ? 'A case that should go there would have nowhere to go'
        : 'Nobody could ever meet a rule that names something that does not exist',
    help,
    related: rest.map((miss) => labelled(miss.place, 'and here')),
    fixes: candidates.length === 1 && ordered.every((miss) => miss.suggestions.length === 1) ? [respell(ordered)] : [],
  });
}

/** More names than these are not read any more. */
const listedMax = 12;

/** What to do about a name that is near to no other. */
function helpWithout({ code, text, known = [] }: Miss): string {
  const names = known
    .slice(0, listedMax)
    .map((name) => `\`${name}\``)
    .join(', ');
  const list = known.length > listedMax ? `${names} and others` : names;
  if (code === 'GDO105') return `use a built-in verb such as \`approve\`, or declare it:  action ${text} by ...`;
  if (code === 'GDO102') return `add the stage \`${text}\`, or name an existing one${list === '' ? '' : `: ${list}`}`;
  return list === '' ? `declare \`${text}\`, or name something that is declared` : `write one of these: ${list}`;
}

function respell(group: readonly Miss[]): Fix {
  return {
    safety: 'safe',
    edits: group.map((miss) => ({ file: miss.place.file, span: miss.place.span, text: miss.suggestions[0] ?? miss.text })),
  };
}
