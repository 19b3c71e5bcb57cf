// Printing: reading what was printed gives the same tree, printing it again the same text, and the canonical form is the one of the paper.
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { parseBylaws, printBylaws, softWords } from '../../language/index.ts';
import { sentenceOf } from '../../language/sentences.ts';
import { withoutSpans } from './shape.ts';

function formatted(text: string, path = 'a.gdo'): string {
  const { file, diagnostics } = parseBylaws({ path, text });
  expect(diagnostics).toEqual([]);
  const printed = printBylaws(file);
  expect(printBylaws(parseBylaws({ path, text: printed }).file)).toBe(printed);
  return printed;
}

describe('the canonical form', () => {
  it('has two spaces, one clause a line, clauses in order, a blank line between declarations', () => {
    const text = `gdo 1
area code covers "src/**" area bylaws covers "bylaws/**"
process p "P" started by any member governs code vote v passes when more than 1/2 of votes cast are yes open for 1 days voters members
when passed go to accepted otherwise go to refused end end role a plural as held by 1 people end`;
    expect(formatted(text)).toBe(`gdo 1

area code covers "src/**"
area bylaws covers "bylaws/**"

process p "P"
  governs code
  started by any member
  vote v
    voters members
    open for 1 day
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end

role a plural as
  held by 1 person
end
`);
  });

  it('labels the far end of a long block and parts the stages of a process with more than three', () => {
    const stage = (name: string): string => `step ${name}\n lasts at least 2 days\n after 3 days go to refused\n end\n`;
    const printed = formatted(`gdo 1\nprocess p\n started by any member\n${['a', 'b', 'c', 'd'].map(stage).join('')}end of p\n`);
    expect(printed).toContain('  started by any member\n\n  step a\n');
    expect(printed).toContain('  end\n\n  step b\n');
    expect(printed.endsWith('  end\nend of p\n')).toBe(true);
    expect(formatted(`gdo 1\nprocess p\n started by any member\n${['a', 'b'].map(stage).join('')}end of p\n`).endsWith('  end\nend\n')).toBe(true);
  });

  it('keeps comments above their lines, behind them, at the top and at the end', () => {
    const text = `gdo 1
-- About this text.

-- About a.
role a -- behind a
  -- about the holders
  held by anyone -- behind the line
  -- at the end of a
end -- behind the end
-- last
`;
    expect(formatted(text)).toBe(`gdo 1
-- About this text.

-- About a.
role a  -- behind a
  -- about the holders
  held by anyone  -- behind the line
  -- at the end of a
end  -- behind the end

-- last
`);
  });

  it('keeps a comment beside a version that nothing follows', () => {
    for (const text of ['gdo 1--', 'gdo 1 -- a\n-- b', '-- a\ngdo 1 -- b', '```gdo\ngdo 1 -- a\n```\n'])
      formatted(text, text.startsWith('`') ? 'a.gdo.md' : 'a.gdo');
  });

  it('moves comments with the clause they belong to', () => {
    const text =
      'gdo 1\nprocess p\n  vote v\n    -- the quorum\n    quorum at least 3 members voting\n    voters members -- all\n    -- one\n    open -- two\n      for 3 days\n  end\nend\n';
    expect(formatted(text)).toContain(
      '    voters members  -- all\n    -- one\n    -- two\n    open for 3 days\n    -- the quorum\n    quorum at least 3 members voting\n',
    );
  });

  it('keeps the order of clauses that has meaning: `when`, `passes`, and deadlines among themselves', () => {
    const lines = [
      'when 2 members approve go to a',
      'when 1 member objects go to b',
      'after 3 days go to c',
      'unless a member objects within 3 days go to d',
      'after 3 days go to e',
    ];
    const printed = formatted(`gdo 1\nprocess p\n  step s\n    ${lines.join('\n    ')}\n  end\nend\n`);
    expect(printed).toContain(lines.map((line) => `    ${line}\n`).join(''));
  });

  it('changes nothing in a literate file outside of its fences', () => {
    const text =
      'Prose   with  spaces\r\n\n# Members\n\n```gdo\ngdo 1\nrole   a\n end\n```\n\n~~~ python\nrole   a\n~~~\n\n````gdo-test\nscenario "s"\n expect   a\nend\n````\ntail';
    expect(formatted(text, 'a.gdo.md')).toBe(
      'Prose   with  spaces\r\n\n# Members\n\n```gdo\ngdo 1\n\nrole a\nend\n```\n\n~~~ python\nrole   a\n~~~\n\n````gdo-test\nscenario "s"\n  expect a\nend\n````\ntail',
    );
  });
});

