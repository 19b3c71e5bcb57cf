// Reads one declaration of a text after another. What does not fit ends the reading of its declaration; recover.ts says why.
import { allow } from './read-people.ts';
import { process } from './read-processes.ts';
import { certificate, delegation, measure, organization, points, role } from './read-offices.ts';
import { duty, property, protect, right } from './read-rules.ts';
import { scenario } from './read-scenarios.ts';
import { account, action, area, attribute, collaborator, dapp, importModule, module, parameter } from './read-things.ts';
import type { Label, Lines, Stopped } from './reader.ts';
import { linesOf, Reader } from './reader.ts';
import type { TokenList } from './token-list.ts';
import type { Declaration } from './tree.ts';

/** One declaration read, or how far it came. `rest` is the index of the first token not read. */
export type Reading =
  | { readonly kind: 'read'; readonly declaration: Declaration; readonly rest: number; readonly labels: readonly Label[] }
  | { readonly kind: 'stopped'; readonly stopped: Stopped };

const declarations: Lines<Declaration> = linesOf<Declaration>({
  organization,
  module,
  parameter,
  import: importModule,
  area,
  attribute,
  role,
  measure,
  points,
  certificate,
  delegation,
  account,
  dapp,
  collaborator,
  action,
  process,
  right,
  duty,
  protect,
  forbid: property,
  always: property,
  possible: property,
  scenario,
  allow,
});

/** Reads one declaration from a token on. Keeps no state between calls. */
export function readDeclaration(tokens: TokenList, at: number): Reading {
  const reader = new Reader(tokens, at);
  const declaration = reader.oneOf(declarations, allow);
  const { stopped, labels } = reader;
  return stopped === undefined ? { kind: 'read', declaration, rest: reader.at, labels } : { kind: 'stopped', stopped };
}
