// GDO212: a dapp whose image the ledger does not hold.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `undeclared-dapp`. It needs the list of images; without a ledger nothing is said. */
export const undeclaredDapp: LintRule = {
  code: 'GDO212',
  name: 'undeclared-dapp',
  what: 'The image of this program is not in the ledger',
  why: 'No node can run it, so no change it checks can be merged',
  fix: 'Add the image with `gdo image add`',
  bad: `dapp linter image "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  checks bylaws
end
`,
  good: `dapp linter image "sha256:1111111111111111111111111111111111111111111111111111111111111111"
  checks bylaws
end
`,
  given: { images: ['sha256:1111111111111111111111111111111111111111111111111111111111111111'] },
  check: (model) =>
    model.charter.dapps.flatMap((dapp) => {
      if (model.images === undefined || model.images.includes(dapp.image)) return [];
      return [
        finding('GDO212', placeIn(model, dapp, model.charter.organization), {
          message: `The ledger does not hold the image of \`${dapp.name}\``,
          label: 'no such image',
          why: 'No node can run it, so no change it checks can be merged',
          help: 'add it:  gdo image add; or write the digest of an image that is there:  gdo image list',
        }),
      ];
    }),
};
