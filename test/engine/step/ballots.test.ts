// What a ballot may say and when, refusal by refusal with its sentence: choices, marks, reasons, seals, delegations, final ballots (S28, S41, S129).
import { describe, expect, it } from 'vitest';
import { commitmentOf, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (lines: string, more = ''): string => `gdo 1
organization "Ballots"
end
role member plural members
  held by 1 to 9 people
end
role guest plural guests
  held by 0 to 9 people
end
${more}process motion
  started by any member
  vote ballot
    voters members
    open for 5 days
${lines}    when ${lines.includes('counted by') ? 'won' : 'passed'} go to accepted
    otherwise go to refused
  end
end
`;

const majority = '    passes when more than 1/2 of votes cast are yes\n';

function opened(lines: string, more = ''): Organization {
  const org = found(bylaws(lines, more), { member: people, guest: ['gil'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

/** What is said to somebody who casts this in a vote of these lines. */
function answered(lines: string, choice: Json | undefined, body: Note['body'] = {}): string {
  const org = opened(lines);
  const note = notesFor(org).ballot('bo', 1, choice ?? 'yes', body);
  const { choice: _choice, ...without } = note.body;
  return said(org, hour, choice === undefined ? { ...note, body: without } : note)[0] ?? '';
}

describe('what a ballot says', () => {
  const marks = `    choices a, b, c\n    marks at most 2\n    passes when more than 1/2 of votes cast are a\n`;
  const counted = '    choices a, b, c\n    counted by irv with unranked exhausted, equal ranks split\n    tie fails\n';
  const reasons = `    reasons for no, abstain\n${majority}`;
  const many = 'GDO1052 too many marks: a ballot here has at most 2';

  it.each<{ readonly lines: string; readonly choice?: Json; readonly answer: string; readonly body?: Note['body'] }>([
    { lines: majority, choice: 'yes', answer: 'ok' },
    { lines: majority, choice: 'abstain', answer: 'ok' },
    { lines: majority, choice: ['no'], answer: 'ok' },
    { lines: majority, choice: 'maybe', answer: 'GDO1052 `maybe` is not a choice here; choices are yes, no, abstain' },
    { lines: majority, answer: 'GDO1052 `` is not a choice here; choices are yes, no, abstain' },
    { lines: majority, choice: ['yes', 'no'], answer: 'GDO1052 this vote takes one choice' },
    { lines: majority, choice: ['yes', 'yes'], answer: 'GDO1052 a ballot names a choice once' },
    { lines: majority, choice: [], answer: 'GDO1052 this vote takes one choice' },
    { lines: marks, choice: ['a', 'b'], answer: 'ok' },
    { lines: marks, choice: ['a', 'b', 'c'], answer: many },
    { lines: marks, choice: ['a', 'a'], answer: 'GDO1052 a ballot names a choice once' },
    { lines: marks, choice: 'c', answer: 'ok' },
    { lines: counted, choice: ['a', ['b', 'c']], answer: 'ok' },
    { lines: counted, choice: 'abstain', answer: 'ok' },
    { lines: counted, choice: ['a', 'd'], answer: 'GDO1052 `d` is not a choice here; choices are a, b, c' },
    { lines: counted, choice: ['a', ['b', 'a']], answer: 'GDO1052 a ballot names a choice once' },
    { lines: reasons, choice: 'yes', answer: 'ok' },
    { lines: reasons, choice: 'no', answer: 'GDO1052 a ballot for no says why' },
    { lines: reasons, choice: 'no', answer: 'GDO1052 a ballot for no says why', body: { text: '  ' } },
    { lines: reasons, choice: 'abstain', answer: 'GDO1052 a ballot for abstain says why', body: { text: 7 } },
    { lines: reasons, choice: 'no', answer: 'ok', body: { text: 'too dear' } },
    {
      lines: '    choices a, b, c\n    marks at most 2\n    reasons for a, b\n    passes when more than 1/2 of votes cast are a\n',
      choice: ['c', 'a'],
      answer: 'GDO1052 a ballot for c, a says why',
    },
  ])('%#: $choice is answered $answer', ({ lines, choice, answer, body }) => {
    expect(answered(lines, choice, body)).toBe(answer);
  });
});

describe('who casts it and when', () => {
  it('is on the roster, in time, in a vote that is open', () => {
    const org = opened(majority);
    const { ballot } = notesFor(org);
    expect(
      said(org, hour, ballot('gil', 1, 'yes'), ballot('bo', 1, 'yes', { stage: 9 }), { by: 'bo', kind: 'ballot', body: { stage: 1, choice: 'yes' } }),
    ).toEqual(['GDO1057 `gil` was not on the roster when `ballot` opened', 'GDO1050 the stage is not open yet', expect.stringContaining('GDO1052')]);
    expect(said(org, 5 * day - 1, ballot('bo', 1, 'yes'))).toEqual(['ok']);
    expect(said(org, 5 * day, ballot('cy', 1, 'yes'))[0]).toMatch(/^GDO1051 /);
    expect(org.view(1).outcome).toBe('accepted');
    expect(said(org, 6 * day, ballot('cy', 1, 'yes'))).toEqual(['GDO1051 the case is decided: `accepted`']);
  });

  it('after the close needs receipts from before it, and one that nobody receipted has none (S105)', () => {
    const org = opened(`    grace 1 day with 1 receipts\n${majority}`);
    const { ballot } = notesFor(org);
    expect(said(org, 5 * day, { ...ballot('bo', 1, 'yes'), atMs: 5 * day - 1 }, ballot('cy', 1, 'yes'))).toEqual([
      'ok',
      'GDO1051 `ballot` closed before this arrived',
    ]);
  });

  it('changes it where ballots may change, and nowhere else', () => {
    const twice = (lines: string): readonly string[] => {
      const org = opened(lines);
      const { ballot } = notesFor(org);
      return [...said(org, hour, ballot('bo', 1, 'yes')), ...said(org, 2 * hour, ballot('bo', 1, 'no'))];
    };
    const final = 'GDO1052 ballots are final here, and this person has voted';
    expect(twice(`    ballots may change\n${majority}`)).toEqual(['ok', 'ok']);
    expect(twice(`    ballots final\n${majority}`)).toEqual(['ok', final]);
    expect(twice(`    closes early when decided\n${majority}`)).toEqual(['ok', final]);
  });

  it('is not its delegator, unless a vote of one\u2019s own goes before', () => {
    const delegated = (clause: string): readonly string[] => {
      const org = opened(majority, `delegation proxy by members\n  for motion\n${clause}end\n`);
      const { ballot } = notesFor(org);
      org.epoch(1, { by: 'bo', kind: 'delegate', body: { delegation: 'proxy', to: 'cy' } });
      return said(org, hour, ballot('bo', 1, 'yes'), ballot('cy', 1, 'yes'));
    };
    expect(delegated('')).toEqual(['GDO1057 `bo` has delegated this vote to `cy`', 'ok']);
    expect(delegated('  override by voting\n')).toEqual(['ok', 'ok']);
  });
});

describe('the seal of a ballot (S129)', () => {
  const sealed = `    ballots sealed until the close revealed within 2 days\n${majority}`;
  const nonce = 'a'.repeat(64);
  const play = (
    lines: string,
  ): {
    readonly org: Organization;
    readonly seal: (by: string, choice: Json) => Note;
    readonly open: (by: string, choice: Json, body?: Note['body']) => Note;
  } => {
    const org = opened(lines);
    const { ballot } = notesFor(org);
    const { id } = org.view(1);
    return {
      org,
      seal: (by, choice) => ballot(by, 1, commitmentOf({ case: id, entry: 1, voter: by, choice, nonce })),
      open: (by, choice, body = { nonce }) => ballot(by, 1, choice, body),
    };
  };

  it('is a commitment, and opens once, after the close, as what was sealed', () => {
    const { org, seal, open } = play(sealed);
    expect(said(org, hour, seal('bo', 'yes'), seal('cy', 'maybe'), open('dee', 'yes', {}), open('bo', 'yes'))).toEqual([
      'ok',
      'ok',
      'GDO1052 ballots are sealed here: the choice is a commitment',
      'GDO1050 sealed ballots are opened after the close',
    ]);
    expect(
      said(org, 5 * day, open('dee', 'yes'), open('bo', 'no'), open('bo', 'yes', { nonce: 7 }), open('cy', 'maybe'), open('bo', 'yes'), seal('dee', 'yes')),
    ).toEqual([
      'GDO1052 this person has sealed no ballot',
      'GDO1052 this is not what was sealed',
      'GDO1052 this is not what was sealed',
      'GDO1052 `maybe` is not a choice here; choices are yes, no, abstain',
      'ok',
      'GDO1051 `ballot` closed before this arrived',
    ]);
    expect(said(org, 5 * day + hour, open('bo', 'yes'))).toEqual(['GDO1052 this ballot is open already']);
    org.epoch(7 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('may be laid on again until the close', () => {
    const { org, seal, open } = play(sealed);
    expect(said(org, hour, seal('bo', 'no'))).toEqual(['ok']);
    expect(said(org, 2 * hour, seal('bo', 'yes'))).toEqual(['ok']);
    expect(said(org, 5 * day, open('bo', 'no'), open('bo', 'yes'))).toEqual(['GDO1052 this is not what was sealed', 'ok']);
  });

  it('is none where ballots are not sealed', () => {
    const { org, open } = play(majority);
    expect(said(org, hour, open('bo', 'yes'))).toEqual(['GDO1052 ballots are not sealed here, so there is nothing to open']);
  });
});
