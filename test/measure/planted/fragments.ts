// Faults of text and names that stand in no real bylaws to be edited: each is put into bylaws that are otherwise sound.
import { framed } from '../../../compiler/index.ts';
import type { CheckOptions } from '../../../compiler/index.ts';
import type { DiagnosticCode } from '../../../language/index.ts';
import type { SourceText } from '../corpus.ts';

/** Bylaws with one fault, which is told at the first place of these words. `given`: what the check knows besides the bylaws. */
export interface Fragment {
  readonly code: DiagnosticCode;
  readonly what: string;
  readonly files: readonly SourceText[];
  readonly at: string;
  readonly given?: CheckOptions;
}

function file(text: string): readonly SourceText[] {
  return [{ path: 'bylaws/a.gdo', text: framed(text) }];
}

const step = (...lines: readonly string[]): string =>
  `process policy\n  started by any keeper\n  step review\n${lines.map((line) => `    ${line}\n`).join('')}    after 30 days go to refused\n  end\nend\n`;
const right = (...lines: readonly string[]): string =>
  `right enter\n  covers "doors/front"\n  held by keepers\n  offline for at most 7 days\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
const literate = framed('').replace('gdo 1\n', '```gdo\ngdo 1\n').replace('process keeping\n', 'process keeping\n```\n\nMore prose.\n\n```gdo\n');
const moduleText =
  'gdo 1\n\nmodule seats\n\nparameter count is number from 1 to 9 default 3\n\nrole warden plural wardens\n  held by $count people\n  first held by "ada"\nend\n';

/** The faults, in the order of their codes. */
export const fragments: readonly Fragment[] = [
  {
    code: 'GDO035',
    what: 'a share of cases, which no engine counts',
    at: 'process policy',
    files: file(step('when 2 other keepers approve go to accepted').replace('  step review', '  limit 1/2 cases per author\n  step review')),
  },
  { code: 'GDO004', what: 'a name of 65 letters', at: 'xxxx', files: file(`area ${'x'.repeat(65)} covers "x/**"\n`) },
  { code: 'GDO008', what: 'a block in two fences', at: 'process keeping', files: [{ path: 'bylaws/a.gdo.md', text: `${literate}\n\`\`\`\n` }] },
  {
    code: 'GDO104',
    what: 'one plural of two roles',
    at: 'role helper plural keepers',
    files: file('role helper plural keepers\n  held by 2 people\n  gained through keeping\nend\n'),
  },
  {
    code: 'GDO106',
    what: 'a process where people are meant',
    at: '2 other amendment approve',
    files: file(step('when 2 other amendment approve go to accepted')),
  },
  {
    code: 'GDO111',
    what: 'an image without a digest',
    at: '"judge:latest"',
    files: file('dapp judge image "judge:latest"\n  checks bylaws\n  answers within 1 hour\nend\n'),
  },
  {
    code: 'GDO112',
    what: 'a setting out of its bounds',
    at: 'set count to 90',
    files: [...file(`import seats from "seats.gdo" pinned "sha256:${'0'.repeat(64)}"\n  set count to 90\nend\n`), { path: 'seats.gdo', text: moduleText }],
  },
  {
    code: 'GDO113',
    what: 'a declaration that nobody uses',
    at: 'attribute colour',
    files: file('attribute colour "Favourite colour" certified by any keeper\n'),
  },
  {
    code: 'GDO117',
    what: 'a loss that nobody reports',
    at: 'arrears of 14 days',
    files: file('role tenant plural tenants\n  held by anyone\n  gained through keeping\n  lost through resignation or arrears of 14 days\nend\n'),
  },
  { code: 'GDO118', what: 'a reason that there is not', at: 'refusal late', files: file(right('refusal late says "Too late"')) },
  { code: 'GDO119', what: 'a measure that nobody counts', at: 'counts smiles', files: file('measure zeal\n  counts smiles by each keeper\nend\n') },
  {
    code: 'GDO121',
    what: 'a result that no line gives',
    at: 'when blocked',
    files: file(
      'process policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 7 days\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    when blocked go to refused\n    otherwise go to refused\n  end\nend\n',
    ),
  },
  {
    code: 'GDO706',
    what: 'more digits than the account has',
    at: '10.005 EUR',
    files: file(
      `account chest in EUR with 2 decimals\n  kept by 2 keepers\n  limit 100.00 EUR per 30 days\nend\n\n${step('when 2 other keepers approve go to paid')
        .replace('  started by any keeper', '  started by any keeper\n  spends from chest up to 10.005 EUR')
        .replace(/end\n$/, '  outcome paid\n    pay the amount from chest\n  end\nend\n')}`,
    ),
  },
  {
    code: 'GDO907',
    what: 'a permission that has ended',
    at: 'allow long-process',
    files: file(
      step('when 2 other keepers approve go to accepted').replace('  step review', '  allow long-process because "for now" until 2027-01-01\n  step review'),
    ),
    given: { today: '2027-06-01' },
  },
];
