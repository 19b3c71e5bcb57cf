// Looks names, stages, verbs and choices up (S69-S72) and turns them into the form the Charter holds. What stays unknown becomes one finding each.
import { suggest } from '../language/index.ts';
import type { Name, Path } from '../language/index.ts';
import { builtInVerbs, implicitOutcomes, settingsOfRoles, settingsOfStages } from './built-in.ts';
import { compareText, finding, labelled } from './finding.ts';
import type { Context, DeclaredName, NameKind } from './scope.ts';
import { globalName, placeOf, plainName } from './scope.ts';

/** What a position takes: kinds of declarations, words that need none, and how it is called with its article. */
export interface Wanted {
  readonly kinds: readonly NameKind[];
  readonly builtIn?: readonly string[];
  readonly noun: string;
}

/** Resolves a use of a declared or built-in name to its singular; what is unknown (GDO101) or of another kind (GDO106) is returned as written. */
export function resolveName(context: Context, name: Name, wanted: Wanted): string {
  if (name.text.startsWith('$')) return resolveParameter(context, name, wanted);
  if (wanted.builtIn?.includes(name.text) === true) return name.text;
  if (wanted.kinds.includes('role') && context.process?.draws.has(name.text) === true) return name.text;
  const found = lookUp(context, name.text);
  if (found === undefined) {
    const known = [...context.names].flatMap(([text, entry]) => (wanted.kinds.includes(entry.kind) ? [text] : []));
    const choices = [...known, ...(wanted.builtIn ?? [])];
    context.misses.push({
      code: 'GDO101',
      text: name.text,
      place: placeOf(context, name.span),
      noun: wanted.noun,
      suggestions: suggestOnce(context, name.text, choices),
      ...(wanted.kinds.length === 0 ? { known: choices } : {}),
      within: '',
    });
    return name.text;
  }
  context.used.add(found.name);
  if (found.kind !== 'import' && !wanted.kinds.includes(found.kind)) reportWrongKind(context, name, found, wanted);
  return found.name;
}

/** Resolves every name of a list, in order. */
export function resolveNames(context: Context, names: readonly Name[], wanted: Wanted): readonly string[] {
  return names.map((name) => resolveName(context, name, wanted));
}

/** Finds what a name stands for in the scope at hand: the module's own names first. What an unreadable module would declare is its import. Pure. */
export function lookUp(context: Context, text: string): DeclaredName | undefined {
  const name = context.scope.locals.has(text) ? globalName(context.scope, text) : text;
  return context.names.get(name) ?? unreadableImport(context, name);
}

/** The import of an unreadable module that a name would come from (S75): one wrong pin is one finding, not one for every name of the module. */
function unreadableImport({ names }: Context, name: string): DeclaredName | undefined {
  for (let end = name.lastIndexOf('-'); end > 0; end = name.lastIndexOf('-', end - 1)) {
    const found = names.get(name.slice(0, end));
    if (found?.kind === 'import') return found;
  }
  return undefined;
}

/** Whether a module could not be read, so that nobody knows what it declares. Pure. */
export function lacksModules({ names }: Context): boolean {
  return [...names.values()].some((entry) => entry.kind === 'import');
}

/** Decimals of a currency; undefined where no account is kept in it (GDO101), or where one of a module that could not be read may be. */
export function currencyDecimals(context: Context, currency: Name): number | undefined {
  const decimals = context.currencies.get(currency.text);
  if (decimals === undefined && !lacksModules(context))
    resolveName(context, currency, { kinds: [], builtIn: [...context.currencies.keys()].sort(compareText), noun: 'the currency of an account' });
  return decimals;
}

/** After this many unknown names nobody reads suggestions, and looking for them would take minutes in a hostile file. */
const suggestedMissesMax = 100;

function suggestOnce(context: Context, text: string, known: readonly string[]): readonly string[] {
  return context.misses.length < suggestedMissesMax ? suggest(text, [...known].sort(compareText)) : [];
}

function resolveParameter(context: Context, name: Name, wanted: Wanted): string {
  const bound = context.scope.parameters.get(name.text.slice(1));
  if (bound === undefined || bound.value.kind !== 'name') {
    const known = [...context.scope.parameters.keys()];
    const suggestions = suggestOnce(context, name.text.slice(1), known).map((text) => `$${text}`);
    context.misses.push({ code: 'GDO101', text: name.text, place: placeOf(context, name.span), noun: 'a parameter of kind name', suggestions, within: '' });
    return name.text;
  }
  return resolveName({ ...context, scope: bound.scope }, bound.value.name, wanted);
}

