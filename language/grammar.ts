// Rights, duties, protections and properties, and the list of all declarations: the last class of the parser (language.md section 4).
import type { Rule } from './grammar-terms.ts';
import { ScenarioGrammar } from './grammar-scenarios.ts';
import { dayOf } from './literal.ts';
import { Comma, Dot, WeekDay } from './tokens.ts';
import type { Claim, Day, Declaration, DutyDeclaration, PropertyDeclaration, ProtectDeclaration, RightDeclaration } from './tree.ts';

type RightClause = RightDeclaration['clauses'][number];
type DutyClause = DutyDeclaration['clauses'][number];
type ProtectClause = ProtectDeclaration['clauses'][number];

/** The whole grammar. `progress` tells what the last parse saw; set it anew before each. */
export class BylawsGrammar extends ScenarioGrammar {
  constructor(skipValidations: boolean) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  readonly declaration: Rule<Declaration> = this.define('declaration', () =>
    this.oneOf<Declaration>(0, [
      this.organization,
      this.module_,
      this.parameter,
      this.import_,
      this.area,
      this.attribute,
      this.role,
      this.measure,
      this.points,
      this.certificate,
      this.delegation,
      this.account,
      this.dapp,
      this.collaborator,
      this.action,
      this.process,
      this.right,
      this.duty,
      this.protect,
      this.property,
      this.scenario,
      this.allow,
    ]),
  );

  readonly right: Rule<RightDeclaration> = this.define('right', () => {
    const start = this.LA(1);
    this.words('right');
    this.open('right', 'rightClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    return { kind: 'right', name, ...title, clauses: this.clauses('rightClause', this.rightClause, name), span: this.spanFrom(start) };
  });

  readonly rightClause: Rule<RightClause> = this.define('rightClause', () =>
    this.oneOf<RightClause>(0, [
      this.rightCovers,
      this.rightHeldBy,
      this.denied,
      this.dayLine,
      this.locked,
      this.offlineFor,
      this.refusal,
      this.limit,
      this.allow,
    ]),
  );

  readonly rightCovers: Rule<RightClause> = this.define('rightCovers', () => {
    const start = this.LA(1);
    const patterns = this.SUBRULE(this.patterns);
    return this.ACTION(() => ({ kind: 'covers', patterns: patterns.covers, except: patterns.except, span: this.spanFrom(start) }));
  });

  readonly rightHeldBy: Rule<RightClause> = this.define('rightHeldBy', () => {
    const start = this.LA(1);
    this.words('held by');
    const roles = this.SUBRULE(this.names);
    const who = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
    return { kind: 'held-by', roles, who, span: this.spanFrom(start) };
  });

  readonly denied: Rule<RightClause> = this.define('denied', () => {
    const start = this.LA(1);
    this.words('denied to');
    const roles = this.SUBRULE(this.names);
    const sentence = this.OPTION(() => this.SUBRULE(this.text));
    return { kind: 'denied', roles, ...(sentence && { sentence }), span: this.spanFrom(start) };
  });

  readonly dayLine: Rule<RightClause> = this.define('dayLine', () => {
    const start = this.LA(1);
    const days: Day[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => days.push(this.SUBRULE(this.day)) });
    this.words('from');
    const from = this.SUBRULE(this.clock);
    this.words('to');
    return { kind: 'days', days, from, to: this.SUBRULE1(this.clock), span: this.spanFrom(start) };
  });

  readonly day: Rule<Day> = this.define('day', () => {
    const token = this.CONSUME(WeekDay);
    return this.ACTION(() => dayOf(token.image));
  });

  readonly locked: Rule<RightClause> = this.define('locked', () => {
    const start = this.LA(1);
    this.words('locked by');
    const by = this.SUBRULE(this.actor);
    this.words('released by', 1);
    return { kind: 'locked', by, releasedBy: this.SUBRULE(this.actorsOr), span: this.spanFrom(start) };
  });

