// What `allow` does, what it cannot do, and that findings come in one order.
import { describe, expect, it } from 'vitest';
import { checkBylaws, facts, framed } from '../../compiler/index.ts';
import { codesOf, compiled, findings } from './bylaws-text.ts';

const lone = (allow: string): string =>
  framed(`process amendment\n  governs bylaws\n  started by any keeper\n  ${allow}\n  step notice\n    after 7 days go to accepted\n  end\nend\n`);

describe('allow', () => {
  it('silences the rule it names inside its block', () => {
    expect(codesOf(lone('offline waits'))).toEqual(['GDO401']);
    expect(codesOf(lone('allow lone-amendment because "founder phase"'))).toEqual([]);
  });

  it('is not called unused where an error kept the rule that it names from running', () => {
    const allowed = 'allow takeover because "a body of friends"';
    expect(codesOf(lone(allowed))).toEqual(['GDO401']);
    expect(codesOf(framed(allowed))).toEqual(['GDO906']);
  });

  it('silences nothing else, and is found where nothing needs it', () => {
    expect(codesOf(lone('allow dead-end because "why not"'))).toEqual(['GDO401', 'GDO906']);
  });

  it('expires on the day it names', () => {
    const result = compiled(lone('allow lone-amendment because "founder phase" until 2027-01-01'));
    const codes = (today: string): readonly string[] => checkBylaws(result, { today }).flatMap(({ code, severity }) => (severity === 'info' ? [] : [code]));
    expect(codes('2026-11-21')).toEqual([]);
    expect(codes('2027-06-01')).toEqual(['GDO401', 'GDO907']);
  });

  it('must name a rule', () => {
    expect(codesOf(lone('allow lone-amendmant because "founder phase"'))).toEqual(['GDO101']);
  });
});

