// Bylaws of before GDO334 that except `the person` or `the electorate`: nobody is taken out, by engine and reference alike (S8, S9, S47, docs/decisions/0185).
import { describe, it } from 'vitest';
import { found } from './differential/found.ts';

const opening = `gdo 1
organization "O"
end
role member plural members
  held by 1 to 9 people
  first held by "ada", "ben", "chi"
end
`;

describe.each(['person', 'electorate'])('an exception of the %s takes out nobody', (name) => {
  it('of a vote, of the roster of a quorum, and of who decides its tie', () => {
    const text = `${opening}process motion
  started by any member
  vote motion-first
    voters members except the ${name}
    open for 2 days
    quorum at least 2/3 of members voting
    passes when at least 1/2 of votes cast are yes
    tie decided by any member then fails
    when passed go to accepted
    otherwise go to refused
  end
end
stream:
  +0 min ada propose {"process":"motion"}
  +60 min ada ballot case 1 {"stage":1,"choice":"yes"}
  +60 min ben ballot case 1 {"stage":1,"choice":"no"}`;
    found(text, { each: ['ok', 'ok', 'ok'] });
    found(`${text}\n  +3000 min chi act case 1 {"stage":1,"verb":"declare","about":"passed"}`, { last: 'ok', state: [] });
  });

  it('of a draw', () => {
    found(
      `${opening}process motion
  started by any member
  draw motion-first
    picks 3 members except the ${name}
    when drawn go to motion-second
    otherwise go to refused
  end
  step motion-second
    when all motion-first approve go to accepted
    after 5 days go to refused
  end
end
stream:
  +0 min ada propose {"process":"motion"}
  +60 min ben act case 1 {"stage":2,"verb":"approve"}
  +60 min chi act case 1 {"stage":2,"verb":"approve"}
  +60 min ada act case 1 {"stage":2,"verb":"approve"}`,
      { each: ['ok', 'ok', 'ok', 'ok'] },
    );
  });
});
