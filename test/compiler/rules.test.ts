// The semantic rules that language and compiler answer for, each by what the paper says of it: a text, and what becomes of it.
import { describe, expect, it } from 'vitest';
import { framed, runScenarios } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { codesOf, compiled, findings, parsed } from './bylaws-text.ts';

/** Codes of the parser alone. */
const told = (text: string, path = 'a.gdo'): readonly string[] => parseBylaws({ path, text }).diagnostics.map(({ code }) => code);
/** Codes but GDO035, which only says what this version of the engine cannot run yet, GDO113, which calls small examples unused, and GDO514, which asks for a clock. */
const judged = (fragment: string): readonly string[] => codesOf(framed(fragment)).filter((code) => code !== 'GDO035' && code !== 'GDO113' && code !== 'GDO514');
const process = (stages: string, clauses = ''): string => `process policy\n  started by any keeper\n${clauses}${stages}end\n`;
const step = (lines: string, clauses = ''): string => process(`  step support\n${lines}  end\n`, clauses);
const until = '    after 30 days go to refused\n';
const vote = (lines: string): string =>
  process(`  vote ballot\n    voters keepers\n    open for 7 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`);
const usual = '    quorum at least 1/2 of keepers voting\n    passes when more than 1/2 of votes cast are yes\n';
const charterOf = (fragment: string): NonNullable<ReturnType<typeof compiled>['charter']> => {
  const { charter, diagnostics } = compiled(framed(fragment));
  if (charter === undefined) throw new Error(`no charter: ${diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
  return charter;
};
const policyOf = (fragment: string): NonNullable<ReturnType<typeof compiled>['charter']>['processes'][number] => {
  const policy = charterOf(fragment).processes.find(({ name }) => name === 'policy');
  if (policy === undefined) throw new Error('the process is gone');
  return policy;
};

describe('processes', () => {
  it('S14: staggered groups are kept with their term', () => {
    const roles = charterOf('role warden plural wardens\n  held by 3 to 4 people\n  term 2 years in 2 staggered groups\n  gained through keeping\nend\n').roles;
    expect(roles.find(({ name }) => name === 'warden')?.term).toEqual({ duration: { count: 2, unit: 'year' }, staggeredGroups: 2 });
  });

  it('S21: an unless without a window is GDO204', () => {
    const line = (window: string): string => step(`    unless a keeper objects${window} go to refused\n    otherwise go to accepted\n`);
    expect(judged(line(' within 7 days'))).not.toContain('GDO204');
    expect(judged(line(''))).toContain('GDO204');
  });

  it('S25: accepted and refused are there without being written', () => {
    const outcomes = policyOf(step(`    when 3 other keepers approve go to accepted\n${until}`)).stages.filter(({ kind }) => kind === 'outcome');
    expect(outcomes).toEqual([
      { kind: 'outcome', name: 'accepted', accepts: true, effects: [] },
      { kind: 'outcome', name: 'refused', accepts: false, effects: [] },
    ]);
  });

  it('S26: a stage that no deadline ends is GDO204', () => {
    expect(judged(step('    when 3 other keepers approve go to accepted\n'))).toEqual(['GDO204']);
    expect(judged(step(`    when 3 other keepers approve go to accepted\n${until}`))).toEqual([]);
  });

  it('S108: `the` of a role with several holders is GDO120, of a case the person is not', () => {
    expect(judged(step(`    when the keeper approves go to accepted\n${until}`))).toEqual(['GDO120']);
    expect(judged(step(`    when the author withdraws go to refused\n    when 3 other keepers approve go to accepted\n${until}`))).toEqual([]);
  });

  it('S116: an end before the minimum is GDO223', () => {
    const line = (days: number): string =>
      step(`    lasts at least 7 days\n    when 3 other keepers approve go to accepted\n    after ${days} days go to refused\n`);
    expect(judged(line(7))).toEqual([]);
    expect(judged(line(6))).toEqual(['GDO223']);
  });

  it('S136: an outcome accepts unless it refuses, and a merge of nothing is GDO221', () => {
    const outcome = (line: string): string => `${step(`    when 3 other keepers approve go to done\n${until}`).slice(0, -4)}  outcome done${line}\nend\n`;
    const accepts = (line: string): unknown => policyOf(outcome(line)).stages.find(({ name }) => name === 'done');
    expect(accepts(' accepts')).toMatchObject({ accepts: true });
    expect(accepts(' refuses')).toMatchObject({ accepts: false });
    expect(accepts('\n    award 3 thanks to the author\n  end\nend\n\npoints thanks\n  earned 1 by any keeper for policy.done')).toMatchObject({
      accepts: true,
    });
    expect(accepts('\n    refuse the merge\n  end')).toMatchObject({ accepts: false });
    expect(judged(outcome('\n    accept the merge\n  end'))).toEqual(['GDO221']);
  });
});

describe('votes', () => {
  it('S28: a vote that lists no choices has yes, no and abstain', () => {
    expect(judged(vote(usual))).toEqual([]);
    expect(judged(vote(usual.replace('are yes', 'are no')))).toEqual([]);
    expect(judged(vote(usual.replace('are yes', 'are maybe')))).toContain('GDO115');
    expect(judged(vote(`    choices yes, maybe\n${usual.replace('are yes', 'are maybe')}`))).toEqual([]);
    expect(judged(vote(`    choices yes, maybe\n${usual.replace('are yes', 'are abstain')}`))).toContain('GDO115');
  });

  it('S43: only the published counting methods are known', () => {
    const counted = (method: string): readonly string[] =>
      judged(
        process(
          `  step naming\n    nominations of keeper\n    after 7 days go to ballot\n  end\n  vote ballot\n    voters keepers\n    choices the candidates\n    counted by ${method}\n    elects 2 keepers\n    open for 7 days\n    tie lot\n    when elected go to accepted\n    otherwise go to refused\n  end\n`,
        ),
      ).filter((code) => /^GDO[01]/.test(code));
    for (const method of ['approval', 'stv-scottish', 'stv-exact', 'irv', 'schulze', 'ranked-pairs', 'borda', 'score from 0 to 5'])
      expect(counted(method), method).toEqual([]);
    expect(counted('stv-scotish')).toHaveLength(1);
    expect(counted('dice')).toHaveLength(1);
  });

  it('S87: a share, `all` and a root of a role open to everybody are GDO323, a number is not', () => {
    const friends = 'role friend plural friends\n  held by anyone\nend\n\n';
    const quorum = (bound: string): readonly string[] =>
      judged(friends + vote(usual.replace('keepers voting', 'keepers voting').replace('1/2 of keepers', bound)).replace('voters keepers', 'voters friends'));
    expect(quorum('3 friends')).not.toContain('GDO323');
    for (const bound of ['1/2 of friends', 'all friends', 'the square root of friends']) expect(quorum(bound), bound).toContain('GDO323');
  });

  it('S126: the winner is asked for where a method elects one, and nowhere else', () => {
    const test = '    passes when at least 2/3 of votes cast are the winner\n';
    const count = '    choices red, green\n    counted by plurality with equal ranks refused\n    quorum at least 1/2 of keepers voting\n';
    expect(judged(vote(`${count}${test}    tie fails\n`).replace('when passed', 'when won'))).not.toContain('GDO115');
    expect(judged(vote(`    quorum at least 1/2 of keepers voting\n${test}`))).toContain('GDO115');
    expect(told(framed(vote(`${count}${test.replace('winner', 'winnner')}    tie fails\n`)))).toEqual(['GDO001']);
  });

  it('S39: a tie by seniority is no rule of the language any more', () => {
    expect(told(framed(vote(`${usual}    tie lot\n`)))).toEqual([]);
    expect(told(framed(vote(`${usual}    tie seniority\n`)))).not.toEqual([]);
  });

  it('S124: half of the votes as an inclusive bound, and methods that can tie, need a tie rule', () => {
    const inclusive = '    quorum at least 1/2 of keepers voting\n    passes when at least 1/2 of votes cast are yes\n';
    expect(judged(vote(inclusive))).toEqual(['GDO032']);
    expect(judged(vote(`${inclusive}    tie fails\n`))).toEqual([]);
    expect(judged(vote(usual))).toEqual([]);
  });
});

describe('money, points, measures', () => {
  it('S62: amounts have the decimals of their account and no more, GDO706', () => {
    const account = (amount: string): string =>
      `account chest in EUR with 2 decimals\n  kept by any keeper\nend\n\n${step(`    when 3 other keepers approve go to paid\n${until}`, `  spends from chest up to ${amount} EUR\n`).slice(0, -4)}  outcome paid\n    pay the amount from chest\n  end\nend\n`;
    expect(policyOf(account('2000.00')).spends).toMatchObject({ upToUnits: '200000' });
    expect(judged(account('2000.001'))).toEqual(['GDO706']);
  });

  it('S64: decay says that it rounds down, or cannot be read', () => {
    const points = (end: string): string => `points fame\n  earned 1 by any keeper for policy.accepted\n  decay 1/10 every 30 days${end}\nend\n`;
    expect(told(`gdo 1\n${points(' rounded down')}`)).toEqual([]);
    expect(told(`gdo 1\n${points('')}`)).toEqual(['GDO001']);
  });

  it('S112: a measure counts what the ledger records, a declared action, or a report', () => {
    const measure = (counted: string): readonly string[] =>
      judged(`action sweep by any keeper\n\nmeasure zeal\n  counts ${counted} by each keeper\nend\n`).filter((code) => /^GDO[01]/.test(code));
    for (const known of ['accepted-merges', 'accepted-cases', 'ballots', 'attendances', 'sweep']) expect(measure(known), known).toEqual([]);
    expect(measure('smiles')).toHaveLength(1);
  });
});

describe('properties and scenarios', () => {
  it('S67: a property is one of three kinds and is kept in the Charter', () => {
    const claims = charterOf(
      ['forbid', 'always', 'possible'].map((kind) => `${kind} "${kind}"\n  any merge in bylaws with fewer than 3 approving keepers\nend\n`).join('\n'),
    ).properties;
    expect(claims.map(({ mode }) => mode)).toEqual(['forbid', 'always', 'possible']);
  });

  it('S68: a scenario runs on its own clock and leaves the Charter alone', () => {
    const rules = framed(step(`    when 3 other keepers approve go to accepted\n${until}`));
    const charter = charterOf(rules);
    const scenario = (days: number, result: string): string =>
      `scenario "runs out"\n  given keepers are ada, ben, chi, dev, eve\n  on day 1 ada start policy\n  after ${days} days\n  expect policy is ${result}\nend\n`;
    const passed = (days: number, result: string): readonly boolean[] => {
      const text = `${rules}\n${scenario(days, result)}`;
      expect(compiled(text).hash).toBe(compiled(rules).hash);
      return runScenarios([parsed(text)], charter).map((result) => result.passed);
    };
    expect(passed(31, 'refused')).toEqual([true]);
    expect(passed(29, 'refused')).toEqual([false]);
  });
});

describe('names', () => {
  it('S69: one space for all top-level names, stages in their process, both spellings of a head alike', () => {
    expect(judged('area keeper covers "x/**"\n')).toContain('GDO103');
    expect(
      judged(
        `${step(`    when 3 other keepers approve go to accepted\n${until}`)}\n${step(`    when 3 other keeper approve go to accepted\n${until}`).replace('policy', 'habit')}`,
      ),
    ).toEqual([]);
    expect(judged(step(`    when 3 other keeperses approve go to accepted\n${until}`))).toEqual(['GDO101']);
  });

  it('S70: verbs match bare, with s, with es, and with ies for y; others need an action', () => {
    for (const verb of ['approve', 'approves', 'endorses', 'objects'])
      expect(judged(step(`    when a keeper ${verb} go to accepted\n${until}`)), verb).not.toContain('GDO105');
    const action = 'action modify by any keeper\n\naction push by any keeper\n\n';
    for (const verb of ['modify', 'modifies', 'pushes'])
      expect(judged(action + step(`    when a keeper ${verb} go to accepted\n${until}`)), verb).not.toContain('GDO105');
    expect(judged(step(`    when a keeper dances go to accepted\n${until}`))).toContain('GDO105');
  });

  it('S71: an unknown name is answered with near ones, three at most, and with none that is far', () => {
    const help = (name: string): string => compiled(framed(step(`    when 3 other ${name} approve go to accepted\n${until}`))).diagnostics[0]?.help ?? '';
    expect(help('keper')).toBe('did you mean `keeper`?');
    expect(help('keepesr')).toMatch(/did you mean .*`keepers`/);
    expect(help('elephants')).not.toMatch(/did you mean/);
    const many = ['cats', 'cuts', 'cots', 'cits', 'cets'].map((name) => `role ${name}x plural ${name}\n  held by 2 people\nend\n\n`).join('');
    const [found] = compiled(framed(many + step(`    when 3 other cxts approve go to accepted\n${until}`))).diagnostics;
    expect(found?.help.match(/`c.ts`/g)).toHaveLength(3);
  });

  it('S72: one misspelt declaration is one finding', () => {
    const text = framed(
      `role wardn plural wardns\n  held by 2 people\nend\n\n${step(`    when a warden approves go to accepted\n    when 2 other wardens object go to refused\n${until}`)}`,
    );
    expect(findings(text).filter((line) => line.startsWith('GDO1'))).toHaveLength(1);
    const once = framed(step(`    when a warden approves go to accepted\n    when any other warden objects go to refused\n${until}`));
    expect(findings(once).filter((line) => line.startsWith('GDO101'))).toHaveLength(1);
  });

  it('S138: a clause stands once in its block, the lists may repeat', () => {
    const role = (lines: string): readonly string[] => told(`gdo 1\nrole a\n${lines}end\n`);
    expect(role('  term 2 years\n  term 3 years\n')).toEqual(['GDO010']);
    expect(role('  held by 2 people\n  held by 3 people\n')).toEqual(['GDO010']);
    expect(role('  lost through resignation\n  lost through expiry\n  open to b\n  open to c\n  limit 2 terms per person\n  limit 3 of a per b\n')).toEqual([]);
  });

  it('S139: an acronym is a plural, and both forms of some words are one', () => {
    const pmc = 'role pmc-member plural pmc\n  held by 5 people\n  first held by "a", "b", "c", "d", "e"\nend\n\n';
    expect(judged(pmc + step(`    when any pmc-member approves and at least 3 pmc endorse go to accepted\n${until}`))).not.toContain('GDO101');
    const test = (word: string): string => vote(usual.replace('more than 1/2 of votes cast are yes', `at least 3 keepers ${word} yes`));
    expect(compiled(framed(test('say'))).hash).toBe(compiled(framed(test('says'))).hash);
  });
});

describe('modules', () => {
  const module = (more = ''): string =>
    `gdo 1\n\nmodule board\n\nparameter crowd is name\nparameter days is duration from 1 day to 30 days default 7 days\n${more}\nprocess board\n  started by any $crowd\n  step support\n    when 3 other $crowd approve go to accepted\n    after $days go to refused\n  end\nend\n\nprocess aside\n  started by any $crowd\n  step support\n    when 3 other $crowd approve go to accepted\n    after $days go to refused\n  end\nend\n`;
  const importing = (settings: string, pin = 'sha256:aa', text = module()): ReturnType<typeof compiled> =>
    compiled(framed(`import seats from "std/board" pinned "${pin}"\n${settings}end\n`), (path) =>
      path === 'std/board' ? { text, digest: 'sha256:aa' } : undefined,
    );
  const codes = (...given: Parameters<typeof importing>): readonly string[] => importing(...given).diagnostics.map(({ code }) => code);

  it('S73: an import is held to the bytes it is pinned to', () => {
    expect(codes('  set crowd to keepers\n')).toEqual([]);
    expect(codes('  set crowd to keepers\n', 'sha256:bb')).toEqual(['GDO111']);
  });

  it('S73: a wrong pin is one finding (GDO111), whatever of the module is named elsewhere, and a name of nobody is another', () => {
    const money = `account till in EUR with 2 decimals\n  kept by any $crowd\nend\n\nprocess bill\n  started by any $crowd\n  spends from till up to 10.00 EUR\n  step support\n    when 1 other $crowd approve go to paid\n    after 2 days go to refused\n  end\n  outcome paid\n    pay the amount from till\n  end\nend\n`;
    const uses = [
      'role treasurer plural treasurers\n  held by 1 to 3 people\n  first held by "ada"\n  gained through seats-aside\n  lost through resignation or seats-aside\nend\n',
      'process refund\n  started by any treasurer\n  spends from seats-till up to 5.50 EUR\n  step look\n    when 1 other treasurer approves go to paid\n    after 2 days go to refused\n  end\n  outcome paid\n    pay the amount from seats-till\n  end\nend\n',
      'scenario "A bill"\n  on day 0 ada start seats-bill for 8.25 EUR to shop\n  expect seats-bill is paid\nend\n',
    ].join('\n');
    const found = (pin: string, more = ''): readonly string[] =>
      compiled(framed(`import seats from "std/board" pinned "${pin}"\n  set crowd to keepers\nend\n\n${uses}${more}`), (path) =>
        path === 'std/board' ? { text: module(money), digest: 'sha256:aa' } : undefined,
      ).diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));
    expect(found('sha256:aa')).toEqual([]);
    expect(found('sha256:bb')).toEqual(['GDO111']);
    expect(found('sha256:bb', '\nscenario "Nobody"\n  on day 0 ada start nowhere-at-all\nend\n')).toEqual(['GDO101', 'GDO111']);
  });

  it('S62: a currency that no account is kept in is one finding, and its digits are judged by nobody', () => {
    const money = 'account till in EUR with 2 decimals\n  kept by 1 keeper\nend\n';
    const spends = (amount: string): readonly string[] =>
      judged(
        `${money}\nprocess bill\n  started by any keeper\n  spends from till up to ${amount}\n  step look\n    when 1 other keeper approves go to paid\n    after 2 days go to refused\n  end\n  outcome paid\n    pay the amount from till\n  end\nend\n`,
      );
    expect(spends('5.25 EUR')).not.toContain('GDO706');
    expect(spends('5.255 EUR')).toEqual(['GDO706']);
    expect(spends('5.25 USD')).toEqual(['GDO101']);
  });

  it('S74: a parameter is set once and within its bounds, or has its default', () => {
    const after = (settings: string): unknown => importing(settings).charter?.processes.find(({ name }) => name === 'seats-aside')?.stages[0];
    expect(after('  set crowd to keepers\n')).toMatchObject({ transitions: [{}, { kind: 'after', duration: { count: 7, unit: 'day' } }] });
    expect(after('  set crowd to keepers\n  set days to 9 days\n')).toMatchObject({ transitions: [{}, { duration: { count: 9, unit: 'day' } }] });
    expect(codes('  set crowd to keepers\n  set days to 31 days\n')).toEqual(['GDO112']);
    expect(codes('  set crowd to keepers\n  set days to 2 days\n  set days to 3 days\n')).toEqual(['GDO103']);
    expect(codes('')).toContain('GDO112');
    expect(codes('  set crowd to kepers\n')).toEqual(['GDO101']);
  });

  it('S75: declarations get the name of the import, the process of the module is the import, and `$` stays inside', () => {
    const result = importing('  set crowd to keepers\n');
    expect(result.charter?.processes.map(({ name }) => name)).toEqual(expect.arrayContaining(['seats', 'seats-aside']));
    expect(told('gdo 1\nrole a\n  held by $n people\nend\n')).toEqual(['GDO033']);
    const circle = importing(
      '  set crowd to keepers\n',
      'sha256:aa',
      `${module()}\nimport again from "std/board" pinned "sha256:aa"\n  set crowd to $crowd\nend\n`,
    );
    expect(circle.diagnostics.map(({ code }) => code)).toContain('GDO111');
  });
});
