// The words of a text and what each is there for: a keyword, the use of a name, or the place where a name is made. Strings and numbers are tokens too.
import type { BylawsFile, Name, ScenarioLine } from '../../language/index.ts';
import { isLiterate, literate } from '../../language/literate.ts';

/** One token of a text; offsets are those of the file. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly kind: 'keyword' | 'name use' | 'name made' | 'other';
}

/** Tokens in order, comments and prose left out. The file must have been read without a finding, since the tree says which words are names. */
export function tokensOf(file: BylawsFile): readonly Token[] {
  const text = isLiterate(file.path) ? literate(file.text).blanked : file.text;
  const names = namesOf(file);
  return [...text.matchAll(/--[^\n]*|"[^"\n]*"|\$?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|[0-9][0-9:/.%TZ-]*|[.,]/g)]
    .filter((found) => !found[0].startsWith('--'))
    .map((found) => ({
      text: found[0],
      start: found.index,
      kind: /^[A-Za-z]/.test(found[0]) ? (names.get(found.index) ?? 'keyword') : 'other',
    }));
}

/** Names by the offset they start at. */
function namesOf(file: BylawsFile): ReadonlyMap<number, 'name use' | 'name made'> {
  const found = new Map<number, 'name use' | 'name made'>();
  const visit = (node: unknown, made: boolean): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, made);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const entries = new Map<string, unknown>(Object.entries(node));
    const start = spanStart(entries.get('span'));
    const text = entries.get('text');
    if (typeof text === 'string' && start !== undefined) {
      if (file.text.startsWith(text, start)) found.set(start, made ? 'name made' : 'name use');
      return;
    }
    const kind = String(entries.get('kind'));
    for (const [key, value] of entries) visit(value, makes(kind, key) || (made && kind === 'list'));
  };
  visit(file.declarations, false);
  // Nothing declares the people of scenarios: whoever stands there once is named there for the first time.
  const free = file.declarations.flatMap((declaration) => (declaration.kind === 'scenario' ? declaration.lines.flatMap(freeNames) : []));
  for (const { text, span } of free) if (free.filter((other) => other.text === text).length === 1) found.set(span.start, 'name made');
  return found;
}

function freeNames(line: ScenarioLine): readonly Name[] {
  switch (line.kind) {
    case 'given':
    case 'given-joined':
    case 'given-have':
      return line.people;
    case 'expect-holds':
      return [line.person];
    case 'on':
      return [...(line.people.kind === 'names' ? line.people.names : []), ...line.about, ...(line.to === undefined ? [] : [line.to])];
    default:
      return [];
  }
}

const blocks: readonly string[] = (
  'module parameter import area attribute role measure points certificate delegation account dapp collaborator action process right duty ' +
  'step vote joint meeting draw outcome level'
).split(' ');

/** Where a name is made: the head of a declaration or stage, a currency, choices, a named result, the people a scenario is given. */
function makes(kind: string, key: string): boolean {
  if (key === 'head' || (kind === 'undefined' && (key === 'name' || key === 'plural'))) return true;
  if (key === 'name') return blocks.includes(kind);
  return [kind, key].join('.') === 'account.currency' || ['choices.from', 'passes.as', 'default.option', 'given.people'].includes([kind, key].join('.'));
}

function spanStart(span: unknown): number | undefined {
  const start = typeof span === 'object' && span !== null ? new Map<string, unknown>(Object.entries(span)).get('start') : undefined;
  return typeof start === 'number' ? start : undefined;
}
