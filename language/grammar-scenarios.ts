// Scenarios: what is so at first, what people do, and what is expected (language.md section 4 and S68). It plays nothing.
import type { Rule } from './grammar-terms.ts';
import { spanOf } from './grammar-terms.ts';
import { ThingGrammar } from './grammar-things.ts';
import { Clock, keyword } from './tokens.ts';
import type { ScenarioDeclaration, ScenarioExpectation, ScenarioGiven, ScenarioHad, ScenarioLine, ScenarioPeople } from './tree-scenarios.ts';
import type { Name } from './tree-terms.ts';

type OnLine = Extract<ScenarioLine, { readonly kind: 'on' }>;
type HoldsLine = Extract<ScenarioExpectation, { readonly kind: 'expect-holds' }>;

/** Adds the lines of scenarios to the parser. */
export class ScenarioGrammar extends ThingGrammar {
  readonly scenario: Rule<ScenarioDeclaration> = this.define('scenario', () => {
    const start = this.LA(1);
    this.words('scenario');
    this.open('scenario', 'scenarioLine', start);
    const title = this.SUBRULE(this.text);
    const lines: ScenarioLine[] = [];
    this.MANY(() => {
      this.mark('given');
      const given = this.SUBRULE(this.given);
      this.ACTION(() => lines.push(...given));
    });
    this.MANY1(() => {
      this.mark('scenarioLine');
      lines.push(this.SUBRULE(this.scenarioLine));
    });
    this.close(undefined);
    return { kind: 'scenario', title, lines, span: this.spanFrom(start) };
  });

  readonly given: Rule<ScenarioGiven[]> = this.define('given', () => {
    const start = this.LA(1);
    this.words('given');
    return this.OR<ScenarioGiven[]>([
      { ALT: () => [this.SUBRULE(this.givenHeads)] },
      {
        ALT: () => {
          const names = this.SUBRULE(this.names);
          return this.OR1<ScenarioGiven[]>([
            {
              ALT: () => {
                this.words('are');
                const people = this.SUBRULE1(this.names);
                return this.ACTION(() => names.map((role) => ({ kind: 'given', role, people, span: this.spanFrom(start) })));
              },
            },
            {
              ALT: () => {
                this.words('joined', 1);
                return [{ kind: 'given-joined', people: names, joined: this.SUBRULE(this.date), span: this.spanFrom(start) }];
              },
            },
            {
              ALT: () => {
                this.words('have');
                const had = this.SUBRULE(this.scenarioHad);
                return [{ kind: 'given-have', people: names, had, span: this.spanFrom(start) }];
              },
            },
          ]);
        },
      },
    ]);
  });

  /** `50 contributions` of a measure, or `employer "Acme"` of an attribute. */
  readonly scenarioHad: Rule<ScenarioHad> = this.define('scenarioHad', () =>
    this.OR<ScenarioHad>([
      {
        ALT: () => {
          const amount = this.integer();
          return { kind: 'amount', amount, name: this.SUBRULE(this.name_) };
        },
      },
      {
        ALT: () => {
          const name = this.SUBRULE1(this.name_);
          return { kind: 'value', name, value: this.SUBRULE(this.text) };
        },
      },
    ]),
  );

  readonly givenHeads: Rule<ScenarioGiven> = this.define('givenHeads', () => {
    const start = this.LA(0);
    const count = this.integer();
    const role = this.SUBRULE(this.name_);
    const joined = this.OPTION(() => (this.words('joined'), this.SUBRULE(this.date)));
    return { kind: 'given-heads', count, role, ...(joined && { joined }), span: this.spanFrom(start) };
  });

  readonly scenarioLine: Rule<ScenarioLine> = this.define('scenarioLine', () =>
    this.oneOf<ScenarioLine>(0, [this.scenarioOn, this.scenarioAfter, this.scenarioExpect]),
  );

