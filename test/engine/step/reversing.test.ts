// What taking a decision back finds of it: merges that others have built on, that were never made or that still wait, and effects of which nothing is left (S55, S65, S66).
import { describe, expect, it } from 'vitest';
import { currentOf, entriesUnder, openRequirements, pointsOf, readCase, unsupported } from '../../../engine/index.ts';
import { began as electing, elected, holders, opensMs, year } from './directors.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

/** A process whose cases end at once with these effects. */
const atOnce = (name: string, effects: string, lines = ''): string =>
  `process ${name}\n${lines}  started by any member\n  outcome ${name}-done\n${effects.replaceAll(/^/gm, '    ')}\n  end\nend\n`;
const review = (otherwise: string): string =>
  `duty answer\n  owed by any member\n  within 10 days of request.talk\n  done when any member reports "answered"\n  otherwise ${otherwise}\nend\n`;

const bylaws = (more = ''): string => `gdo 1
organization "Reversing"
end
area rules covers "bylaws/**"
area work covers "work/**"
area checked covers "checked/**"
role member plural members
  held by 1 to 99 people
end
role keeper plural keepers
  held by 0 to 9 people
  gained through naming
  lost through resignation
end
points merit plural merits
  earned 1 by the author for naming.naming-done
end
dapp tests
  image "sha256:${'a'.repeat(64)}"
  checks checked
  endorsed by at least 1 member
end
${atOnce('change', 'accept the merge', '  governs work, checked\n')}${atOnce('refusal', 'refuse the merge', '  governs work\n')}${atOnce(
  'amendment',
  'accept the merge',
  '  governs rules\n',
)}${atOnce('naming', 'grant keeper to the candidate\ngrant keeper to the author')}${atOnce('praise', 'award 7 merits to the keeper')}${atOnce(
  'appeal',
  'reverse the decision',
)}process request
  governs work
  started by any member
  step talk
    when any member approves go to accepted
    when any member objects go to refused
    after 30 days go to refused
  end
end
${more}`;

const content: readonly (readonly [string, string])[] = [
  ['bylaws/a', '100644:aa'],
  ['bylaws/b', '100644:aa'],
  ['checked/a', '100644:aa'],
  ['work/a', '100644:aa'],
];

function began(more = ''): Organization {
  expect(unsupported(compile(bylaws(more)).charter)).toEqual([]);
  return found(bylaws(more), { member: ['ada', 'ben', 'chi'], keeper: ['ben', 'chi'] }, { content });
}

const changed = (org: Organization, process: string, path: string, fresh = '100644:bb', adopts?: string): Note => {
  const note = notesFor(org).proposeChange('ada', process, [{ path, old: '100644:aa', new: fresh }], {
    bylaws: currentOf(org.state()).bylaws,
    ...(adopts === undefined ? {} : { adopts: compile(adopts).hash }),
  });
  return adopts === undefined ? note : { ...note, adopts: compile(adopts) };
};
const appeal = (org: Organization, number: number): Note =>
  notesFor(org).propose('ada', 'appeal', { decision: org.view(number).id, bylaws: currentOf(org.state()).bylaws });
const at = (org: Organization, path: string): unknown => entriesUnder(org.state(), `content/${path}`).map(([, { entry }]) => entry)[0];
const left = (org: Organization, number: number): readonly string[] | undefined => readCase(org.state(), org.view(number).id)?.unreversed;
const told = ({ notices }: Epoch, number: number): readonly unknown[] =>
  notices.filter((one) => one.number === number).map(({ kind, code, reason }) => [kind, code, reason]);

