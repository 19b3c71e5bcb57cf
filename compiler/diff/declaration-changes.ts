// Differences of everything but processes: the organization, areas, roles, rights, money, protections and the rest. What a clause does is in one table.
import type { Charter, CharterDapp, CharterProtection, CharterRight } from '../../engine/index.ts';
import { hoursMoved } from './clause-class.ts';
import { clausesBetween, pairs, sentencesMoved, withClause } from './clauses.ts';
import type { ChangeClass } from './direction.ts';
import { classOf, limitsDirection } from './direction.ts';
import type { RuleChange } from './rule-changes.ts';

/** One list of a Charter. `whole`: what it does that a declaration is there, or is not; `clause`: what a changed clause does. */
interface Section<T extends object> {
  readonly list: (charter: Charter) => readonly T[];
  readonly put: (charter: Charter, list: readonly T[]) => Charter;
  readonly path: (one: T) => readonly string[];
  readonly whole: { readonly added: ChangeClass; readonly removed: ChangeClass };
  readonly clause: (key: keyof T & string, before: T, after: T) => ChangeClass;
  readonly note?: (before: T, after: T) => string | undefined;
}

function changesIn<T extends object>(section: Section<T>): (before: Charter, after: Charter) => readonly RuleChange[] {
  const { list, put, path, whole, clause } = section;
  return (before, after) =>
    pairs(list(before), list(after), (one) => path(one).join('.')).flatMap(({ was, is, name }): readonly RuleChange[] => {
      const spoken = name.replace(/^(?:protect|forbid|always|possible)\./, '');
      if (was !== undefined && is !== undefined) {
        return clausesBetween(was, is).map((key): RuleChange => {
          const mixed = withClause(was, is, key);
          const hybrid = put(
            before,
            list(before).map((one) => (one === was ? mixed : one)),
          );
          const note = section.note?.(was, mixed);
          return {
            kind: key === 'title' ? 'wording' : clause(key, was, is),
            path: [...path(was), key],
            ...sentencesMoved(spoken, before, hybrid),
            ...(note === undefined ? {} : { note }),
          };
        });
      }
      const one = was ?? is;
      return one === undefined ? [] : [{ kind: is === undefined ? whole.removed : whole.added, path: path(one), ...sentencesMoved(spoken, before, after) }];
    });
}

interface Named {
  readonly name: string;
}

const named = (one: Named): readonly string[] => [one.name];
const shift = { added: 'power', removed: 'power' } as const;
const none = { added: 'other', removed: 'other' } as const;

/** Clauses that move no power, by section; every other clause of the section does. */
function except(...quiet: readonly string[]): (key: string) => ChangeClass {
  return (key) => (quiet.includes(key) ? 'other' : 'power');
}

function rightNote(before: CharterRight, after: CharterRight): string | undefined {
  const moved = hoursMoved(before, after);
  return moved === undefined ? undefined : `${moved.gained} minutes of the week are opened, and ${moved.lost} are closed`;
}

function dappClause(key: string, before: CharterDapp, after: CharterDapp): ChangeClass {
  if (key === 'endorsedBy') return 'power';
  if (key !== 'checks') return 'other';
  const [gone, fresh] = [before.checks.some((area) => !after.checks.includes(area)), after.checks.some((area) => !before.checks.includes(area))];
  return gone && fresh ? 'power' : gone ? 'easier' : 'harder';
}

function protectionClause(key: string, before: CharterProtection, after: CharterProtection): ChangeClass {
  if (key === 'neverChanged') return after.neverChanged === true ? 'harder' : 'easier';
  if (key === 'changedThrough') return before.changedThrough === undefined ? 'harder' : after.changedThrough === undefined ? 'easier' : 'power';
  if (key === 'lapses') return before.lapses === undefined ? 'easier' : after.lapses === undefined ? 'harder' : 'power';
  return before.bounds.length === 0 ? 'harder' : after.bounds.length === 0 ? 'easier' : 'power';
}

