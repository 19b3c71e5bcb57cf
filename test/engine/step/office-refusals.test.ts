// Acts of office that are refused, each with its code and its sentence (docs/decisions/0055, 0126, S95), and what offices of several people agree on.
import { describe, expect, it } from 'vitest';
import { certificateOf, pointsOf, publicKeyText, unsupported } from '../../../engine/index.ts';
import type { Json } from '../../../engine/index.ts';
import { seedSigner } from '../../../node/ledger/keys.ts';
import { compile, day, deviceOfPerson, found, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Offices"
end
attribute employer certified by the clerk
certificate laser plural lasers
  issued by 2 trainers
  issued by 3 clerks
  issued to members who hold basics
  issued to trainers
  issued to person who holds master
  lasts 1 year
  revoked by 2 trainers
end
certificate basics
  issued by any trainer
  revoked by any trainer
end
certificate master
  issued by any trainer
end
certificate diploma
  revoked by any clerk
end
collaborator forge kept by 2 clerks
  reports "arrears", "no arrears"
end
collaborator scale kept by any clerk
  reports "commits", "no rain"
end
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 0 to 5 people
end
role trainer plural trainers
  held by 0 to 5 people
  lost through resignation
end
action teach by any trainer
action open-house by 2 trainers
action enrol-key by 2 clerks
points merit plural merits
  earned 2 by any trainer for teach
  earned 5 by any member for teach
  earned 7 by the author for exam.passed
  earned 9 by any trainer for open-house
end
duty minutes
  owed by the trainer
  within 14 days of exam
  done when any trainer reports "minutes"
  otherwise award 1 merit to the author
end
duty summary
  owed by the clerk
  within 14 days of exam
  done when any clerk reports "summary"
  otherwise award 1 merit to the author
end
duty dues
  owed by the clerk
  every 30 days from 1970-01-11
  otherwise award 1 merit to the author
end
right enter
  covers "doors/**"
  held by members
  offline for at most 30 days
end
right use-laser
  covers "machines/**"
  held by members
  locked by 2 trainers released by 2 clerks or any trainer
  offline for at most 30 days
end
right use-saw
  covers "machines/saw"
  held by members
  locked by any clerk released by any clerk
  offline for at most 30 days
end
process exam
  started by any member
  step sitting
    when any trainer approves go to passed
    after 30 days go to refused
  end
  outcome passed
    grant diploma to the author
  end
end
`;

const people = { member: ['ada', 'ben'], clerk: ['kim', 'lee'], trainer: ['tom', 'una', 'vic'] };

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, people, { people: ['zoe'] });
}

const note = (by: string, kind: Note['kind'], body: Note['body']): Note => ({ by, kind, body });
const issue = (by: string, certificate: string, member: string): Note => note(by, 'issue', { certificate, member });
const revoke = (by: string, certificate: string, member: string): Note => note(by, 'revoke', { certificate, member });
const lock = (by: string, thing: string): Note => note(by, 'lock', { thing, text: 'it smells' });
const release = (by: string, id: string): Note => note(by, 'release', { lock: id, text: 'mended' });
const perform = (by: string, verb: string, more: Note['body'] = {}): Note => note(by, 'perform', { verb, ...more });
const report = (by: string, subject: string, data: Json, more: Note['body'] = { subject }): Note => note(by, 'fact', { type: 'report', data, ...more });
const forge = (what: string, more: Readonly<Record<string, Json>> = {}): Json => ({ collaborator: 'forge', report: what, ...more });
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
const freshKey = (place: number): string => publicKeyText(seedSigner(new Uint8Array(32).fill(place)).publicKey);
const enrol = (by: string, member: string, place: number): Note => note(by, 'key.enrol', { member, key: freshKey(place), possession: '' });

describe('whoever is not asked is told what was wrong', () => {
  it.each<readonly [refusal: string, note: Note]>([
    ['GDO1052 `height` is not an attribute of the bylaws', note('kim', 'certify', { attribute: 'height', member: 'ada', value: '2 m' })],
    ['GDO1052 `welding` is not a certificate of the bylaws', issue('tom', 'welding', 'ada')],
    ['GDO1040 `diploma` is given by cases alone', issue('tom', 'diploma', 'ada')],
    ['GDO1040 `ghost` is not known in this organization', issue('tom', 'basics', 'ghost')],
    ['GDO1040 `ada` is not among those `laser` is issued to', issue('tom', 'laser', 'ada')],
    ['GDO1040 to issue `basics` is for any trainer, and `ada` is not', issue('ada', 'basics', 'ada')],
    ['GDO1052 `welding` is not a certificate of the bylaws', revoke('tom', 'welding', 'ada')],
    ['GDO1040 `master` is not revoked by anybody', revoke('tom', 'master', 'ada')],
    ['GDO1052 `ada` does not hold `basics`', revoke('tom', 'basics', 'ada')],
    ['GDO1040 to teach is for any trainer, and `ada` is not', perform('ada', 'teach')],
    ['GDO1052 nothing in the bylaws asks anybody to sing outside of a case', perform('ada', 'sing')],
    ['GDO1040 to report is for any trainer or any clerk, in the words of the duty, and `tom` does not do it so', perform('tom', 'report', { text: 'summary' })],
    ['GDO1040 to report is for any trainer or any clerk, in the words of the duty, and `ada` does not do it so', perform('ada', 'report', { text: 'minutes' })],
    ['GDO1052 nobody locks `doors/front`', lock('tom', 'doors/front')],
    ['GDO1052 nobody locks `attic`', lock('tom', 'attic')],
    ['GDO1040 to lock `machines/laser` is for at least 2 trainers, and `ada` is not', lock('ada', 'machines/laser')],
    ['GDO1040 to lock `machines/saw` is for at least 2 trainers or any clerk, and `ada` is not', lock('ada', 'machines/saw')],
    ['GDO1052 there is no such lock, or it is released', release('tom', 'f'.repeat(64))],
    ['GDO1013 this is not an ed25519 public key', note('ada', 'key.enrol', { member: 'ada', key: 'ssh-rsa AAAA', possession: '' })],
    ['GDO1052 there is no such key', note('ada', 'key.revoke', { device: 'f'.repeat(64), reason: 'Lost' })],
    ['GDO1040 to enrol-key is for at least 2 clerks, and `ada` is not', enrol('ada', 'ben', 1)],
    [
      'GDO1040 only `ben` may do this with a key of `ben`: the bylaws declare no action `revoke-key`',
      note('kim', 'key.revoke', { device: deviceOfPerson('ben'), reason: 'Lost' }),
    ],
    ['GDO1002 a report has a subject and the data collaborator, report and perhaps value', report('kim', 'ada', 'arrears')],
    ['GDO1002 a report has a subject and the data collaborator, report and perhaps value', report('kim', '', forge('arrears'), {})],
    ['GDO1002 a report has a subject and the data collaborator, report and perhaps value', report('kim', 'ada', forge('arrears', { hidden: 'yes' }))],
    ['GDO1052 no collaborator `forge` reports "debts"', report('kim', 'ada', forge('debts'))],
    ['GDO1052 no collaborator `bank` reports "arrears"', report('kim', 'ada', { collaborator: 'bank', report: 'arrears' })],
    ['GDO1052 `ghost` is not known in this organization', report('kim', 'ghost', forge('arrears'))],
    ['GDO1002 the value of a report is a whole number in digits', report('kim', 'ada', forge('arrears', { value: '1.5' }))],
    ['GDO1002 the value of a report is a whole number in digits', report('kim', 'ada', forge('arrears', { value: 3 }))],
    ['GDO1040 to report for `forge` is for at least 2 clerks, and `tom` is not', report('tom', 'ada', forge('arrears'))],
  ])('%s', (refusal, one) => {
    expect(said(organization(), day, one)).toEqual([refusal]);
  });
});

describe('a certificate', () => {
  const held = (org: Organization, name: string, member: string): boolean => certificateOf(org.state(), name, member, 30 * day) !== undefined;

  it('is for whoever one of its lines names: by their role and its facts, or by facts that anybody may have', () => {
    const org = organization();
    expect(said(org, 1, issue('tom', 'basics', 'ada'), issue('tom', 'master', 'zoe'))).toEqual(['ok', 'ok']);
    const to = (by: string): readonly Note[] => ['ada', 'ben', 'tom', 'zoe', 'kim'].map((member) => issue(by, 'laser', member));
    const refused = (name: string): string => `GDO1040 \`${name}\` is not among those \`laser\` is issued to`;
    expect(said(org, 2, ...to('una'))).toEqual(['ok', refused('ben'), 'ok', 'ok', refused('kim')]);
    expect(['ada', 'ben', 'tom', 'zoe'].map((member) => held(org, 'laser', member))).toEqual([false, false, false, false]);
    org.epoch(3, ...to('vic'));
    expect(['ada', 'ben', 'tom', 'zoe'].map((member) => held(org, 'laser', member))).toEqual([true, false, true, true]);
  });

  it('is not given where the person is none of those any more when the epoch ends', () => {
    const org = organization();
    const { full } = org.epoch(1, issue('una', 'laser', 'tom'), issue('vic', 'laser', 'tom'), note('tom', 'resign', { role: 'trainer' }));
    expect(full.map((verdict) => verdict.kind)).toEqual(['ok', 'ok', 'ok']);
    expect(held(org, 'laser', 'tom')).toBe(false);
  });

  it('is not given where the bylaws know it no more when the epoch ends (S60)', () => {
    const play = (lapsesOn: string): Organization => {
      const org = found(`${text}protect basics\n  never changed\n  lapses on ${lapsesOn}\nend\n`, people);
      expect(said(org, 4 * day, { ...issue('tom', 'basics', 'ada'), atMs: 4 * day - 1 })).toEqual(['ok']);
      return org;
    };
    expect([play('1970-01-06'), play('1970-01-05')].map((org) => held(org, 'basics', 'ada'))).toEqual([true, false]);
  });

  it('is issued and revoked by others than whom it is about, where the bylaws say `other` (S108)', () => {
    const other = text.replace(
      'certificate basics\n  issued by any trainer\n  revoked by any trainer',
      'certificate basics\n  issued by any other trainer\n  revoked by any other trainer',
    );
    const org = found(other, people);
    const is = (doing: string): string => `GDO1040 to ${doing} \`basics\` is for any other trainer, and \`tom\` is not`;
    expect(said(org, 1, issue('tom', 'basics', 'tom'), issue('una', 'basics', 'tom'))).toEqual([is('issue'), 'ok']);
    expect(said(org, 2, revoke('tom', 'basics', 'tom'), revoke('una', 'basics', 'tom'))).toEqual([is('revoke'), 'ok']);
  });

  it('is revoked by so many who say it of the same certificate and person, and issued by so many likewise', () => {
    const org = organization();
    org.epoch(1, issue('tom', 'basics', 'ada'), issue('tom', 'basics', 'ben'));
    org.epoch(2, ...['ada', 'ben'].flatMap((member) => ['tom', 'una'].map((by) => issue(by, 'laser', member))));
    expect(['ada', 'ben'].map((member) => held(org, 'laser', member))).toEqual([true, true]);
    expect(said(org, 3, revoke('tom', 'laser', 'ada'), revoke('una', 'laser', 'ben'))).toEqual(['ok', 'ok']);
    expect(['ada', 'ben'].map((member) => held(org, 'laser', member))).toEqual([true, true]);
    expect(said(org, 4, revoke('una', 'laser', 'ada'))).toEqual(['ok']);
    expect(['ada', 'ben'].map((member) => held(org, 'laser', member))).toEqual([false, true]);
    expect(said(org, 5, revoke('kim', 'laser', 'ben'))).toEqual(['GDO1040 to revoke `laser` is for at least 2 trainers, and `kim` is not']);
  });

  it('that another person was issued in the epoch, or another one of theirs, is none that could be revoked', () => {
    const org = organization();
    org.epoch(1, issue('tom', 'basics', 'ada'));
    expect(said(org, 2, issue('tom', 'laser', 'ada'), issue('una', 'laser', 'ada'), issue('tom', 'basics', 'zoe'), revoke('vic', 'laser', 'zoe'))).toEqual([
      'ok',
      'ok',
      'ok',
      'GDO1052 `zoe` does not hold `laser`',
    ]);
    expect(said(org, 3, issue('tom', 'basics', 'ben'), revoke('tom', 'basics', 'kim'), revoke('tom', 'diploma', 'ben'))).toEqual([
      'ok',
      'GDO1052 `kim` does not hold `basics`',
      'GDO1052 `ben` does not hold `diploma`',
    ]);
    expect([held(org, 'laser', 'ada'), held(org, 'basics', 'ben'), held(org, 'basics', 'zoe')]).toEqual([true, true, true]);
  });
});

