// What a receipt of a vote holds beside rosters and ballots, and that the vote is decided again from it (0197); redecided.test.ts has more of the latter.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/index.ts';
import { entriesUnder, redecide } from '../../../engine/index.ts';
import type { Note } from './organization.ts';
import { day, found, hour, notesFor } from './organization.ts';
import type { Played } from './receipt.ts';
import { names, played, received, text, vacant } from './receipt.ts';

describe('a vote that is decided again from what was kept of it', () => {
  it('let nobody win whom a limit of terms barred then, though they have served none in the receipt', () => {
    const limited = text('    choices the candidates\n    counted by approval\n    elects 1 director\n    tie fails\n', '', '  limit 1 terms in a row\n');
    const ballots = { ana: ['eve'], bo: ['eve', 'fay'] };
    const both = played(limited, { startMs: 300 * day, sitting: ['eve', 'fay'], candidates: ['eve', 'fay'], ballots });
    expect(both).toMatchObject({ result: 'failed', outcome: 'refused', again: { result: 'failed', leads: ['refused'] } });
    const third = played(limited, { startMs: 300 * day, sitting: ['eve'], candidates: ['cy', 'eve'], ballots: { ana: ['eve'], bo: ['cy', 'eve'] } });
    expect(third).toMatchObject({ result: 'elected', outcome: 'seated', again: { result: 'elected', leads: ['seated'] } });
  });

  it('was held, though no more people than seats were left when it closed (S121)', () => {
    const unfit = 'process unfit\n  started by any member\n  outcome struck\n    strike the candidate from election\n  end\nend\n';
    const strike = (...candidates: readonly string[]): Pick<Played, 'during'> => ({
      during: ({ propose }) => candidates.map((candidate) => propose('dee', 'unfit', { candidate })),
    });
    const three = { sitting: ['eve', 'fay'], candidates: ['ana', 'bo', 'cy'], ballots: { ana: ['ana'], bo: ['ana', 'bo'] } };
    const two = played(text(vacant, unfit), { ...three, ...strike('cy') });
    expect(two).toMatchObject({ result: 'elected', outcome: 'seated', again: { result: 'elected', leads: ['seated'] } });
    // Where nobody is left there is nobody to vote on (S132), also where no limit of terms could keep anybody out.
    const none = played(text(vacant, unfit), { ...three, ...strike('ana', 'bo', 'cy') });
    expect(none).toMatchObject({ result: 'empty', outcome: 'refused', again: { result: 'empty', leads: ['refused'] } });
  });

  it('was settled without whoever had lost their support by then', () => {
    const supported = text(vacant)
      .replace('    nominations of members\n', '    nominations of members supported by 1 other member struck after 2 days\n')
      .replace('    after 7 days go to ballot\n  end\n', '    after 7 days go to pause\n  end\n  step pause\n    after 3 days go to ballot\n  end\n');
    const org = found(supported, { member: names, teller: ['tia'], director: ['eve', 'fay'] });
    const { propose, act } = notesFor(org);
    const three = ['ana', 'bo', 'cy'];
    org.epoch(0, propose('ana', 'election'));
    org.epoch(hour, ...three.map((name) => act(name, 1, 'nominate')), ...three.map((name) => act('dee', 1, 'endorse', { about: [name] })));
    expect(org.epoch(6 * day, act('dee', 1, 'withdraw', { about: ['cy'] })).verdicts).toEqual(['ok']);
    org.epoch(7 * day);
    org.epoch(10 * day);
    org.epoch(10 * day + 1);
    const { id, result, outcome } = org.view(1);
    expect([result, outcome]).toEqual(['uncontested', 'seated']);
    const again = redecide(received(org.state(), id, org.hash), id, { stage: 'ballot', entry: 3, closedMs: 10 * day });
    expect(again).toMatchObject({ result: 'uncontested', leads: ['seated'] });
  });

  it('counted ballots that were given away where nobody is elected to a role', () => {
    const proxy = 'delegation proxy by members\n  override by voting\nend\n';
    const give = (by: string, to?: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', ...(to === undefined ? {} : { to }) } });
    const chosen = '    choices the candidates\n    counted by approval\n    tie fails\n';
    const won = text(chosen, proxy).replace('    when elected go to seated\n    when uncontested go to seated\n', '    when won go to seated\n');
    const own = played(won, {
      candidates: ['ana', 'bo'],
      ballots: { ana: ['ana'], bo: ['bo'], cy: ['bo'] },
      before: [give('dee', 'ana'), give('eve', 'ana')],
      after: [give('dee'), give('eve')],
    });
    expect(own).toMatchObject({ result: 'won', outcome: 'seated', again: { result: 'won', leads: ['seated'] } });
    expect(own.kept).toEqual([['counted/CASE/0002', { listed: ['ana', 'bo'], given: ['dee', 'eve'].map((by) => [by, 'ana']) }]]);
  });
});

describe('what is kept of a vote for whoever decides it again (docs/decisions/0197)', () => {
  const ballots = { ana: ['ana'], bo: ['ana', 'bo'], cy: ['ana', 'bo', 'cy'] };
  const candidates = ['ana', 'bo', 'cy'];
  const elects = (what: string, more = ''): string => `    choices the candidates\n    counted by approval\n    elects ${what}\n${more}    tie fails\n`;
  const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value } });
  const cap = '    limit 1 directors per employer\n';
  /** Two seats are all there are. */
  const whole: typeof text = (...parts) => text(...parts).replace('held by 0 to 4 people', 'held by 0 to 2 people');

  it.each<readonly [what: string, bylaws: string, play: Omit<Played, 'candidates'>, kept: JsonObject]>([
    ['nothing of the seats of a whole body', whole(elects('2 directors')), { sitting: ['eve'], ballots }, {}],
    ['nothing of people who sit where each seat is filled', whole(elects('2 directors', cap)), { sitting: ['eve'], ballots }, {}],
    [
      'the seats that stood empty, and who stayed',
      text(elects('the vacant directors')),
      { sitting: ['eve', 'fay'], ballots },
      { seats: 2, sitting: ['eve', 'fay'] },
    ],
    ['no seats where they are written', text(elects('2 directors')), { sitting: ['eve'], ballots }, { sitting: ['eve'] }],
    [
      'the groups of those who have one',
      text(elects('2 directors', cap)),
      { sitting: ['eve'], ballots, before: [certify('eve', 'Acme'), certify('bo', 'Zeta')] },
      {
        sitting: ['eve'],
        groups: [
          ['employer/bo', 'Zeta'],
          ['employer/eve', 'Acme'],
        ],
      },
    ],
    ['no groups where nobody has one', whole(elects('2 directors', cap)), { ballots }, {}],
    [
      'who has served too many terms',
      text(elects('2 directors'), '', '  limit 1 terms in a row\n'),
      { startMs: 300 * day, sitting: ['bo'], ballots },
      { sitting: ['bo'], barred: ['bo'] },
    ],
    ['nothing of ballots that nobody has given away', whole(elects('2 directors'), 'delegation proxy by members\nend\n'), { ballots }, {}],
  ])('is the list of candidates, and %s', (_, bylaws, play, kept) => {
    expect(played(bylaws, { candidates, ...play }).kept).toEqual([['counted/CASE/0002', { listed: candidates, ...kept }]]);
  });

  it('is the instant of an opening that settled it, with the seats there were', () => {
    expect(played(text(vacant), { sitting: ['eve'], candidates: ['ana', 'bo'] }).kept).toEqual([
      ['counted/CASE/0002', { listed: ['ana', 'bo'], seats: 3, settled: 7 * day }],
    ]);
  });

  it.each([
    ['of yes and no, also where it is about seats', '    elects the vacant directors\n    passes when more than 1/2 of votes cast are yes\n', 'passed', 'yes'],
    ['on choices that the bylaws list', '    choices red, green\n    counted by approval\n    tie fails\n', 'won', ['red']],
  ])('is nothing of a vote %s', (_, clauses, result, choice) => {
    const lines = text(clauses).replace('    when elected go to seated\n    when uncontested go to seated\n', `    when ${result} go to accepted\n`);
    const org = found(lines, { member: names, teller: ['tia'], director: ['eve'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'election'));
    org.epoch(7 * day);
    org.epoch(8 * day, ballot('ana', 1, choice));
    org.epoch(14 * day);
    expect([org.view(1).outcome, entriesUnder(org.state(), 'counted/')]).toEqual(['accepted', []]);
  });
});
