// One namespace for all declarations (S69): collects names and plurals and reports clashes. Looking a name up is resolve.ts's.
import type { Declaration, Diagnostic, Head, Name, Stage } from '../language/index.ts';
import { builtInPeople } from './built-in.ts';
import { finding, labelled } from './finding.ts';
import type { Expansion, Unit } from './modules.ts';
import type { DeclaredName, NameKind } from './scope.ts';
import { globalName } from './scope.ts';
import type { Scope } from './scope.ts';
import { withArticle } from './sentences-words.ts';

/** The names, by every spelling they have, and what clashed. */
export interface NameTable {
  readonly names: ReadonlyMap<string, DeclaredName>;
  readonly findings: readonly Diagnostic[];
}

interface Growing {
  readonly names: Map<string, DeclaredName>;
  readonly findings: Diagnostic[];
}

/** Collects the names of all units; the first declaration of a name wins, later ones are GDO103 or, for plurals, GDO104. Pure. */
export function collectNames(expansion: Expansion): NameTable {
  const table: Growing = { names: new Map(), findings: [] };
  const unreadable = new Set(expansion.broken.map((broken) => broken.declaration));
  for (const unit of expansion.units) {
    for (const declaration of unit.declarations) {
      if (declaration.kind !== 'import') collect(table, unit, declaration);
      else if (unreadable.has(declaration)) add(table, unit.scope, declaration.name, 'import', declaration.name);
    }
  }
  return table;
}

function collect(table: Growing, unit: Unit, declaration: Declaration): void {
  switch (declaration.kind) {
    case 'role':
      return addHead(table, unit.scope, declaration.head, 'role');
    case 'certificate':
      return addHead(table, unit.scope, declaration.head, 'certificate');
    case 'points':
      addHead(table, unit.scope, declaration.head, 'points');
      for (const clause of declaration.clauses) if (clause.kind === 'level') add(table, unit.scope, clause.name, 'level', clause.name);
      return;
    case 'process':
      return add(table, unit.scope, declaration.name, 'process', declaration.name, declaration.stages);
    case 'area':
    case 'attribute':
    case 'measure':
    case 'delegation':
    case 'account':
    case 'dapp':
    case 'collaborator':
    case 'action':
    case 'right':
    case 'duty':
      return add(table, unit.scope, declaration.name, declaration.kind, declaration.name);
    default:
      return;
  }
}

function addHead(table: Growing, scope: Scope, head: Head, kind: NameKind): void {
  add(table, scope, head.name, kind, head.name);
  if (head.plural !== undefined && head.plural.text !== head.name.text) add(table, scope, head.plural, kind, head.name);
}

function add(table: Growing, scope: Scope, spelling: Name, kind: NameKind, singular: Name, stages: readonly Stage[] = []): void {
  const text = globalName(scope, spelling.text);
  const place = { file: scope.file, span: spelling.span };
  const plural = spelling !== singular;
  if (builtInPeople.includes(text)) {
    table.findings.push(
      finding(plural ? 'GDO104' : 'GDO103', place, {
        message: `The name \`${text}\` already has a meaning in every case`,
        label: 'taken',
        why: `Nobody could tell this ${kind} from the ${text} of a case`,
        help: 'choose another name',
      }),
    );
    return;
  }
  const earlier = table.names.get(text);
  if (earlier !== undefined) {
    table.findings.push(
      finding(plural ? 'GDO104' : 'GDO103', place, {
        message: plural ? `The plural \`${text}\` is also the name of something else` : `The name \`${text}\` is declared twice`,
        label: 'declared again here',
        why: 'A rule that names it could mean either, and members would read it in two ways',
        help: 'rename one of the two',
        related: [labelled(earlier.place, `first ${withArticle(earlier.kind)}`)],
      }),
    );
    return;
  }
  table.names.set(text, {
    name: globalName(scope, singular.text),
    kind,
    place,
    stages: new Set(stages.map((stage) => stage.name.text)),
    inner: new Set(stages.flatMap((stage) => (stage.kind === 'joint' ? stage.votes.map((vote) => vote.name.text) : []))),
  });
}