describe('a report', () => {
  it('is of others than whom it is about, where the bylaws say `other` (S108)', () => {
    const org = found(text.replace('collaborator scale kept by any clerk', 'collaborator scale kept by any other clerk'), people);
    const commits = { collaborator: 'scale', report: 'commits', value: '3' };
    expect(said(org, 1, report('kim', 'kim', commits), report('lee', 'kim', commits))).toEqual([
      'GDO1040 to report for `scale` is for any other clerk, and `kim` is not',
      'ok',
    ]);
  });
});

describe('an action that several people do together', () => {
  it('is done with the one who makes them enough, in the same words about the same; and each of them earns what it earns', () => {
    const org = organization();
    const [merit] = org.charter.points;
    if (merit === undefined) throw new Error('there are points');
    const have = (atMs: number): readonly bigint[] => ['tom', 'una', 'vic'].map((member) => pointsOf(org.state(), merit, member, atMs));
    expect(
      said(org, 1, perform('tom', 'open-house', { about: 'ada', text: 'in May' }), perform('una', 'open-house', { about: 'ben', text: 'in May' })),
    ).toEqual(['ok', 'ok']);
    expect(said(org, 2, perform('una', 'open-house', { about: 'ada', text: 'in June' }), perform('vic', 'open-house', { text: 'in May' }))).toEqual([
      'ok',
      'ok',
    ]);
    expect(have(3)).toEqual([0n, 0n, 0n]);
    org.epoch(4, perform('vic', 'open-house', { about: 'ada', text: 'in June' }));
    expect(have(5)).toEqual([0n, 9n, 9n]);
  });

  it('is not about the same where other people are named together', () => {
    const org = organization();
    const [merit] = org.charter.points;
    if (merit === undefined) throw new Error('there are points');
    org.epoch(1, perform('tom', 'open-house', { about: ['a', 'da'] }), perform('una', 'open-house', { about: ['ad', 'a'] }));
    expect(pointsOf(org.state(), merit, 'una', 2)).toBe(0n);
    org.epoch(2, perform('una', 'open-house', { about: ['a', 'da'] }));
    expect(pointsOf(org.state(), merit, 'una', 3)).toBe(9n);
  });

  it('is none where a duty alone asks for it: whoever does one of several duties of that verb may do it', () => {
    expect(said(organization(), 1, perform('tom', 'report', { text: 'minutes' }), perform('kim', 'report', { text: 'summary' }))).toEqual(['ok', 'ok']);
  });

  it('earns nothing beyond a limit, and stands all the same (S62)', () => {
    const org = found(text.replace('  earned 9 by', '  limit 5 merit per person per 30 days\n  earned 9 by'), people);
    const [merit] = org.charter.points;
    if (merit === undefined) throw new Error('there are points');
    expect(said(org, 1, perform('tom', 'teach'))).toEqual(['ok']);
    expect(said(org, 2, perform('tom', 'teach'))).toEqual(['ok']);
    expect(said(org, 3, perform('tom', 'teach'))).toEqual(['ok']);
    expect([pointsOf(org.state(), merit, 'tom', 3), ...said(org, 4, perform('una', 'teach'))]).toEqual([4n, 'ok']);
  });

  it('earns points for that act alone, of the lines that name whoever did it', () => {
    const org = organization();
    const [merit] = org.charter.points;
    if (merit === undefined) throw new Error('there are points');
    org.epoch(1, perform('tom', 'teach'));
    expect(['tom', 'ada'].map((member) => pointsOf(org.state(), merit, member, 2))).toEqual([2n, 0n]);
  });
});
