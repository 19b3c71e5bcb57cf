// Deciding a vote again from what a receipt holds: the case, its bylaws and what is kept under its id, and nothing of a state that has gone on since.
import { describe, expect, it } from 'vitest';
import { redecide } from '../../../engine/index.ts';
import type { Note } from './organization.ts';
import { day, found, hour, notesFor } from './organization.ts';
import { names, played, received, text, vacant } from './receipt.ts';

describe('a vote that is decided again from its receipt', () => {
  it('was settled without a ballot: uncontested, or without anybody', () => {
    const one = played(text(vacant), { candidates: ['ana', 'bo'] });
    expect(one).toMatchObject({ result: 'uncontested', outcome: 'seated', again: { result: 'uncontested', leads: ['seated'] } });
    const none = played(text(vacant), { candidates: [] });
    expect(none).toMatchObject({ result: 'empty', outcome: 'refused', again: { result: 'empty', leads: ['refused'] } });
  });

  it('filled the seats that stood empty then, though none is by now', () => {
    const ballots = { ana: ['ana', 'bo'], bo: ['ana', 'bo'], cy: ['cy'] };
    const two = played(text(vacant), { sitting: ['eve', 'fay'], candidates: ['ana', 'bo', 'cy'], ballots });
    expect(two).toMatchObject({ result: 'elected', outcome: 'seated', again: { result: 'elected', leads: ['seated'] } });
  });

  it('kept a cap beside those who sat there, whoever has come and gone since', () => {
    const capped = text(`    choices the candidates\n    counted by approval\n    elects 1 director\n    limit 1 directors per employer\n    tie fails\n`);
    const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value } });
    const own = played(capped, {
      sitting: ['eve'],
      candidates: ['ana', 'bo'],
      ballots: { ana: ['ana'], bo: ['ana'], cy: ['bo'] },
      before: [certify('eve', 'Acme'), certify('ana', 'Acme'), certify('bo', 'Acme')],
      after: [{ by: 'eve', kind: 'resign', body: { role: 'director' } }, certify('ana', 'Other')],
    });
    // Of Acme sits eve, so nobody else of it is elected.
    expect(own).toMatchObject({ result: 'failed', outcome: 'refused', again: { result: 'failed', leads: ['refused'] } });
  });

  it('was on those who stood then, whoever was struck or nominated since (S121)', () => {
    const confirmed = text('    choices the candidates\n    counted by approval\n    elects 1 director\n    tie fails\n')
      .replace('when elected go to seated', 'when elected go to confirm')
      .replace('    otherwise go to refused', '    otherwise go to nominating')
      .replace('  outcome seated', '  step confirm\n    after 3 days go to seated\n  end\n  outcome seated');
    const striking =
      'process strike-off\n  started by any member\n  about person\n  step wait\n    after 1 day go to struck\n  end\n  outcome struck\n    strike the candidate from election\n  end\nend\n';
    const org = found(confirmed.replace('process election', `${striking}process election`), { member: names, teller: ['tia'] });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'election'));
    org.epoch(hour, act('ana', 1, 'nominate'), act('bo', 1, 'nominate'));
    org.epoch(7 * day);
    // A tie: the first ballot leads back to the nominations, and the second one elects cy, who is struck before the outcome.
    org.epoch(8 * day, ballot('ana', 1, ['ana']), ballot('bo', 1, ['bo']));
    org.epoch(14 * day);
    org.epoch(15 * day, act('cy', 1, 'nominate'), act('dee', 1, 'nominate'));
    org.epoch(21 * day);
    org.epoch(22 * day, ballot('ana', 1, ['cy']));
    org.epoch(28 * day, propose('bo', 'strike-off', { candidate: 'cy' }));
    expect(org.view(1).stage).toBe('confirm');
    org.epoch(29 * day);
    const { id } = org.view(1);
    const again = (entry: number, closedMs: number): unknown => {
      const one = redecide(received(org.state(), id, org.hash), id, { stage: 'ballot', entry, closedMs });
      return [one?.result, one?.leads];
    };
    expect(again(2, 14 * day)).toEqual(['tied', ['confirm', 'seated', 'nominating']]);
    expect(again(4, 28 * day)).toEqual(['elected', ['confirm']]);
  });

  it('counted ballots for those who had given them away then', () => {
    const proxy = 'delegation proxy by members\n  override by voting\nend\n';
    const give = (by: string, to?: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', ...(to === undefined ? {} : { to }) } });
    const elected = '    choices the candidates\n    counted by approval\n    elects 1 director\n    quorum at least 4 members voting\n    tie fails\n';
    const own = played(text(elected, proxy), {
      candidates: ['ana', 'bo'],
      ballots: { ana: ['ana'], cy: ['bo'] },
      before: [give('dee', 'ana'), give('eve', 'ana')],
      after: [give('dee'), give('eve', 'cy')],
    });
    expect(own).toMatchObject({ result: 'elected', outcome: 'seated', again: { result: 'elected', leads: ['seated'] } });
  });
});

