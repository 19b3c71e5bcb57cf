// The ids of cases that nobody proposes, worked out from what docs/decisions/0209 says: whoever draws a lot in one again needs them (S38, S47, S109).
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { currentOf } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Ids"
end
attribute employer certified by any member
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through filling
  lost through resignation
  vacancy filled through filling within 2 days
  limit 1 chairs per employer otherwise start filling
end
process motion
  started by any member
  step talk
    when any member approves go to done
    after 30 days go to refused
  end
  outcome done
    start echo
  end
end
process echo
  starts after motion.talk
  starts when fewer than 2 people hold chair
  step wait
    after 90 days go to refused
  end
end
process filling
  starts every 20 days from 1970-01-21
  step wait
    after 90 days go to filled
  end
  outcome filled
    grant the proposed role to the candidate
  end
end
duty answer
  owed by any member
  within 3 days of motion.talk
  done when any member reports "answered"
  otherwise start echo
end
duty report
  owed by any member
  every 10 days from 1970-01-01
  done when any member reports "reported"
  otherwise start echo
end
`;

function idOf(org: Organization, process: string, what: string, atMs: number): string {
  const list = `["${currentOf(org.state()).bylaws}","${process}","${what}",${atMs}]`;
  return createHash('sha256').update(`gdo-rule-case-v1\0${list}`).digest('hex');
}

const ids = (org: Organization): readonly string[] => Array.from({ length: currentOf(org.state()).cases }, (_, index) => org.view(index + 1).id);

function organization(): Organization {
  return found(bylaws, { member: ['ada', 'ben'], chair: ['cy', 'dee'] });
}

describe('the id of a case that nobody proposed says why it began', () => {
  it('after a stage, by an outcome and by a duty of a case', () => {
    const org = organization();
    org.epoch(hour, notesFor(org).propose('ada', 'motion'));
    const [motion = ''] = ids(org);
    expect(ids(org)).toEqual([motion, idOf(org, 'echo', `after 0 ${motion} 1 talk`, hour)]);
    org.epoch(2 * hour, notesFor(org).act('ada', 1, 'approve'));
    expect(ids(org).slice(2)).toEqual([idOf(org, 'echo', `effect ${motion} 1 >`, 2 * hour)]);
    org.epoch(4 * day);
    expect(ids(org).slice(3)).toEqual([idOf(org, 'echo', `duty answer ${3 * day + hour} ${motion}`, 4 * day)]);
  });

  it('when a role is short, where a seat stays empty, by the calendar and by a duty of it', () => {
    const org = organization();
    org.epoch(hour, { by: 'cy', kind: 'resign', body: { role: 'chair' } });
    expect(ids(org)).toEqual([idOf(org, 'echo', 'when 1', hour)]);
    org.epoch(2 * day + hour);
    expect(ids(org).slice(1)).toEqual([idOf(org, 'filling', 'vacancy chair', 2 * day + hour)]);
    org.epoch(11 * day);
    expect(ids(org).slice(2)).toEqual([idOf(org, 'echo', `duty report ${10 * day} `, 11 * day)]);
    org.epoch(20 * day);
    expect(ids(org).slice(3)).toEqual([idOf(org, 'filling', 'every 0 chair', 20 * day), idOf(org, 'echo', `duty report ${20 * day} `, 20 * day)]);
  });
});
