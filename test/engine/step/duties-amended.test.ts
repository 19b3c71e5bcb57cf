// Duties that come round, when bylaws take them away, bring them back or change their rhythm: nobody has missed what nobody owed (S57, S65).
import { describe, expect, it } from 'vitest';
import { entriesUnder, openRequirements, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const reminding = 'process reminder\n  started by any member\n  step wait\n    after 1 day go to accepted\n  end\nend\n';
const bylaws = (duty: string, reminder = reminding): string => `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
action report by any member
role member plural members
  held by 1 to 99 people
end
${duty}${reminder}process amendment
  governs rules
  started by any member
  step talk
    when any member approves go to accepted
    after 9 days go to refused
  end
end
`;
const every = (days: number): string =>
  `duty tell
  owed by any member
  every ${days} days from 1970-01-01
  done when any member reports
  otherwise start reminder
end
`;

const report = (by: string): Note => ({ by, kind: 'perform', body: { verb: 'report' } });

function founded(duty: string): Organization {
  const { charter, hash } = compile(bylaws(duty));
  expect(unsupported(charter)).toEqual([]);
  return found(bylaws(duty), { member: ['ada', 'ben'] }, { content: [['bylaws/a', hash]] });
}

/** The cases there are, by number: which process, and how they stand. */
function cases(org: Organization): readonly (readonly [process: string, status: string])[] {
  return entriesUnder(org.state(), 'number/').map((_, index) => {
    const { process, status } = org.view(index + 1);
    return [process, status] as const;
  });
}
const reminders = (org: Organization): number => cases(org).filter(([process]) => process === 'reminder').length;

/** Puts bylaws in force instead of others. */
function amend(org: Organization, atMs: number, [before, after]: readonly [string, string], reminder = reminding): void {
  const { proposeChange, act, attest } = notesFor(org);
  const [old, next] = [compile(bylaws(before)), compile(bylaws(after, reminder))];
  const change = [{ path: 'bylaws/a', old: old.hash, new: next.hash }];
  const note = proposeChange('ada', 'amendment', change, { adopts: next.hash, bylaws: old.hash });
  expect(org.epoch(atMs, { ...note, adopts: next }).verdicts).toEqual(['ok']);
  const number = cases(org).length;
  org.epoch(atMs + 1, act('ben', number, 'approve'));
  org.epoch(atMs + 2, attest('ada', number, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
  expect(cases(org)[number - 1]).toEqual(['amendment', 'merged']);
}

describe('a duty that comes round (S65)', () => {
  it('is missed once in each period in which nobody did it', () => {
    const org = founded(every(10));
    for (let days = 1; days <= 40; days += 1) org.epoch(days * day, ...(days === 15 ? [report('ben')] : []));
    expect(reminders(org)).toBe(3);
  });

  it('is not missed for the time in which the bylaws did not have it', () => {
    const org = founded(every(10));
    org.epoch(10 * day);
    amend(org, 11 * day, [every(10), '']);
    org.epoch(99 * day);
    amend(org, 101 * day, ['', every(10)]);
    org.epoch(102 * day);
    expect(reminders(org)).toBe(1);
    // The period that runs ends on day 110.
    expect(org.due()).toBe(110 * day);
    org.epoch(110 * day);
    expect(reminders(org)).toBe(2);
  });

  it('is not missed in the past by a new rhythm', () => {
    const org = founded(every(10));
    org.epoch(10 * day);
    amend(org, 18 * day, [every(10), every(1)]);
    expect(reminders(org)).toBe(1);
    org.epoch(20 * day);
    expect(reminders(org)).toBe(3);
  });

  it('has no effect where it is missed at the checkpoint that begins bylaws without the process it starts', () => {
    const org = founded(every(10));
    amend(org, 10 * day - 2, [every(10), ''], '');
    expect([reminders(org), org.due()]).toEqual([0, undefined]);
  });

  it('goes on where other bylaws have it as it was', () => {
    const org = founded(every(10));
    amend(org, 8 * day, [every(10), `${every(10)}role guest plural guests\n  held by anyone\nend\n`]);
    expect(org.due()).toBe(10 * day);
    org.epoch(9 * day, report('ada'));
    org.epoch(20 * day);
    expect(reminders(org)).toBe(1);
  });
});
