// GDO902: a process that the text beside it never puts into words (S81).
import { isLiterate } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { saidRegions } from '../says.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `rule-without-sentence`. Only where a text restates its rules at all; said once. */
export const ruleWithoutSentence: LintRule = {
  code: 'GDO902',
  name: 'rule-without-sentence',
  what: 'Some processes are put into words here, and this one is not',
  why: 'Who reads the sentences believes that they are all there is',
  fix: 'Add `<!-- gdo:says NAME -->` and `<!-- /gdo:says -->`, and let `gdo fmt` write it',
  bad: `# Words

<!-- gdo:says keeping -->

A case of keeping is started by any keeper. It merges no change: it decides who holds the role keeper. It begins with the ballot.

- **Ballot:** The keepers vote. The choices are yes, no and abstain. A ballot can be changed until the close. It is open for 14 days. For a quorum, at least two thirds of the keepers must vote. It passes when more than half of the votes cast, abstentions left out, are yes. If it passes, it ends as done. Otherwise it is refused.
- **Done:** The case is accepted. The candidate is granted the role keeper.
- **Refused:** The case is refused.

<!-- /gdo:says -->
`,
  good: '# Words\n\nNothing is restated here.\n',
  check: (model) => {
    const said = new Set(model.files.flatMap((file) => (isLiterate(file.path) ? saidRegions(file.text).map((region) => region.name) : [])));
    const silent = said.size === 0 ? [] : model.charter.processes.filter((process) => !said.has(process.name));
    const [first] = silent;
    if (first === undefined) return [];
    return [
      finding('GDO902', placeIn(model, first, first), {
        message: `No sentence of this text restates ${silent.map((process) => `\`${process.name}\``).join(', ')}`,
        label: 'not put into words',
        why: 'Who reads the sentences believes that they are all there is',
        help: `add  <!-- gdo:says ${first.name} -->  and  <!-- /gdo:says -->, and run gdo fmt`,
      }),
    ];
  },
};
