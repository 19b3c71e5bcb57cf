// `gdo sim` from the command line: stories, numbers, counts, replays, and what it says to wrong words.
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { compileBylaws } from '../../../compiler/index.ts';
import { parseBylaws } from '../../../language/index.ts';
import { askPlay } from '../../../node/cli/sim-questions.ts';
import { makeBench } from './virtual-world.ts';

const bylaws = `gdo 1

organization "Test"
end

area bylaws covers "bylaws/**"

role member plural members
  held by 3 to 9 people
  first held by "ada", "ben", "chi"
  gained through admission
  lost through resignation
end

process admission
  started by any member
  vote ballot
    voters members
    open for 7 days
    passes when more than 1/2 of all members are yes
    when passed go to admitted
    otherwise go to refused
  end
  outcome admitted
    grant member to the candidate
  end
end

process decree
  governs bylaws
  started by any member
  step notice
    after 7 days go to accepted
  end
end
`;

const history = {
  title: 'Ada decrees',
  given: [],
  events: [
    { day: 0, kind: 'act', verb: 'start', process: 'decree', people: ['ada'] },
    { kind: 'wait', count: 8, unit: 'day' },
  ],
};

async function sim(...words: readonly string[]): Promise<{ readonly exit: number; readonly text: string }> {
  const bench = makeBench({ 'bylaws/a.gdo': bylaws, 'history.json': JSON.stringify(history), 'broken.json': '{"title": 1}' });
  const { exit, stdout, stderr } = await bench.run('sim', ...words);
  return { exit, text: stdout + stderr };
}

describe('gdo sim', () => {
  it('tells the story of a process and how close it was', async () => {
    const { exit, text } = await sim('admission');
    expect(exit).toBe(0);
    expect(text).toContain('It is accepted as `admitted` if this happens: 2 more members must vote yes (ada, ben, chi can).');
    expect(text).toContain('Day 7: it is accepted as admitted (ballot: passed). It fails if one more stays away.');
  });

  it('takes numbers, and answers in JSON', async () => {
    const { exit, text } = await sim('admission', '--yes', '1', '--no', '2', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ schema: 'gdo-sim/1', outcome: 'refused', accepted: false, days: 7, margin: null });
  });

  it('takes who abstains and who stays away', async () => {
    const { exit, text } = await sim('admission', '--yes', '1', '--abstain', '1', '--absent', '1');
    expect(exit).toBe(0);
    expect(text.match(/ votes (yes|no|abstain)/g)).toEqual([' votes yes', ' votes abstain']);
    expect(text).toContain('it is not accepted: refused (ballot: failed)');
    expect(text).not.toContain('the numbers are for');
    for (const [words, asked] of [
      [['--yes', '9'], 9],
      [['--yes', '3', '--no', '3'], 6],
      [['--yes', '2', '--absent', '2'], 4],
    ] as const)
      expect((await sim('admission', ...words)).text, words.join(' ')).toContain(
        `✗ the numbers are for ${asked} people, and 3 can vote here: yes comes first, then no`,
      );
  });

  it('plays the people of a town in one line for all who do the same, and no more than it can', async () => {
    const open = `gdo 1\norganization "Town"\nend\nrole citizen plural citizens\n  held by anyone\n  gained through joining\nend\nprocess joining\n  started by any person\n  outcome joined\n    grant citizen to the candidate\n  end\nend\nprocess decree\n  started by any citizen\n  vote ballot\n    voters citizens\n    open for 7 days\n    passes when more than 1/2 of votes cast are yes\n    tie fails\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
    const town = async (...words: readonly string[]): Promise<{ readonly exit: number; readonly text: string }> => {
      const { exit, stdout, stderr } = await makeBench({ 'bylaws/a.gdo': open }).run('sim', ...words);
      return { exit, text: stdout + stderr };
    };
    const played = await town('decree', '--people', '10000', '--yes', '6000', '--no', '4000');
    expect(played.text).toContain('citizen-1, citizen-10, citizen-100, citizen-1000, citizen-10000, citizen-1001 and 5994 more vote yes');
    expect(played.text.split('\n').length).toBeLessThan(20);
    expect((await town('decree', '--people', '50001')).text).toContain('`--people 50001` is no whole number up to 50000');
    const tooMany = await town('decree', '--people', '50000', '--random', '21');
    expect(tooMany).toMatchObject({ exit: 2, text: expect.stringContaining('such as:  --people 50000 --random 20') });
  });

  it('counts how random plays end', async () => {
    const { exit, text } = await sim('admission', '--random', '12', '--seed', '3', '--json');
    expect(exit).toBe(0);
    const counts = JSON.parse(text);
    expect(counts).toMatchObject({ schema: 'gdo-sim-random/1', plays: 12 });
    expect(counts.ends.map((row: { readonly count: number }) => row.count).reduce((sum: number, one: number) => sum + one, 0)).toBe(12);
  });

  it('replays the history behind a finding, and one in a file', async () => {
    expect((await sim('--replay', 'GDO401')).text).toContain('one person alone changes the bylaws through decree');
    const { exit, text } = await sim('--replay', 'history.json', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(text).trace.map((line: { readonly text: string }) => line.text)).toEqual(['ada starts decree', 'decree: notice', 'decree: accepted']);
  });

  it('says what is wrong with words it does not know: exit 2', async () => {
    for (const [words, code] of [
      [['admision'], 'GDO5003'],
      [[], 'GDO5002'],
      [['admission', '--yes', 'many'], 'GDO5003'],
      [['--replay', 'GDO301'], 'GDO5003'],
      [['--replay', 'broken.json'], 'GDO5003'],
      [['--replay', '../outside.json'], 'GDO5014'],
      [['admission', '--interactive'], 'GDO5004'],
    ] as const) {
      const { exit, text } = await sim(...words);
      expect([exit, text.includes(code)], words.join(' ')).toEqual([2, true]);
    }
  });
});

describe('gdo sim --interactive', () => {
  it('offers who may do what, and lets time pass', async () => {
    const compiled = compileBylaws([parseBylaws({ path: 'bylaws/a.gdo', text: bylaws }).file]);
    const process = compiled.charter?.processes.find((one) => one.name === 'decree');
    if (compiled.charter === undefined || process === undefined) throw new Error('it does not compile');
    const [input, output] = [new PassThrough(), new PassThrough()];
    // The first offer is that ada proposes; then a day passes is first and "until something is due" second.
    const keys = ['\r', '\u001b[B', '\r'];
    output.on('data', (drawn: Buffer) => {
      const key = /What happens next|time passes/.test(drawn.toString('utf8')) ? keys.shift() : undefined;
      if (key !== undefined) setTimeout(() => input.write(key), 5);
    });
    const shown: string[] = [];
    const show = (story: readonly { readonly text: string }[]): void => void shown.push(...story.map((line) => line.text));
    const asked = askPlay({ charter: compiled.charter, process, plan: { days: 100 }, show, input, output });
    const played = await asked;
    expect([played.outcome, played.accepted]).toEqual(['accepted', true]);
    expect(shown[0]).toBe('ada proposes a case of `decree`');
  });
});
