// GDO303: a rule that needs everybody, so that one loss bricks it.
import type { CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { countedBounds } from './counted-bounds.ts';
import type { CountedBound } from './counted-bounds.ts';
import { countNeeded, rosterSize } from './roster-size.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';
import { availablePeople } from './threshold-above-everyone.ts';

/** The rule `threshold-is-everyone`. Offices of one person are left alone, and objections, which nobody needs to reach. */
export const thresholdIsEveryone: LintRule = {
  code: 'GDO303',
  name: 'threshold-is-everyone',
  what: 'Everybody has to agree, without exception',
  why: 'One person who leaves, falls ill or is silent stops everything',
  fix: 'Leave room for one: `at least 4/5 of keepers`, `all but 1 of keepers`',
  bad: `process policy
  started by any keeper
  step support
    when all keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step support
    when all but 1 of keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      countedBounds(process).flatMap((counted) => {
        const role = needsEveryone(model, process, counted);
        if (role === undefined) return [];
        return [
          finding('GDO303', placeIn(model, counted.thing, process), {
            message: `Every one of the people who hold \`${role}\` is needed here`,
            label: 'everybody',
            why: 'One person who leaves, falls ill or is silent stops everything',
            help: `leave room for one, such as:  ${roomFor(model, counted, role)}`,
          }),
        ];
      }),
    ),
};

/** What may be written where the count stands: a test of ballots takes no `all but`, which counts people in a quorum. */
function roomFor(model: Model, counted: CountedBound, name: string): string {
  const role = model.charter.roles.find((candidate) => candidate.name === name)?.plural ?? name;
  const isOfBallots = counted.vote?.passes.some(({ tests }) => tests.some((test) => test === counted.thing && test.kind !== 'turnout')) === true;
  if (isOfBallots) return `at least 4/5 of all ${role} are yes`;
  return `at least 4/5 of ${role}, or all but 1 of ${role}`;
}

function needsEveryone(model: Model, process: CharterProcess, counted: CountedBound): string | undefined {
  if (counted.use === 'objection' || counted.use === 'other' || counted.comparison === 'at-most' || counted.comparison === 'fewer-than') return undefined;
  for (const share of counted.shares) {
    const size = rosterSize(model.charter, share.role, process, counted.vote);
    if (size === undefined || size.open || size.most === 1) continue;
    if (share.kind === 'whole' ? share.except === undefined : isWholeShare(share)) return share.role;
    const needed = countNeeded(share, counted.comparison);
    const available = availablePeople(model, process, counted, share);
    if (needed === undefined || needed < 2 || needed !== available) continue;
    if (counted.use !== 'quorum' || size.least === size.most) return share.role;
  }
  return undefined;
}

function isWholeShare(share: Extract<CountedBound['shares'][number], { readonly kind: 'part' }>): boolean {
  return share.squareRoot !== true && share.amount.kind === 'share' && share.amount.numerator === share.amount.denominator;
}
