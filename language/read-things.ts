// Reads what the organization has: areas, attributes, actions, accounts, dapps and collaborators, and the parts of a module.
import { actor, allow, limit } from './read-people.ts';
import { names, paths, text, texts, title, value, within } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { phrase } from './tokens.ts';
import type {
  AccountDeclaration,
  ActionDeclaration,
  AreaDeclaration,
  AttributeDeclaration,
  CollaboratorDeclaration,
  DappDeclaration,
  ImportDeclaration,
  ModuleDeclaration,
  ParameterDeclaration,
} from './tree.ts';
import type { Text, Value } from './tree-terms.ts';

type AccountClause = AccountDeclaration['clauses'][number];
type DappClause = DappDeclaration['clauses'][number];
type CollaboratorClause = CollaboratorDeclaration['clauses'][number];
type Setting = ImportDeclaration['settings'][number];

const say = {
  account: phrase('account'),
  action: phrase('action'),
  actsOn: phrase('acts on'),
  answers: phrase('answers'),
  area: phrase('area'),
  attribute: phrase('attribute'),
  by: phrase('by'),
  certifiedBy: phrase('certified by'),
  checks: phrase('checks'),
  collaborator: phrase('collaborator'),
  covers: phrase('covers'),
  dapp: phrase('dapp'),
  decimals: phrase('decimals'),
  default: phrase('default'),
  duration: phrase('duration'),
  endorsedBy: phrase('endorsed by'),
  except: phrase('except'),
  fraction: phrase('fraction'),
  from: phrase('from'),
  image: phrase('image'),
  import: phrase('import'),
  in: phrase('in'),
  is: phrase('is'),
  keptBy: phrase('kept by'),
  module: phrase('module'),
  name: phrase('name'),
  number: phrase('number'),
  parameter: phrase('parameter'),
  pinned: phrase('pinned'),
  reports: phrase('reports'),
  set: phrase('set'),
  to: phrase('to'),
  with: phrase('with'),
} as const;

/** `'module' name [text]`. */
export function module(reader: Reader): ModuleDeclaration {
  const start = reader.at;
  reader.words(say.module);
  const name = reader.name();
  const titled = title(reader);
  return { kind: 'module', name, ...titled, span: reader.spanFrom(start) };
}

/** What an importer may choose. */
export function parameter(reader: Reader): ParameterDeclaration {
  const start = reader.at;
  reader.words(say.parameter);
  const name = reader.name();
  reader.words(say.is);
  const type = parameterType(reader);
  const range = reader.passes(say.from) ? valueRange(reader) : undefined;
  const preset = reader.passes(say.default) ? value(reader) : undefined;
  return { kind: 'parameter', name, type, ...range, ...(preset && { default: preset }), span: reader.spanFrom(start) };
}

function parameterType(reader: Reader): ParameterDeclaration['type'] {
  if (reader.passes(say.duration)) return 'duration';
  if (reader.passes(say.number)) return 'number';
  if (reader.passes(say.fraction)) return 'fraction';
  reader.words(say.name);
  return 'name';
}

/** `value 'to' value`. */
export function valueRange(reader: Reader): { readonly from: Value; readonly to: Value } {
  const from = value(reader);
  reader.words(say.to);
  return { from, to: value(reader) };
}

/** Rules taken over from a module, and what they are set to. */
export function importModule(reader: Reader): ImportDeclaration {
  const start = reader.at;
  reader.words(say.import);
  reader.open('import', 'setting', start);
  const name = reader.name();
  reader.words(say.from);
  const from = text(reader);
  reader.words(say.pinned);
  const pinned = text(reader);
  const settings = reader.clauses('setting', settingLines, name);
  return { kind: 'import', name, from, pinned, settings, span: reader.spanFrom(start) };
}

const settingLines: Lines<Setting> = linesOf<Setting>({ set: setting });

function setting(reader: Reader): Setting {
  const start = reader.at;
  reader.words(say.set);
  const name = reader.name();
  reader.words(say.to);
  return { name, value: value(reader), span: reader.spanFrom(start) };
}

