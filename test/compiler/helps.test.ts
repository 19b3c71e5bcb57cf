// What a finding advises is of the very text it is about: taken as it is written, it can be read, and it mends what was found.
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import { codesOf, parsed } from './bylaws-text.ts';

const frame = (roles: string, processes: string): string => `gdo 1
organization "O"
end
area bylaws covers "bylaws/**"
role member plural members
  held by 3 to 20 people
  first held by "ana", "bo", "cy"
  gained through joining
  lost through resignation
  while short only joining
end
${roles}process joining
  started by any person
  step asked
    when 1 member endorses go to in
    after 30 days go to refused
  end
  outcome in
    grant member to the candidate
  end
end
${processes}process amendment
  governs bylaws
  started by any member
  on edit refuse
  vote ballot
    voters members
    open for 7 days
    extends by 2 days when swung in the last 2 days at most 3 times
    quorum more than 1/2 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

/** The help of the one finding of a code. */
function helpOf(text: string, code: string): string {
  const compiled = compileBylaws([parsed(text)]);
  const helps = [...compiled.diagnostics, ...checkBylaws(compiled)].flatMap((found) => (found.code === code ? [found.help ?? ''] : []));
  expect(helps).toHaveLength(1);
  return helps[0] ?? '';
}

/** The line that a help proposes behind its two spaces. */
const line = (help: string): string => help.split(':  ')[1]?.split(';  ')[0] ?? '';

describe('what a finding advises', () => {
  it('GDO035: a limit that is not carried out names those that are, in words of these bylaws', () => {
    const proxies = (limit: string): string => frame(`delegation proxy by member\n  ${limit}\nend\n`, '');
    const help = helpOf(proxies('limit 2 members per member'), 'GDO035');
    expect(line(help)).toBe('limit 3 members per delegate');
    expect(codesOf(proxies(line(help)))).not.toContain('GDO035');
  });

  it.each([
    [
      'role',
      'role chair plural chairs\n  held by 1 person\n  first held by "ana"\n  term 1 year\n  gained through joining\n  lost through resignation\n  LIMIT\nend\n',
    ],
    ['account', 'account till in EUR\n  kept by 2 members\n  LIMIT\nend\n'],
    ['right', 'right door\n  covers "doors/front"\n  held by members\n  offline for at most 1 day\n  LIMIT\nend\n'],
    ['points', 'points deeds\n  earned 1 by any other member for joining.in\n  LIMIT\nend\n'],
  ])('GDO035: so does one in a %s', (_where, thing) => {
    const help = helpOf(frame(thing.replace('LIMIT', 'limit 2 starters per member'), ''), 'GDO035');
    expect(codesOf(frame(thing.replace('LIMIT', line(help)), ''))).not.toContain('GDO035');
  });

  it('GDO303: room for one is written as a test of ballots where the count is one', () => {
    const all = (test: string): string =>
      frame(
        '',
        `process policy\n  started by any member\n  vote ballot\n    voters members\n    open for 7 days\n    passes when ${test}\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
      );
    const help = helpOf(all('all members say yes'), 'GDO303');
    expect(line(help)).toBe('at least 4/5 of all members are yes');
    expect(codesOf(all(line(help)))).not.toContain('GDO303');
  });

  it('GDO418: the line without the author is written out', () => {
    const review = (by: string): string =>
      frame('', `process policy\n  started by any member\n  step review\n    ${by}\n    after 30 days go to refused\n  end\nend\n`);
    const help = helpOf(review('when 2 members approve go to accepted'), 'GDO418');
    expect(line(help)).toBe('when 2 other members approve go to accepted');
    expect(codesOf(review(line(help)))).not.toContain('GDO418');
    expect(line(helpOf(review('when any member approves go to accepted'), 'GDO418'))).toBe('when any other member approves go to accepted');
  });

  it('GDO402: where a process may fill the seats and cannot, it is that process that has to change', () => {
    const stuck = frame('', '').replace('when 1 member endorses', 'when 3 members endorse');
    expect(helpOf(stuck, 'GDO402')).toContain('let `joining` ask for no more people than are left');
  });

  it('GDO301: a body that may be empty is spoken of as one with nobody in it', () => {
    const text = frame(
      'role jury plural jurors\n  held by 0 to 9 people\n  gained through joining\n  lost through resignation\nend\n',
      'process policy\n  started by any member\n  vote ballot\n    voters jurors\n    open for 7 days\n    quorum at least 3 jurors voting\n    passes when more than 1/2 of votes cast are yes\n    tie fails\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n',
    );
    const compiled = compileBylaws([parsed(text)]);
    const messages = [...compiled.diagnostics, ...checkBylaws(compiled)].map(({ message }) => message);
    expect(messages).toContain('This quorum fails at a passing low: with nobody in `jury` this quorum of 3 cannot be met');
  });

  it.each([
    ['', ['bound what one may be given:  limit 1/10 of members per delegate', 'let people vote themselves:  override by voting']],
    ['  override by voting\n', ['bound what one may be given:  limit 1/10 of members per delegate']],
    ['  override by voting\n  limit 1 member per delegate\n', ['lower what one may be given, the limit of `proxy`']],
    [
      '  limit 1 member per delegate\n  revocable until the opening\n',
      [
        'lower what one may be given, the limit of `proxy`',
        'let people vote themselves:  override by voting',
        'let them take it back:  revocable until the close',
      ],
    ],
  ])('GDO407: of ballots given away it advises what the delegation does not say yet: %j', (clauses, advised) => {
    const text = frame(`delegation proxy by member\n  for amendment\n${clauses}end\n`, '');
    const told = checkBylaws(compileBylaws([parsed(text)])).filter(({ code, message }) => code === 'GDO407' && message.includes('through `proxy`'));
    expect(told.map(({ help }) => help?.split('; '))).toEqual([advised]);
  });
});