const sections: readonly ((before: Charter, after: Charter) => readonly RuleChange[])[] = [
  changesIn({
    list: (charter) => [charter.organization],
    put: (charter, [organization = charter.organization]) => ({ ...charter, organization }),
    path: () => ['organization'],
    whole: none,
    clause: (key) => (key === 'witnessed' ? 'power' : key === 'name' ? 'wording' : 'other'),
  }),
  changesIn({ list: (charter) => charter.areas, put: (charter, areas) => ({ ...charter, areas }), path: named, whole: shift, clause: except() }),
  changesIn({ list: (charter) => charter.attributes, put: (charter, attributes) => ({ ...charter, attributes }), path: named, whole: none, clause: except() }),
  changesIn({
    list: (charter) => charter.roles,
    put: (charter, roles) => ({ ...charter, roles }),
    path: named,
    whole: shift,
    clause: except('plural', 'vacancy'),
  }),
  changesIn({ list: (charter) => charter.actions, put: (charter, actions) => ({ ...charter, actions }), path: named, whole: none, clause: except() }),
  changesIn({ list: (charter) => charter.measures, put: (charter, measures) => ({ ...charter, measures }), path: named, whole: none, clause: except() }),
  changesIn({ list: (charter) => charter.points, put: (charter, points) => ({ ...charter, points }), path: named, whole: none, clause: except('plural') }),
  changesIn({
    list: (charter) => charter.certificates,
    put: (charter, certificates) => ({ ...charter, certificates }),
    path: named,
    whole: none,
    clause: except('plural'),
  }),
  changesIn({
    list: (charter) => charter.delegations,
    put: (charter, delegations) => ({ ...charter, delegations }),
    path: named,
    whole: shift,
    clause: except(),
  }),
  changesIn({
    list: (charter) => charter.accounts,
    put: (charter, accounts) => ({ ...charter, accounts }),
    path: named,
    whole: none,
    clause: (key, was, is) => (key === 'keptBy' ? 'power' : key === 'limits' ? (classOf([limitsDirection(was.limits, is.limits)]) ?? 'other') : 'other'),
  }),
  changesIn({
    list: (charter) => charter.dapps,
    put: (charter, dapps) => ({ ...charter, dapps }),
    path: named,
    whole: { added: 'harder', removed: 'easier' },
    clause: dappClause,
  }),
  changesIn({
    list: (charter) => charter.collaborators,
    put: (charter, collaborators) => ({ ...charter, collaborators }),
    path: named,
    whole: none,
    clause: except('reports'),
  }),
  changesIn({
    list: (charter) => charter.rights,
    put: (charter, rights) => ({ ...charter, rights }),
    path: named,
    whole: shift,
    clause: except('refusals'),
    note: rightNote,
  }),
  changesIn({
    list: (charter) => charter.duties,
    put: (charter, duties) => ({ ...charter, duties }),
    path: named,
    whole: none,
    clause: except('within', 'every', 'done'),
  }),
  changesIn({
    list: (charter) => charter.protections,
    put: (charter, protections) => ({ ...charter, protections }),
    path: (one) => ['protect', one.paths[0]?.join('.') ?? ''],
    whole: { added: 'harder', removed: 'easier' },
    clause: (key, was, is) => (key === 'paths' ? (is.paths.length > was.paths.length ? 'harder' : 'easier') : protectionClause(key, was, is)),
  }),
  changesIn({
    list: (charter) => charter.properties,
    put: (charter, properties) => ({ ...charter, properties }),
    path: (one) => [one.mode, one.title],
    whole: none,
    clause: () => 'other',
  }),
];

/** The differences outside of processes, in the order of the Charter's sections. Pure. */
export function declarationChanges(before: Charter, after: Charter): readonly RuleChange[] {
  return sections.flatMap((section) => section(before, after));
}
