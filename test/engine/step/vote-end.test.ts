// How votes end: extensions, tests that must hold for a while, sealed ballots, grace, recusals by attribute, and acts that must not be many.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { commitmentOf, engine1, foldEpoch, readCase } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = (vote: string, more = '', process = ''): string => `gdo 1
organization "Ends"
end
attribute employer certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
  gained through joining
end
role member plural members
  held by anyone
  gained through joining
end
${more}
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
${process}  vote ballot
    voters members
${vote}
    when passed go to accepted
    when inquorate go to no-quorum
    otherwise go to refused
  end
  outcome no-quorum refuses
end
`;

function opened(text: string, notes: readonly Note[] = []): Organization {
  const org = found(text, { member: people, clerk: ['tia'] });
  if (notes.length > 0) org.epoch(0, ...notes);
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

function vote(org: Organization, atMs: number, choice: Json, ...by: readonly string[]): readonly string[] {
  const { ballot } = notesFor(org);
  return org.epoch(atMs, ...by.map((member) => ballot(member, 1, choice))).verdicts;
}

const majority = '    open for 10 days\n    ballots may change\n    passes when more than 1/2 of votes cast are yes';

describe('an extension', () => {
  const swung = `${majority}\n    extends by 2 days when swung in the last 1 day at most 2 times`;

  it('moves the close when the result changed in the last days, so many times at most (S40, S128)', () => {
    const org = opened(bylaws(swung));
    vote(org, day, 'yes', 'ana');
    vote(org, 9 * day + hour, 'no', 'bo', 'cy');
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 12 * day });
    vote(org, 11 * day + hour, 'yes', 'dee', 'eve');
    org.epoch(12 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
    vote(org, 14 * day - hour, 'no', 'fay', 'dee');
    org.epoch(14 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });

  it('is counted for each line that gives time by itself (S128)', () => {
    const lines = `${majority}\n    extends by 2 days when failed at most 1 times\n    extends by 3 days when swung in the last 1 day at most 1 times`;
    const org = opened(bylaws(lines));
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 12 * day });
    vote(org, 12 * day - hour, 'yes', 'ana');
    org.epoch(12 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 15 * day });
    vote(org, 15 * day - hour, 'no', 'bo', 'cy');
    org.epoch(15 * day);
    expect(org.view(1).status).toBe('refused');
  });

  it('is none for a change before that time, or for a ballot that changes nothing', () => {
    const org = opened(bylaws(swung));
    vote(org, 8 * day, 'yes', 'ana');
    vote(org, 10 * day - 1, 'yes', 'bo');
    org.epoch(10 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('gives time from the instant at which the quorum was reached, if that is later (S128)', () => {
    const quorate = `${majority}\n    quorum at least 2 members voting\n    extends by 3 days when quorate in the last 2 days`;
    const org = opened(bylaws(quorate));
    vote(org, day, 'yes', 'ana');
    vote(org, 9 * day, 'yes', 'bo');
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 12 * day });
    org.epoch(12 * day);
    expect(org.view(1).outcome).toBe('accepted');
    const early = opened(bylaws(quorate));
    vote(early, day, 'yes', 'ana', 'bo');
    early.epoch(10 * day);
    expect(early.view(1).outcome).toBe('accepted');
  });

  it('follows a result that stands at the close, with the same roster and ballots (S128)', () => {
    const org = opened(
      bylaws(
        '    open for 10 days\n    ballots may change\n    passes as blocked when at least 1 member says no\n    passes when more than 1/2 of votes cast are yes\n    extends by 5 days when blocked at most 1 times',
      ),
    );
    vote(org, day, 'yes', 'ana', 'bo');
    vote(org, 2 * day, 'no', 'cy');
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 15 * day });
    expect(vote(org, 11 * day, 'yes', 'cy')).toEqual(['ok']);
    org.epoch(15 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('tests that must hold for a while (S40)', () => {
  const text = bylaws(`${majority}\n    holds for 2 days`);

  it('pass the vote at the first instant at which they have held so long', () => {
    const org = opened(text);
    vote(org, day, 'yes', 'ana');
    expect(org.due()).toBe(3 * day);
    org.epoch(3 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('begin again after a break, and fail where the close comes first', () => {
    const org = opened(text);
    vote(org, day, 'yes', 'ana');
    vote(org, 2 * day, 'no', 'bo');
    vote(org, 9 * day, 'yes', 'cy');
    org.epoch(10 * day);
    expect(org.view(1).outcome).toBe('refused');
    const later = opened(text);
    vote(later, day, 'yes', 'ana');
    vote(later, 2 * day, 'no', 'bo');
    vote(later, 8 * day, 'yes', 'cy');
    later.epoch(10 * day);
    expect(later.view(1).outcome).toBe('accepted');
  });
});

describe('sealed ballots (S129)', () => {
  const text = (more = ''): string =>
    bylaws(`    open for 5 days\n    ballots sealed until the close revealed within 2 days\n    passes when more than 1/2 of votes cast are yes${more}`);
  const nonce = 'a'.repeat(64);

  function play(more?: string): {
    readonly org: Organization;
    readonly sealed: (by: string, choice: string) => Note;
    readonly reveal: (by: string, choice: string, with_?: string) => Note;
  } {
    const org = opened(text(more));
    const { ballot } = notesFor(org);
    const id = org.view(1).id;
    return {
      org,
      sealed: (by, choice) => ballot(by, 1, commitmentOf({ case: id, entry: 1, voter: by, choice, nonce })),
      reveal: (by, choice, with_ = nonce) => ballot(by, 1, choice, { nonce: with_ }),
    };
  }

  it('are replaced until the close and opened after it; results stand when the time to open is over', () => {
    const { org, sealed, reveal } = play();
    expect(org.epoch(day, sealed('ana', 'no'), sealed('bo', 'no'), sealed('cy', 'yes')).verdicts).toEqual(['ok', 'ok', 'ok']);
    expect(org.epoch(2 * day, sealed('ana', 'yes'), reveal('cy', 'yes')).verdicts).toEqual(['ok', 'GDO1050']);
    expect(org.view(1).tallies[0]).toMatchObject({ voted: 0 });
    expect(
      org.epoch(5 * day, sealed('dee', 'no'), reveal('ana', 'no'), reveal('ana', 'yes', 'b'.repeat(64)), reveal('ana', 'yes'), reveal('eve', 'no')).verdicts,
    ).toEqual(['GDO1051', 'GDO1052', 'GDO1052', 'ok', 'GDO1052']);
    expect(org.view(1).status).toBe('open');
    // bo's ballot is never opened and so not cast.
    expect(org.epoch(7 * day, reveal('bo', 'no')).verdicts).toEqual(['GDO1051']);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('make no quorum by which a vote would be extended: what is sealed is no ballot yet', () => {
    const { org, sealed } = play('\n    extends by 3 days when quorate in the last 1 day');
    org.epoch(5 * day - hour, sealed('ana', 'yes'));
    org.epoch(7 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });

  it('take no choice in the open', () => {
    const { org } = play();
    expect(vote(org, day, 'yes', 'ana')).toEqual(['GDO1052']);
  });
});

describe('grace (S105)', () => {
  const text = bylaws('    open for 5 days\n    grace 1 day with 2 receipts\n    passes when more than 1/2 of votes cast are yes');

  const judged = (receipts: readonly (readonly [string, number])[], quorumMs: number): string | undefined => {
    const org = opened(text);
    const device = deviceOfPerson('ana');
    const id = 'e'.repeat(64);
    const event = {
      id,
      org: '0'.repeat(64),
      actor: 'ana',
      device,
      seq: 2,
      kind: 'ballot',
      case: org.view(1).id,
      body: { stage: 1, choice: 'yes' },
      tsMs: 0,
    } as const;
    const batch = {
      id,
      device,
      actor: 'ana',
      seq: 2,
      count: 1,
      prev: '0'.repeat(64),
      deps: [],
      base: '0'.repeat(64),
      events: [event],
      changes: [],
      charters: [],
    };
    const input = {
      state: org.state(),
      batches: [batch],
      receivedMs: () => quorumMs,
      receipts: () => receipts,
      timeMs: quorumMs,
      height: 9,
      previousCheckpoint: '0'.repeat(64),
    };
    const [verdict] = foldEpoch({ ...input, rules: engine1 }).verdicts;
    return verdict?.verdict.kind === 'ok' ? 'ok' : verdict?.verdict.code;
  };
  const early = 5 * day - 1;
  const late = 5 * day + hour;

  it.each([
    [
      'counts a ballot that enough witnesses had before the close',
      [
        ['w1', early],
        ['w2', early],
      ],
      late,
      'ok',
    ],
    [
      'takes no receipt from the closing instant on',
      [
        ['w1', early],
        ['w2', 5 * day],
      ],
      late,
      'GDO1051',
    ],
    [
      "takes no receipt of the voter's own device",
      [
        ['w1', early],
        [deviceOfPerson('ana'), early],
      ],
      late,
      'GDO1051',
    ],
    [
      'takes no ballot once the time is over',
      [
        ['w1', early],
        ['w2', early],
      ],
      6 * day,
      'GDO1051',
    ],
    ['needs nothing of a ballot that was in time', [], early, 'ok'],
  ] as const)('%s', (_, receipts, quorumMs, verdict) => {
    expect(judged(receipts, quorumMs)).toBe(verdict);
  });

  it('keeps the vote from ending before', () => {
    const org = opened(text);
    vote(org, day, 'yes', 'ana');
    org.epoch(5 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 6 * day });
  });
});

describe('recusals (S42)', () => {
  const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value } });

  it('apply by themselves to whoever shares the attribute with the author', () => {
    const text = bylaws(
      '    open for 5 days\n    recusal for employer decided by any clerk leaves the roster\n    passes when more than 1/2 of all members are yes',
    );
    const org = opened(text, [certify('ana', 'Acme'), certify('bo', 'Acme'), certify('cy', 'Other')]);
    expect(vote(org, day, 'yes', 'ana', 'bo')).toEqual(['GDO1057', 'GDO1057']);
    // Three of the four who are left.
    expect(vote(org, day + 1, 'yes', 'cy', 'dee', 'eve')).toEqual(['ok', 'ok', 'ok']);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('count as what the line says of whoever shares it, ballot or none', () => {
    const text = bylaws(
      '    open for 5 days\n    recusal for employer decided by any clerk counts as abstain\n    quorum at least 3 members voting\n    passes when more than 1/2 of votes cast are yes',
    );
    const org = opened(text, [certify('ana', 'Acme'), certify('bo', 'Acme')]);
    expect(readCase(org.state(), org.view(1).id)?.recusals).toMatchObject(['ana', 'bo'].map((member) => ({ member, countsAs: 'abstain' })));
    expect(vote(org, day, 'yes', 'bo', 'cy')).toEqual(['GDO1057', 'ok']);
    org.epoch(5 * day);
    expect(org.view(1)).toMatchObject({ outcome: 'accepted', result: 'passed' });
  });

  it('are decided by as many as the line asks for, by the first line that names them', () => {
    const text = bylaws(
      '    open for 5 days\n    recusal decided by 2 members counts as abstain\n    passes when more than 1/2 of votes cast are yes',
      '',
      '  recusal decided by any clerk leaves the roster\n',
    );
    const org = opened(text);
    const { act } = notesFor(org);
    const recuse = (by: string): Note => act(by, 1, 'recuse', { about: 'fay' });
    expect(org.epoch(1, recuse('ana')).verdicts).toEqual(['ok']);
    const asked = org.epoch(2, recuse('ana'), recuse('bo'));
    expect(asked.verdicts).toEqual(['GDO1040', 'ok']);
    expect(asked.full[0]).toMatchObject({ reason: expect.stringContaining('is decided by at least 2 members or any clerk, and by nobody who asked for it') });
    // Who says it twice is one of the two.
    expect(org.epoch(3, recuse('bo')).verdicts).toEqual(['ok']);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ acts: 3, recusals: [{ member: 'fay', saying: ['bo'] }] });
    expect(vote(org, 3, 'yes', 'fay')).toEqual(['ok']);
    expect(org.epoch(4, recuse('cy'), recuse('dee')).verdicts).toEqual(['ok', 'GDO1052']);
    expect(vote(org, 5, 'yes', 'fay')).toEqual(['GDO1057']);
    expect(readCase(org.state(), org.view(1).id)?.recusals).toMatchObject([{ member: 'fay', decidedBy: 'cy', countsAs: 'abstain' }]);
  });

  it('are decided in a joint for the vote whose line they are under', () => {
    const joint = `process motion
  started by any member
  joint both
    vote people
      voters members
      open for 5 days
      recusal decided by any clerk leaves the roster
      passes when more than 1/2 of all members are yes
    end
    vote clerks-alone
      voters clerks
      open for 5 days
      passes when all clerks say yes
    end
    when all pass go to accepted
    otherwise go to refused
  end
