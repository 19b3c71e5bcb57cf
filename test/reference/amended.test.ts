// What engine and reference say alike of bounds of amounts, of bylaws that come back, of edits, and of what several officers do together, each read from the
// records (docs/decisions/0055, 0060, 0061, 0205).
import { describe, it } from 'vitest';
import { sha256Hex, utf8Encode } from '../../engine/index.ts';
import { found } from './differential/found.ts';
import { checkpointName } from './differential/stream.ts';

const opening = 'gdo 1\norganization "O"\nend\narea rules covers "bylaws/**"\narea work covers "work/*"\n';
const members =
  'role member plural members\n  held by anyone\n  first held by "ada", "ben", "chi", "dev"\n  gained through motion\n  lost through resignation\nend\n';

/** The founder attests the first change of the bylaws. */
const attestation = `{"candidate":"bec819026fc828b101097375376f69aff4dca51c9aef89d0ba191d9bdfb4687f","dapp":{"engine":"${'0'.repeat(64)}","image":"x","manifest":"${'0'.repeat(64)}","name":"gdo-check","platform":"x"},"output":"${'0'.repeat(64)}","reads":"bec819026fc828b101097375376f69aff4dca51c9aef89d0ba191d9bdfb4687f","verdict":"accept"}`;

describe('bounds of amounts (S60)', () => {
  const vote = (lines: string): string => `process motion
  governs rules
  started by any person
  vote motion-first
    voters members
    open for 2 days
${lines}
    when passed go to accepted
    otherwise go to refused
  end
end
`;
  const proposed = (bounds: string, lines: string, by: number): string =>
    `${opening}${members}protect motion\n  bounds motion.motion-first.${bounds}\nend\n${vote(lines)}stream:\n  +60 min ada propose {"process":"motion"} bylaws/rules.gdo 100644:00>100644:01 adopts ${by}`;
  const [comparison, third, fewer, little] = [1, 8, 9, 10];
  const quorum = '    quorum at least 1/2 of members voting\n    passes when at least 1/2 of votes cast are yes and turnout at least 1/4 of members';

  it.each<readonly [bounds: string, lines: string, by: number, answer: string]>([
    ['passes from 1/4 to 2/3', quorum, comparison, 'ok'],
    ['passes from 1/4 to 2/3', quorum, third, 'ok'],
    ['passes from 2/5 to 2/3', quorum, third, 'GDO2004'],
    ['passes from 1/4 to 2/3', quorum, fewer, 'GDO2004'],
    ['passes from 1/4 to 2/3', quorum, little, 'ok'],
    ['quorum from 1/4 to 2/3', quorum, third, 'ok'],
    ['quorum from 2/5 to 2/3', quorum, third, 'GDO2004'],
    ['quorum from 1/4 to 2/3', quorum, little, 'GDO2004'],
    ['quorum from 1/4 to 2/3', quorum, fewer, 'ok'],
    ['quorum from 1 to 3', quorum, third, 'GDO2004'],
    ['quorum from 1/4 to 2/3', `    second call after 1 day quorum at least 2/3 of members voting\n${quorum}`, third, 'ok'],
    ['quorum from 1/4 to 2/3', `    second call after 1 day quorum at least 2/3 of members voting\n${quorum}`, little, 'GDO2004'],
    ['quorum from 2/5 to 2/3', `    second call after 1 day without quorum\n${quorum}`, comparison, 'ok'],
  ])('%s, where the lines are %j and the change is %i: %s', (bounds, lines, by, last) => {
    found(proposed(bounds, lines, by), { last });
  });
});

describe('bylaws that a decision brought (S66)', () => {
  const bylaws = (protection: string): string => `${opening}${members}${protection}process change
  governs rules
  started by any member
  outcome change-done
    accept the merge
  end
end
process appeal
  started by any member
  outcome appeal-done
    reverse the decision
  end
end
process motion
  started by any member
  step motion-first
    after 3 hours go to motion-done
  end
  outcome motion-done
    grant member to the candidate
  end
end
`;
  const stream = `stream:
  +1 min ada propose {"process":"change"} bylaws/rules.gdo 100644:00>100644:01 adopts 0
  +2 min ada attest case 1 ${attestation}
  +3 min ben propose {"process":"appeal"} about the decision of 1`;

  it.each([
    ['', '00'],
    ['protect motion\n  changed through change\nend\n', '01'],
    ['protect member.held\n  never changed\nend\n', '00'],
  ])('go with it where nothing protects the new ones from whoever takes it back: %j', (protection, left) => {
    found(`${bylaws(protection)}${stream}`, { state: [`bylaws/rules.gdo: 100644:${left}`] });
  });
});