/** Opening lines and the rules whose lines may stand in the block, as many as wanted. */
const blocks: readonly (readonly [opening: string, rules: string, closing: string])[] = [
  ['organization "O"', 'timeZone localTime dayEnds witnessed stale retention allow', 'end'],
  ['role @ plural @ "R"', 'heldBy firstHeld openTo term gained lost loss vacancy whileShort succeeded limit allow', 'end'],
  ['measure @ counts @ by each @ over the last 3 days reported by @', 'measureBound', 'end'],
  ['points @', 'earned decay level limit allow', 'end'],
  ['certificate @', 'issued lastsFor revoked allow', 'end'],
  ['delegation @ by @', 'delegationFor depth override revocable lastsFor limit', 'end'],
  ['account @ in EUR', 'keptBy limit allow', 'end'],
  ['dapp @ image "i"', 'checks answers endorsed', 'end'],
  ['collaborator @ kept by the @', 'reports actsOn', 'end'],
  ['process @', 'governs startedBy starts about spends whileOpen onLine inFlight offlineLine recusal limit allow', 'outcome @ accepts end'],
  [
    'process @ step @',
    'stepLasts concerns nominations options support stepHold transitionWhen transitionUnless transitionOtherwise transitionAfter limit',
    'end end',
  ],
  [
    'process @ vote @',
    'voters choices defaultOption counted elects marks reasons vacancies openFor ballots closesEarly extends holdsFor grace quorum secondCall passes test beats tie result limit recusal transitionOtherwise',
    'end end',
  ],
  ['process @ joint @ vote @ end vote @ end', 'jointPass transitionOtherwise', 'end end'],
  ['process @ meeting @', 'called notice attended openFor quorum secondCall result transitionOtherwise', 'end end'],
  ['process @ draw @', 'picks seed limit result transitionOtherwise', 'end end'],
  ['process @ outcome @ grant @ to the @', 'acceptMerge refuseMerge grant remove award pay reverse strike startEffect', 'end end'],
  ['right @', 'rightCovers rightHeldBy denied dayLine locked offlineFor refusal limit', 'end'],
  ['duty @', 'owed dutyWithin dutyEvery doneWhen otherwiseEffect', 'end'],
  ['protect @.@', 'changedThrough neverChanged boundsOf lapses', 'end'],
  ['forbid "f" @.@ reaches @ within 3 days', '', 'end'],
  ['scenario "s"', 'scenarioOn scenarioAfter scenarioExpect', 'end'],
];

const names = softWords.filter((word) => !['of', 'other'].includes(word)).concat(['member', 'members', 'x-1', 'A', 'uUu', 'constructor']);
/** Names of the examples, which any other name may stand for. */
const replaced =
  /\b(members?|director|secretary|president|author|subject|merged|accepted|refused|objects|approve|employer|amendment|election|candidate|veto|treasury|irv)\b/g;
const numbers = /(?<![-\d/:.T])\b([2-9]|1\d|30|90)\b(?![-\d/:%.])/g;

describe('any bylaws', () => {
  it('come back the same when printed and read, and print the same the second time', () => {
    const block = fc.constantFrom(...blocks).chain(([opening, rules, closing]) => {
      const line = rules === '' ? fc.constant('') : fc.constantFrom(...rules.split(' ')).map((rule) => sentenceOf([rule]).example);
      return fc.array(line, { maxLength: 8 }).map((lines) => `${opening}\n${lines.join('\n')}\n${closing}`);
    });
    const gap = fc.constantFrom('\n', ' ', '  -- note\n', '\n\n-- note\n');
    const program = fc.array(fc.tuple(block, gap), { maxLength: 5 }).map((parts) => parts.map(([text, between]) => text + between).join(''));
    fc.assert(
      fc.property(program, fc.array(fc.nat(names.length - 1), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 80 }), (source, picks, count) => {
        let next = 0;
        const name = (): string => names[picks[next++ % picks.length] ?? 0] ?? 'x';
        const text = `gdo 1\n${source
          .replace(/@/g, name)
          .replace(replaced, (word) => (next++ % 2 === 0 ? word : name()))
          .replace(numbers, () => String(count))}`;
        const first = parseBylaws({ path: 'a.gdo', text });
        // Some names turn an example into another clause or none; what was read must still come back.
        const printed = printBylaws(first.file);
        const second = parseBylaws({ path: 'a.gdo', text: printed });
        if (first.diagnostics.every(({ code }) => code === 'GDO010' || code === 'GDO006')) {
          expect(second.diagnostics.filter(({ code }) => code !== 'GDO010' && code !== 'GDO006')).toEqual([]);
          expect(second.file.comments.map((comment) => comment.text)).toEqual(first.file.comments.map((comment) => comment.text));
        }
        const again = printBylaws(second.file);
        expect(again).toBe(printed);
        expect(withoutSpans(parseBylaws({ path: 'a.gdo', text: again }).file.declarations)).toEqual(withoutSpans(second.file.declarations));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps comments at the top apart from the first declaration, all down to the last blank line, in time that grows with their number', () => {
    const head = Array.from({ length: 20_000 }, (_, index) => `-- ${index}${index % 7 === 0 ? '\n' : ''}`).join('\n');
    const text = `gdo 1\n${head}\n-- of the area\narea work covers "work/**"\n`;
    const printed = printBylaws(parseBylaws({ path: 'a.gdo', text }).file);
    expect(printed.split('\n').slice(0, 3)).toEqual(['gdo 1', '-- 0', '-- 1']);
    expect(printed).toMatch(/-- 19999\n\n-- of the area\narea work/);
    expect(printBylaws(parseBylaws({ path: 'a.gdo', text: printed }).file)).toBe(printed);
  });
});
