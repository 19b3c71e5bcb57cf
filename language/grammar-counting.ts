// How the ballots of a vote are counted: the method, and what it is told about ballots (S43, docs/decisions/0024).
import type { Rule } from './grammar-terms.ts';
import { PeopleGrammar } from './grammar-people.ts';
import { Comma } from './tokens.ts';
import type { BallotClause, CountingParameter } from './tree-stages.ts';

type ValueOf<K extends CountingParameter['kind']> = Extract<CountingParameter, { readonly kind: K }>['value'];

/** Third class of the chain. */
export class CountingGrammar extends PeopleGrammar {
  readonly counted: Rule<BallotClause> = this.define('counted', () => {
    const start = this.LA(1);
    this.words('counted by');
    const method = this.SUBRULE(this.name_);
    const range = this.OPTION(() => {
      this.words('from');
      const from = this.integer();
      this.words('to');
      return { from, to: this.integer(1) };
    });
    const parameters =
      this.OPTION1(() => {
        this.words('with');
        return this.SUBRULE(this.countingParameters);
      }) ?? [];
    return { kind: 'counted', method, ...range, parameters, span: this.spanFrom(start) };
  });

  readonly countingParameters: Rule<CountingParameter[]> = this.define('countingParameters', () => {
    const parameters: CountingParameter[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => parameters.push(this.SUBRULE(this.countingParameter)) });
    return parameters;
  });

  readonly countingParameter: Rule<CountingParameter> = this.define('countingParameter', () => {
    const start = this.LA(1);
    return this.OR<CountingParameter>([
      { ALT: () => (this.words('winning votes'), { kind: 'strength', value: 'winning-votes', span: this.spanFrom(start) }) },
      { ALT: () => (this.words('margins'), { kind: 'strength', value: 'margins', span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('unranked');
          const value = this.SUBRULE(this.unranked);
          return { kind: 'unranked', value, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('equal ranks');
          const value = this.SUBRULE(this.equalRanks);
          return { kind: 'equalRanks', value, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          this.words('unscored');
          const value = this.SUBRULE(this.unscored);
          return { kind: 'unscored', value, span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly unranked: Rule<ValueOf<'unranked'>> = this.define('unranked', () =>
    this.OR<ValueOf<'unranked'>>([
      { ALT: () => (this.words('last'), 'tied-last') },
      { ALT: () => (this.words('not compared'), 'not-compared') },
      { ALT: () => (this.words('exhausted'), 'exhausted') },
    ]),
  );

  readonly equalRanks: Rule<ValueOf<'equalRanks'>> = this.define('equalRanks', () =>
    this.OR<ValueOf<'equalRanks'>>([
      { ALT: () => (this.words('allowed'), 'allowed') },
      { ALT: () => (this.words('refused'), 'refused') },
      { ALT: () => (this.words('wait'), 'waits') },
      { ALT: () => (this.words('split'), 'split') },
    ]),
  );

  readonly unscored: Rule<ValueOf<'unscored'>> = this.define('unscored', () =>
    this.OR<ValueOf<'unscored'>>([{ ALT: () => (this.words('lowest'), 'lowest') }, { ALT: () => (this.words('refused'), 'refused') }]),
  );
}