/** `'covers' texts ['except' texts]`. */
export function patterns(reader: Reader): { readonly covers: readonly Text[]; readonly except: readonly Text[] } {
  reader.words(say.covers);
  const covers = texts(reader);
  return { covers, except: reader.passes(say.except) ? texts(reader) : [] };
}

/** `'area' name patterns`. */
export function area(reader: Reader): AreaDeclaration {
  const start = reader.at;
  reader.words(say.area);
  const name = reader.name();
  return { kind: 'area', name, ...patterns(reader), span: reader.spanFrom(start) };
}

/** `'attribute' name [text] 'certified by' actor`. */
export function attribute(reader: Reader): AttributeDeclaration {
  const start = reader.at;
  reader.words(say.attribute);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.certifiedBy);
  return { kind: 'attribute', name, ...titled, certifiedBy: actor(reader), span: reader.spanFrom(start) };
}

/** `'action' name [text] 'by' actor`. */
export function action(reader: Reader): ActionDeclaration {
  const start = reader.at;
  reader.words(say.action);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.by);
  return { kind: 'action', name, ...titled, by: actor(reader), span: reader.spanFrom(start) };
}

/** Money in one currency. */
export function account(reader: Reader): AccountDeclaration {
  const start = reader.at;
  reader.words(say.account);
  reader.open('account', 'accountClause', start);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.in);
  const currency = reader.name();
  const decimals = reader.passes(say.with) ? reader.integer() : undefined;
  if (decimals !== undefined) reader.words(say.decimals);
  const clauses = reader.clauses('accountClause', accountClauses, name);
  return { kind: 'account', name, ...titled, currency, ...(decimals !== undefined && { decimals }), clauses, span: reader.spanFrom(start) };
}

const accountClauses: Lines<AccountClause> = linesOf<AccountClause>({ kept: keptBy, limit, allow });

function keptBy(reader: Reader): AccountClause {
  const start = reader.at;
  reader.words(say.keptBy);
  return { kind: 'kept', by: actor(reader), span: reader.spanFrom(start) };
}

/** `'dapp' name [text] 'image' text {dappClause} done`. */
export function dapp(reader: Reader): DappDeclaration {
  const start = reader.at;
  reader.words(say.dapp);
  reader.open('dapp', 'dappClause', start);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.image);
  const image = text(reader);
  return { kind: 'dapp', name, ...titled, image, clauses: reader.clauses('dappClause', dappClauses, name), span: reader.spanFrom(start) };
}

const dappClauses: Lines<DappClause> = linesOf<DappClause>({ checks, answers, endorsed, allow });

function checks(reader: Reader): DappClause {
  const start = reader.at;
  reader.words(say.checks);
  return { kind: 'checks', areas: names(reader), span: reader.spanFrom(start) };
}

function answers(reader: Reader): DappClause {
  const start = reader.at;
  reader.words(say.answers);
  return { kind: 'answers', within: within(reader), span: reader.spanFrom(start) };
}

function endorsed(reader: Reader): DappClause {
  const start = reader.at;
  reader.words(say.endorsedBy);
  return { kind: 'endorsed', by: actor(reader), span: reader.spanFrom(start) };
}

/** `'collaborator' name [text] 'kept by' actor {collaboratorClause} done`. */
export function collaborator(reader: Reader): CollaboratorDeclaration {
  const start = reader.at;
  reader.words(say.collaborator);
  reader.open('collaborator', 'collaboratorClause', start);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.keptBy);
  const keeper = actor(reader);
  const clauses = reader.clauses('collaboratorClause', collaboratorClauses, name);
  return { kind: 'collaborator', name, ...titled, keptBy: keeper, clauses, span: reader.spanFrom(start) };
}

const collaboratorClauses: Lines<CollaboratorClause> = linesOf<CollaboratorClause>({ reports, acts: actsOn, allow });

function reports(reader: Reader): CollaboratorClause {
  const start = reader.at;
  reader.words(say.reports);
  return { kind: 'reports', reports: texts(reader), span: reader.spanFrom(start) };
}

function actsOn(reader: Reader): CollaboratorClause {
  const start = reader.at;
  reader.words(say.actsOn);
  return { kind: 'acts', on: paths(reader), span: reader.spanFrom(start) };
}
