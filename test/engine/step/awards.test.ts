// Who earns points, and which awards a limit counts together (S64, S108, S115, decision 0169).
import { describe, expect, it } from 'vitest';
import { pointsOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

const bylaws = (points: string, effects: string, more = ''): string => `gdo 1
organization "Awards"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
end
points stars plural stars
${points}end
process job
  started by any member
  step work
    concerns by any member resolved by any member
    when 2 members approve go to done
    after 9 days go to refused
  end
  outcome done
${effects}  end
end
process errand
  started by any member
  step work
    when 2 members approve go to done
    after 9 days go to refused
  end
  outcome done accepts
end
${more}`;

function founded(text: string): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: people, chair: ['ben', 'zoe'] }, { content: [] });
}

const starsOf = (org: Organization, atMs: number, who: readonly string[] = [...people, 'zoe']): readonly number[] => {
  const [points] = org.charter.points;
  return points === undefined ? [] : who.map((member) => Number(pointsOf(org.state(), points, member, atMs)));
};

/** A case of a process that two members approve; what was told of it with a code. */
function done(
  org: Organization,
  atMs: number,
  process: string,
  by: string,
  candidate: string,
  approving: readonly string[] = ['ada', 'ben'],
): readonly string[] {
  const { propose, act } = notesFor(org);
  expect(org.epoch(atMs, propose(by, process, { candidate })).verdicts).toEqual(['ok']);
  let number = 1;
  for (;;) {
    if (org.view(number).status === 'open') break;
    number += 1;
  }
  const { notices } = org.epoch(atMs + hour, ...approving.map((member) => act(member, number, 'approve')));
  return notices.flatMap(({ code, reason }) => (code === undefined ? [] : [reason]));
}

describe('points are earned', () => {
  it('by those who acted and hold the role, without the starters where others are meant, and in no other process', () => {
    const effects = '    award 100 stars to the candidate\n';
    const earned = (by: string): readonly number[] => {
      const org = founded(bylaws(`  earned 7 by ${by} for job.done\n`, effects));
      done(org, 0, 'job', 'ada', 'chi');
      done(org, day, 'errand', 'ada', 'chi');
      return starsOf(org, 2 * day);
    };
    expect(earned('any member')).toEqual([7, 7, 100, 0, 0]);
    expect(earned('any other member')).toEqual([0, 7, 100, 0, 0]);
    expect(earned('any person')).toEqual([7, 7, 100, 0, 0]);
    expect(earned('any other person')).toEqual([0, 7, 100, 0, 0]);
    expect(earned('any chair')).toEqual([0, 7, 100, 0, 0]);
    expect(earned('the author')).toEqual([7, 0, 100, 0, 0]);
    expect(earned('the candidate')).toEqual([0, 0, 107, 0, 0]);
  });
});