/** Replaces the bylaws through a change of one of their files. */
function amended(org: Organization, atMs: number, number: number, path: string, adopts: string): void {
  expect(org.epoch(atMs, changed(org, 'amendment', path, '100644:bb', adopts)).verdicts).toEqual(['ok']);
  org.epoch(atMs + 1, notesFor(org).attest('ada', number, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
  expect(org.view(number).status).toBe('merged');
}

describe('a merge that is taken back (S66)', () => {
  const [second, third] = [bylaws(review('refuse the merge')), bylaws(review('accept the merge'))];
  const inForce = (org: Organization): string => currentOf(org.state()).bylaws;

  it('takes its content back alone: bylaws that came since stay, and whoever writes the branch is told of which change', () => {
    const org = began();
    const note = changed(org, 'change', 'work/a');
    org.epoch(0, note);
    amended(org, hour, 2, 'bylaws/a', second);
    const { merges } = org.epoch(day, appeal(org, 1));
    expect(merges).toMatchObject([{ number: 1, undo: true, change: note.body['change'], head: note.body['head'] }]);
    expect([at(org, 'work/a'), inForce(org), left(org, 1)]).toEqual(['100644:aa', compile(second).hash, undefined]);
  });

  it('does not bring bylaws back past those that others brought since, whatever files those are in', () => {
    const org = began();
    amended(org, 0, 1, 'bylaws/a', second);
    amended(org, hour, 2, 'bylaws/b', third);
    org.epoch(day, appeal(org, 1));
    expect([at(org, 'bylaws/a'), inForce(org), left(org, 1)]).toEqual(['100644:bb', compile(third).hash, ['the merge']]);
  });

  it('brings the bylaws back before two amendments where both fall at once, the newer one first', () => {
    const org = began();
    amended(org, 0, 1, 'bylaws/a', second);
    amended(org, hour, 2, 'bylaws/b', third);
    org.epoch(day, appeal(org, 2), appeal(org, 1));
    expect([left(org, 1), left(org, 2), inForce(org)]).toEqual([undefined, undefined, org.hash]);
  });

  it('is nothing where the change was never merged', () => {
    const org = began();
    org.epoch(0, changed(org, 'change', 'work/a'), changed(org, 'change', 'work/a', '100644:cc'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['merged', 'stale']);
    expect(told(org.epoch(day, appeal(org, 2)), 2)).toEqual([['decided', undefined, 'case 3 of `appeal` reversed it']]);
    expect([left(org, 2), at(org, 'work/a')]).toEqual([undefined, '100644:bb']);
  });

  it('will not be made where it still waits for its dapps, and people read why', () => {
    const org = began();
    org.epoch(0, changed(org, 'change', 'checked/a'));
    expect(org.view(1).status).toBe('waiting');
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    expect(told(org.epoch(hour, appeal(org, 1)), 1)).toEqual([['decided', 'GDO2005', 'case 2 of `appeal` reversed it']]);
    expect([org.view(1).status, readCase(org.state(), org.view(1).id)?.code]).toEqual(['rejected', 'GDO2005']);
    org.epoch(2 * hour, notesFor(org).attest('ben', 1, 'tests', candidate));
    expect([at(org, 'checked/a'), readCase(org.state(), org.view(1).id)?.reversedMs]).toEqual(['100644:aa', undefined]);
  });
});

describe('a decision of which there is nothing to take back', () => {
  it('is one that refused a merge, by its process or by a duty that nobody did', () => {
    const org = began(review('refuse the merge'));
    org.epoch(0, changed(org, 'refusal', 'work/a'), changed(org, 'request', 'work/a'));
    org.epoch(10 * day);
    expect([org.view(1).outcome, org.view(2).outcome]).toEqual(['refusal-done', 'refused']);
    const end = org.epoch(11 * day, appeal(org, 1), appeal(org, 2));
    expect([told(end, 1), told(end, 2)]).toEqual([
      [['decided', undefined, 'case 3 of `appeal` reversed it']],
      [['decided', undefined, 'case 4 of `appeal` reversed it']],
    ]);
    expect([left(org, 1), left(org, 2)]).toEqual([undefined, undefined]);
  });

  it('is none yet: a duty that would reverse a case that is open leaves it as it is, and it is decided later', () => {
    const org = began(review('reverse the decision'));
    org.epoch(0, changed(org, 'request', 'work/a'));
    expect(told(org.epoch(10 * day), 1)).toEqual([]);
    org.epoch(11 * day, notesFor(org).act('ben', 1, 'approve'));
    expect([org.view(1).status, at(org, 'work/a')]).toEqual(['merged', '100644:bb']);
    org.epoch(12 * day, appeal(org, 1));
    expect(at(org, 'work/a')).toBe('100644:aa');
  });
});

describe('what a decision gave that is taken back', () => {
  it('is taken of everybody who held the role then, also of who has left it (S66)', () => {
    const org = began();
    org.epoch(0, notesFor(org).propose('ada', 'praise'));
    const [merit] = org.charter.points;
    const points = (atMs: number): readonly unknown[] => ['ben', 'chi'].map((name) => (merit === undefined ? '' : pointsOf(org.state(), merit, name, atMs)));
    org.epoch(hour, { by: 'ben', kind: 'resign', body: { role: 'keeper' } });
    expect(points(hour)).toEqual([7n, 7n]);
    org.epoch(day, appeal(org, 1));
    expect([points(day), left(org, 1)]).toEqual([[0n, 0n], undefined]);
  });

  it('is taken once: a second case that takes the same decision back finds nothing to do, and says nothing', () => {
    const org = began();
    org.epoch(0, notesFor(org).propose('ada', 'praise'));
    expect(told(org.epoch(day, appeal(org, 1)), 1)).toEqual([['decided', undefined, 'case 2 of `appeal` reversed it']]);
    expect(told(org.epoch(2 * day, appeal(org, 1)), 1)).toEqual([]);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ reversedMs: day, reason: 'case 2 of `appeal` reversed it' });
  });

  it('is named, each thing of it that stays', () => {
    const org = began();
    for (const hours of [0, 1]) org.epoch(hours * hour, notesFor(org).propose('ada', 'naming', { candidate: 'chi' }));
    const again = ['`keeper` of `ada`, given again since', '`keeper` of `chi`, given again since'];
    const reason = `case 3 of \`appeal\` reversed it; it could not take back ${again.join(', ')}`;
    expect(told(org.epoch(day, appeal(org, 1)), 1)).toEqual([['decided', undefined, reason]]);
    expect(left(org, 1)).toEqual(again);
  });

  it.each([
    'remove speaker from the speaker\n    grant director to the winners',
    'remove director from the subject\n    grant director to the winners',
    'grant chair to the winners\n    grant director to the winners',
  ])('is the seat, which goes back to whoever lost it, whatever else the outcome did before (S131): %s', (grants) => {
    const roles = 'role chair plural chairs\n  held by 0 to 3 people\n  gained through naming\nend\n';
    const org = electing({ seats: 1, grants, roles }, ['ana']);
    org.epoch(opensMs);
    const [id = ''] = org.epoch(opensMs + hour, notesFor(org).propose('una', 'election', { subject: 'fay' })).ids;
    const number = readCase(org.state(), id)?.number ?? 0;
    elected(org, ['bo'], number, opensMs + hour);
    org.epoch(year);
    expect(holders(org)).toEqual(['bo']);
    org.epoch(year + day, notesFor(org).propose('una', 'appeal', { decision: id }));
    expect([holders(org), holders(org, 'chair'), left(org, number)]).toEqual([['ana'], [], undefined]);
  });
});
