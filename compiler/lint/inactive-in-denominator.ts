// GDO318: a share of everybody, in a body whose silent members stay for ever.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample, voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `inactive-in-denominator`. It is said once for a body. */
export const inactiveInDenominator: LintRule = {
  code: 'GDO318',
  name: 'inactive-in-denominator',
  what: 'Members who have long gone still count against everything',
  why: 'The share that is needed grows out of reach of those who still come',
  fix: 'Let silent members go: `lost through 365 days without activity`',
  bad: roleSample({ lost: 'lost through removal or resignation' }).concat('\n', voteSample('passes when more than 1/2 of all keepers are yes')),
  good: roleSample({}).concat('\n', voteSample('passes when more than 1/2 of all keepers are yes')),
  check: (model) => {
    const told = new Set<string>();
    return model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) =>
        vote.passes.flatMap((line) =>
          line.tests.flatMap((test) => {
            if (test.kind !== 'share-of-base' || test.base !== 'all') return [];
            const name = test.role === undefined || test.role === 'electorate' ? vote.voters.roles[0] : test.role;
            const role = model.charter.roles.find((candidate) => candidate.name === name);
            const ends =
              role?.term !== undefined || role?.lostWith !== undefined || role?.lost.some((loss) => loss.kind !== 'resignation' && loss.kind !== 'process');
            if (role === undefined || ends === true || told.has(role.name)) return [];
            told.add(role.name);
            return [
              finding('GDO318', placeIn(model, test, vote), {
                message: `Holders of \`${role.name}\` who have long gone count against what they do not answer, as in \`${process.name}\``,
                label: 'of everybody, the silent ones too',
                why: 'The share that is needed grows out of reach of those who still come',
                help: 'let silent members go:  lost through ... or 365 days without activity',
              }),
            ];
          }),
        ),
      ),
    );
  },
};
