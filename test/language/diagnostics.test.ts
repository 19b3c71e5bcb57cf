// Findings of the text: each rule of the grammar broken twice against a golden file, and each code of the 0xx range by name.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseBylaws } from '../../language/index.ts';
import { sentenceOf, sentenceRules } from '../../language/sentences.ts';
import { asLines, parserWords } from './shape.ts';

const golden = fileURLToPath(new URL('../golden/diagnostics-language.txt', import.meta.url));

/** Blocks around a line, and the rules whose lines stand in them. */
const blocks: readonly (readonly [before: string, after: string, rules: string])[] = [
  ['', '', 'module parameter area attribute action allow'],
  ['', '\nend', 'organization import role points certificate delegation account dapp collaborator process right duty protect scenario measure'],
  ['', '\n  any merge in code with fewer than 3 approving members\nend', 'property'],
  ['organization "O"\n  ', '\nend', 'timeZone localTime dayEnds witnessed stale retention'],
  ['import e from "e" pinned "p"\n  ', '\nend', 'setting'],
  ['role r\n  ', '\nend', 'heldBy firstHeld openTo term gained lost loss vacancy whileShort succeeded'],
  ['measure m counts cases by each member\n  ', '\nend', 'measureBound'],
  ['points p\n  ', '\nend', 'earned decay level'],
  ['certificate c\n  ', '\nend', 'issued lastsFor revoked'],
  ['delegation d by members\n  ', '\nend', 'delegationFor depth override revocable'],
  ['account a in EUR\n  ', '\nend', 'keptBy'],
  ['dapp d image "i"\n  ', '\nend', 'checks answers endorsed'],
  ['collaborator c kept by the secretary\n  ', '\nend', 'reports actsOn'],
  ['process p\n  ', '\nend', 'governs startedBy starts about spends whileOpen onLine inFlight offlineLine recusal limit'],
  ['process p\n  ', '\n  end\nend', 'step vote meeting draw'],
  ['process p\n  ', '\n    vote v\n    end\n  end\nend', 'joint'],
  ['process p\n  ', '\nend', 'outcome'],
  [
    'process p\n  step s\n    ',
    '\n  end\nend',
    'stepLasts concerns nominations options support stepHold transitionWhen transitionUnless transitionOtherwise transitionAfter',
  ],
  [
    'process p\n  vote v\n    ',
    '\n  end\nend',
    'voters choices defaultOption counted elects marks reasons vacancies openFor ballots closesEarly extends holdsFor grace quorum secondCall passes test beats tie result',
  ],
  ['process p\n  joint j\n    vote v\n    end\n    ', '\n  end\nend', 'jointPass'],
  ['process p\n  meeting m\n    ', '\n  end\nend', 'called notice attended'],
  ['process p\n  draw d\n    ', '\n  end\nend', 'picks seed'],
  ['process p\n  outcome o\n    ', '\n  end\nend', 'acceptMerge refuseMerge grant remove award pay reverse strike startEffect'],
  ['right r\n  ', '\nend', 'rightCovers rightHeldBy denied dayLine locked offlineFor refusal'],
  ['duty d\n  ', '\nend', 'owed dutyWithin dutyEvery doneWhen otherwiseEffect'],
  ['protect p\n  ', '\nend', 'changedThrough neverChanged boundsOf lapses'],
  ['forbid "f"\n  ', '\nend', 'claim'],
  ['scenario "s"\n  ', '\nend', 'given scenarioOn scenarioAfter scenarioExpect'],
];

/** The rule that stands for "anything at the top" has no line of its own. */
const placed = sentenceRules.filter((rule) => rule !== 'declaration');

function around(rule: string, line: string): string {
  const block = blocks.find(([, , rules]) => rules.split(' ').includes(rule));
  if (block === undefined) throw new Error(`no block holds ${rule}`);
  return `gdo 1\n${block[0]}${line}${block[1]}\n`;
}

function findings(text: string): readonly string[] {
  const { diagnostics } = parseBylaws({ path: 'a.gdo', text });
  expect(diagnostics.flatMap(parserWords)).toEqual([]);
  for (const { message, why, help } of diagnostics) {
    expect(message).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    expect(why).toMatch(/\.$/);
    expect(help.length).toBeGreaterThan(5);
  }
  return asLines(text, diagnostics);
}

