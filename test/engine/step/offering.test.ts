// Adding options, sponsoring them and taking that back: what each act is told (S117, S121).
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay'];

const bylaws = (step: string): string => `gdo 1
organization "Options"
end
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 1 to 3 people
end
process motion
  started by any member
  step talk
${step}    after 5 days go to ballot
  end
  vote ballot
    voters members
    choices the options
    default nothing
    counted by condorcet-schulze with winning votes, unranked last, equal ranks allowed
    open for 5 days
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`;
const supported = '    options by any member supported by 2 other members\n';

function opened(step: string): Organization {
  const text = bylaws(step);
  expect(unsupported(compile(text).charter)).toEqual([]);
  const org = found(text, { member: people, clerk: ['tia'] }, { content: [] });
  org.epoch(0, notesFor(org).propose('ada', 'motion'));
  return org;
}

const said = ({ full }: Epoch): readonly string[] => full.map((one) => (one.kind === 'ok' ? 'ok' : `${one.code} ${one.reason}`));
const listed = (org: Organization): readonly string[] => {
  org.epoch(5 * day);
  return org.view(1).tallies[0]?.counts.map(([name]) => name) ?? [];
};

describe('options (S121)', () => {
  it('have one new name and content of their own, or the first name that is free', () => {
    const org = opened('    options by any member\n');
    const { act } = notesFor(org);
    const add = (by: string, body: Note['body']): Note => act(by, 1, 'add', body);
    const text = 'Paint it';
    expect(
      said(
        org.epoch(
          hour,
          add('ben', { about: 'red', text: '' }),
          add('ben', { about: 'red', text: ' \n ' }),
          add('ben', { about: 'red' }),
          add('tia', { about: 'red', text }),
          add('ben', { about: ['red', 'blue'], text }),
          add('ben', { about: 'nothing', text }),
          add('ben', { about: 'abstain', text }),
          add('ben', { about: 'option-3', text }),
          add('ben', { text }),
          add('ben', { text }),
          add('chi', { about: 'option-3', text }),
        ),
      ),
    ).toEqual([
      'GDO1052 an option has content of its own',
      'GDO1052 an option has content of its own',
      'GDO1052 an option has content of its own',
      'GDO1040 options are added by any member',
      'GDO1052 `red` is not a new name for an option',
      'GDO1052 `nothing` is not a new name for an option',
      'GDO1052 `abstain` is not a new name for an option',
      'ok',
      // Two stand beside one another, so the third is next; its name is taken.
      'ok',
      'ok',
      'GDO1052 `option-3` is not a new name for an option',
    ]);
    const names = listed(org);
    expect(names.filter((name) => name.startsWith('option-')).toSorted()).toEqual(['option-3', 'option-4', 'option-5']);
  });

  it('are at most 64 beside the content of the case', () => {
    const org = opened('    options by any member\n');
    const { act } = notesFor(org);
    const adding = Array.from({ length: 64 }, (_, index) => act(people[index % 6] ?? '', 1, 'add', { about: `o-${index}`, text: 'Words' }));
    expect(new Set(org.epoch(hour, ...adding).verdicts)).toEqual(new Set(['ok']));
    expect(said(org.epoch(2 * hour, act('ada', 1, 'add', { about: 'one-more', text: 'Words' })))).toEqual([
      'GDO1052 a case has at most 64 options beside its own content',
    ]);
  });

  it('are supported by those whom the step names, by name, while they stand', () => {
    const org = opened(supported);
    const { act } = notesFor(org);
    const endorse = (by: string, ...about: readonly string[]): Note => act(by, 1, 'endorse', about.length === 0 ? {} : { about: [...about] });
    org.epoch(hour, act('ben', 1, 'add', { about: 'red', text: 'Red' }), act('chi', 1, 'add', { about: 'blue', text: 'Blue' }));
    expect(
      said(
        org.epoch(
          2 * hour,
          endorse('dev', 'green'),
          endorse('dev', 'red', 'green'),
          endorse('tia', 'red'),
          endorse('dev', 'red', 'blue'),
          endorse('eve', 'red'),
          endorse('eve', 'blue'),
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^GDO1052 the options are [a-z-]+, red, blue$/),
      expect.stringMatching(/^GDO1052 the options are [a-z-]+, red, blue$/),
      'GDO1040 an option is supported by at least 2 other members',
      'ok',
      'ok',
      'ok',
    ]);
    expect(org.epoch(3 * hour, act('chi', 1, 'withdraw', { about: 'blue' })).verdicts).toEqual(['ok']);
    expect(said(org.epoch(4 * hour, endorse('fay', 'blue')))).toEqual([expect.stringMatching(/^GDO1052 the options are [a-z-]+, red$/)]);
    // Whoever names another's option takes back no more than support of their own.
    org.epoch(5 * hour, act('chi', 1, 'withdraw', { about: 'red' }));
    const names = listed(org);
    expect([names.includes('red'), names.includes('blue')]).toEqual([true, false]);
  });

  it('need no support where the step asks for none, and say so', () => {
    const org = opened('    options by any member\n');
    const { act } = notesFor(org);
    org.epoch(hour, act('ben', 1, 'add', { about: 'red', text: 'Red' }));
    expect(said(org.epoch(2 * hour, act('chi', 1, 'endorse', { about: 'red' })))).toEqual(['GDO1052 options need no support here']);
    expect(listed(org)).toContain('red');
  });
});
