// GDO420: a property that the analyses could neither prove nor refute (S67).
import { decideProperty } from '../analysis/properties.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `property-undecided`: nothing that was not decided is passed over in silence. */
export const propertyUndecided: LintRule = {
  code: 'GDO420',
  name: 'property-undecided',
  what: 'Whether this holds was not decided',
  why: 'A line that nobody checks reads like one that was checked',
  fix: 'Narrow it: name one process, whole numbers and one body',
  bad: 'possible "the vote alone can pass"\n  amendment.ballot reaches done within 20 days\nend\n',
  good: 'possible "an amendment can pass"\n  amendment reaches done within 20 days\nend\n',
  late: true,
  check: (model) =>
    model.charter.properties.flatMap((property) => {
      const decision = decideProperty(model.charter, property, model.analyses);
      if (decision.kind !== 'undecided') return [];
      return [
        finding('GDO420', placeIn(model, property, property), {
          message: `Whether this holds was not decided: "${property.title}"`,
          label: decision.because,
          why: 'A line that nobody checks reads like one that was checked',
          help: 'narrow it: name one process, whole numbers, and the body that decides',
        }),
      ];
    }),
};
