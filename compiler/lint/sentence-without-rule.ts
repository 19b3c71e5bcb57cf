// GDO901: a sentence that binds people and no rule that does (check.md 3.7).
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { bindingSentences, quantitiesIn } from '../prose.ts';
import type { BindingSentence } from '../prose.ts';
import type { LintRule, Model } from './rule.ts';

/** Names that a `gdo:binds` may give. */
function names(model: Model): ReadonlySet<string> {
  const { roles, processes, rights, duties, accounts, areas, protections } = model.charter;
  const paths = protections.flatMap((one) => one.paths.map((path) => path.join('.')));
  return new Set([...[...roles, ...processes, ...rights, ...duties, ...accounts, ...areas].map((one) => one.name), ...paths]);
}

/** A number of the sentence beside which the blocks of its article have only others of the same kind. */
function contradicted(sentence: BindingSentence): string | undefined {
  const said = quantitiesIn(sentence.text);
  const ruled = quantitiesIn(sentence.blocks);
  const wrong = said.find(({ unit, value }) => ruled.some((one) => one.unit === unit) && !ruled.some((one) => one.unit === unit && one.value === value));
  return wrong === undefined
    ? undefined
    : wrong.unit === 'share'
      ? wrong.value
      : `${wrong.value} ${wrong.unit}${wrong.value === '1' || wrong.unit === 'per cent' ? '' : 's'}`;
}

const article = (...lines: readonly string[]): string => `# Money\n\n${lines.join('\n')}\n`;

/** The rule `sentence-without-rule`. */
export const sentenceWithoutRule: LintRule = {
  code: 'GDO901',
  name: 'sentence-without-rule',
  what: 'This sentence says what people must or may do, and no rule here says it',
  why: 'Members keep the sentence, the ledger keeps the rules, and one day somebody shows that nothing forbade it',
  fix: 'Write the rule below it, link it with `<!-- gdo:binds NAME -->`, or put the word in small letters if it is meant as advice',
  bad: article('Every expense MUST be seen by two people.'),
  good: article('<!-- gdo:binds amendment -->', 'Every change of these rules MUST be seen by two people.'),
  check: (model) => {
    const known = names(model);
    return model.files.flatMap((file) =>
      bindingSentences(file).flatMap((sentence): readonly Diagnostic[] => {
        const isLinked = sentence.blocks !== '' || sentence.binds.some(({ name }) => known.has(name));
        const number = isLinked ? contradicted(sentence) : undefined;
        if (isLinked && number === undefined) return [];
        const place = { file: file.path, span: sentence.span };
        const unknown = sentence.binds.find(({ name }) => !known.has(name));
        return [
          finding('GDO901', place, {
            message:
              number === undefined
                ? 'No rule of this article says what this sentence demands'
                : `This sentence says ${number}, and the rules of its article say something else`,
            label: number === undefined ? (unknown === undefined ? 'binds nobody' : `nothing is called ${unknown.name}`) : number,
            why: 'Members keep the sentence, the ledger keeps the rules, and where the two differ the rules decide (S82)',
            help: number === undefined ? 'write the rule below it, or link it:  <!-- gdo:binds NAME -->' : 'write the same number in both',
          }),
        ];
      }),
    );
  },
};
