// What an outcome does, and what follows a duty that is not done: merges, grants, removals, awards, payments.
import { tokenMatcher } from 'chevrotain';
import { BallotGrammar } from './grammar-ballots.ts';
import type { Rule } from './grammar-terms.ts';
import { Int } from './tokens.ts';
import type { Effect, Granted } from './tree-stages.ts';

/** Fifth class of the chain. */
export class EffectGrammar extends BallotGrammar {
  readonly effect: Rule<Effect> = this.define('effect', () =>
    this.oneOf<Effect>(0, [
      this.acceptMerge,
      this.refuseMerge,
      this.grant,
      this.remove,
      this.award,
      this.pay,
      this.reverse,
      this.strike,
      this.startEffect,
      this.allow,
    ]),
  );

  readonly acceptMerge: Rule<Effect> = this.define('acceptMerge', () => {
    const start = this.LA(1);
    this.words('accept the merge');
    // In a duty the next line may be `within 3 days of x.y`.
    const within = this.OPTION({ GATE: () => !this.is(3, 'of') && !this.is(4, 'of'), DEF: () => this.SUBRULE(this.within) });
    const ratifiedThrough = this.OPTION1(() => {
      this.words('until ratified through');
      const process = this.SUBRULE(this.name_);
      return { process, within: this.SUBRULE1(this.within) };
    });
    return { kind: 'accept-merge', ...(within && { within }), ...(ratifiedThrough && { ratifiedThrough }), span: this.spanFrom(start) };
  });

  readonly refuseMerge: Rule<Effect> = this.define('refuseMerge', () => {
    const start = this.LA(1);
    this.words('refuse the merge');
    return { kind: 'refuse-merge', span: this.spanFrom(start) };
  });

  readonly granted: Rule<Granted> = this.define('granted', () => {
    const start = this.LA(1);
    return this.OR<Granted>([
      { GATE: () => this.is(2, 'proposed'), ALT: () => (this.words('the proposed role'), { kind: 'proposed-role', span: this.spanFrom(start) }) },
      { ALT: () => ({ kind: 'named', name: this.SUBRULE(this.name_), span: this.spanFrom(start) }) },
    ]);
  });

  readonly grant: Rule<Effect> = this.define('grant', () => {
    const start = this.LA(1);
    this.words('grant');
    const what = this.SUBRULE(this.granted);
    this.words('to the');
    const first = this.OPTION({ GATE: () => tokenMatcher(this.LA(2), Int), DEF: () => (this.words('first'), this.integer()) });
    const other = this.OPTION1(() => (this.words('other'), true)) ?? false;
    const to = this.SUBRULE(this.name_);
    const duration = this.OPTION2(() => {
      this.words('for');
      return this.SUBRULE(this.duration);
    });
    const select = first !== undefined ? { select: { kind: 'first', count: first } as const } : other ? { select: { kind: 'other' } as const } : {};
    return { kind: 'grant', what, ...select, to, ...(duration && { for: duration }), span: this.spanFrom(start) };
  });

  readonly remove: Rule<Effect> = this.define('remove', () => {
    const start = this.LA(1);
    this.words('remove');
    const what = this.SUBRULE(this.granted);
    this.words('from the');
    return { kind: 'remove', what, from: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly award: Rule<Effect> = this.define('award', () => {
    const start = this.LA(1);
    this.words('award');
    const amount = this.integer();
    const points = this.SUBRULE(this.name_);
    this.words('to the');
    return { kind: 'award', amount, points, to: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
  });

  readonly pay: Rule<Effect> = this.define('pay', () => {
    const start = this.LA(1);
    this.words('pay the amount from');
    return { kind: 'pay', account: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly reverse: Rule<Effect> = this.define('reverse', () => {
    const start = this.LA(1);
    this.words('reverse the decision');
    return { kind: 'reverse', span: this.spanFrom(start) };
  });

  readonly strike: Rule<Effect> = this.define('strike', () => {
    const start = this.LA(1);
    this.words('strike the');
    const who = this.SUBRULE(this.name_);
    this.words('from');
    return { kind: 'strike', who, from: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
  });

  readonly startEffect: Rule<Effect> = this.define('startEffect', () => {
    const start = this.LA(1);
    this.words('start');
    return { kind: 'start', process: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });
}