  readonly scenarioOn: Rule<ScenarioLine> = this.define('scenarioOn', () => {
    const start = this.LA(1);
    this.words('on');
    const when = this.SUBRULE(this.scenarioDay);
    const at = this.OPTION({ GATE: () => this.LA(2).tokenType === Clock, DEF: () => (this.words('at'), this.SUBRULE(this.clock)) });
    const people = this.SUBRULE(this.scenarioPeople);
    const verb = this.SUBRULE(this.scenarioVerb);
    const object = this.OPTION1({
      GATE: () => !(this.is(1, 'about', 'as', 'to') && this.isName(2)),
      DEF: () =>
        this.OR<NonNullable<OnLine['object']>>([
          { ALT: () => ({ kind: 'text', text: this.SUBRULE(this.text) }) },
          {
            ALT: () => {
              const amount = this.integer();
              return { kind: 'amount', amount, name: this.SUBRULE1(this.name_) };
            },
          },
          {
            ALT: () => {
              const names = this.SUBRULE1(this.names);
              const text = this.OPTION4(() => this.SUBRULE1(this.text));
              return { kind: 'names', names, ...(text && { text }) };
            },
          },
        ]),
    });
    const about = this.OPTION2(() => (this.words('about'), this.SUBRULE2(this.names))) ?? [];
    const to = this.OPTION5(() => (this.words('to'), this.SUBRULE2(this.name_)));
    const proposed = this.OPTION3(() => (this.words('as'), this.SUBRULE(this.name_)));
    const tail = { ...(object && { object }), about, ...(to && { to }), ...(proposed && { proposed }) };
    return { kind: 'on', when, ...(at && { at }), people, verb, ...tail, span: this.spanFrom(start) };
  });

  readonly scenarioDay: Rule<OnLine['when']> = this.define('scenarioDay', () => {
    const start = this.LA(1);
    return this.OR<OnLine['when']>([
      { ALT: () => this.SUBRULE(this.date) },
      { ALT: () => (this.words('day'), { kind: 'day', day: this.integer(), span: this.spanFrom(start) }) },
    ]);
  });

  readonly scenarioPeople: Rule<ScenarioPeople> = this.define('scenarioPeople', () => {
    const start = this.LA(1);
    return this.OR<ScenarioPeople>([
      {
        ALT: () => {
          const count = this.integer();
          const other = this.OPTION({ GATE: () => this.isName(2), DEF: () => (this.words('other'), true) }) ?? false;
          return { kind: 'heads', count, other, role: this.SUBRULE(this.name_), span: this.spanFrom(start) };
        },
      },
      {
        // A person called `other` is still one where no role and verb follow.
        GATE: () => this.isName(2) && (this.isName(3) || this.is(3, 'vote', 'starts')),
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.words('other', 1);
          return { kind: 'heads', other: true, role: this.SUBRULE1(this.name_), span: this.spanFrom(start) };
        },
      },
      { ALT: () => ({ kind: 'names', names: this.SUBRULE(this.names), span: this.spanFrom(start) }) },
    ]);
  });

  /** A verb; `starts` is reserved elsewhere and still how one says it of one person. */
  readonly scenarioVerb: Rule<Name> = this.define('scenarioVerb', () =>
    this.OR<Name>([
      { ALT: () => this.SUBRULE(this.verb) },
      {
        ALT: () => {
          const token = this.consume(0, keyword('starts'));
          return this.ACTION(() => ({ text: token.image, span: spanOf(token) }));
        },
      },
    ]),
  );

  readonly scenarioAfter: Rule<ScenarioLine> = this.define('scenarioAfter', () => {
    const start = this.LA(1);
    this.words('after');
    return { kind: 'after', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly scenarioExpect: Rule<ScenarioExpectation> = this.define('scenarioExpect', () => {
    const start = this.LA(1);
    this.words('expect');
    return this.OR<ScenarioExpectation>([
      {
        // A process called `refusal` is one where it `is` something; a stage called so needs its process before it.
        GATE: () => !this.is(2, 'is', 'hold', 'do'),
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.words('refusal');
          const code = this.OPTION(() => this.SUBRULE(this.name_));
          return { kind: 'expect-refusal', ...(code && { code }), span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const subject = this.SUBRULE1(this.name_);
          const rest = this.OPTION1(() =>
            this.OR1<{ readonly is: Name } | Pick<HoldsLine, 'not' | 'role'>>([
              { ALT: () => (this.words('is'), { is: this.SUBRULE2(this.name_) }) },
              { ALT: () => (this.words('hold'), { not: false, role: this.SUBRULE3(this.name_) }) },
              { ALT: () => (this.words('do not hold', 1), { not: true, role: this.SUBRULE4(this.name_) }) },
            ]),
          );
          const span = this.spanFrom(start);
          return this.ACTION(() =>
            rest !== undefined && 'not' in rest ? { kind: 'expect-holds', person: subject, ...rest, span } : { kind: 'expect', subject, ...rest, span },
          );
        },
      },
    ]);
  });
}
