// GDO518: a right whose device may decide nothing by itself (S96).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `right-without-offline`. */
export const rightWithoutOffline: LintRule = {
  code: 'GDO518',
  name: 'right-without-offline',
  what: 'The thing stops when the network does',
  why: 'Nobody gets in, or out, on the evening when the line is down',
  fix: 'Let it decide alone for a while: `offline for at most 7 days`',
  bad: `right enter
  covers "doors/front"
  held by keepers
end
`,
  good: `right enter
  covers "doors/front"
  held by keepers
  offline for at most 7 days
end
`,
  check: (model) =>
    model.charter.rights.flatMap((right) =>
      right.offline !== undefined
        ? []
        : [
            finding('GDO518', placeIn(model, right, model.charter.organization), {
              message: `What \`${right.name}\` covers stops when the network does`,
              label: 'no `offline`',
              why: 'Nobody gets in on the evening when the line is down',
              help: 'if it should go on:  offline for at most 7 days',
            }),
          ],
    ),
};
