// What the organization has: areas, attributes, actions, accounts, dapps and collaborators, and the parts of a module.
import type { Rule } from './grammar-terms.ts';
import { OfficeGrammar } from './grammar-offices.ts';
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
import type { Text } from './tree-terms.ts';

type AccountClause = AccountDeclaration['clauses'][number];
type DappClause = DappDeclaration['clauses'][number];
type CollaboratorClause = CollaboratorDeclaration['clauses'][number];

/** Ninth class of the chain. */
export class ThingGrammar extends OfficeGrammar {
  readonly module_: Rule<ModuleDeclaration> = this.define('module_', () => {
    const start = this.LA(1);
    this.words('module');
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    return { kind: 'module', name, ...title, span: this.spanFrom(start) };
  });

  readonly parameter: Rule<ParameterDeclaration> = this.define('parameter', () => {
    const start = this.LA(1);
    this.words('parameter');
    const name = this.SUBRULE(this.name_);
    this.words('is');
    const type = this.OR<ParameterDeclaration['type']>([
      { ALT: () => (this.words('duration'), 'duration') },
      { ALT: () => (this.words('number'), 'number') },
      { ALT: () => (this.words('fraction'), 'fraction') },
      { ALT: () => (this.words('name'), 'name') },
    ]);
    const range = this.OPTION(() => {
      this.words('from');
      const from = this.SUBRULE(this.value);
      this.words('to');
      return { from, to: this.SUBRULE1(this.value) };
    });
    const preset = this.OPTION1(() => {
      this.words('default');
      return this.SUBRULE2(this.value);
    });
    return { kind: 'parameter', name, type, ...range, ...(preset && { default: preset }), span: this.spanFrom(start) };
  });

  readonly import_: Rule<ImportDeclaration> = this.define('import_', () => {
    const start = this.LA(1);
    this.words('import');
    this.open('import_', 'setting', start);
    const name = this.SUBRULE(this.name_);
    this.words('from');
    const from = this.SUBRULE(this.text);
    this.words('pinned');
    const pinned = this.SUBRULE1(this.text);
    const settings = this.clauses('setting', this.setting, name);
    return { kind: 'import', name, from, pinned, settings, span: this.spanFrom(start) };
  });

  readonly setting: Rule<ImportDeclaration['settings'][number]> = this.define('setting', () => {
    const start = this.LA(1);
    this.words('set');
    const name = this.SUBRULE(this.name_);
    this.words('to');
    return { name, value: this.SUBRULE(this.value), span: this.spanFrom(start) };
  });

  readonly patterns: Rule<{ readonly covers: readonly Text[]; readonly except: readonly Text[] }> = this.define('patterns', () => {
    this.words('covers');
    const covers = this.SUBRULE(this.texts);
    const except = this.OPTION(() => {
      this.words('except');
      return this.SUBRULE1(this.texts);
    });
    return { covers, except: except ?? [] };
  });

  readonly area: Rule<AreaDeclaration> = this.define('area', () => {
    const start = this.LA(1);
    this.words('area');
    const name = this.SUBRULE(this.name_);
    return { kind: 'area', name, ...this.SUBRULE(this.patterns), span: this.spanFrom(start) };
  });

  readonly attribute: Rule<AttributeDeclaration> = this.define('attribute', () => {
    const start = this.LA(1);
    this.words('attribute');
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('certified by');
    return { kind: 'attribute', name, ...title, certifiedBy: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly action: Rule<ActionDeclaration> = this.define('action', () => {
    const start = this.LA(1);
    this.words('action');
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('by');
    return { kind: 'action', name, ...title, by: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly account: Rule<AccountDeclaration> = this.define('account', () => {
    const start = this.LA(1);
    this.words('account');
    this.open('account', 'accountClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('in');
    const currency = this.SUBRULE1(this.name_);
    const decimals = this.OPTION(() => {
      this.words('with');
      const count = this.integer();
      this.words('decimals');
      return count;
    });
    const clauses = this.clauses('accountClause', this.accountClause, name);
    return { kind: 'account', name, ...title, currency, ...(decimals !== undefined && { decimals }), clauses, span: this.spanFrom(start) };
  });

  readonly accountClause: Rule<AccountClause> = this.define('accountClause', () => this.oneOf<AccountClause>(0, [this.keptBy, this.limit, this.allow]));

  readonly keptBy: Rule<AccountClause> = this.define('keptBy', () => {
    const start = this.LA(1);
    this.words('kept by');
    return { kind: 'kept', by: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly dapp: Rule<DappDeclaration> = this.define('dapp', () => {
    const start = this.LA(1);
    this.words('dapp');
    this.open('dapp', 'dappClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('image');
    const image = this.SUBRULE(this.text);
    return { kind: 'dapp', name, ...title, image, clauses: this.clauses('dappClause', this.dappClause, name), span: this.spanFrom(start) };
  });

  readonly dappClause: Rule<DappClause> = this.define('dappClause', () => this.oneOf<DappClause>(0, [this.checks, this.answers, this.endorsed, this.allow]));

  readonly checks: Rule<DappClause> = this.define('checks', () => {
    const start = this.LA(1);
    this.words('checks');
    return { kind: 'checks', areas: this.SUBRULE(this.names), span: this.spanFrom(start) };
  });

  readonly answers: Rule<DappClause> = this.define('answers', () => {
    const start = this.LA(1);
    this.words('answers');
    return { kind: 'answers', within: this.SUBRULE(this.within), span: this.spanFrom(start) };
  });

  readonly endorsed: Rule<DappClause> = this.define('endorsed', () => {
    const start = this.LA(1);
    this.words('endorsed by');
    return { kind: 'endorsed', by: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly collaborator: Rule<CollaboratorDeclaration> = this.define('collaborator', () => {
    const start = this.LA(1);
    this.words('collaborator');
    this.open('collaborator', 'collaboratorClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('kept by');
    const keptBy = this.SUBRULE(this.actor);
    const clauses = this.clauses('collaboratorClause', this.collaboratorClause, name);
    return { kind: 'collaborator', name, ...title, keptBy, clauses, span: this.spanFrom(start) };
  });

  readonly collaboratorClause: Rule<CollaboratorClause> = this.define('collaboratorClause', () =>
    this.oneOf<CollaboratorClause>(0, [this.reports, this.actsOn, this.allow]),
  );

  readonly reports: Rule<CollaboratorClause> = this.define('reports', () => {
    const start = this.LA(1);
    this.words('reports');
    return { kind: 'reports', reports: this.SUBRULE(this.texts), span: this.spanFrom(start) };
  });

  readonly actsOn: Rule<CollaboratorClause> = this.define('actsOn', () => {
    const start = this.LA(1);
    this.words('acts on');
    return { kind: 'acts', on: this.SUBRULE(this.paths), span: this.spanFrom(start) };
  });
}