describe('the first bylaws that give a right (decision 0176)', () => {
  /** Ben uses the door by the checkpoint of a line. */
  const used = (height: number, minutes: number, reason: string): string =>
    `  +1302 min ada fact ${JSON.stringify({ type: 'right.used', subject: 'ben', data: { thing: 'doors/front', checkpoint: sha256Hex(utf8Encode(checkpointName(height))), offset: 0, reason } })} at +${minutes} min\n`;

  it('give none by the last checkpoint before them', () => {
    // What took all rights away is forgotten by the time at which it is taken back.
    found(
      `gdo 1
organization "O"
  stale after 4 hours
end
area rules covers "bylaws/**"
${members}right entry
  covers "doors/**"
  held by members
  offline for at most 4 hours
end
process change
  governs rules
  started by any member
  outcome change-done
    accept the merge
  end
end
process appeal
  started by any member
  outcome appeal-done
    reverse the decision
  end
end
process motion
  started by any member
  outcome motion-done
    grant member to the candidate
  end
end
stream:
  +1 min ada propose {"process":"change"} bylaws/rules.gdo 100644:00>100644:01 adopts 19
  +2 min ada attest case 1 ${attestation}
  +1000 min ada propose {"process":"motion","candidate":"ada"}
  +1100 min ada propose {"process":"motion","candidate":"ada"}
  +1200 min ada propose {"process":"motion","candidate":"ada"}
  +1300 min ben propose {"process":"appeal"} about the decision of 1
  +1301 min ada propose {"process":"motion","candidate":"ada"}
${used(5, 1200, 'allowed')}${used(5, 1200, 'unknown-thing')}${used(4, 1100, 'unknown-thing')}${used(6, 1300, 'allowed')}`,
      { each: ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'GDO1056', 'ok', 'GDO1023', 'ok'] },
    );
  });
});

describe('an edit of the files of a case (decision 0205)', () => {
  it('is asked of the windows that shut its start', () => {
    found(
      `${opening}${members}process choose
  governs work
  started by any member
  outcome choose-done
    accept the merge
  end
end
process motion
  governs work
  started by any member not within 3 days of choose.choose-done
  on edit restart
  step motion-first
    after 30 days go to refused
  end
end
stream:
  +1 min ada propose {"process":"choose"} work/a 100644:00>100644:01
  +2 min ada propose {"process":"motion"} work/b 100644:00>100644:02
  +3 min ada act case 2 {"stage":1,"verb":"edit"} work/a 100644:01>100644:02
  +4 min ada act case 2 {"stage":1,"verb":"edit"} work/b 100644:00>100644:03
  +5 min ada propose {"process":"choose"} work/b 100644:00>100644:04
  +6 min ada act case 2 {"stage":2,"verb":"edit"} work/b 100644:04>100644:05
  +4321 min ada act case 2 {"stage":3,"verb":"edit"} work/a 100644:01>100644:02`,
      { each: ['ok', 'ok', 'GDO1040', 'ok', 'ok', 'ok', 'ok'] },
    );
  });
});

describe('what several officers do together (decision 0055)', () => {
  const stream = (certificate: string): string => `${opening}${members}action publish by 2 members
points merit plural merits
  earned 3 by any member for publish
end
certificate badge plural badges
  issued by 2 members
  revoked by 2 members
  lasts 1 day
end
process motion
  started by any member
  outcome motion-done
    grant badge to the candidate
  end
end
stream:
${certificate}`;

  it('is done by each of them', () => {
    found(
      stream(`  +1 min ada perform {"verb":"publish"}
  +2 min ben perform {"verb":"publish"}
  +3 min chi perform {"verb":"publish"}`),
      { state: ['ada has 3 merit', 'ben has 3 merit', 'chi has 0 merit'] },
    );
  });

  it('is about no later certificate', () => {
    const issued = (minute: number): string =>
      `  +${minute} min ada issue {"certificate":"badge","member":"dev"}\n  +${minute} min ben issue {"certificate":"badge","member":"dev"}`;
    const revokes = (minute: number, person: string): string => `  +${minute} min ${person} revoke {"certificate":"badge","member":"dev"}`;
    const first = Date.UTC(2027, 0, 31, 10);
    const held = (minute: number): string => `badge: dev since ${first + minute * 60_000} until ${first + (minute + 1_440) * 60_000}`;
    found(stream([issued(1), revokes(2, 'ada'), issued(2_000), revokes(2_001, 'ben')].join('\n')), { state: [held(2_000)] });
    found(stream([issued(1), revokes(2, 'ada'), '  +3 min chi propose {"process":"motion","candidate":"dev"}', revokes(4, 'ben')].join('\n')), {
      state: [held(3)],
    });
    found(stream([issued(1), revokes(2, 'ada'), revokes(3, 'ben')].join('\n')), { absent: held(1) });
  });
});
