// A vote: its clauses, its tests, its quorum, and what follows from its results.
import type { Rule } from './grammar-terms.ts';
import { CountingGrammar } from './grammar-counting.ts';
import type { BallotClause, QuorumClause, ResultClause, SecondCallClause, Test, TestBase, TieRule, Transition, VoteStage } from './tree-stages.ts';
import type { Duration, Name } from './tree-terms.ts';

type QuorumCount = QuorumClause['counted'];
type BallotExtension = Extract<BallotClause, { readonly kind: 'extends' }>['when'];

/** Fourth class of the chain. */
export class BallotGrammar extends CountingGrammar {
  readonly vote: Rule<VoteStage> = this.define('vote', () => {
    const start = this.LA(1);
    this.words('vote');
    this.open('vote', 'voteClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    const clauses: VoteStage['clauses'][number][] = [];
    this.MANY(() => {
      this.mark('voteClause');
      clauses.push(this.SUBRULE(this.voteClause));
    });
    this.close(name);
    return { kind: 'vote', name, ...title, clauses, span: this.spanFrom(start) };
  });

  readonly voteClause: Rule<VoteStage['clauses'][number]> = this.define('voteClause', () =>
    this.oneOf<VoteStage['clauses'][number]>(0, [
      this.voters,
      this.choices,
      this.defaultOption,
      this.counted,
      this.elects,
      this.marks,
      this.reasons,
      this.vacancies,
      this.openFor,
      this.ballots,
      this.closesEarly,
      this.extends_,
      this.holdsFor,
      this.grace,
      this.quorum,
      this.secondCall,
      this.passes,
      this.beats,
      this.tie,
      this.limit,
      this.recusal,
      this.allow,
      this.result,
      this.transitionOtherwise,
    ]),
  );

  readonly result: Rule<ResultClause> = this.define('result', () => {
    const start = this.LA(1);
    this.words('when');
    const result = this.SUBRULE(this.name_);
    return { kind: 'result', result, target: this.SUBRULE(this.goto_), span: this.spanFrom(start) };
  });

  readonly transitionOtherwise: Rule<Transition & ResultClause> = this.define('transitionOtherwise', () => {
    const start = this.LA(1);
    this.words('otherwise');
    return { kind: 'otherwise', target: this.SUBRULE(this.goto_), span: this.spanFrom(start) };
  });

  readonly voters: Rule<BallotClause> = this.define('voters', () => {
    const start = this.LA(1);
    this.words('voters');
    const roles = this.SUBRULE(this.names);
    const present = this.OPTION(() => (this.words('present'), true)) ?? false;
    const weightedBy = this.OPTION1(() => {
      this.words('weighted by');
      return this.SUBRULE(this.name_);
    });
    const asOfTheStart = this.OPTION2(() => (this.words('as of the start'), true)) ?? false;
    const except =
      this.OPTION3(() => {
        this.words('except');
        return this.SUBRULE(this.theNames);
      }) ?? [];
    const who = this.OPTION4(() => this.SUBRULE(this.who)) ?? [];
    return { kind: 'voters', roles, present, ...(weightedBy && { weightedBy }), asOfTheStart, except, who, span: this.spanFrom(start) };
  });

  readonly choices: Rule<BallotClause> = this.define('choices', () => {
    const start = this.LA(1);
    this.words('choices');
    return this.OR<BallotClause>([
      {
        // `choices the, yes` lists a choice called `the`.
        GATE: () => this.isName(2),
        ALT: () => {
          this.words('the');
          const name = this.SUBRULE(this.name_);
          return { kind: 'choices', from: { kind: 'the', name }, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const names = this.SUBRULE(this.names);
          return { kind: 'choices', from: { kind: 'list', names }, span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly defaultOption: Rule<BallotClause> = this.define('defaultOption', () => {
    const start = this.LA(1);
    this.words('default');
    return { kind: 'default', option: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly elects: Rule<BallotClause> = this.define('elects', () => {
    const start = this.LA(1);
    this.words('elects');
    const seats = this.OR<Extract<BallotClause, { readonly kind: 'elects' }>['seats']>([
      { ALT: () => (this.words('the vacant'), 'the-vacant') },
      { ALT: () => this.SUBRULE(this.amount) },
    ]);
    return { kind: 'elects', seats, role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly marks: Rule<BallotClause> = this.define('marks', () => {
    const start = this.LA(1);
    this.words('marks at most');
    return { kind: 'marks', most: this.integer(), span: this.spanFrom(start) };
  });

  readonly reasons: Rule<BallotClause> = this.define('reasons', () => {
    const start = this.LA(1);
    this.words('reasons for');
    return { kind: 'reasons', for: this.SUBRULE(this.names), span: this.spanFrom(start) };
  });

  readonly vacancies: Rule<BallotClause> = this.define('vacancies', () => {
    const start = this.LA(1);
    this.words('vacancies count as');
    return { kind: 'vacancies', countAs: this.SUBRULE(this.name_), span: this.spanFrom(start) };
  });

  readonly openFor: Rule<{ readonly kind: 'open'; readonly duration: Duration; readonly span: { readonly start: number; readonly end: number } }> = this.define(
    'openFor',
    () => {
      const start = this.LA(1);
      this.words('open for');
      return { kind: 'open', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
    },
  );

  readonly ballots: Rule<BallotClause> = this.define('ballots', () => {
    const start = this.LA(1);
    this.words('ballots');
    return this.OR<BallotClause>([
      { ALT: () => (this.words('final'), { kind: 'ballots', mode: 'final', span: this.spanFrom(start) }) },
      { ALT: () => (this.words('may change'), { kind: 'ballots', mode: 'may-change', span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('sealed until the close revealed');
          return { kind: 'ballots', mode: 'sealed', revealedWithin: this.SUBRULE(this.within), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly closesEarly: Rule<BallotClause> = this.define('closesEarly', () => {
    const start = this.LA(1);
    this.words('closes early when decided');
    return { kind: 'closes-early', span: this.spanFrom(start) };
  });

  readonly extends_: Rule<BallotClause> = this.define('extends_', () => {
    const start = this.LA(1);
    this.words('extends by');
    const by = this.SUBRULE(this.duration);
    this.words('when');
    const when = this.SUBRULE(this.extension);
    const most = this.OPTION(() => {
      this.words('at most');
      const count = this.integer();
      this.words('times');
      return count;
    });
    return { kind: 'extends', by, when, ...(most !== undefined && { most }), span: this.spanFrom(start) };
  });

  readonly extension: Rule<BallotExtension> = this.define('extension', () =>
    this.OR<BallotExtension>([
      { GATE: () => this.is(2, 'in'), ALT: () => (this.words('swung in the last'), { kind: 'swung', inTheLast: this.SUBRULE(this.duration) }) },
      { GATE: () => this.is(2, 'in'), ALT: () => (this.words('quorate in the last', 1), { kind: 'quorate', inTheLast: this.SUBRULE1(this.duration) }) },
      { ALT: () => ({ kind: 'result', names: this.SUBRULE(this.choice) }) },
    ]),
  );

  readonly holdsFor: Rule<BallotClause> = this.define('holdsFor', () => {
    const start = this.LA(1);
    this.words('hold for');
    return { kind: 'holds', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly grace: Rule<BallotClause> = this.define('grace', () => {
    const start = this.LA(1);
    this.words('grace');
    const duration = this.SUBRULE(this.duration);
    this.words('with');
    const receipts = this.integer();
    this.words('receipts');
    return { kind: 'grace', duration, receipts, span: this.spanFrom(start) };
  });

  readonly quorum: Rule<QuorumClause> = this.define('quorum', () => {
    const start = this.LA(1);
    this.words('quorum');
    const comparison = this.SUBRULE(this.comparison);
    const bound = this.SUBRULE(this.bound);
    const counted = this.OR<QuorumCount>([
      { ALT: () => (this.words('voting'), { kind: 'voting' }) },
      { ALT: () => (this.words('present'), { kind: 'present' }) },
      { ALT: () => (this.words('over default'), { kind: 'over-default' }) },
      { ALT: () => (this.words('saying'), { kind: 'saying', choice: this.SUBRULE(this.choice) }) },
    ]);
    return { kind: 'quorum', comparison, bound, counted, span: this.spanFrom(start) };
  });

  readonly secondCall: Rule<SecondCallClause> = this.define('secondCall', () => {
    const start = this.LA(1);
    this.words('second call after');
    const after = this.SUBRULE(this.duration);
    const quorum = this.OR<QuorumClause | undefined>([{ ALT: () => this.SUBRULE(this.quorum) }, { ALT: () => (this.words('without quorum'), undefined) }]);
    return { kind: 'second-call', after, ...(quorum && { quorum }), span: this.spanFrom(start) };
  });

  readonly passes: Rule<BallotClause> = this.define('passes', () => {
    const start = this.LA(1);
    this.words('passes');
    const as = this.OPTION(() => {
      this.words('as');
      return this.SUBRULE(this.name_);
    });
    this.words('when');
    const tests: Test[] = [this.SUBRULE(this.test)];
    this.MANY(() => {
      this.words('and');
      tests.push(this.SUBRULE1(this.test));
    });
    return { kind: 'passes', ...(as && { as }), tests, span: this.spanFrom(start) };
  });

  readonly test: Rule<Test> = this.define('test', () => this.oneOf<Test>(0, [this.shareTest, this.eachTest, this.turnoutTest, this.leadTest]));

  readonly shareTest: Rule<Test> = this.define('shareTest', () => {
    const start = this.LA(1);
    const comparison = this.SUBRULE(this.comparison);
    const amount = this.SUBRULE(this.amount);
    return this.OR<Test>([
      {
        ALT: () => {
          this.words('of');
          const base = this.SUBRULE(this.testBase);
          this.words('are');
          return { kind: 'share-of-base', comparison, amount, base, choice: this.SUBRULE(this.choice), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const role = this.SUBRULE(this.name_);
          this.words('say');
          return { kind: 'people-say', comparison, amount, role, choice: this.SUBRULE1(this.choice), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly testBase: Rule<{ readonly kind: TestBase } | { readonly kind: 'all'; readonly role: Name }> = this.define('testBase', () =>
    this.OR<{ readonly kind: TestBase } | { readonly kind: 'all'; readonly role: Name }>([
      { ALT: () => (this.words('votes cast'), { kind: 'votes-cast' }) },
      { ALT: () => (this.words('votes and abstentions', 1), { kind: 'votes-and-abstentions' }) },
      { ALT: () => (this.words('weight cast', 2), { kind: 'weight-cast' }) },
      { ALT: () => (this.words('all'), { kind: 'all', role: this.SUBRULE(this.name_) }) },
      { ALT: () => (this.words('those present'), { kind: 'those-present' }) },
    ]),
  );

  readonly eachTest: Rule<Test> = this.define('eachTest', () => {
    const start = this.LA(1);
    const which = this.OR<'no' | 'all'>([{ ALT: () => (this.words('no'), 'no') }, { ALT: () => (this.words('all'), 'all') }]);
    const role = this.SUBRULE(this.name_);
    this.words('say');
    return { kind: 'none-or-all-say', which, role, choice: this.SUBRULE(this.choice), span: this.spanFrom(start) };
  });

  readonly turnoutTest: Rule<Test> = this.define('turnoutTest', () => {
    const start = this.LA(1);
    this.words('turnout');
    const comparison = this.SUBRULE(this.comparison);
    return { kind: 'turnout', comparison, bound: this.SUBRULE(this.bound), span: this.spanFrom(start) };
  });

  readonly leadTest: Rule<Test> = this.define('leadTest', () => {
    const start = this.LA(1);
    this.words('the lead of');
    const of = this.SUBRULE(this.name_);
    this.words('over');
    const over = this.SUBRULE1(this.name_);
    this.words('is');
    const comparison = this.SUBRULE(this.comparison);
    return { kind: 'lead', of, over, comparison, value: this.integer(), span: this.spanFrom(start) };
  });

  readonly beats: Rule<BallotClause> = this.define('beats', () => {
    const start = this.LA(1);
    this.words('beats');
    return this.OR<BallotClause>([
      {
        ALT: () => {
          this.words('default by');
          const comparison = this.SUBRULE(this.comparison);
          const left = this.integer();
          this.words('to');
          const right = this.integer(1);
          const area = this.OPTION(() => {
            this.words('in');
            return this.SUBRULE(this.name_);
          });
          return { kind: 'beats-default', comparison, left, right, ...(area && { area }), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('others by', 1);
          const comparison = this.SUBRULE1(this.comparison);
          return { kind: 'beats-others', comparison, share: this.SUBRULE(this.share), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly tie: Rule<BallotClause> = this.define('tie', () => {
    const start = this.LA(1);
    this.words('tie');
    const rules: TieRule[] = [this.SUBRULE(this.tieRule)];
    this.MANY(() => {
      this.words('then');
      rules.push(this.SUBRULE1(this.tieRule));
    });
    return { kind: 'tie', rules, span: this.spanFrom(start) };
  });

  readonly tieRule: Rule<TieRule> = this.define('tieRule', () => {
    const start = this.LA(1);
    return this.OR<TieRule>([
      { ALT: () => (this.words('fails'), { kind: 'fails', span: this.spanFrom(start) }) },
      { ALT: () => (this.words('lot'), { kind: 'lot', span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('decided by');
          const by = this.SUBRULE(this.actor);
          const thoughConcerned = this.OPTION(() => (this.words('though concerned'), true)) ?? false;
          return { kind: 'decided', by, thoughConcerned, span: this.spanFrom(start) };
        },
      },
    ]);
  });
}