end
`;
    const text = bylaws(majority);
    const org = opened(`${text.slice(0, text.indexOf('process motion'))}${joint}`);
    const { act } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'fay' }), act('ana', 1, 'recuse', { about: 'eve' }));
    expect(org.epoch(2, act('tia', 1, 'recuse', { about: 'fay' }), act('tia', 1, 'recuse', { about: 'eve' })).verdicts).toEqual(['ok', 'ok']);
    const entries = org.view(1).acts.map((one) => one.entry);
    const cast = (by: string, place: number): Note => ({ by, kind: 'ballot', case: org.view(1).id, body: { stage: entries[place] ?? 0, choice: 'yes' } });
    expect(org.epoch(3, cast('fay', 0), cast('ana', 0), cast('bo', 0), cast('cy', 0), cast('tia', 1)).verdicts).toEqual(['GDO1057', 'ok', 'ok', 'ok', 'ok']);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('acts by at most so many', () => {
  const step = (lines: string): string => {
    const text = bylaws(majority);
    return `${text.slice(0, text.indexOf('process motion'))}process motion\n  started by any member\n  step talk\n${lines}  end\nend\n`;
  };

  it('are judged when the time for them is over', () => {
    const text = step('    when at most 1 members object within 5 days go to accepted\n    after 10 days go to refused\n');
    const org = opened(text);
    const { act } = notesFor(org);
    org.epoch(day, act('bo', 1, 'object'));
    expect(org.due()).toBe(5 * day);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('accepted');
    const other = opened(text);
    other.epoch(day, notesFor(other).act('bo', 1, 'object'), notesFor(other).act('cy', 1, 'object'));
    other.epoch(10 * day);
    expect(other.view(1).outcome).toBe('refused');
  });

  it('stand beside acts that are needed', () => {
    const text = step('    when 2 members approve and fewer than 2 members object go to accepted\n    after 10 days go to refused\n');
    const org = opened(text);
    const { act } = notesFor(org);
    org.epoch(day, act('bo', 1, 'object'), act('cy', 1, 'approve'));
    org.epoch(2 * day, act('dee', 1, 'approve'));
    expect(org.view(1).outcome).toBe('accepted');
  });
});