describe('a limit of points counts together', () => {
  // ada gives chi 10 twice, then dev; ben gives chi, then dev; a month later ada gives chi once more.
  const given = (limit: string): readonly number[] => {
    const org = founded(bylaws(`  earned 1 by any chair for job.refused\n  ${limit}\n`, '    award 10 stars to the candidate\n'));
    const refused = [
      ['ada', 'chi', 0],
      ['ada', 'chi', 1],
      ['ada', 'dev', 2],
      ['ben', 'chi', 3],
      ['ben', 'dev', 4],
      ['ada', 'chi', 31],
    ].map(([by, to, onDay]) => done(org, Number(onDay) * day, 'job', String(by), String(to)).length);
    return [...refused, ...starsOf(org, 40 * day, ['chi', 'dev'])];
  };

  it.each<readonly [limit: string, refused: readonly number[], chi: number, dev: number]>([
    ['limit 60 stars', [0, 0, 0, 0, 0, 0], 40, 20],
    ['limit 10 stars', [0, 1, 1, 1, 1, 1], 10, 0],
    ['limit 19 stars per 30 days', [0, 1, 1, 1, 1, 0], 20, 0],
    ['limit 10 stars per candidate', [0, 1, 0, 1, 1, 1], 10, 10],
    ['limit 10 stars per person', [0, 1, 0, 1, 1, 1], 10, 10],
    ['limit 10 stars per author', [0, 1, 1, 0, 1, 1], 20, 0],
    ['limit 10 stars per author per candidate', [0, 1, 0, 0, 0, 1], 20, 20],
    ['limit 10 stars per author per candidate per 30 days', [0, 1, 0, 0, 0, 0], 30, 20],
    ['limit 20 stars per candidate\n  limit 10 stars per author per candidate', [0, 1, 0, 0, 0, 1], 20, 20],
  ])('what it says: %s', (limit, refused, chi, dev) => {
    expect(given(limit)).toEqual([...refused, chi, dev]);
  });

  it('and of authors nothing that no author gave', () => {
    const stipend =
      'process stipend\n  starts every 10 days from 1970-01-02\n  step wait\n    after 1 hour go to paid\n  end\n  outcome paid\n    award 10 stars to the chair\n  end\nend\n';
    const paid = (limit: string): readonly number[] => {
      const org = founded(bylaws(`  earned 1 by any chair for job.refused\n  ${limit}\n`, '    award 1 stars to the candidate\n', stipend));
      for (const onDay of [1, 11, 21]) {
        org.epoch(onDay * day);
        org.epoch(onDay * day + hour);
      }
      return starsOf(org, 30 * day, ['ben', 'zoe']);
    };
    expect(paid('limit 10 stars per author')).toEqual([30, 30]);
    expect(paid('limit 10 stars per author per person')).toEqual([30, 30]);
    expect(paid('limit 10 stars per person')).toEqual([10, 10]);
    expect(paid('limit 10 stars')).toEqual([10, 0]);
  });

  it('only what it says, or it is told that it is not kept', () => {
    const kept = (limit: string): boolean =>
      unsupported(compile(bylaws(`  earned 1 by any chair for job.refused\n  ${limit}\n`, '    award 1 stars to the candidate\n')).charter).length === 0;
    expect(['limit 10 stars', 'limit 10 stars per author per 30 days', 'limit 10 stars per person'].map(kept)).toEqual([true, true, true]);
    expect(
      [
        'limit 1/2 of stars',
        'limit 10 stars in a row',
        'limit 10 stars per chair',
        'limit 10 stars otherwise start job',
        'limit 10 stars unless waived through job',
        'limit 10 cases',
      ].map(kept),
    ).toEqual(Array(6).fill(false));
  });
});

describe('points that a case gave', () => {
  it('are taken back with its decision, and those of other cases stay (S66)', () => {
    const appeal =
      'process appeal\n  started by any member\n  step talk\n    when 2 members approve go to upheld\n    after 9 days go to refused\n  end\n  outcome upheld\n    reverse the decision\n  end\nend\n';
    const org = founded(bylaws('  earned 1 by any chair for job.refused\n', '    award 10 stars to the candidate\n', appeal));
    done(org, 0, 'job', 'ada', 'chi');
    done(org, day, 'job', 'ada', 'chi');
    expect(starsOf(org, 2 * day, ['chi'])).toEqual([20]);
    const { propose, act } = notesFor(org);
    org.epoch(2 * day, propose('ada', 'appeal', { decision: org.view(1).id }));
    org.epoch(3 * day, act('ada', 3, 'approve'), act('ben', 3, 'approve'));
    expect(starsOf(org, 3 * day, ['chi'])).toEqual([10]);
  });

  it('are given to people alone: an option that wins earns nothing, and that is told (S108)', () => {
    const vote = `process colors
  started by any member
  vote color
    voters members
    choices red, green
    counted by plurality with equal ranks refused
    open for 1 day
    tie lot
    when won go to chosen
    otherwise go to refused
  end
  outcome chosen
    award 2 stars to the winners
    award 1 stars to the author
  end
end
`;
    const org = founded(bylaws('', '    award 1 stars to the candidate\n', vote));
    org.epoch(0, notesFor(org).propose('ada', 'colors'));
    expect(org.epoch(hour, notesFor(org).ballot('ben', 1, [['green']])).verdicts).toEqual(['ok']);
    const { notices } = org.epoch(day);
    expect(notices.map(({ reason }) => reason)).toContain('Not awarded: `green` is not known in this organization');
    expect(starsOf(org, day, ['ada', 'green'])).toEqual([1, 0]);
  });
});
