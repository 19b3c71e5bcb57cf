// `strike the subject from P` (S121): which cases of P it is for, who is struck, and what is said of it.
import { describe, expect, it } from 'vitest';
import { holdersOf, openRequirements, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = `gdo 1
organization "Striking"
end
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through election or change
end
area work covers "work/**"
dapp checker
  image "sha256:${'a'.repeat(64)}"
  checks work
end
process election
  started by any member
  step nominating
    nominations of members
    after 7 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 chair
    open for 7 days
    tie fails
    when elected go to seated
    when empty go to nobody
    otherwise go to refused
  end
  outcome seated
    grant chair to the winners
  end
  outcome nobody refuses
end
process change
  governs work
  started by any member
  step talk
    when any member approves go to adopted
    after 30 days go to refused
  end
  outcome adopted
    accept the merge within 90 days
    grant chair to the candidate
  end
end
process unfit
  started by any member
  step talk
    when 2 members approve go to struck
    after 90 days go to refused
  end
  outcome struck
    strike the candidate from election
    strike the candidate from change
  end
end
process nothing
  started by any member
  step talk
    after 1 day go to struck
  end
  outcome struck
    strike the winners from election
  end
end
`;

function founded(text = bylaws): Organization {
  return found(text, { member: people }, { content: [['work/a', '100644:aa']] });
}

/** Two members carry the case with this number; what is said of the elections and changes by it. */
function struck(org: Organization, atMs: number, number: number): readonly string[] {
  const { act } = notesFor(org);
  const { notices } = org.epoch(atMs, act('ana', number, 'approve'), act('dee', number, 'approve'));
  expect(org.view(number).outcome).toBe('struck');
  return notices.filter(({ kind }) => kind === 'waiting').map((notice) => `${notice.number} ${notice.reason}`);
}

const nominated = (org: Organization, number: number): readonly string[] | undefined => readCase(org.state(), org.view(number).id)?.nominees;
const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

describe('`strike the candidate from election` (S121)', () => {
  /** Two elections with the same people, and cases that strike some of them. */
  const opened = (...unfit: readonly (readonly string[])[]): Organization => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(
      0,
      propose('ana', 'election'),
      propose('bo', 'election'),
      ...unfit.map((candidate): Note => propose('ana', 'unfit', { candidate: [...candidate] })),
    );
    org.epoch(hour, ...[1, 2].flatMap((number) => ['bo', 'cy', 'eve'].map((member) => act(member, number, 'nominate'))));
    org.epoch(7 * day);
    return org;
  };

  it('is for every case of the process that is open, and each is told of it once', () => {
    const org = opened(['bo', 'fay'], ['fay', 'cy'], ['bo', 'cy']);
    expect(nominated(org, 1)).toEqual(['bo', 'cy', 'eve']);
    expect(struck(org, 8 * day, 3)).toEqual(['1 struck from `election`: `bo`, `fay`', '2 struck from `election`: `bo`, `fay`']);
    expect([nominated(org, 1), nominated(org, 2)]).toEqual([
      ['cy', 'eve'],
      ['cy', 'eve'],
    ]);
    // Of two people one was struck before.
    expect(struck(org, 9 * day, 4)).toEqual(['1 struck from `election`: `fay`, `cy`', '2 struck from `election`: `fay`, `cy`']);
    expect(nominated(org, 2)).toEqual(['eve']);
    expect(struck(org, 10 * day, 5)).toEqual([]);
  });

  it('leaves a ballot of which everybody was struck without anybody to vote on (S132)', () => {
    const org = opened(['bo', 'cy', 'eve']);
    expect(org.epoch(8 * day, notesFor(org).ballot('fay', 1, ['bo', 'cy'])).verdicts).toEqual(['ok']);
    struck(org, 9 * day, 3);
    org.epoch(14 * day);
    expect(org.view(1)).toMatchObject({ result: 'empty', outcome: 'nobody' });
  });

  it('lets nobody win a tie that waits, by whom it is decided or by lot', () => {
    const three = ['bo', 'cy', 'eve'];
    const elected = (unfit: readonly string[], isDecided: boolean): readonly string[] => {
      const org = founded(bylaws.replace('tie fails', 'tie decided by any member then lot'));
      const { propose, act, ballot } = notesFor(org);
      org.epoch(0, propose('ana', 'election'), propose('ana', 'unfit', { candidate: [...unfit] }));
      org.epoch(hour, ...three.map((member) => act(member, 1, 'nominate')));
      org.epoch(7 * day);
      org.epoch(8 * day, ...three.map((member) => ballot(member, 1, [member])));
      org.epoch(14 * day);
      expect(org.view(1).acts.map(({ verb }) => verb)).toEqual(['declare']);
      struck(org, 15 * day, 2);
      if (isDecided) org.epoch(16 * day, act('fay', 1, 'declare', { about: three.filter((member) => !unfit.includes(member)) }));
      org.epoch(21 * day);
      org.epoch(22 * day);
      return chairs(org);
    };
    expect([elected(['fay'], true), elected(['bo'], true)]).toEqual([['bo'], ['cy']]);
    for (const left of three)
      expect([
        left,
        elected(
          three.filter((member) => member !== left),
          false,
        ),
      ]).toEqual([left, [left]]);
  });

  it('is nothing to an election that is over: whoever won it holds what they won', () => {
    const org = opened(['bo', 'cy']);
    const { ballot } = notesFor(org);
    org.epoch(8 * day, ballot('fay', 1, ['bo']), ballot('ana', 2, ['bo']));
    org.epoch(14 * day);
    expect([org.view(1).outcome, org.view(2).outcome, chairs(org)]).toEqual(['seated', 'seated', ['bo']]);
    expect(struck(org, 15 * day, 3)).toEqual([]);
    expect([nominated(org, 1), readCase(org.state(), org.view(1).id)?.struck]).toEqual([['bo', 'cy', 'eve'], undefined]);
  });

  it('is nothing to a case that is accepted and waits for its merge', () => {
    const org = founded();
    const { propose, proposeChange, act, attest } = notesFor(org);
    const change = [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }];
    org.epoch(0, proposeChange('ana', 'change', change, { candidate: 'bo' }), propose('ana', 'unfit', { candidate: ['bo'] }));
    org.epoch(hour, act('cy', 1, 'approve'));
    expect(org.view(1).status).toBe('waiting');
    expect(struck(org, day, 2)).toEqual([]);
    const [open] = openRequirements(org.state());
    org.epoch(2 * day, attest('ana', 1, 'checker', open?.candidate ?? ''));
    expect([org.view(1).status, chairs(org)]).toEqual(['merged', ['bo']]);
  });

  it('strikes nobody where the case is about nobody, and says nothing', () => {
    const org = founded();
    const { propose } = notesFor(org);
    org.epoch(0, propose('ana', 'election'), propose('ana', 'nothing'));
    const { notices } = org.epoch(day);
    expect(notices.map(({ reason }) => reason)).toEqual(['`nothing` reached `struck`']);
  });
});
