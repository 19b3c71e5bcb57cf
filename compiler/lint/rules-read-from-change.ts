// GDO210: a dapp that must agree to the change that would replace it, in the area of the bylaws.
import { areaOf } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { bylawsAreaNames } from '../process-class.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `rules-read-from-change`. */
export const rulesReadFromChange: LintRule = {
  code: 'GDO210',
  name: 'rules-read-from-change',
  what: 'A program judges changes to the bylaws and to itself',
  why: 'A broken or bribed program can refuse its own removal, and with it every amendment',
  fix: 'Keep the programs and the bylaws in areas of their own',
  bad: `area bylaws covers "bylaws/**", "dapps/**"

dapp linter image "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  checks bylaws
end
`,
  good: `area programs covers "dapps/**"
area bylaws covers "bylaws/**"

process upgrade
  governs programs
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 30 days go to refused
  end
end

dapp linter image "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  checks bylaws
end
`,
  check: (model) => {
    const areas = bylawsAreaNames(model.charter.areas);
    return model.charter.dapps.flatMap((dapp) => {
      const own = areaOf(model.charter, `dapps/${dapp.name}.json`);
      if (own === undefined || !areas.has(own) || !dapp.checks.includes(own)) return [];
      return [
        finding('GDO210', placeIn(model, dapp, model.charter.organization), {
          message: `\`${dapp.name}\` must agree to every change of \`${own}\`, its own removal included`,
          label: 'judges itself',
          why: 'A broken or bribed program can refuse its own removal, and with it every amendment',
          help: 'put `dapps/**` into an area of its own, which this program does not check',
        }),
      ];
    });
  },
};
