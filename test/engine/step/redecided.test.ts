// Deciding a vote again from what a receipt holds: the case, its bylaws and what is kept under its id, and nothing of a state that has gone on since.
import { describe, expect, it } from 'vitest';
import type { State } from '../../../engine/index.ts';
import { emptyState, entriesUnder, redecide, writeEntry } from '../../../engine/index.ts';
import type { Note, Organization } from './organization.ts';
import { day, found, hour, notesFor } from './organization.ts';

const names = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const text = (clauses: string, more = '', limits = ''): string => `gdo 1
organization "Test"
end
attribute employer certified by the teller
role member plural members
  held by 1 to 99 people
end
role teller plural tellers
  held by 1 person
end
role director plural directors
  held by 0 to 4 people
  term 1 year
  gained through election
  lost through resignation
${limits}end
${more}process election
  started by any member
  step nominating
    nominations of members
    after 7 days go to ballot
  end
  vote ballot
    voters members
${clauses}    open for 7 days
    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant director to the winners
  end
end
`;

const vacant = '    choices the candidates\n    counted by approval\n    elects the vacant directors\n';

/** What a receipt of a case holds. */
function received(state: State, id: string, bylaws: string): State {
  const own = entriesUnder(state, '').filter(([key]) => key.includes(`/${id}`) || key === `bylaws/${bylaws}` || key === 'current');
  return own.reduce((all, [key, value]) => writeEntry(all, key, value), emptyState);
}

interface Played {
  readonly sitting?: readonly string[];
  readonly candidates: readonly string[];
  readonly ballots?: Readonly<Record<string, readonly string[]>>;
  readonly before?: readonly Note[];
  readonly after?: readonly Note[];
}

/** Plays an election to its end, with what happens afterwards, and decides its ballot again from the receipt. */
function played(bylaws: string, { sitting = [], candidates, ballots = {}, before = [], after = [] }: Played) {
  const org: Organization = found(bylaws, { member: names, teller: ['tia'], director: sitting });
  const { propose, act, ballot } = notesFor(org);
  if (before.length > 0) expect(org.epoch(0, ...before).verdicts.every((one) => one === 'ok')).toBe(true);
  org.epoch(0, propose('ana', 'election'));
  if (candidates.length > 0) org.epoch(hour, ...candidates.map((name) => act(name, 1, 'nominate')));
  org.epoch(7 * day);
  const settled = org.view(1).status !== 'open';
  const cast = Object.entries(ballots).map(([by, choice]) => ballot(by, 1, [...choice]));
  if (cast.length > 0) expect(org.epoch(8 * day, ...cast).verdicts.every((one) => one === 'ok')).toBe(true);
  org.epoch(14 * day);
  if (after.length > 0) org.epoch(15 * day, ...after);
  const { id, result, outcome } = org.view(1);
  const state = received(org.state(), id, org.hash);
  const closedMs = settled ? 7 * day : 14 * day;
  return { result, outcome, again: redecide(state, id, { stage: 'ballot', entry: 2, closedMs }) };
}

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
