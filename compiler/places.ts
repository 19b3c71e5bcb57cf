// Where declarations and stages stand, by name: for frames, editors and documents. Finer places are found by identity in `sources`.
import type { Charter } from '../engine/index.ts';
import type { SourcePlace } from './finding.ts';

/** The place of a declaration (`amendment`), a stage (`amendment.ballot`) or a vote of a joint (`amendment.both.members-ballot`). */
export interface NamedPlace extends SourcePlace {
  readonly name: string;
}

/** Lists the places of everything named in a Charter, in its order. Pure. */
export function listPlaces(charter: Charter, sources: ReadonlyMap<object, SourcePlace>): readonly NamedPlace[] {
  const named = (name: string, thing: object): readonly NamedPlace[] => {
    const place = sources.get(thing);
    return place === undefined ? [] : [{ name, file: place.file, span: place.span }];
  };
  const things: readonly { readonly name: string }[] = [
    ...charter.areas,
    ...charter.attributes,
    ...charter.roles,
    ...charter.actions,
    ...charter.measures,
    ...charter.points,
    ...charter.certificates,
    ...charter.delegations,
    ...charter.accounts,
    ...charter.dapps,
    ...charter.collaborators,
    ...charter.processes,
    ...charter.rights,
    ...charter.duties,
  ];
  const stages = charter.processes.flatMap((process) =>
    process.stages.flatMap((stage) => [
      ...named(`${process.name}.${stage.name}`, stage),
      ...(stage.kind === 'joint' ? stage.votes.flatMap((vote) => named(`${process.name}.${stage.name}.${vote.name}`, vote)) : []),
    ]),
  );
  return [...things.flatMap((thing) => named(thing.name, thing)), ...stages];
}