function codesOf(text: string, path = 'a.gdo'): readonly string[] {
  return parseBylaws({ path, text }).diagnostics.map(({ code }) => code);
}

describe('every rule of the grammar', () => {
  for (const rule of placed) {
    it(`${rule}: the line offered as help can be read`, () => {
      expect(findings(around(rule, sentenceOf([rule]).example))).toEqual([]);
    });
  }

  it('says in its own words what is wrong when a line breaks off or turns strange', () => {
    const lines = placed.flatMap((rule) => {
      const { example } = sentenceOf([rule]);
      const words = example.match(/"[^"]*"|\S+/g) ?? [];
      const broken = [words.slice(0, -1).join(' '), [words[0], '@@', ...words.slice(1)].join(' ')];
      return broken.flatMap((line) => [`${rule}: ${line}`, ...findings(around(rule, line)).map((told) => `    ${told}`)]);
    });
    const told = `${lines.join('\n')}\n`;
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, told);
    expect(told).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('a finding of the text', () => {
  const vote = (line: string): string => `gdo 1\nprocess p\n  vote v\n    ${line}\n  end\nend\n`;

  it('shows the quorum of a meeting by those who are present, with a line that can be read there, and of a vote by those who vote', () => {
    const helps = (text: string): readonly string[] => parseBylaws({ path: 'a.gdo', text }).diagnostics.map(({ help }) => help);
    const meeting = (line: string): string => `gdo 1\nprocess p\n  meeting m\n    ${line}\n  end\nend\n`;
    const shown = 'quorum at least 1/4 of members present';
    for (const line of ['quorum at least 1/4 of members', 'quorum at least 1/4 of members meeting', 'quorum of 5'])
      expect(helps(meeting(line))).toEqual([`For the quorum of a meeting write, for instance: ${shown}`]);
    expect(findings(meeting(shown))).toEqual([]);
    expect(helps(vote('quorum at least 1/4 of members'))).toEqual(['For a quorum write, for instance: quorum at least 1/2 of members voting']);
  });

  it('offers the word that was meant, with an edit that is safe where there is only one', () => {
    const text = vote('quorom at least 1/2 of members voting');
    const [found] = parseBylaws({ path: 'a.gdo', text }).diagnostics;
    expect(found?.message).toBe('The word `quorom` is not known here; did you mean `quorum`');
    expect(found?.fixes).toEqual([{ safety: 'safe', edits: [{ file: 'a.gdo', span: { start: 29, end: 35 }, text: 'quorum' }] }]);
  });

  it.each([
    [vote('quorum at least 1/4 fo directors voting'), 4, 'fo', 'of'],
    [vote('quorum at least 1/2 of teh square root of members voting'), 4, 'teh', 'the'],
    [vote('extends by 2 days when swnug in the last 24 hours'), 4, 'swnug', 'swung'],
    ['gdo 1\nprocess p\n  step s\n    when 2 toher members endorse go to a\n  end\nend\n', 4, 'toher', 'other'],
    ['gdo 1\nprocess p\n  step s\n    when the enxt heir accepts go to a\n  end\nend\n', 4, 'enxt', 'next'],
    ['gdo 1\nscenario "s"\n  on day 1 ana start p\n  fater 7 days\n  expect p\nend\n', 4, 'fater', 'after'],
    ['gdo 1\nscenario "s"\n  on day 1 ana start p\n  no day 2 bo vote yes\nend\n', 4, 'no', 'on'],
    ['gdo 1\nscenario "s"\n  on day 2 17 ohter keepers start recall\n  expect p\nend\n', 3, 'ohter', 'other'],
    ['gdo 1\nscenario "s"\n  on day 2 17 other keepers start recall abuot ann\n  expect p\nend\n', 3, 'abuot', 'about'],
    ['gdo 1\nscenario "s"\n  expect p\nedn\nrole a\nend\n', 4, 'edn', 'end'],
    ['gdo 1\nmeasure m "M"\n  counst cases by each member\nend\n', 3, 'counst', 'counts'],
    ['gdo 1\nprotect a\n  changed through b\n  obunds a.b from 2/3 to 4/5\nend\n', 4, 'obunds', 'bounds'],
  ])('is at a keyword with two letters swapped, and not at the word behind it: %s', (text, line, wrong, right) => {
    const told = findings(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^GDO001 ${line}:\\d+ The word \`${wrong}\` is not known here; did you mean \`${right}\`$`));
  });

  it('goes on behind a fault, so that the second one is found too and the tree keeps the rest', () => {
    const text = 'gdo 1\nrole a\n  held by some people\n  term 2 yeers\n  gained through x\nend\nrole b\nend\n';
    const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text });
    expect(asLines(text, diagnostics)).toEqual([
      'GDO001 3:11 After `by` comes `anyone`, `at`, `more`, `fewer`, `exactly` or a number or a share such as 2/3, not `some`',
      'GDO001 4:10 The word `yeers` is not known here; did you mean `years`',
    ]);
    expect(file.declarations.map((declaration) => declaration.kind === 'role' && declaration.clauses.map(({ kind }) => kind))).toEqual([
      ['term', 'gained'],
      [],
    ]);
  });

  it('points at the word that opened a block nobody ended', () => {
    expect(findings('gdo 1\nprocess p\n  step s\n    after 3 days go to refused\n  outcome o accepts\nend\n')).toEqual([
      'GDO002 3:3 The block `step s` has no `end`',
    ]);
    expect(findings('gdo 1\nrole a\n  held by anyone\n\nrole b\nend\n')).toEqual(['GDO002 2:1 The block `role a` has no `end`']);
  });

  it('is GDO003 for a reserved word as a name, and for roles called `of` or `other`', () => {
    expect(codesOf('gdo 1\nprocess p\n  step vote\n    after 3 days go to refused\n  end\nend\n')).toEqual(['GDO003']);
    expect(codesOf('gdo 1\nrole other plural of\nend\n')).toEqual(['GDO003', 'GDO003']);
    const text = 'gdo 1\nprocess p\n  step s\n    after 3 days go to action\n  end\n  step action\n    after 3 days go to refused\n  end\nend\n';
    const { diagnostics } = parseBylaws({ path: 'a.gdo', text });
    expect(diagnostics.map(({ code, related }) => [code, related.map(({ span }) => text.slice(span.start, span.end))])).toEqual([['GDO003', ['action']]]);
  });

  it('asks of what a limit is, and shows one of the block it stands in', () => {
    expect(findings('gdo 1\naccount till in EUR\n  limit 20000 per 30 days\nend\n')).toEqual([
      'GDO001 3:9 Something is missing after `20000`: what is counted',
    ]);
    const help = (block: string, line: string): string | undefined =>
      parseBylaws({ path: 'a.gdo', text: `gdo 1\n${block}\n  ${line}\nend\n` }).diagnostics[0]?.help;
    expect(help('account till in EUR', 'limit 20 EUR per per 30 days')).toContain('limit 2000 EUR per 30 days');
    expect(help('right enter', 'limit 2 uses per person per 1')).toContain('limit 2 uses per person per 1 day');
  });

  it('is one finding where an opening line says too much, and the lines below it are read', () => {
    const outcome = (head: string): readonly string[] =>
      codesOf(`gdo 1\nprocess p\n  step s\n    after 3 days go to done\n  end\n  ${head}\n    grant member to the candidate\n  end\nend\n`);
    expect(outcome('outcome done done')).toEqual(['GDO001']);
    expect(outcome('outcome outcome done')).toEqual(['GDO003']);
    expect(outcome('outcome done')).toEqual([]);
    const measure = (head: string): readonly string[] => codesOf(`gdo 1\n${head}\n  reported by forge\n  at least 1\nend\nrole a\nend\n`);
    expect(measure('measure work work counts hours by each member')).toEqual(['GDO001']);
    expect(measure('measure "Work" counts hours by each member')).toEqual(['GDO001']);
    expect(measure('measure work "Work" counts hours by each member')).toEqual([]);
  });

  it('is GDO006 for a value that cannot be', () => {
    for (const [value, line] of [
      ['3/0', 'quorum at least 3/0 of members voting'],
      ['400%', 'quorum at least 400% of members voting'],
      ['10 %', 'quorum at least 10 % of members voting'],
      ['0.1234567%', 'quorum at least 0.1234567% of members voting'],
      ['0 days', 'open for 0 days'],
      ['101 years', 'open for 101 years'],
      ['1/2000000', 'quorum at least 1/2000000 of members voting'],
      ['9007199254740992', 'marks at most 9007199254740992'],
      ['many digits', `marks at most ${'9'.repeat(5000)}`],
    ]) {
      expect(codesOf(vote(line ?? '')), value).toEqual(['GDO006']);
    }
    for (const date of ['2027-02-30', '2026-02-29', '1969-12-31', '2027-13-01', '2027-1-1', '2027-03-01T14:00', '2027-03-01T25:00Z']) {
      expect(codesOf(`gdo 1\nallow x because "y" until ${date}\n`), date).toEqual(['GDO006']);
    }
    for (const date of ['2028-02-29', '1970-01-01', '9999-12-31', '2027-03-01T23:59Z'])
      expect(codesOf(`gdo 1\nallow x because "y" until ${date}\n`), date).toEqual([]);
    for (const time of ['25:00', '24:01', '7:00', '12:60']) expect(codesOf(`gdo 1\nright r\n  daily from ${time} to 23:00\nend\n`), time).toEqual(['GDO006']);
  });

  it('is GDO007 for a label that names another block', () => {
    expect(codesOf('gdo 1\nrole a\nend of b\n')).toEqual(['GDO007']);
    expect(codesOf('gdo 1\nrole a\nend of a\n')).toEqual([]);
    expect(codesOf('gdo 1\norganization "O"\nend of a\n')).toEqual(['GDO007']);
  });

  it('is GDO009 for another version, and nothing else is read on a guess', () => {
    expect(codesOf('gdo 2\nrole a held by whom\n')).toEqual(['GDO009']);
  });

  it('is GDO010 for a line that may stand only once', () => {
    expect(codesOf(vote('open for 7 days open for 8 days'))).toEqual(['GDO010']);
    expect(codesOf(vote('ballots final ballots may change'))).toEqual(['GDO010']);
    expect(codesOf(vote('ballots may change ballots sealed until the close revealed within 2 days'))).toEqual([]);
    expect(codesOf(vote('quorum at least 3 members voting quorum at least 1/2 of members voting'))).toEqual([]);
    expect(codesOf('gdo 1\nprocess p\n  on edit restart\n  on conflict refuse\nend\n')).toEqual([]);
    expect(codesOf('gdo 1\nmeasure m counts cases by each a\n  at least 1\n  at most 2\n  at most 3\nend\n')).toEqual(['GDO010']);
  });

  it('is GDO030 for a secret ballot, GDO031 for a share of nothing, GDO034 for a majority', () => {
    expect(codesOf(vote('secret ballot'))).toEqual(['GDO030']);
    expect(codesOf(vote('ballots secret'))).toEqual(['GDO030']);
    // The line is left out, and nothing is made of the opening line above it.
    expect(codesOf(vote('secret ballot\n    voters members\n    open for 7 days'))).toEqual(['GDO030']);
    expect(codesOf(vote('passes when at least 2/3 are yes'))).toEqual(['GDO031']);
    expect(codesOf(vote('quorum at least 1/2 voting'))).toEqual(['GDO031']);
    expect(codesOf(vote('passes when a majority are yes'))).toEqual(['GDO034']);
    expect(codesOf(vote('counted by supermajority'))).toEqual(['GDO034']);
    expect(codesOf(vote('passes when unanimous'))).toEqual(['GDO034']);
    expect(codesOf(vote('passes when most members say yes'))).toEqual(['GDO034']);
  });

  it('is GDO033 for a parameter outside of a module, once for each', () => {
    expect(codesOf(vote('open for $period grace $period with 2 receipts'))).toEqual(['GDO033']);
    expect(codesOf(`gdo 1\nmodule m\n${vote('open for $period').slice(6)}`)).toEqual([]);
  });

  it('tells the first line, stray ends, unclosed and curly quotes', () => {
    expect(findings('role a\nend\n')).toEqual(['GDO001 1:1 The text does not begin with `gdo 1`']);
    expect(findings('')).toEqual(['GDO001 1:1 The text does not begin with `gdo 1`']);
    expect(findings('gdo 1\nrole a\nend\nend\nrole b\nend\n')).toEqual(['GDO001 4:1 This `end` closes nothing']);
    expect(findings('gdo 1\norganization "O\nend\n')).toEqual(['GDO001 2:14 The quote `"O` has no closing mark']);
    expect(findings('gdo 1\norganization \u201cO\u201d\nend\n')).toEqual(['GDO001 2:14 The quote `\u201cO\u201d` has curly marks']);
    expect(findings('gdo 1\nproces p\nend\n')).toEqual(['GDO001 2:1 The word `proces` is not known here; did you mean `process`']);
  });
});