describe('findings', () => {
  it('say that nobody can change bylaws which the only area that could hold them leaves out (S51)', () => {
    const text = framed('').replace('area bylaws covers "bylaws/**"', 'area bylaws covers "rules/**"\narea work covers "**" except "bylaws/**"');
    expect(codesOf(text)).toContain('GDO218');
    expect(codesOf(text.replace(' except "bylaws/**"', '').replace('governs bylaws', 'governs work'))).not.toContain('GDO218');
  });

  it('say of bylaws that nobody can change only that, and not that each guard cannot (GDO413)', () => {
    const text = framed('protect removal\n  changed through amendment\nend\n').replace('covers "bylaws/**"', 'covers "elsewhere/**"');
    expect(codesOf(text)).toEqual(['GDO218']);
  });

  it('say of a first holder whom no ledger takes what to write instead (GDO006)', () => {
    const first = (names: string): readonly string[] => findings(framed('').replace('"ada", "ben"', names));
    expect(first('"Ada", "ben"')).toEqual(['GDO006 11 `Ada` cannot be the name of a person']);
    expect(first('"köbi", "Jo Ann"').map((line) => line.slice(0, 6))).toEqual(['GDO006', 'GDO006']);
    const helps = compiled(framed('').replace('"ada", "ben"', '"köbi", "Jo Ann"')).diagnostics.map(({ help }) => help);
    expect(helps).toEqual(['use small letters a to z, digits and hyphens: "ana-maria"', 'use small letters a to z, digits and hyphens: "jo-ann"']);
  });

  it('know voters who can never be present, because the meeting is for others (GDO114)', () => {
    const council = (warden: string, attended: string): readonly string[] =>
      codesOf(
        framed(`role warden plural wardens
  held by 2 to 4 people
  first held by "fay", "gil"
${warden}  gained through keeping
  lost through resignation or 1 year without activity
  while short only keeping, amendment
end

process policy
  started by any keeper
  meeting assembly
    called by any keeper within 30 days
    notice 7 days
    attended by ${attended}
    open for 3 hours
    quorum at least 1/2 of keepers present
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters keepers, wardens present
    open for 7 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`).replace('    grant keeper to the candidate', '    grant keeper to the candidate\n    grant warden to the candidate'),
      ).filter((code) => code === 'GDO114');
    expect(council('', 'keepers')).toEqual(['GDO114']);
    expect(council('  open to keepers\n  lost with keeper\n', 'keepers')).toEqual([]);
    expect(council('', 'person')).toEqual([]);
  });

  it('tell that a vote nobody attends accepts, and no meeting to which nobody comes (GDO507)', () => {
    const notes = (stage: string): number =>
      checkBylaws(compiled(framed(`process policy\n  started by any keeper\n${stage}end\n`))).filter(({ code }) => code === 'GDO507').length;
    const vote = (results: string): string =>
      `  vote ballot\n    voters keepers\n    open for 7 days\n    quorum at least 1/2 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n${results}  end\n`;
    const meeting = (results: string): string =>
      `  meeting assembly\n    called by any keeper within 30 days\n    notice 7 days\n    attended by keepers\n    open for 3 hours\n    quorum at least 1/2 of keepers present\n${results}  end\n`;
    expect(notes(vote('    when passed go to refused\n    otherwise go to accepted\n'))).toBe(1);
    expect(notes(vote('    when failed go to accepted\n    otherwise go to refused\n'))).toBe(0);
    expect(notes(vote('    when passed go to accepted\n    otherwise go to refused\n'))).toBe(0);
    expect(notes(meeting('    when quorate go to refused\n    otherwise go to accepted\n'))).toBe(1);
    expect(notes(meeting('    when quorate go to accepted\n    otherwise go to refused\n'))).toBe(0);
  });

  it('know an officer who stops a change of the bylaws by calling no meeting (GDO416)', () => {
    const amended = (called: string, seats: string): readonly string[] =>
      codesOf(
        framed(`role secretary plural secretaries
  held by ${seats}
  first held by "ada"
  gained through keeping
  lost through resignation or 1 year without activity
  succeeded by keeper
end

process amendment
  governs bylaws
  on edit refuse
  started by 3 keepers
  meeting assembly
    called by ${called} within 30 days
    notice 14 days
    attended by keepers
    open for 3 hours
    quorum at least 2/3 of keepers present
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters keepers present
    open for 3 hours
    passes when at least 3/4 of all keepers are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`).replace('    grant keeper to the candidate', '    grant keeper to the candidate\n    grant secretary to the candidate'),
      ).filter((code) => code === 'GDO416');
    expect(amended('the secretary', '1 person')).toEqual(['GDO416']);
    expect(amended('any secretary', '1 to 3 people')).toEqual([]);
    expect(amended('any keeper', '1 person')).toEqual([]);
  });

  it('know a role that shuts people out, and that one person gives to another (GDO424)', () => {
    const door = (line: string, given: string): readonly string[] =>
      codesOf(
        framed(`role guest plural guests
  held by anyone
  gained through inviting
  lost through resignation or 1 day without activity
end

process inviting
  started by any keeper
  step greeting
    ${line} go to invited
    after 1 day go to refused
  end
  outcome invited
    grant guest to the ${given}
  end
end

right enter
  covers "doors/front"
  held by keepers
  denied to guests "Come with a keeper."
  offline for at most 7 days
end
`),
      ).filter((code) => code === 'GDO424');
    expect(door('after 1 minute', 'candidate')).toEqual(['GDO424']);
    expect(door('after 1 minute', 'author')).toEqual([]);
    expect(door('when 2 other keepers approve', 'candidate')).toEqual([]);
  });

  it('know a payment for which nobody says the amount (GDO219)', () => {
    const paying = (starts: string): readonly string[] =>
      codesOf(
        framed(`account till in EUR with 2 decimals
  kept by any keeper
  limit 100.00 EUR per 30 days
end

process expense
  ${starts}
  spends from till up to 100.00 EUR
  step review
    when 3 keepers approve go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
`),
      ).filter((code) => code === 'GDO219');
    expect(paying('starts every 1 month from 2027-01-31')).toEqual(['GDO219']);
    expect(paying('started by any keeper\n  starts every 1 month from 2027-01-31')).toEqual([]);
  });

  it('know a treasurer who is a member, asks for money and approves it alone (GDO704)', () => {
    const paid = (when: string): readonly string[] =>
      codesOf(
        framed(`role treasurer
  held by 1 person
  first held by "ada"
  open to keepers
  gained through keeping
  lost through resignation or 1 year without activity
  lost with keeper
  succeeded by keeper
end

account till in EUR with 2 decimals
  kept by the treasurer
  limit 100.00 EUR per 30 days
end

process expense
  started by any keeper
  spends from till up to 100.00 EUR
  step review
    when ${when} go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
`).replace('    grant keeper to the candidate', '    grant keeper to the candidate\n    grant treasurer to the candidate'),
      ).filter((code) => code === 'GDO704');
    expect(paid('the treasurer approves')).toEqual(['GDO704']);
    expect(paid('the treasurer approves and any other keeper approves')).toEqual([]);
  });

  it('know a body that cannot be filled while it is short (GDO601)', () => {
    const short = (processes: string): readonly string[] =>
      codesOf(framed('').replace('while short only keeping, removal, amendment', `while short only ${processes}`)).filter((code) => code === 'GDO601');
    expect(short('amendment')).toEqual(['GDO601']);
    expect(short('keeping')).toEqual([]);
  });

  it('know that a body takes the offices with it that end with it, also the one that calls the meeting', () => {
    const stuck = (secretary: string, called: string): string => {
      const { charter, diagnostics } = compiled(`gdo 1
organization "O"
end
area bylaws covers "bylaws/**"
role member plural members
  held by anyone
  first held by "ada", "ben", "chi", "dev", "eve", "fay"
  gained through joining
  lost through resignation
end
role director plural directors
  held by 3 to 5 people
  first held by "ada", "ben", "chi"
  open to members
  gained through joining
  lost through resignation
  while short only joining, amendment
end
role secretary
  held by 1 person
  first held by "ada"
  gained through joining
  lost through resignation
${secretary}end
process joining
  started by any director
  step review
    when 2 directors approve go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
    grant director to the candidate
    grant secretary to the candidate
  end
end
process amendment
  governs bylaws
  started by 3 members
  meeting assembly
    called by ${called} within 30 days
    notice 14 days
    attended by members
    open for 3 hours
    quorum at least 1/2 of members present
    when quorate go to accepted
    otherwise go to refused
  end
end
`);
      if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
      return (
        facts(charter)
          .find((line) => line.startsWith('Can it'))
          ?.replace(/^.*?\? +/, '') ?? ''
      );
    };
    const offices = '  lost with director\n  succeeded by director\n';
    expect(stuck(offices, 'the secretary')).toBe('only when nobody holds `director` any more');
    expect(stuck('', 'the secretary')).toMatch(/^no: /);
    expect(stuck(offices, 'any member')).toMatch(/^no: /);
  });

  it('count each first holder once (GDO615)', () => {
    expect(findings(framed('').replace('"ada", "ben"', '"ada", "ada", "ben"'))).toEqual(['GDO615 11 `ada` is named twice among the first holders of `keeper`']);
  });

  it('say that no seat of a role without a number of seats is ever empty (GDO616)', () => {
    const asked = (held: string, start: string, line: string): string =>
      framed(`role chair plural chairs
  ${held}
  gained through choosing
  lost through resignation or 1 year without activity
  succeeded by keepers
end
process choosing
  ${start}
  step nominating
    nominations of keepers
    after 14 days go to ballot
  end
  vote ballot
    voters chairs, keepers
    choices the candidates
    counted by approval
    ${line}
    open for 7 days
    quorum at least 2/3 of keepers voting
    tie lot
    when elected go to chosen
    otherwise go to refused
  end
  outcome chosen
    grant chair to the winners
  end
end
`);
    const told = (held: string, start: string, line: string): readonly string[] => findings(asked(held, start, line)).filter((one) => one.startsWith('GDO616'));
    const [byKeeper, elects] = ['started by any keeper', 'elects the vacant chairs'];
    expect(told('held by anyone', byKeeper, elects)).toEqual(['GDO616 82 Nothing says how many seats `chair` has, so `ballot` elects nobody']);
    expect(told('first held by "ada"', byKeeper, elects)).toHaveLength(1);
    expect(told('held by anyone', 'starts when any chair is vacant', 'elects 2 chairs')).toEqual([
      'GDO616 73 Nothing says how many seats `chair` has, so `choosing` never starts',
    ]);
    expect(told('held by anyone', 'starts when the chair is vacant', 'elects 2 chairs')).toEqual([]);
    for (const held of ['held by 3 people', 'held by at least 2 people', 'held by at most 4 people'])
      expect(told(held, 'starts when any chair is vacant', elects)).toEqual([]);
  });

  it('say whom an effect means that means nobody, in an outcome and in a duty (GDO227)', () => {
    const told = (effect: string, duty = ''): readonly string[] =>
      findings(
        framed(
          `points merit plural merits\nend\nprocess policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 7 days\n    quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to agreed\n    otherwise go to refused\n  end\n  outcome agreed\n    ${effect}\n  end\nend\n${duty}`,
        ),
      )
        .filter((one) => one.startsWith('GDO227'))
        .map((one) => one.replace(/^GDO227 [0-9]+ /, ''));
    const inOutcome = (name: string): readonly string[] => [`\`${name}\` means nobody in the outcome \`agreed\` of \`policy\``];
    for (const effect of ['grant keeper to', 'remove keeper from', 'award 5 merit to']) {
      expect(told(`${effect} the electorate`)).toEqual(inOutcome('electorate'));
      expect(told(`${effect} the person`)).toEqual(inOutcome('person'));
      for (const name of ['author', 'starters', 'raiser', 'keeper']) expect(told(`${effect} the ${name}`)).toEqual([]);
    }
    expect([told('strike the electorate from policy'), told('strike the author from policy')]).toEqual([inOutcome('electorate'), []]);
    const duty = (when: string, effect: string): string =>
      `duty report\n  owed by any keeper\n  ${when}\n  done when any keeper reports "done"\n  otherwise ${effect}\nend\n`;
    const inDuty = (name: string): readonly string[] => [`\`${name}\` means nobody where the duty \`report\` is not done`];
    const [calendar, case_] = ['every 30 days from 2027-01-01', 'within 5 days of policy.agreed'];
    const owed = (when: string, effect: string): readonly string[] => told('award 5 merit to the author', duty(when, effect));
    expect([owed(calendar, 'remove keeper from the author'), owed(case_, 'remove keeper from the author')]).toEqual([inDuty('author'), []]);
    expect([owed(calendar, 'remove keeper from the keeper'), owed(case_, 'award 5 merit to the person')]).toEqual([[], inDuty('person')]);
    expect(owed(calendar, 'start policy')).toEqual([]);
  });

  it('say that nobody is meant by the winners of a process in which no vote is about people (GDO227)', () => {
    const told = (choices: string, effect: string): readonly string[] =>
      findings(
        framed(
          `points merit plural merits\nend\nprocess policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    choices ${choices}\n    counted by plurality with equal ranks refused\n    open for 7 days\n    tie lot\n    when won go to agreed\n    when elected go to agreed\n    otherwise go to refused\n  end\n  outcome agreed\n    ${effect}\n  end\nend\n`,
        ),
      ).filter((one) => one.startsWith('GDO227'));
    for (const effect of ['grant keeper to the winners', 'remove keeper from the winners', 'award 5 merit to the winners']) {
      expect(told('red, green', effect)).toEqual([expect.stringContaining('`winners` means nobody in the outcome `agreed` of `policy`')]);
      expect(told('the candidates', effect)).toEqual([]);
    }
    expect(told('red, green', 'strike the winners from policy')).toEqual([]);
  });

  it('say that vacancies count nothing where no voter has a number of seats, and are silent where one body has (GDO616)', () => {
    const members = 'role member plural members\n  held by anyone\n  gained through keeping\n  lost through resignation or 1 year without activity\nend\n';
    const told = (voters: string): readonly string[] =>
      findings(
        framed(
          `${members}process policy\n  started by any keeper\n  vote ballot\n    voters ${voters}\n    vacancies count as no\n    open for 7 days\n    quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
        ),
      ).filter((one) => one.startsWith('GDO616'));
    expect(told('members')).toEqual(['GDO616 73 Nothing says how many seats `member` has, so no empty seat counts as `no`']);
    expect(told('members, keepers')).toEqual([]);
  });

  it('claim nothing of a test where the quorum is larger than the table of counts (GDO322)', () => {
    const roll = `role member plural members\n  held by anyone\n  gained through keeping\n  lost through resignation or 1 year without activity\nend\n`;
    const vote = (quorum: string, test: string): string =>
      framed(
        `${roll}process policy\n  started by any keeper\n  vote ballot\n    voters members\n    open for 7 days\n    quorum ${quorum}\n    passes when ${test}\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ).replace('    grant keeper to the candidate', '    grant keeper to the candidate\n    grant member to the candidate');
    expect(codesOf(vote('at least 30 members voting', 'at least 80% of votes cast are yes'))).not.toContain('GDO322');
    expect(codesOf(vote('at least 500 members voting', 'more than 1/2 of votes cast are yes'))).not.toContain('GDO322');
    expect(codesOf(vote('at least 6 members voting', 'more than 1/2 of votes cast are yes and fewer than 30 members say no'))).not.toContain('GDO322');
    expect(codesOf(vote('at least 6 members voting', 'more than 1/2 of votes cast are yes and turnout at least 5 members'))).toContain('GDO322');
  });

  it('say that names cost nothing only where no office has to agree, once for each floor (GDO808)', () => {
    const admitted = (step: string): string => `gdo 1
organization "O"
  day ends "UTC"
end
area bylaws covers "bylaws/**"
role owner plural owners
  held by anyone
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through transfer
  lost through resignation
end
role registrar
  held by 1 person
  first held by "reg"
  gained through choice
  lost through resignation or choice
  succeeded by owner
end
collaborator registry kept by any owner
  reports "shares"
end
measure interest counts shares by each owner
  reported by registry
  at least 1
  at most 300
end
process transfer
  started by any person
  step deed
    ${step}
    after 60 days go to refused
  end
  outcome recorded
    grant owner to the candidate
  end
end
${['choice', 'change']
  .map(
    (name) => `process ${name}
  ${name === 'change' ? 'governs bylaws\n  on edit refuse' : 'started by any owner'}
  started by 2 owners
  vote ballot
    voters owners weighted by interest
    open for 30 days
    extends by 2 days when swung in the last 2 days at most 3 times
    quorum at least 1/2 of weight voting
    passes when at least 2/3 of weight cast are yes
    when passed go to ${name === 'change' ? 'accepted' : 'named'}
    otherwise go to refused
  end
${name === 'change' ? '' : '  outcome named\n    grant registrar to the candidate\n  end\n'}end`,
  )
  .join('\n')}
`;
    expect(codesOf(admitted('when the registrar approves go to recorded')).filter((code) => code === 'GDO808')).toEqual([]);
    expect(codesOf(admitted('when any owner approves go to recorded')).filter((code) => code === 'GDO808')).toEqual(['GDO808']);
  });

  it('know an appeal that is a stage of the process itself (GDO806)', () => {
    const removal = (lines: string): readonly string[] =>
      checkBylaws(
        compiled(
          framed(`process removal
  started by any keeper
  about keepers
  step notice
    when 3 other keepers approve go to waiting
    after 30 days go to refused
  end
  step waiting
${lines}
    after 14 days go to done
  end
  vote hearing
    voters keepers except the subject
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to done
    otherwise go to refused
  end
  outcome done
    remove keeper from the subject
  end
end
`),
        ),
      ).map(({ code }) => code);
    expect(removal('    when the subject appeals go to hearing')).not.toContain('GDO806');
    expect(removal('    when 3 keepers object go to hearing')).toContain('GDO806');
  });

  it('say of hours that end when they begin only that, and not that the words name others (GDO513)', () => {
    const right =
      'right enter "Weeknights from 18:00 to 22:00"\n  covers "doors/front"\n  held by keepers\n  weekdays from 18:00 to 18:00\n  offline for at most 7 days\nend\n';
    expect(codesOf(framed(`organization "Example"\n  day ends "UTC"\n  local time "+00:00"\nend\n\n${right}`))).toEqual(['GDO519']);
  });

  it('come out alike twice, errors first', () => {
    const text = framed(
      'process policy\n  started by any keeper\n  step support\n    when all keepers approve go to accepted\n  end\n  step hearing\n    after 3 days go to refused\n  end\nend\n',
    );
    expect(codesOf(text)).toEqual(['GDO201', 'GDO204', 'GDO303']);
    expect(checkBylaws(compiled(text))).toEqual(checkBylaws(compiled(text)));
  });
});
