// Who acts and how many: actors, shares, facts after `who`, events, limits with their remedies, and `allow`.
import { tokenMatcher } from 'chevrotain';
import type { Rule } from './grammar-terms.ts';
import { TermGrammar } from './grammar-terms.ts';
import { unitOf } from './literal.ts';
import { spanOf } from './grammar-terms.ts';
import { Int, Param, Quoted, Unit, Word, keyword } from './tokens.ts';
import type { RecusalClause } from './tree-stages.ts';
import type { Act, Actor, AllowClause, Bound, EventPattern, Fact, Headcount, LimitClause, Name, Remedy, Share, Since, Whole } from './tree-terms.ts';

/** Second class of the chain. */
export class PeopleGrammar extends TermGrammar {
  readonly allow: Rule<AllowClause> = this.define('allow', () => {
    const start = this.LA(1);
    this.words('allow');
    const rule = this.SUBRULE(this.name_);
    this.words('because');
    const because = this.SUBRULE(this.text);
    const until = this.OPTION(() => {
      this.words('until');
      return this.SUBRULE(this.date);
    });
    return { kind: 'allow', rule, because, ...(until && { until }), span: this.spanFrom(start) };
  });

  readonly limit: Rule<LimitClause> = this.define('limit', () => {
    const start = this.LA(1);
    this.words('limit');
    const amount = this.SUBRULE(this.amount);
    this.OPTION(() => this.words('of'));
    const counted = this.SUBRULE(this.name_);
    const per: LimitClause['per'][number][] = [];
    this.MANY(() => {
      this.words('per');
      per.push(this.SUBRULE(this.limitPer));
    });
    // Two words decide: `in flight` is a clause of its own in a process.
    const inARow = this.OPTION1({ GATE: () => this.is(2, 'a'), DEF: () => (this.words('in a row'), true) }) ?? false;
    const including = this.OPTION2(() => {
      this.words('including the');
      return this.SUBRULE1(this.name_);
    });
    const otherwise = this.OPTION3({
      GATE: () => this.is(2, 'start', 'after', 'at', 'the', 'one', 'all'),
      DEF: () => {
        this.words('otherwise');
        return this.SUBRULE(this.remedy);
      },
    });
    const waivedThrough = this.OPTION4({
      GATE: () => this.is(2, 'waived'),
      DEF: () => {
        this.words('unless waived through');
        return this.SUBRULE2(this.name_);
      },
    });
    const tail = { ...(including && { including }), ...(otherwise && { otherwise }), ...(waivedThrough && { waivedThrough }) };
    return { kind: 'limit', amount, counted, per, inARow, ...tail, span: this.spanFrom(start) };
  });

  readonly limitPer: Rule<LimitClause['per'][number]> = this.define('limitPer', () =>
    this.OR<LimitClause['per'][number]>([
      {
        ALT: () => {
          const start = this.LA(1);
          const count = this.integer();
          const unit = this.CONSUME(Unit);
          return this.ACTION(() => ({
            kind: 'window',
            duration: { kind: 'duration', count, unit: unitOf(unit.image), span: this.spanFrom(start) },
          }));
        },
      },
      { ALT: () => ({ kind: 'each', name: this.SUBRULE(this.name_) }) },
    ]),
  );

