// The other stages of a process: step, joint, meeting, draw and outcome with its effects.
import type { Rule } from './grammar-terms.ts';
import { EffectGrammar } from './grammar-effects.ts';
import type { DrawStage, Effect, JointStage, MeetingStage, OutcomeStage, Stage, StepClause, StepStage, Support, Transition, VoteStage } from './tree-stages.ts';
import type { Held } from './tree-terms.ts';

type StepWithout = NonNullable<Extract<Transition, { readonly kind: 'after' }>['without']>;
type JointClause = JointStage['clauses'][number];
type MeetingClause = MeetingStage['clauses'][number];
type DrawClause = DrawStage['clauses'][number];

/** Sixth class of the chain. */
export class StageGrammar extends EffectGrammar {
  readonly stage: Rule<Stage> = this.define('stage', () => this.oneOf<Stage>(0, [this.step, this.vote, this.joint, this.meeting, this.draw, this.outcome]));

  readonly step: Rule<StepStage> = this.define('step', () => {
    const start = this.LA(1);
    this.words('step');
    this.open('step', 'stepClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const clauses: StepClause[] = [];
    this.MANY(() => {
      this.mark('stepClause');
      clauses.push(this.SUBRULE(this.stepClause));
    });
    this.close(name);
    return { kind: 'step', name, ...title, clauses, span: this.spanFrom(start) };
  });

  readonly stepClause: Rule<StepClause> = this.define('stepClause', () =>
    this.oneOf<StepClause>(0, [
      this.stepLasts,
      this.concerns,
      this.nominations,
      this.options,
      this.stepHold,
      this.limit,
      this.transitionWhen,
      this.transitionUnless,
      this.transitionOtherwise,
      this.transitionAfter,
      this.allow,
    ]),
  );

  readonly stepLasts: Rule<StepClause> = this.define('stepLasts', () => {
    const start = this.LA(1);
    this.words('lasts at least');
    const duration = this.SUBRULE(this.duration);
    const since = this.OPTION(() => this.SUBRULE(this.since));
    return { kind: 'lasts', duration, ...(since && { since }), span: this.spanFrom(start) };
  });

  readonly concerns: Rule<StepClause> = this.define('concerns', () => {
    const start = this.LA(1);
    this.words('concerns by');
    const by = this.SUBRULE(this.actor);
    this.words('resolved by', 1);
    return { kind: 'concerns', by, resolvedBy: this.SUBRULE(this.actorsOr), span: this.spanFrom(start) };
  });

  readonly nominations: Rule<StepClause> = this.define('nominations', () => {
    const start = this.LA(1);
    this.words('nominations of');
    const of = this.SUBRULE(this.name_);
    const who = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
    const support = this.OPTION1(() => this.SUBRULE(this.support));
    return { kind: 'nominations', of, who, ...(support && { support }), span: this.spanFrom(start) };
  });

  readonly options: Rule<StepClause> = this.define('options', () => {
    const start = this.LA(1);
    this.words('options by');
    const by = this.SUBRULE(this.actor);
    const support = this.OPTION(() => this.SUBRULE(this.support));
    return { kind: 'options', by, ...(support && { support }), span: this.spanFrom(start) };
  });

  readonly support: Rule<Support> = this.define('support', () => {
    const start = this.LA(1);
    this.words('supported by');
    const by = this.SUBRULE(this.actor);
    const struckAfter = this.OPTION(() => {
      this.words('struck after');
      return this.SUBRULE(this.duration);
    });
    return { by, ...(struckAfter && { struckAfter }), span: this.spanFrom(start) };
  });

  readonly held: Rule<Held> = this.define('held', () => {
    const start = this.LA(1);
    return this.OR<Held>([
      { GATE: () => this.is(2, 'decision'), ALT: () => (this.words('the decision'), { kind: 'decision', span: this.spanFrom(start) }) },
      { ALT: () => ({ kind: 'processes', names: this.SUBRULE(this.names), span: this.spanFrom(start) }) },
    ]);
  });

  readonly stepHold: Rule<StepClause> = this.define('stepHold', () => {
    const start = this.LA(1);
    this.words('hold');
    const held = this.SUBRULE(this.held);
    this.words('when');
    return { kind: 'hold', held, event: this.SUBRULE(this.event), span: this.spanFrom(start) };
  });

  readonly transitionWhen: Rule<Transition> = this.define('transitionWhen', () => {
    const start = this.LA(1);
    this.words('when');
    const event = this.SUBRULE(this.event);
    const withoutConcerns = this.OPTION(() => (this.words('without concerns'), true)) ?? false;
    return { kind: 'when', event, withoutConcerns, target: this.SUBRULE(this.goto_), span: this.spanFrom(start) };
  });

  readonly transitionUnless: Rule<Transition> = this.define('transitionUnless', () => {
    const start = this.LA(1);
    this.words('unless');
    const event = this.SUBRULE(this.event);
    return { kind: 'unless', event, target: this.SUBRULE(this.goto_), span: this.spanFrom(start) };
  });

  readonly transitionAfter: Rule<Transition> = this.define('transitionAfter', () => {
    const start = this.LA(1);
    this.words('after');
    const duration = this.SUBRULE(this.duration);
    const since = this.OPTION(() => this.SUBRULE(this.since));
    const inARow = this.OPTION1(() => (this.words('in a row'), true)) ?? false;
    const without = this.OPTION2(() => {
      this.words('without');
      return this.SUBRULE(this.stepWithout);
    });
    const target = this.SUBRULE(this.goto_);
    return { kind: 'after', duration, ...(since && { since }), inARow, ...(without && { without }), target, span: this.spanFrom(start) };
  });

  readonly stepWithout: Rule<StepWithout> = this.define('stepWithout', () => {
    const start = this.LA(1);
    return this.OR<StepWithout>([
      { ALT: () => (this.words('concerns'), { kind: 'concerns', span: this.spanFrom(start) }) },
      { ALT: () => ({ kind: 'act', act: this.SUBRULE(this.act), span: this.spanFrom(start) }) },
    ]);
  });

  readonly joint: Rule<JointStage> = this.define('joint', () => {
    const start = this.LA(1);
    this.words('joint');
    this.open('joint', 'jointClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const votes: VoteStage[] = [];
    const clauses: JointClause[] = [];
    this.AT_LEAST_ONE(() => votes.push(this.SUBRULE(this.vote)));
    this.MANY(() => {
      this.mark('jointClause');
      clauses.push(this.SUBRULE(this.jointClause));
    });
    this.close(name);
    return { kind: 'joint', name, ...title, votes, clauses, span: this.spanFrom(start) };
  });

  readonly jointClause: Rule<JointClause> = this.define('jointClause', () =>
    this.oneOf<JointClause>(0, [this.jointPass, this.transitionOtherwise, this.allow]),
  );

  readonly jointPass: Rule<JointClause> = this.define('jointPass', () => {
    const start = this.LA(1);
    this.words('when');
    const which = this.OR<'all' | 'any'>([{ ALT: () => (this.words('all'), 'all') }, { ALT: () => (this.words('any'), 'any') }]);
    this.words('pass');
    return { kind: 'pass', which, target: this.SUBRULE(this.goto_), span: this.spanFrom(start) };
  });

  readonly meeting: Rule<MeetingStage> = this.define('meeting', () => {
    const start = this.LA(1);
    this.words('meeting');
    this.open('meeting', 'meetingClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const clauses: MeetingClause[] = [];
    this.MANY(() => {
      this.mark('meetingClause');
      clauses.push(this.SUBRULE(this.meetingClause));
    });
    this.close(name);
    return { kind: 'meeting', name, ...title, clauses, span: this.spanFrom(start) };
  });

  readonly meetingClause: Rule<MeetingClause> = this.define('meetingClause', () =>
    this.oneOf<MeetingClause>(0, [
      this.called,
      this.notice,
      this.attended,
      this.openFor,
      this.quorum,
      this.secondCall,
      this.result,
      this.transitionOtherwise,
      this.allow,
    ]),
  );

  readonly called: Rule<MeetingClause> = this.define('called', () => {
    const start = this.LA(1);
    this.words('called by');
    const by = this.SUBRULE(this.actor);
    const within = this.OPTION(() => this.SUBRULE(this.within));
    return { kind: 'called', by, ...(within && { within }), span: this.spanFrom(start) };
  });

  readonly notice: Rule<MeetingClause> = this.define('notice', () => {
    const start = this.LA(1);
    this.words('notice');
    return { kind: 'notice', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly attended: Rule<MeetingClause> = this.define('attended', () => {
    const start = this.LA(1);
    this.words('attended by');
    const by = this.SUBRULE(this.name_);
    const certifiedBy = this.OPTION(() => {
      this.words('certified by', 1);
      return this.SUBRULE(this.actor);
    });
    return { kind: 'attended', by, ...(certifiedBy && { certifiedBy }), span: this.spanFrom(start) };
  });

  readonly draw: Rule<DrawStage> = this.define('draw', () => {
    const start = this.LA(1);
    this.words('draw');
    this.open('draw', 'drawClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const clauses: DrawClause[] = [];
    this.MANY(() => {
      this.mark('drawClause');
      clauses.push(this.SUBRULE(this.drawClause));
    });
    this.close(name);
    return { kind: 'draw', name, ...title, clauses, span: this.spanFrom(start) };
  });

  readonly drawClause: Rule<DrawClause> = this.define('drawClause', () =>
    this.oneOf<DrawClause>(0, [this.picks, this.limit, this.seed, this.result, this.transitionOtherwise, this.allow]),
  );

  readonly picks: Rule<DrawClause> = this.define('picks', () => {
    const start = this.LA(1);
    this.words('picks');
    const count = this.integer();
    const role = this.SUBRULE(this.name_);
    const except =
      this.OPTION(() => {
        this.words('except');
        return this.SUBRULE(this.theNames);
      }) ?? [];
    const who = this.OPTION1(() => this.SUBRULE(this.who)) ?? [];
    return { kind: 'picks', count, role, except, who, span: this.spanFrom(start) };
  });

  readonly seed: Rule<DrawClause> = this.define('seed', () => {
    const start = this.LA(1);
    this.words('seed committed by');
    const committedBy = this.SUBRULE(this.actor);
    return { kind: 'seed', committedBy, within: this.SUBRULE(this.within), span: this.spanFrom(start) };
  });

  readonly outcome: Rule<OutcomeStage> = this.define('outcome', () => {
    const start = this.LA(1);
    this.words('outcome');
    this.open('outcome', 'effect', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const head = { kind: 'outcome', name, ...title } as const;
    return this.OR<OutcomeStage>([
      { ALT: () => (this.words('accepts'), this.closeLine(), { ...head, verdict: 'accepts', effects: [], span: this.spanFrom(start) }) },
      { ALT: () => (this.words('refuses'), this.closeLine(), { ...head, verdict: 'refuses', effects: [], span: this.spanFrom(start) }) },
      {
        ALT: () => {
          const effects: Effect[] = [];
          this.AT_LEAST_ONE(() => {
            this.mark('effect');
            effects.push(this.SUBRULE(this.effect));
          });
          this.close(name);
          return { ...head, effects, span: this.spanFrom(start) };
        },
      },
    ]);
  });
}