function reportWrongKind(context: Context, name: Name, found: DeclaredName, wanted: Wanted): void {
  context.findings.push(
    finding('GDO106', placeOf(context, name.span), {
      message: `\`${name.text}\` is ${article(found.kind)} and cannot stand here`,
      label: `expected ${wanted.noun}`,
      why: 'The rule says nothing that could be carried out',
      help: `name ${wanted.noun}`,
      related: [labelled(found.place, `declared as ${article(found.kind)}`)],
    }),
  );
}

function article(kind: NameKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** Resolves the target of a `go to` or an `on edit`; implicit outcomes need no declaration (S25). Unknown stages are GDO102. */
export function resolveStage(context: Context, name: Name): string {
  const text = plainName(context, name);
  const process = context.process;
  if (process === undefined || process.stages.has(text)) return text;
  if (implicitOutcomes.includes(text)) {
    process.implicit.add(text);
    return text;
  }
  const suggestions = suggestOnce(context, text, [...process.stages, ...implicitOutcomes]);
  context.misses.push({
    code: 'GDO102',
    text,
    place: placeOf(context, name.span),
    noun: `a stage of \`${process.name}\``,
    suggestions,
    known: [...process.stages],
    within: process.name,
  });
  return text;
}

/** Resolves `process.stage`: the first part by kind, the second among the stages of that process, words of clauses as they stand. */
export function resolvePath(context: Context, path: Path, kinds: readonly NameKind[]): readonly string[] {
  const [first, ...rest] = path.parts;
  if (first === undefined) return [];
  const head = resolveName(context, first, { kinds, noun: kinds.length === 1 && kinds[0] === 'process' ? 'a process' : 'something declared' });
  const owner = context.names.get(head);
  return [head, ...rest.map((part, index) => resolvePart(context, part, index, owner))];
}

/** What can stand at a place behind the name of a process or a role, and how it is called; undefined behind anything else. */
function partsKnown(
  owner: DeclaredName,
  index: number,
): { readonly noun: string; readonly known: readonly string[]; readonly listed: readonly string[] } | undefined {
  if (owner.kind === 'role')
    return { noun: 'a setting of a role, which is `term` or `held`,', known: index === 0 ? settingsOfRoles : [], listed: settingsOfRoles };
  if (owner.kind !== 'process') return undefined;
  const stages = [...owner.stages, ...owner.inner, ...implicitOutcomes];
  if (index === 0) return { noun: `a stage of \`${owner.name}\``, known: stages, listed: [...owner.stages] };
  // Behind a stage of a stage only a setting of it can stand.
  const noun = index > 1 ? 'a setting of a stage, such as `open` or `quorum`,' : `a stage of \`${owner.name}\``;
  return { noun, known: index > 1 ? settingsOfStages : [...stages, ...settingsOfStages], listed: index > 1 ? settingsOfStages : [...owner.stages] };
}

function resolvePart(context: Context, part: Name, index: number, owner: DeclaredName | undefined): string {
  const text = plainName(context, part);
  const parts = owner === undefined ? undefined : partsKnown(owner, index);
  if (owner === undefined || parts === undefined || parts.known.includes(text)) return text;
  const { noun, known, listed } = parts;
  const suggestions = suggestOnce(context, text, known);
  context.misses.push({ code: 'GDO102', text, place: placeOf(context, part.span), noun, suggestions, known: listed, within: owner.name });
  return text;
}

/** Brings a verb to its base form (S70): bare, with `s`, `es`, `y` to `ies`, and after `without` *-ing* (S118). Unknown verbs are GDO105. */
export function resolveVerb(context: Context, name: Name): string {
  for (const form of baseForms(name.text)) {
    if (builtInVerbs.includes(form)) return form;
    const found = lookUp(context, form);
    if (found !== undefined && (found.kind === 'action' || found.kind === 'import')) {
      context.used.add(found.name);
      return found.name;
    }
  }
  const actions = [...context.names].flatMap(([text, entry]) => (entry.kind === 'action' ? [text] : []));
  const bare = [...builtInVerbs, ...actions];
  const written = [...bare, ...bare.map(thirdPerson)];
  context.misses.push({
    code: 'GDO105',
    text: name.text,
    place: placeOf(context, name.span),
    noun: 'a verb',
    suggestions: suggestOnce(context, name.text, written),
    within: '',
  });
  return name.text;
}

function baseForms(text: string): readonly string[] {
  const forms = [text];
  if (text.endsWith('ies')) forms.push(`${text.slice(0, -3)}y`);
  if (text.endsWith('es')) forms.push(text.slice(0, -2));
  if (text.endsWith('s')) forms.push(text.slice(0, -1));
  if (text.endsWith('ing')) forms.push(text.slice(0, -3), `${text.slice(0, -3)}e`);
  return forms;
}

function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}
