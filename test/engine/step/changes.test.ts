// Changes of the rules: what is protected, what lapses, what happens to open cases, and content that changes under way (S50, S55-S60, S88).
import { describe, expect, it } from 'vitest';
import { charterDiff, entriesUnder, holdersOf, openRequirements, readCase, unsupported } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea rules covers "bylaws/**"\narea work covers "work/**"\n';
const roles =
  'role member plural members\n  held by 1 to 99 people\n  gained through naming\n  lost through resignation\nend\n' +
  'process naming\n  started by any member\n  step wait\n    after 1 day go to named\n  end\n  outcome named\n    grant member to the candidate\n  end\nend\n';
const amending = (name: string, more = ''): string =>
  `process ${name}\n  governs rules\n  started by any member\n${more}  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n`;
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

function founded(text: string): Organization {
  const bylaws = `${opening}${roles}${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(
    bylaws,
    { member: people },
    {
      people,
      content: [
        ['bylaws/a', '100644:aa'],
        ['work/a', '100644:aa'],
      ],
    },
  );
}

const inBylaws = (fresh: string): readonly { readonly path: string; readonly old: string; readonly new: string }[] => [
  { path: 'bylaws/a', old: '100644:aa', new: fresh },
];

/** Proposes the bylaws with a changed text through a process, and says what the engine answers. */
function amend(org: Organization, timeMs: number, process: string, text: string, body: JsonObject = {}): Epoch {
  const next = compile(`${opening}${roles}${text}`);
  const note = notesFor(org).proposeChange('ada', process, inBylaws('100644:bb'), { adopts: next.hash, ...body });
  return org.epoch(timeMs, { ...note, adopts: next });
}

/** Two members approve and the bylaws check accepts. */
function carry(org: Organization, timeMs: number, number: number): void {
  const { act, attest } = notesFor(org);
  const candidate = (): string => (org.view(number).needed.length === 0 ? '' : candidateRoot(org, number));
  org.epoch(timeMs, act('ada', number, 'approve'), act('ben', number, 'approve'));
  org.epoch(timeMs + 1, attest('ada', number, 'gdo-check', candidate()));
}

function candidateRoot(org: Organization, number: number): string {
  const open = openRequirements(org.state()).find((one) => one.number === number);
  return open?.candidate ?? '';
}

describe('new bylaws with a cap that is broken already (S114)', () => {
  it('let its remedy follow at once', () => {
    const clerks = (limit: string): string =>
      `${amending('amendment')}attribute employer certified by any member\nrole clerk plural clerks\n  held by 0 to 9 people\n  gained through hiring\n  lost through resignation\n${limit}end\n` +
      'process hiring\n  started by any member\n  step wait\n    when 1 other member approves go to hired\n  end\n  outcome hired\n    grant clerk to the candidate\n  end\nend\n';
    const org = founded(clerks(''));
    const { propose, act } = notesFor(org);
    const certify = (member: string): Note => ({ by: 'ada', kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } });
    org.epoch(0, propose('ada', 'hiring', { candidate: 'chi' }), propose('ada', 'hiring', { candidate: 'dev' }), certify('chi'), certify('dev'));
    org.epoch(1, act('ben', 1, 'approve'));
    org.epoch(2, act('ben', 2, 'approve'));
    amend(org, 3, 'amendment', clerks('  limit 1 clerks per employer otherwise the newest leaves\n'));
    expect(holdersOf(org.state(), org.charter, 'clerk')).toEqual(['chi', 'dev']);
    carry(org, hour, 3);
    expect(org.view(3).status).toBe('merged');
    expect(holdersOf(org.state(), org.charter, 'clerk')).toEqual(['chi']);
  });
});

describe('a case that waits for its starters (S57, S108)', () => {
  it('is not joined once the bylaws are others than those it was proposed under (GDO1053)', () => {
    const petition = 'process petition\n  started by 2 members\n  step talk\n    after 5 days go to accepted\n  end\nend\n';
    const org = founded(`${amending('amendment')}${petition}`);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'petition'));
    amend(org, 1, 'amendment', `${amending('amendment')}${petition}${amending('another')}`);
    carry(org, hour, 2);
    expect(org.view(2).status).toBe('merged');
    expect(org.epoch(2 * hour, act('ben', 1, 'start', { stage: 1 })).full).toMatchObject([{ code: 'GDO1053' }]);
    expect(org.view(1)).toMatchObject({ status: 'open', entry: 0 });
  });
});

describe('`protect` (S59, S60)', () => {
  const guarded = (ballot: string, more = ''): string =>
    `${amending('amendment')}${amending('convention')}process motion\n  started by any member\n  vote ballot\n    voters members\n    open for ${ballot}\n    passes when at least 1/2 of votes cast are yes\n    tie fails\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n${more}`;
  const protect = (clause: string): string => `protect motion.ballot\n  ${clause}\nend\n`;

  it('lets only the named process change what it protects, and itself', () => {
    const text = guarded('7 days', protect('changed through convention'));
    const org = founded(text);
    expect(amend(org, 0, 'amendment', guarded('8 days', protect('changed through convention'))).full[0]).toMatchObject({
      kind: 'refused',
      code: 'GDO2004',
      reason: '`motion.ballot` is changed through `convention` only',
    });
    expect(amend(org, hour, 'amendment', guarded('7 days')).full[0]).toMatchObject({
      code: 'GDO2004',
      reason: 'the protection of `motion.ballot` is changed through `convention` only',
    });
    expect(amend(org, 2 * hour, 'amendment', guarded('7 days', protect('changed through amendment'))).verdicts).toEqual(['GDO2004']);
    expect(amend(org, 3 * hour, 'convention', guarded('8 days', protect('changed through amendment'))).verdicts).toEqual(['ok']);
    expect(
      amend(org, 4 * hour, 'amendment', guarded('7 days', `${protect('changed through convention')}role guest\n  held by anyone\nend\n`)).verdicts,
    ).toEqual(['ok']);
  });

  it('`never changed` is for every process, and takes a title for what it is: wording', () => {
    const org = founded(guarded('7 days', protect('never changed')));
    expect(amend(org, 0, 'convention', guarded('8 days', protect('never changed'))).full[0]).toMatchObject({ reason: '`motion.ballot` may never be changed' });
    expect(amend(org, hour, 'convention', guarded('7 days')).verdicts).toEqual(['GDO2004']);
    const titled = guarded('7 days', 'protect motion.ballot "The ballot"\n  never changed\nend\n').replace('vote ballot', 'vote ballot "How we vote"');
    expect(amend(org, 2 * hour, 'amendment', titled).verdicts).toEqual(['ok']);
  });

  it('touches the thing, its parts, and what it is a part of', () => {
    const org = founded(guarded('7 days', 'protect motion.ballot.passes\n  never changed\nend\n'));
    const with_ = (text: string): string => `${text}protect motion.ballot.passes\n  never changed\nend\n`;
    expect(amend(org, 0, 'amendment', with_(guarded('9 days'))).verdicts).toEqual(['ok']);
    expect(amend(org, hour, 'amendment', with_(guarded('7 days').replace('at least 1/2', 'at least 2/3'))).verdicts).toEqual(['GDO2004']);
  });

  it('`bounds` refuse a value outside of them, a kind that cannot be compared, and no value at all', () => {
    const bound = 'protect motion.ballot\n  bounds motion.ballot.open from 3 days to 14 days\n  bounds motion.ballot.passes from 1/2 to 2/3\nend\n';
    const org = founded(guarded('7 days', bound));
    const verdict = (text: string, atMs: number): readonly string[] => amend(org, atMs, 'amendment', `${text}${bound}`).verdicts;
    expect(verdict(guarded('14 days'), 0)).toEqual(['ok']);
    expect(verdict(guarded('2 weeks'), 1)).toEqual(['ok']);
    expect(verdict(guarded('15 days'), 2)).toEqual(['GDO2004']);
    expect(verdict(guarded('1 month'), 3)).toEqual(['GDO2004']);
    expect(verdict(guarded('7 days').replace('at least 1/2', 'at least 3/4'), 4)).toEqual(['GDO2004']);
    expect(verdict(guarded('7 days').replace('at least 1/2', 'more than 2/3'), 5)).toEqual(['ok']);
    expect(verdict(guarded('7 days').replace('at least 1/2 of votes cast are yes', 'at least 2 members say yes'), 6)).toEqual(['GDO2004']);
  });
});

describe('`lapses` (S60)', () => {
  const emergency = 'process emergency\n  started by any member\n  step talk\n    after 1 day go to accepted\n  end\nend\n';
  const renewal =
    'process renewal\n  started by any member\n  step talk\n    when 2 members approve go to accepted\n    after 2 days go to refused\n  end\nend\n';
  const text = `${amending('amendment')}${emergency}${renewal}protect emergency\n  lapses after 10 days unless renewed through renewal\nend\n`;

  it('removes the declaration at the instant given: no case of it starts, an open one ends under its rules', () => {
    const org = founded(text);
    const { propose } = notesFor(org);
    expect(org.due()).toBe(10 * day);
    org.epoch(10 * day - 1, propose('ada', 'emergency'));
    org.epoch(10 * day);
    expect(org.epoch(10 * day + 1, propose('ada', 'emergency')).full[0]).toMatchObject({
      code: 'GDO1052',
      reason: '`emergency` is not a process of the bylaws',
    });
    org.epoch(11 * day);
    expect(org.view(1).status).toBe('accepted');
  });

  it('counts anew from a renewal, and only from one that was accepted in time', () => {
    const org = founded(text);
    const { propose, act } = notesFor(org);
    org.epoch(8 * day, propose('ada', 'renewal', { renews: 'emergency' }));
    expect(org.epoch(8 * day + 1, propose('ada', 'renewal', { renews: 'motion' })).verdicts).toEqual(['GDO1052']);
    org.epoch(9 * day, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    org.epoch(10 * day);
    expect(org.epoch(10 * day + 1, propose('ben', 'emergency')).verdicts).toEqual(['ok']);
    expect(org.view(2).status).toBe('open');
    org.epoch(18 * day, propose('ada', 'renewal'));
    org.epoch(19 * day, act('ada', 3, 'approve'), act('ben', 3, 'approve'), propose('ben', 'emergency'));
    expect(org.epoch(19 * day + 1, propose('ben', 'emergency')).verdicts).toEqual(['GDO1052']);
  });

  it('does not count anew from a case that was refused', () => {
    const org = founded(text);
    org.epoch(7 * day, notesFor(org).propose('ada', 'renewal'));
    org.epoch(9 * day);
    expect(org.view(1).status).toBe('refused');
    org.epoch(10 * day);
    expect(org.epoch(10 * day + 1, notesFor(org).propose('ada', 'emergency')).verdicts).toEqual(['GDO1052']);
  });

  it.each([
    ['is stale', '', 2, 'stale', 18],
    ['the bylaws forbid', 'forbid "three agree"\n  any merge in work with fewer than 3 approving members\nend\n', 1, 'rejected', 10],
  ])('does not count anew from a case whose merge %s', (_, forbid, number, status, lapsesOnDay) => {
    const org = founded(`${text.replace('process renewal\n', 'process renewal\n  governs work\n')}${forbid}`);
    const { proposeChange, propose, act } = notesFor(org);
    const renewing = (fresh: string): Note => proposeChange('ada', 'renewal', [{ path: 'work/a', old: '100644:aa', new: fresh }], { renews: 'emergency' });
    org.epoch(7 * day, renewing('100644:bb'), renewing('100644:cc'));
    // The first one merges where it may, and renews; the second one, an hour later, finds the path changed.
    for (const [index, atMs] of [8 * day, 8 * day + hour].entries()) org.epoch(atMs, act('ada', index + 1, 'approve'), act('ben', index + 1, 'approve'));
    expect(org.view(number).status).toBe(status);
    org.epoch(lapsesOnDay * day - 1);
    expect(org.epoch(lapsesOnDay * day - 1, propose('ada', 'emergency')).verdicts).toEqual(['ok']);
    org.epoch(lapsesOnDay * day);
    expect(org.epoch(lapsesOnDay * day + 1, propose('ada', 'emergency')).verdicts).toEqual(['GDO1052']);
  });

  it('takes a role from its holders, and its protection with it', () => {
    const org = founded(
      `${amending('amendment')}role warden plural wardens\n  held by 0 to 3 people\n  gained through hiring\nend\nprocess hiring\n  started by any member\n  step wait\n    after 1 day go to done\n  end\n  outcome done\n    grant warden to the candidate\n  end\nend\n` +
        'protect warden\n  never changed\n  lapses on 1970-01-05\nend\n',
    );
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'hiring', { candidate: 'ben' }), propose('ada', 'hiring', { candidate: 'chi' }));
    org.epoch(day);
    expect(entriesUnder(org.state(), 'role/warden/')).toHaveLength(2);
    org.epoch(4 * day - 1, propose('ada', 'hiring', { candidate: 'dev' }));
    org.epoch(4 * day);
    expect(entriesUnder(org.state(), 'role/warden/')).toHaveLength(0);
    org.epoch(5 * day);
    expect(entriesUnder(org.state(), 'role/warden/')).toHaveLength(0);
    expect(amend(org, 6 * day, 'amendment', amending('amendment')).verdicts).toEqual(['ok']);
  });
});

describe('new bylaws (S57, S58)', () => {
  const motion = (answer: string, wait: string): string =>
    `process motion\n  started by any member\n${answer}  step talk\n    when 3 members approve go to accepted\n    after ${wait} go to refused\n  end\nend\n`;

  it('leave open cases their rules, where nothing else is asked for', () => {
    const org = founded(`${amending('amendment')}${motion('', '9 days')}`);
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    amend(org, hour, 'amendment', `${amending('amendment')}${motion('', '20 days')}`, { inFlight: 'abort' });
    carry(org, 2 * hour, 2);
    expect(org.view(2).status).toBe('merged');
    expect([org.view(1).status, org.due()]).toEqual(['open', 9 * day]);
  });

  it('end or restart those whose own rules allow it, when the amendment asks', () => {
    for (const [answer, status] of [
      ['abort', 'refused'],
      ['restart', 'open'],
    ] as const) {
      const org = founded(`${amending('amendment')}${motion('  in flight keep or restart or abort\n', '9 days')}`);
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('ada', 'motion'));
      org.epoch(hour, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
      amend(org, 2 * hour, 'amendment', `${amending('amendment')}${motion('', '20 days')}`, { inFlight: answer });
      carry(org, 3 * hour, 2);
      expect(org.view(1).status).toBe(status);
      if (answer === 'abort') continue;
      org.epoch(3 * hour + 2);
      expect([org.view(1).dueMs, org.view(1).entry]).toEqual([3 * hour + 2 + 20 * day, 2]);
      org.epoch(4 * hour, act('chi', 1, 'approve'));
      expect(org.view(1).status).toBe('open');
    }
  });

  it('that are refused leave nothing of their text behind', () => {
    const org = founded(amending('amendment'));
    amend(org, 0, 'amendment', `${amending('amendment')}${amending('another')}`);
    expect(entriesUnder(org.state(), 'proposed/')).toHaveLength(1);
    org.epoch(9 * day);
    expect([org.view(1).status, entriesUnder(org.state(), 'proposed/')]).toEqual(['refused', []]);
  });

  it('are refused where the people there are could not meet one of their rules (S137)', () => {
    const org = founded(amending('amendment'));
    amend(org, 0, 'amendment', amending('amendment').replace('when 2 members', 'when 5 members'));
    carry(org, hour, 1);
    expect(org.view(1)).toMatchObject({
      status: 'rejected',
      code: 'GDO2013',
      reason: '`amendment.talk to accepted` could never be met by the people there are',
    });
  });
});

describe('two rules of a step that lead to one stage', () => {
  it('are two rules: that nobody could meet the first already hides nothing about the second (S137)', () => {
    const two = (second: string): string =>
      `${amending('amendment')}process motion\n  started by any member\n  step talk\n    when 9 members approve go to accepted\n    when ${second} members endorse go to accepted\n    after 9 days go to refused\n  end\nend\n`;
    const org = founded(two('2'));
    amend(org, 0, 'amendment', two('5'));
    carry(org, hour, 1);
    expect(org.view(1)).toMatchObject({
      status: 'rejected',
      code: 'GDO2013',
      reason: '`motion.talk to accepted (2)` could never be met by the people there are',
    });
  });
});

describe('`for wording only` (S88)', () => {
  it('merges what leaves the rules as they are once titles are blanked', () => {
    const wording = amending('edits').replace('governs rules', 'governs rules for wording only');
    const org = founded(`${amending('amendment')}${wording}`);
    expect(amend(org, 0, 'edits', `${amending('amendment').replace('process amendment', 'process amendment "How we change"')}${wording}`).verdicts).toEqual([
      'ok',
    ]);
    expect(amend(org, 1, 'edits', `${amending('amendment').replace('9 days', '8 days')}${wording}`).verdicts).toEqual(['GDO2002']);
    expect(org.epoch(2, notesFor(org).proposeChange('ada', 'edits', inBylaws('100644:cc'))).verdicts).toEqual(['ok']);
  });
});

describe('a semantic difference (S59)', () => {
  const diff = (before: string, after: string): readonly string[] =>
    charterDiff(compile(`${opening}${before}`).charter, compile(`${opening}${after}`).charter).map(
      (change) => `${change.kind} ${change.path.join('.')}${change.wordingOnly ? ' (wording)' : ''}`,
    );

  it('names declarations, stages and clauses, and tells titles apart', () => {
    const before = `${roles}${amending('amendment')}`;
    expect(diff(before, before)).toEqual([]);
    expect(diff(before, before.replace('process naming', 'process naming "Naming"'))).toEqual(['added naming.title (wording)']);
    expect(diff(before, `${roles}${amending('change')}`)).toEqual(['removed amendment', 'added change']);
    expect(diff(before, before.replace('1 to 99', '1 to 9'))).toEqual(['changed member.held.most']);
    expect(diff(before, before.replace('after 9 days', 'after 8 days'))).toEqual(['changed amendment.talk.transitions']);
    expect(diff(before, `${before}protect amendment\n  never changed\nend\n`)).toEqual(['added protect.amendment']);
  });

  it('sees a stage that moves to the front, and not the order of declarations', () => {
    const process = (first: string, second: string): string => `${roles}process motion\n  started by any member\n${first}${second}end\n`;
    const [one, two] = ['  step one\n    after 1 day go to two\n  end\n', '  step two\n    after 1 day go to accepted\n  end\n'];
    expect(diff(process(one, two), process(two, one))).toEqual(['changed motion.order']);
    expect(diff(`${roles}${amending('a-change')}${amending('b-change')}`, `${roles}${amending('b-change')}${amending('a-change')}`)).toEqual([]);
  });
});

const entry = (path: string, old: string, fresh: string): readonly { readonly path: string; readonly old: string; readonly new: string }[] => [
  { path, old, new: fresh },
];

describe('changed content (S50, S55)', () => {
  const change = (more: string): string =>
    `process change\n  governs work\n  started by any member\n${more}  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\n  step again\n    when 3 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n`;

  it('of files is refused as an edit, where nothing is said about edits', () => {
    const org = founded(change(''));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
    const fresh = proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:cc'));
    const edit = {
      ...act('ada', 1, 'edit', { change: fresh.body['change'] ?? '', head: '1'.repeat(40) }),
      ...(fresh.change === undefined ? {} : { change: fresh.change }),
    };
    expect(org.epoch(hour, edit).full[0]).toMatchObject({ code: 'GDO1052', reason: '`change` refuses edits: changed content is a new proposal' });
  });

  it('of files is merged as edited, and support never moves to it', () => {
    const org = founded(change('  on edit restart\n'));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
    org.epoch(hour, act('ben', 1, 'approve'));
    const edit = (by: string, fresh: string, path = 'work/a') => {
      const note = proposeChange('ada', 'change', entry(path, path === 'work/a' ? '100644:aa' : 'absent', fresh));
      return {
        ...act(by, 1, 'edit', { change: note.body['change'] ?? '', head: '1'.repeat(40) }),
        ...(note.change === undefined ? {} : { change: note.change }),
      };
    };
    expect(org.epoch(2 * hour, edit('ben', '100644:cc')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(2 * hour + 1, edit('ada', '100644:cc', 'bylaws/b')).verdicts).toEqual(['GDO2002']);
    expect(org.epoch(2 * hour + 2, edit('ada', '100644:cc')).verdicts).toEqual(['ok']);
    org.epoch(3 * hour, act('chi', 1, 'approve'));
    expect(org.view(1).status).toBe('open');
    org.epoch(4 * hour, act('dev', 1, 'approve'));
    expect(org.view(1).status).toBe('merged');
    expect(entriesUnder(org.state(), 'content/work/').map(([, value]) => value['entry'])).toEqual(['100644:cc']);
  });

  it('goes to a stage among the people who are present at the meeting, and a restart asks for another meeting', () => {
    const held = (line: string): string =>
      `process motion\n  started by any member\n  on edit ${line}\n  meeting assembly\n    called by any member within 10 days\n    notice 1 day\n    attended by members\n    open for 2 hours\n    quorum at least 2 members present\n    when quorate go to ballot\n    otherwise go to refused\n  end\n  vote ballot\n    voters members present\n    open for 2 hours\n    passes when at least 2 members say yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
    const edited = (line: string): Organization => {
      const org = founded(held(line));
      const { propose, act, ballot } = notesFor(org);
      org.epoch(0, propose('ada', 'motion'));
      org.epoch(1, act('ada', 1, 'call'));
      org.epoch(day + hour, act('ada', 1, 'attend'), act('ben', 1, 'attend'));
      org.epoch(day + 3 * hour);
      org.epoch(day + 3 * hour + 1, ballot('ada', 1, 'no'), ballot('ben', 1, 'no'));
      org.epoch(day + 3 * hour + 2, act('ada', 1, 'edit', { text: 'other words' }));
      return org;
    };
    const org = edited('go to ballot');
    const { ballot } = notesFor(org);
    expect(org.epoch(day + 4 * hour, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('chi', 1, 'yes')).verdicts).toEqual(['ok', 'ok', 'GDO1057']);
    org.epoch(day + 6 * hour);
    expect(org.view(1)).toMatchObject({ status: 'accepted' });
    expect(edited('restart').view(1)).toMatchObject({ status: 'open', stage: 'assembly' });
  });

  const collide = (org: Organization): void => {
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
    org.epoch(1, proposeChange('ben', 'change', entry('work/a', '100644:aa', '100644:cc')));
    org.epoch(hour, act('ada', 1, 'approve'), act('ben', 1, 'approve'), act('ada', 2, 'approve'), act('ben', 2, 'approve'));
  };

  it('of main refuses the second of two accepted cases, by default', () => {
    const org = founded(change(''));
    collide(org);
    expect([org.view(1).status, org.view(2).status, org.view(2).code]).toEqual(['merged', 'stale', 'GDO2010']);
  });

  it('of main sends the second one back, where the bylaws say so, and it merges once it is edited', () => {
    const org = founded(change('  on edit go to again\n  on conflict go to again\n'));
    const { proposeChange, act } = notesFor(org);
    collide(org);
    org.epoch(hour + 1);
    expect(org.view(2)).toMatchObject({ status: 'open', stage: 'again' });
    const fresh = proposeChange('ben', 'change', entry('work/a', '100644:bb', '100644:cc'));
    org.epoch(2 * hour, {
      ...act('ben', 2, 'edit', { change: fresh.body['change'] ?? '', head: '1'.repeat(40) }),
      ...(fresh.change === undefined ? {} : { change: fresh.change }),
    });
    org.epoch(3 * hour, act('ada', 2, 'approve'), act('ben', 2, 'approve'), act('chi', 2, 'approve'));
    expect(org.view(2).status).toBe('merged');
  });

  it('of main does not send a case round for ever', () => {
    const text =
      'process change\n  governs work\n  started by any member\n  on conflict go to accepted\n  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n';
    const org = founded(text);
    collide(org);
    expect([org.view(2).status, org.due()]).toEqual(['stale', undefined]);
    expect(readCase(org.state(), org.view(2).id)?.phase).toBe('decided');
  });
});