  readonly remedy: Rule<Remedy> = this.define('remedy', () => {
    const start = this.LA(1);
    return this.OR<Remedy>([
      { ALT: () => (this.words('start'), { kind: 'start', process: this.SUBRULE(this.name_), span: this.spanFrom(start) }) },
      {
        ALT: () => {
          const after = this.OPTION(() => {
            this.words('after');
            return this.SUBRULE(this.duration);
          });
          const at = this.OPTION1(() => {
            this.words('at the next');
            return this.SUBRULE(this.path);
          });
          const who = this.SUBRULE(this.leavers);
          this.words('leave', 1);
          return { kind: 'leave', who, ...(after && { after }), ...(at && { at }), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly leavers: Rule<'newest' | 'oldest' | 'lot' | 'all'> = this.define('leavers', () =>
    this.OR<'newest' | 'oldest' | 'lot' | 'all'>([
      { ALT: () => (this.words('the newest'), 'newest') },
      { ALT: () => (this.words('the oldest', 1), 'oldest') },
      { ALT: () => (this.words('one by lot'), 'lot') },
      { ALT: () => (this.words('all of them'), 'all') },
    ]),
  );

  readonly since: Rule<Since> = this.define('since', () => {
    const start = this.LA(1);
    this.words('since');
    return this.OR<Since>([
      { GATE: () => this.is(2, 'start'), ALT: () => (this.words('the start'), { kind: 'start', span: this.spanFrom(start) }) },
      { ALT: () => ({ kind: 'stage', name: this.SUBRULE(this.name_), span: this.spanFrom(start) }) },
    ]);
  });

  readonly who: Rule<Fact[]> = this.define('who', () => {
    this.words('who');
    const facts: Fact[] = [this.SUBRULE(this.fact)];
    this.MANY(() => {
      this.words('and');
      facts.push(this.SUBRULE1(this.fact));
    });
    return facts;
  });

  readonly fact: Rule<Fact> = this.define('fact', () => {
    const start = this.LA(1);
    return this.OR<Fact>([
      { ALT: () => (this.words('hold'), { kind: 'holds', name: this.SUBRULE(this.name_), span: this.spanFrom(start) }) },
      { ALT: () => (this.words('do not hold', 1), { kind: 'does-not-hold', name: this.SUBRULE1(this.name_), span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('have');
          const comparison = this.SUBRULE(this.comparison);
          const amount = this.SUBRULE(this.amount);
          return { kind: 'has', comparison, amount, name: this.SUBRULE2(this.name_), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('joined at least');
          const ago = this.SUBRULE(this.duration);
          this.words('ago');
          return { kind: 'joined', ago, span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly whole: Rule<Whole> = this.define('whole', () => {
    const start = this.LA(1);
    this.words('all');
    const except = this.OPTION({
      GATE: () => tokenMatcher(this.LA(2), Int),
      DEF: () => {
        this.words('but');
        const count = this.integer();
        this.OPTION1(() => this.words('of'));
        return count;
      },
    });
    const other = this.OPTION2(() => (this.words('other'), true)) ?? false;
    const role = this.SUBRULE(this.name_);
    return { kind: 'whole', ...(except !== undefined && { except }), other, role, span: this.spanFrom(start) };
  });

  readonly part: Rule<Share> = this.define('part', () => {
    const start = this.LA(1);
    const amount = this.SUBRULE(this.amount);
    this.OPTION(() => this.words('of'));
    const squareRoot = this.OPTION1({ GATE: () => this.is(2, 'square'), DEF: () => (this.words('the square root of', 1), true) }) ?? false;
    const other = this.OPTION2(() => (this.words('other'), true)) ?? false;
    const role = this.SUBRULE(this.name_);
    return { kind: 'part', amount, squareRoot, other, role, span: this.spanFrom(start) };
  });

  readonly rootPart: Rule<Share> = this.define('rootPart', () => {
    const start = this.LA(1);
    this.words('the square root of');
    return { kind: 'part', squareRoot: true, other: false, role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly share: Rule<Share> = this.define('share', () => this.oneOf<Share>(0, [this.whole, this.part, this.rootPart]));

  readonly bound: Rule<Bound> = this.define('bound', () => this.oneOf<Bound>(0, [this.widerBound, this.share]));

  readonly widerBound: Rule<Bound> = this.define('widerBound', () => {
    const start = this.LA(1);
    const kind = this.OR<'larger' | 'smaller'>([{ ALT: () => (this.words('the larger'), 'larger') }, { ALT: () => (this.words('the smaller', 1), 'smaller') }]);
    this.words('of');
    const left = this.SUBRULE(this.share);
    this.words('and');
    return { kind, left, right: this.SUBRULE1(this.share), span: this.spanFrom(start) };
  });

  readonly actor: Rule<Actor> = this.define('actor', () =>
    this.oneOf<Actor>(0, [this.anyActor, this.whole, this.theActor, this.boundedActor, this.countedActor, this.oneActor]),
  );

  readonly anyActor: Rule<Actor> = this.define('anyActor', () => {
    const start = this.LA(1);
    this.words('any');
    const other = this.OPTION(() => (this.words('other'), true)) ?? false;
    return { kind: 'any', other, role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly theActor: Rule<Actor> = this.define('theActor', () => {
    const start = this.LA(1);
    this.words('the');
    const order = this.OPTION({
      GATE: () => this.isName(2),
      DEF: () => this.OR<'first' | 'next'>([{ ALT: () => (this.words('first'), 'first') }, { ALT: () => (this.words('next'), 'next') }]),
    });
    return { kind: 'the', ...(order && { order }), role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly boundedActor: Rule<Actor> = this.define('boundedActor', () => {
    const start = this.LA(1);
    const comparison = this.SUBRULE(this.comparison);
    return { kind: 'bounded', comparison, bound: this.SUBRULE(this.bound), span: this.spanFrom(start) };
  });

  readonly countedActor: Rule<Actor> = this.define('countedActor', () => {
    const start = this.LA(1);
    const amount = this.SUBRULE(this.amount);
    this.OPTION(() => this.words('of'));
    const other = this.OPTION1(() => (this.words('other'), true)) ?? false;
    return { kind: 'part', amount, squareRoot: false, other, role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly oneActor: Rule<Actor> = this.define('oneActor', () => {
    const start = this.LA(1);
    this.words('a');
    return { kind: 'a', role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly plainHolder: Rule<Actor> = this.define('plainHolder', () => {
    const start = this.LA(1);
    this.words('the');
    return { kind: 'the', role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly actorsOr: Rule<Actor[]> = this.define('actorsOr', () => {
    const actors: Actor[] = [this.SUBRULE(this.actor)];
    this.MANY(() => {
      this.words('or');
      actors.push(this.SUBRULE1(this.actor));
    });
    return actors;
  });

  readonly verb: Rule<Name> = this.define('verb', () => {
    const token = this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Param) }, { ALT: () => this.consume(0, keyword('vote')) }]);
    return this.ACTION(() => ({ text: token.image, span: spanOf(token) }));
  });

  readonly act: Rule<Act> = this.define('act', () => {
    const start = this.LA(1);
    const actor = this.OR<Actor>([
      { GATE: () => this.isRoleNamedLikeOrder(), ALT: () => this.SUBRULE(this.plainHolder) },
      { ALT: () => this.SUBRULE(this.actor) },
    ]);
    const verb = this.SUBRULE(this.verb);
    const text = this.OPTION(() => this.SUBRULE(this.text));
    const since = this.OPTION1(() => this.SUBRULE(this.since));
    return { actor, verb, ...(text && { text }), ...(since && { since }), span: this.spanFrom(start) };
  });

  /** `the first accepts go to x`: a role called `first`, since what follows its verb is no verb. */
  private isRoleNamedLikeOrder(): boolean {
    if (!this.is(2, 'first', 'next') || !this.isName(3)) return false;
    return (this.is(4, 'go') && this.is(5, 'to')) || this.is(4, 'within', 'since', 'without', 'and') || tokenMatcher(this.LA(4), Quoted);
  }

  readonly event: Rule<EventPattern> = this.define('event', () => {
    const start = this.LA(1);
    const acts: Act[] = [this.SUBRULE(this.act)];
    this.MANY(() => {
      this.words('and');
      acts.push(this.SUBRULE1(this.act));
    });
    const within = this.OPTION(() => this.SUBRULE(this.within));
    return { acts, ...(within && { within }), span: this.spanFrom(start) };
  });

  readonly headcount: Rule<Headcount> = this.define('headcount', () => {
    const start = this.LA(1);
    const comparison = this.OPTION(() => this.SUBRULE(this.comparison));
    const amount = this.SUBRULE(this.amount);
    const to = this.OPTION1(() => {
      this.words('to');
      return this.SUBRULE1(this.amount);
    });
    this.words('person');
    return { ...(comparison && { comparison }), amount, ...(to && { to }), span: this.spanFrom(start) };
  });

  readonly recusal: Rule<RecusalClause> = this.define('recusal', () => {
    const start = this.LA(1);
    this.words('recusal');
    const attributes =
      this.OPTION(() => {
        this.words('for');
        return this.SUBRULE(this.names);
      }) ?? [];
    this.words('decided by');
    const decidedBy = this.SUBRULE(this.actor);
    const effect = this.OR<RecusalClause['effect']>([
      { ALT: () => (this.words('leave the roster'), { kind: 'leaves' }) },
      { ALT: () => (this.words('counts as'), { kind: 'counts-as', choice: this.SUBRULE(this.name_) }) },
    ]);
    return { kind: 'recusal', for: attributes, decidedBy, effect, span: this.spanFrom(start) };
  });
}