  readonly offlineFor: Rule<RightClause> = this.define('offlineFor', () => {
    const start = this.LA(1);
    this.words('offline for at most');
    return { kind: 'offline-for', most: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly refusal: Rule<RightClause> = this.define('refusal', () => {
    const start = this.LA(1);
    this.words('refusal');
    const reason = this.SUBRULE(this.name_);
    this.words('say');
    return { kind: 'refusal', reason, says: this.SUBRULE(this.text), span: this.spanFrom(start) };
  });

  readonly duty: Rule<DutyDeclaration> = this.define('duty', () => {
    const start = this.LA(1);
    this.words('duty');
    this.open('duty', 'dutyClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    return { kind: 'duty', name, ...title, clauses: this.clauses('dutyClause', this.dutyClause, name), span: this.spanFrom(start) };
  });

  readonly dutyClause: Rule<DutyClause> = this.define('dutyClause', () =>
    this.oneOf<DutyClause>(0, [this.owed, this.dutyWithin, this.dutyEvery, this.doneWhen, this.otherwiseEffect, this.allow]),
  );

  readonly owed: Rule<DutyClause> = this.define('owed', () => {
    const start = this.LA(1);
    this.words('owed by');
    return { kind: 'owed', by: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly dutyWithin: Rule<DutyClause> = this.define('dutyWithin', () => {
    const start = this.LA(1);
    const duration = this.SUBRULE(this.within);
    this.words('of');
    return { kind: 'within', duration, of: this.SUBRULE(this.path), span: this.spanFrom(start) };
  });

  readonly dutyEvery: Rule<DutyClause> = this.define('dutyEvery', () => {
    const start = this.LA(1);
    this.words('every');
    const duration = this.SUBRULE(this.duration);
    this.words('from');
    return { kind: 'every', duration, from: this.SUBRULE(this.date), span: this.spanFrom(start) };
  });

  readonly doneWhen: Rule<DutyClause> = this.define('doneWhen', () => {
    const start = this.LA(1);
    this.words('done when');
    return { kind: 'done', when: this.SUBRULE(this.act), span: this.spanFrom(start) };
  });

  readonly otherwiseEffect: Rule<DutyClause> = this.define('otherwiseEffect', () => {
    const start = this.LA(1);
    this.words('otherwise');
    return { kind: 'otherwise', effect: this.SUBRULE(this.effect), span: this.spanFrom(start) };
  });

  readonly protect: Rule<ProtectDeclaration> = this.define('protect', () => {
    const start = this.LA(1);
    this.words('protect');
    this.open('protect', 'protectClause', start);
    const paths = this.SUBRULE(this.paths);
    const title = this.optionalTitle();
    const clauses = this.clauses('protectClause', this.protectClause, undefined);
    return { kind: 'protect', paths, ...title, clauses, span: this.spanFrom(start) };
  });

  readonly protectClause: Rule<ProtectClause> = this.define('protectClause', () =>
    this.oneOf<ProtectClause>(0, [this.changedThrough, this.neverChanged, this.boundsOf, this.lapses, this.allow]),
  );

  readonly changedThrough: Rule<ProtectClause> = this.define('changedThrough', () => {
    const start = this.LA(1);
    this.words('changed through');
    return { kind: 'changed', through: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly neverChanged: Rule<ProtectClause> = this.define('neverChanged', () => {
    const start = this.LA(1);
    this.words('never changed');
    return { kind: 'never', span: this.spanFrom(start) };
  });

  readonly boundsOf: Rule<ProtectClause> = this.define('boundsOf', () => {
    const start = this.LA(1);
    this.words('bounds');
    const path = this.SUBRULE(this.path);
    this.words('from');
    const from = this.SUBRULE(this.value);
    this.words('to');
    return { kind: 'bounds', path, from, to: this.SUBRULE1(this.value), span: this.spanFrom(start) };
  });

  readonly lapses: Rule<ProtectClause> = this.define('lapses', () => {
    const start = this.LA(1);
    this.words('lapses');
    const when = this.OR<Extract<ProtectClause, { readonly kind: 'lapses' }>['when']>([
      { ALT: () => (this.words('after'), { kind: 'after', duration: this.SUBRULE(this.duration) }) },
      { ALT: () => (this.words('on'), { kind: 'on', date: this.SUBRULE(this.date) }) },
    ]);
    const renewedThrough = this.OPTION(() => {
      this.words('unless renewed through');
      return this.SUBRULE(this.name_);
    });
    return { kind: 'lapses', when, ...(renewedThrough && { renewedThrough }), span: this.spanFrom(start) };
  });

  readonly property: Rule<PropertyDeclaration> = this.define('property', () => {
    const start = this.LA(1);
    const mode = this.OR<PropertyDeclaration['mode']>([
      { ALT: () => (this.words('forbid'), 'forbid') },
      { ALT: () => (this.words('always'), 'always') },
      { ALT: () => (this.words('possible'), 'possible') },
    ]);
    this.open('property', 'claim', start);
    const title = this.SUBRULE(this.text);
    this.mark('claim');
    const claim = this.SUBRULE(this.claim);
    this.close(undefined);
    return { kind: 'property', mode, title, claim, span: this.spanFrom(start) };
  });

  readonly claim: Rule<Claim> = this.define('claim', () =>
    this.OR<Claim>([
      { GATE: () => !this.isPathAhead(), ALT: () => this.SUBRULE(this.mergeClaim) },
      { GATE: () => !this.isPathAhead(), ALT: () => this.SUBRULE(this.holdsClaim) },
      { ALT: () => this.SUBRULE(this.reachesClaim) },
    ]),
  );

  private isPathAhead(): boolean {
    return this.is(2, 'reaches') || this.LA(2).tokenType === Dot;
  }

  readonly mergeClaim: Rule<Claim> = this.define('mergeClaim', () => {
    const start = this.LA(1);
    this.words('any merge in');
    const area = this.SUBRULE(this.name_);
    this.words('with');
    const comparison = this.SUBRULE(this.comparison);
    const amount = this.SUBRULE(this.amount);
    this.words('approving');
    return { kind: 'merge', area, comparison, amount, role: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
  });

  readonly holdsClaim: Rule<Claim> = this.define('holdsClaim', () => {
    const start = this.LA(1);
    const comparison = this.SUBRULE(this.comparison);
    const amount = this.SUBRULE(this.amount);
    const people = this.SUBRULE(this.name_);
    this.words('hold');
    return { kind: 'holds', comparison, amount, people, role: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
  });

  readonly reachesClaim: Rule<Claim> = this.define('reachesClaim', () => {
    const start = this.LA(1);
    const path = this.SUBRULE(this.path);
    this.words('reaches');
    const outcome = this.SUBRULE(this.name_);
    const people = this.OPTION(() => {
      this.words('with');
      const comparison = this.SUBRULE(this.comparison);
      const amount = this.SUBRULE(this.amount);
      return { comparison, amount, role: this.SUBRULE1(this.name_) };
    });
    const within = this.OPTION1(() => this.SUBRULE(this.within));
    return { kind: 'reaches', path, outcome, ...(people && { with: people }), ...(within && { within }), span: this.spanFrom(start) };
  });
}
