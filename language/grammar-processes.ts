// A process: who starts it, what it governs, what rests while it is open.
import type { Rule } from './grammar-terms.ts';
import { StageGrammar } from './grammar-stages.ts';
import type { InFlight, ProcessClause, ProcessDeclaration, Shortage, StartWindow } from './tree.ts';
import type { Stage } from './tree-stages.ts';
import type { Fact, Name } from './tree-terms.ts';

/** Seventh class of the chain. */
export class ProcessGrammar extends StageGrammar {
  readonly process: Rule<ProcessDeclaration> = this.define('process', () => {
    const start = this.LA(1);
    this.words('process');
    this.open('process', 'processClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const clauses: ProcessClause[] = [];
    const stages: Stage[] = [];
    this.MANY(() => {
      this.mark('processClause');
      clauses.push(this.SUBRULE(this.processClause));
    });
    this.MANY1(() => stages.push(this.SUBRULE(this.stage)));
    this.close(name);
    return { kind: 'process', name, ...title, clauses, stages, span: this.spanFrom(start) };
  });

  readonly processClause: Rule<ProcessClause> = this.define('processClause', () =>
    this.oneOf<ProcessClause>(0, [
      this.governs,
      this.startedBy,
      this.starts,
      this.about,
      this.spends,
      this.whileOpen,
      this.onLine,
      this.inFlight,
      this.offlineLine,
      this.limit,
      this.recusal,
      this.allow,
    ]),
  );

  readonly governs: Rule<ProcessClause> = this.define('governs', () => {
    const start = this.LA(1);
    this.words('governs');
    const areas = this.SUBRULE(this.names);
    const wordingOnly = this.OPTION(() => (this.words('for wording only'), true)) ?? false;
    return { kind: 'governs', areas, wordingOnly, span: this.spanFrom(start) };
  });

  readonly startedBy: Rule<ProcessClause> = this.define('startedBy', () => {
    const start = this.LA(1);
    this.words('started by');
    const actor = this.SUBRULE(this.actor);
    const who: Fact[] = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
    const windows: StartWindow[] = [];
    this.MANY(() => windows.push(this.SUBRULE(this.startWindow)));
    return { kind: 'started-by', actor, who, windows, span: this.spanFrom(start) };
  });

  readonly startWindow: Rule<StartWindow> = this.define('startWindow', () => {
    const start = this.LA(1);
    return this.OR<StartWindow>([
      {
        ALT: () => {
          const duration = this.SUBRULE(this.within);
          this.words('of');
          return { kind: 'within', duration, of: this.SUBRULE(this.path), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('not', 1);
          const duration = this.SUBRULE1(this.within);
          this.words('of', 1);
          return { kind: 'not-within', duration, of: this.SUBRULE1(this.path), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('not from', 2);
          const from = this.SUBRULE2(this.path);
          this.words('until');
          return { kind: 'not-between', from, until: this.SUBRULE3(this.path), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly starts: Rule<ProcessClause> = this.define('starts', () => {
    const start = this.LA(1);
    this.words('starts');
    return this.OR<ProcessClause>([
      { ALT: () => (this.words('when'), { kind: 'starts-when', shortage: this.SUBRULE(this.shortage), span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('every');
          const duration = this.SUBRULE(this.duration);
          this.words('from');
          return { kind: 'starts-every', duration, from: this.SUBRULE(this.date), span: this.spanFrom(start) };
        },
      },
      { ALT: () => (this.words('after'), { kind: 'starts-after', path: this.SUBRULE(this.path), span: this.spanFrom(start) }) },
    ]);
  });

  readonly shortage: Rule<Shortage> = this.define('shortage', () => {
    const start = this.LA(1);
    return this.OR<Shortage>([
      {
        ALT: () => {
          const which = this.SUBRULE(this.anyOrThe);
          const role = this.SUBRULE(this.name_);
          this.words('is vacant');
          return { kind: 'vacant', which, role, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const headcount = this.SUBRULE(this.headcount);
          this.words('hold');
          return { kind: 'headcount', headcount, role: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly anyOrThe: Rule<'any' | 'the'> = this.define('anyOrThe', () =>
    this.OR<'any' | 'the'>([{ ALT: () => (this.words('any'), 'any') }, { ALT: () => (this.words('the'), 'the') }]),
  );

  readonly about: Rule<ProcessClause> = this.define('about', () => {
    const start = this.LA(1);
    this.words('about');
    const role = this.SUBRULE(this.name_);
    const who = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
    return { kind: 'about', role, who, span: this.spanFrom(start) };
  });

  readonly spends: Rule<ProcessClause> = this.define('spends', () => {
    const start = this.LA(1);
    this.words('spends from');
    const account = this.SUBRULE(this.name_);
    this.words('up to');
    const upTo = this.SUBRULE(this.money);
    return { kind: 'spends', account, upTo, currency: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
  });

  readonly whileOpen: Rule<ProcessClause> = this.define('whileOpen', () => {
    const start = this.LA(1);
    this.words('while open');
    return this.OR<ProcessClause>([
      {
        ALT: () => {
          this.words('suspend');
          const role = this.SUBRULE(this.name_);
          this.words('of the');
          return { kind: 'while-open-suspend', role, of: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
        },
      },
      {
        GATE: () => this.is(2, 'the') && this.is(3, 'amount'),
        ALT: () => {
          this.words('hold the amount from', 1);
          return { kind: 'while-open-hold-amount', account: this.SUBRULE2(this.name_), span: this.spanFrom(start) };
        },
      },
      { ALT: () => (this.words('hold', 2), { kind: 'while-open-hold', held: this.SUBRULE(this.held), span: this.spanFrom(start) }) },
    ]);
  });

  readonly onLine: Rule<ProcessClause> = this.define('onLine', () => {
    const start = this.LA(1);
    this.words('on');
    const what = this.OR<'edit' | 'conflict'>([{ ALT: () => (this.words('edit'), 'edit') }, { ALT: () => (this.words('conflict'), 'conflict') }]);
    const answer = this.OR1<'refuse' | 'restart' | Name>([
      { ALT: () => (this.words('refuse'), 'refuse') },
      { ALT: () => (this.words('restart'), 'restart') },
      { ALT: () => this.SUBRULE(this.goto_) },
    ]);
    return { kind: 'on', what, answer, span: this.spanFrom(start) };
  });

  readonly inFlight: Rule<ProcessClause> = this.define('inFlight', () => {
    const start = this.LA(1);
    this.words('in flight');
    const choices: InFlight[] = [this.SUBRULE(this.inFlightChoice)];
    this.MANY(() => {
      this.words('or');
      choices.push(this.SUBRULE1(this.inFlightChoice));
    });
    return { kind: 'in-flight', choices, span: this.spanFrom(start) };
  });

  readonly inFlightChoice: Rule<InFlight> = this.define('inFlightChoice', () =>
    this.OR<InFlight>([
      { ALT: () => (this.words('keep'), 'keep') },
      { ALT: () => (this.words('restart'), 'restart') },
      { ALT: () => (this.words('abort'), 'abort') },
    ]),
  );

  readonly offlineLine: Rule<ProcessClause> = this.define('offlineLine', () => {
    const start = this.LA(1);
    this.words('offline');
    const mode = this.OR<'waits' | 'provisional'>([{ ALT: () => (this.words('waits'), 'waits') }, { ALT: () => (this.words('provisional'), 'provisional') }]);
    return { kind: 'offline', mode, span: this.spanFrom(start) };
  });
}