describe('a meeting that is decided again from its receipt (S46, S101)', () => {
  const meeting = (lines: string): string => `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 99 people
end
process motion
  started by any member
  meeting assembly
${lines}    attended by members
    open for 2 hours
    quorum at least 2 members present
    second call after 1 day without quorum
    when quorate go to talk
    otherwise go to refused
  end
  step talk
    after 9 days go to accepted
  end
end
`;
  const held = (lines: string, callers: readonly string[], attending: readonly string[]): ((entry: number) => unknown) => {
    const org = found(meeting(lines), { member: names });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    for (const by of callers) org.epoch(hour, act(by, 1, 'call'));
    org.epoch(day + hour, ...attending.map((by) => act(by, 1, 'attend')));
    for (let days = 2; days < 12; days += 1) org.epoch(days * day);
    const { id } = org.view(1);
    return (entry) => {
      const again = redecide(received(org.state(), id, org.hash), id, { stage: 'assembly', entry, closedMs: day + 3 * hour });
      return [again?.result, again?.leads];
    };
  };

  it('was quorate where enough people came, called or by itself', () => {
    expect(held('    called by any member within 10 days\n    notice 1 day\n', ['ana'], ['bo', 'cy'])(1)).toEqual(['quorate', ['talk']]);
    expect(held('    notice 1 day\n', [], ['bo', 'cy'])(1)).toEqual(['quorate', ['talk']]);
  });

  it('was inquorate where nobody called it, or too few came, and is called once more, which needs nobody', () => {
    const called = '    called by any member within 1 day\n';
    expect(held(called, [], [])(1)).toEqual(['inquorate', ['assembly']]);
    const again = held('    notice 1 day\n', [], ['bo']);
    expect([again(1), again(2)]).toEqual([
      ['inquorate', ['assembly']],
      ['quorate', ['talk']],
    ]);
  });

  it('began only if it was called in that opening, whatever was called in another one', () => {
    const open = meeting('    called by any member within 1 day\n')
      .replace('    quorum at least 2 members present\n    second call after 1 day without quorum\n', '')
      .replace('after 9 days go to accepted', 'after 1 day go to assembly');
    const org = found(open, { member: names });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(hour, notesFor(org).act('ana', 1, 'call'));
    // Nobody comes, and without a quorum nobody needs to.
    org.epoch(3 * hour);
    org.epoch(day + 3 * hour);
    expect([org.view(1).stage, org.view(1).entry]).toEqual(['assembly', 3]);
    org.epoch(2 * day + 3 * hour);
    expect(org.view(1).outcome).toBe('refused');
    const { id } = org.view(1);
    const again = (entry: number, closedMs: number): unknown => {
      const one = redecide(received(org.state(), id, org.hash), id, { stage: 'assembly', entry, closedMs });
      return [one?.result, one?.leads];
    };
    expect([again(1, 3 * hour), again(3, 2 * day + 3 * hour)]).toEqual([
      ['quorate', ['talk']],
      ['inquorate', ['refused']],
    ]);
  });

  it('was judged by the quorum of its own call, whatever else of the case was called a second time (S101)', () => {
    const ballot = `    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters members
    open for 2 days
    quorum at least 3 members voting
    second call after 1 day quorum at least 1 member voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;
    const org = found(
      meeting('    notice 1 day\n')
        .replace(/ {4}when quorate[^]*/, ballot)
        .replace('without quorum', 'quorum at least 1 member present'),
      {
        member: names,
      },
    );
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(day + 2 * hour);
    org.epoch(2 * day + 2 * hour);
    org.epoch(2 * day + 3 * hour, notesFor(org).act('bo', 1, 'attend'));
    org.epoch(2 * day + 4 * hour);
    expect([org.view(1).stage, org.view(1).entry]).toEqual(['ballot', 3]);
    org.epoch(4 * day + 4 * hour);
    org.epoch(5 * day + 4 * hour);
    org.epoch(6 * day, notesFor(org).ballot('ana', 1, 'yes'));
    org.epoch(7 * day + 4 * hour);
    expect([org.view(1).outcome, org.view(1).entry]).toEqual(['accepted', 4]);
    const { id } = org.view(1);
    const again = (stage: string, entry: number, closedMs: number): unknown => {
      const one = redecide(received(org.state(), id, org.hash), id, { stage, entry, closedMs });
      return [one?.result, one?.lines.map(({ requirement, met }) => `${requirement}: ${met}`)[0]];
    };
    expect([again('assembly', 1, day + 2 * hour), again('assembly', 2, 2 * day + 4 * hour)]).toEqual([
      ['inquorate', 'quorum at least 2 members present: false'],
      ['quorate', 'quorum at least 1 member present: true'],
    ]);
    expect([again('ballot', 3, 4 * day + 4 * hour), again('ballot', 4, 7 * day + 4 * hour)]).toEqual([
      ['inquorate', 'quorum at least 3 members voting: false'],
      ['passed', 'quorum at least 1 member voting: true'],
    ]);
  });
});
