// What a path of the bylaws names (S59).
import type { Charter } from '../../../engine/index.ts';

const clauses: Readonly<Record<string, string>> = { open: 'open', quorum: 'quorums', passes: 'passes', term: 'term', held: 'held' };

function declarationsOf(charter: Charter): readonly (readonly [name: string, part: object])[] {
  const lists: readonly (readonly { readonly name: string }[])[] = [
    charter.areas,
    charter.attributes,
    charter.roles,
    charter.actions,
    charter.measures,
    charter.points,
    charter.certificates,
    charter.delegations,
    charter.accounts,
    charter.dapps,
    charter.collaborators,
    charter.processes,
    charter.rights,
    charter.duties,
  ];
  return lists.flat().map((one) => [one.name, one]);
}

/** What a path names: a declaration, a stage or a vote of it, a clause. */
export function partAt(charter: Charter, [name = '', ...rest]: readonly string[]): unknown {
  let part: unknown = declarationsOf(charter).find(([own]) => own === name)?.[1];
  for (const word of rest) {
    const inside: object = Object(part);
    const stages: readonly unknown[] = 'stages' in inside && Array.isArray(inside.stages) ? inside.stages : [];
    const votes: readonly unknown[] = 'votes' in inside && Array.isArray(inside.votes) ? inside.votes : [];
    const named = [...stages, ...stages.flatMap((stage) => Object(stage).votes ?? []), ...votes].find((one) => Object(one).name === word);
    part = named ?? Object(inside)[clauses[word] ?? word];
  }
  return part;
}
