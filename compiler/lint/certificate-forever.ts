// GDO802: a certificate without an end.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `certificate-forever`. */
export const certificateForever: LintRule = {
  code: 'GDO802',
  name: 'certificate-forever',
  what: 'This certificate never expires',
  why: 'A course of ten years ago opens the machine that was bought last week',
  fix: 'Give it an end: `lasts 2 years`',
  bad: `certificate laser plural lasers
  issued by any keeper
  revoked by any keeper
end

right cut
  covers "machines/laser"
  held by keepers who hold laser
  offline for at most 7 days
end
`,
  good: `certificate laser plural lasers
  issued by any keeper
  lasts 2 years
  revoked by any keeper
end

right cut
  covers "machines/laser"
  held by keepers who hold laser
  offline for at most 7 days
end
`,
  check: (model) =>
    model.charter.certificates.flatMap((certificate) =>
      certificate.lasts !== undefined
        ? []
        : [
            finding('GDO802', placeIn(model, certificate, model.charter.organization), {
              message: `The certificate \`${certificate.name}\` never expires`,
              label: 'no `lasts`',
              why: 'What was proved once counts for ever',
              help: 'if it should end:  lasts 2 years',
            }),
          ],
    ),
};
