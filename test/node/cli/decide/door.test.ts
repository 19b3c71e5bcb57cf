// Acts outside of cases, and a door that decides alone from a slice: real keys, real git, a real socket. Rules S89 to S99, S102.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideWish } from '../../../../node/doors/door.ts';
import { openDoorSocket } from '../../../../node/doors/door-socket.ts';
import { checkSlice } from '../../../../node/ledger/slice.ts';
import { examples, needing } from '../../../examples/application.ts';
import { accept, foundHouse, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

const itPython = needing('python3');
const programs = join(examples, 'makerspace/programs');

const people = ['ana', 'bo', 'cy', 'door'];
const bylaws = `gdo 1

organization "Shed"
  time zone "UTC"
  local time "+00:00"
  stale after 30 days
end

area bylaws covers "bylaws/**"

role member plural members
  held by anyone
  first held by "ana", "bo", "cy"
  gained through admission
  lost through resignation or arrears of 14 days
end

attribute trade certified by any member

certificate laser-safety plural laser-certificates
  issued by 1 member
  issued to members
  lasts 1 year
  revoked by any member
end

collaborator bank kept by any member
  reports "arrears", "no arrears"
end

right enter
  covers "doors/front"
  held by members
  daily from 06:00 to 24:00
  offline for at most 7 days
end

right use-laser
  covers "machines/laser"
  held by members who hold laser-safety
  limit 2 uses per person per 1 day
  locked by any member released by any member
  offline for at most 7 days
end

process admission
  started by any person
  step sponsors
    when 2 members endorse go to admitted
    after 30 days go to refused
  end
  outcome admitted
    grant member to the candidate
  end
end

process amendment
  governs bylaws
  started by any member
  step sponsors
    when 2 other members endorse go to adopted
    after 30 days go to refused
  end
  outcome adopted accepts
end
`;

let founded: House;
beforeAll(async () => {
  founded = await foundHouse({ people, bylaws });
  // The founding has no votes yet, and a door believes nothing without them.
  await say(founded, 'ana', 'report', 'no arrears', '--about', 'ana');
}, 120_000);
const doors: ChildProcess[] = [];
afterAll(() => {
  for (const door of doors) door.kill('SIGKILL');
  removeHouses();
});

/** Every event with its verdict, ascending. */
async function verdicts(house: House): Promise<readonly string[]> {
  const { events } = JSON.parse((await house.gdo('ana', 'ana', 'log', '--json')).stdout);
  const rows: readonly { readonly actor: string; readonly kind: string; readonly verdict: { readonly kind: string; readonly code?: string } }[] = events;
  return rows.map(({ actor, kind, verdict }) => [actor, kind, verdict.kind, ...(verdict.code === undefined ? [] : [verdict.code])].join(' ')).toSorted();
}

async function say(house: House, who: string, ...words: readonly string[]): Promise<void> {
  accept(await house.gdo(who, who, 'act', ...words));
  await round(house, people);
}

describe('gdo act outside of a case', () => {
  it('reports, issues, certifies, locks, releases and resigns, and the bylaws judge each', async () => {
    const house = founded.copy();
    const act = async (who: string, ...words: readonly string[]): Promise<string> => accept(await house.gdo(who, who, 'act', ...words)).stdout;
    await act('bo', 'report', 'arrears', '--about', 'cy');
    await act('bo', 'issue', 'laser-safety', '--about', 'ana');
    await act('bo', 'certify', 'trade', 'joiner', '--about', 'ana');
    await act('door', 'issue', 'laser-safety', '--about', 'bo');
    await act('cy', 'lock', 'machines/laser', 'the tube is broken');
    await act('bo', 'lock', 'machines/laser', 'it smells');
    await round(house, people);
    expect(await act('ana', 'release', 'machines/laser', 'new tube')).toContain('You release machines/laser. Locks that stay: 1.');
    await act('bo', 'revoke', 'laser-safety', '--about', 'ana');
    await act('bo', 'resign', 'member');
    await round(house, people);
    await act('bo', 'report', 'no arrears', '--about', 'cy');
    await round(house, people);
    expect((await verdicts(house)).filter((row) => !row.startsWith('ana fact'))).toEqual(
      [
        'bo fact ok',
        'bo issue ok',
        'bo certify ok',
        'door issue refused GDO1040',
        'cy lock ok',
        'bo lock ok',
        'ana release ok',
        'bo revoke ok',
        'bo resign ok',
        'bo fact flagged GDO1040',
      ].toSorted(),
    );
  }, 240_000);

  it('says what is there where a word is wrong, and signs nothing', async () => {
    const cases: readonly (readonly [words: readonly string[], said: string])[] = [
      [['reprot', 'arrears', '--about', 'cy'], 'did you mean `report`?'],
      [['report', 'arears', '--about', 'cy'], 'did you mean `arrears`?'],
      [['report', 'arrears'], 'Whom do you report about?'],
      [['issue', 'laser', '--about', 'cy'], 'is no certificate here'],
      [['lock', 'machines/laser'], 'Why do you lock it?'],
      [['release', 'machines/laser', 'new tube'], 'is not locked'],
      [['resign', 'king'], 'is no role here'],
      [['uses'], 'Which file of uses?'],
    ];
    for (const [words, said] of cases) {
      const { exit, stderr } = await founded.gdo('ana', 'ana', 'act', ...words);
      expect([words, exit, stderr]).toEqual([words, 2, expect.stringContaining(said)]);
    }
  });
});

/** The program as it is installed, because a door is a process of its own. */
const program = fileURLToPath(new URL('../../../../dist/gdo.js', import.meta.url));

interface Door {
  readonly ask: (wish: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

/** Opens a door in a folder that holds `door.ndjson`. Its clock is this machine's, so the slice must be of now. */
async function openDoor(folder: string, org: string): Promise<Door> {
  const words = ['slice', 'door.ndjson', '--org', org, '--listen', 'door.sock', '--record', 'uses.ndjson'];
  const door = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  doors.push(door);
  await once(door.stdout, 'data');
  const caller: Socket = connect(`${folder}/door.sock`);
  await once(caller, 'connect');
  caller.setEncoding('utf8');
  return {
    ask: async (wish) => {
      caller.write(`${JSON.stringify(wish)}\n`);
      const [line] = await once(caller, 'data');
      return JSON.parse(String(line));
    },
    close: async () => {
      caller.destroy();
      door.kill('SIGTERM');
      await once(door, 'exit');
    },
  };
}

async function sliceOf(house: House): Promise<{ readonly org: string }> {
  accept(await house.gdo('door', 'door', 'slice', '--out', 'door.ndjson'));
  const { org } = JSON.parse((await house.gdo('ana', 'ana', 'status', '--json')).stdout);
  return { org };
}

describe('a door that decides alone', () => {
  it('answers on its socket, writes each use down first, and the ledger takes each once', async () => {
    const house = founded.copy();
    await say(house, 'bo', 'issue', 'laser-safety', '--about', 'ana');
    const { org } = await sliceOf(house);
    const door = await openDoor(house.place('door'), org);
    // Whatever the hour is, nobody unknown passes and no thing is invented.
    expect(await door.ask({ thing: 'doors/front' })).toMatchObject({ kind: 'refused', reason: 'unknown-credential' });
    expect(await door.ask({ thing: 'doors/cellar', person: 'ana' })).toMatchObject({ kind: 'refused', reason: 'unknown-thing' });
    expect(await door.ask({ thing: 'doors/front', person: 'bo', credential: 'disabled' })).toMatchObject({ reason: 'credential-disabled' });
    for (const wrong of [{}, { thing: 7 }, { thing: 'doors/front', person: 'Ana Ana' }, { thing: 'doors/front', open: true }, []])
      expect(await door.ask(wrong)).toHaveProperty('error');
    await door.close();
    const lines = readFileSync(house.place('door', 'uses.ndjson'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(['unknown-credential', 'unknown-thing', 'credential-disabled']);
    expect((await house.gdo('door', 'door', 'act', 'uses', 'uses.ndjson')).stdout).toBe('✓ 3 uses signed as door.\n');
    expect((await house.gdo('door', 'door', 'act', 'uses', 'uses.ndjson')).stdout).toBe('✓ 0 uses signed as door; 3 were here already.\n');
    await round(house, people);
    const { events } = JSON.parse((await house.gdo('ana', 'ana', 'log', '--person', 'door', '--json')).stdout);
    expect(events).toHaveLength(3);
  }, 120_000);

  it('says who may pass by the clock of its wall, and refuses an offset that is none (S89, GDO5003)', async () => {
    const house = founded.copy();
    const { org } = await sliceOf(house);
    const asked = (...words: readonly string[]): ReturnType<House['gdo']> =>
      house.gdo('door', 'door', 'slice', 'door.ndjson', '--org', org, '--thing', 'doors/front', '--person', 'ana', '--at', '2026-11-21T11:00Z', ...words);
    // The front door is open from six to midnight, in the bylaws by UTC.
    expect(await asked()).toMatchObject({ exit: 0 });
    expect(await asked('--offset', '-05:00')).toMatchObject({ exit: 0 });
    expect(await asked('--offset', '-06:00')).toMatchObject({ exit: 1, stdout: expect.stringContaining('outside-hours') });
    expect(await asked('--offset', '-6')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  });

  it('counts its own uses for a limit before the ledger has them, and not twice when it has (S97)', async () => {
    const house = founded.copy();
    await say(house, 'bo', 'issue', 'laser-safety', '--about', 'ana');
    const { org } = await sliceOf(house);
    const sliceHere = (): Extract<ReturnType<typeof checkSlice>, { readonly kind: 'ok' }> => {
      const slice = checkSlice(readFileSync(house.place('door', 'door.ndjson')), { org });
      if (slice.kind === 'refused') throw new Error(slice.reason);
      return slice;
    };
    const first = sliceHere();
    const start = first.checkpoint.timeMs;
    const at = (minutes: number, slice: typeof first, recorded: readonly ReturnType<typeof decideWish>['use'][]): ReturnType<typeof decideWish> =>
      decideWish(slice, recorded, { thing: 'machines/laser', person: 'ana', atMs: start + minutes * 60_000, offsetMinutes: 0 });
    const uses = [at(1, first, []).use];
    uses.push(at(2, first, uses).use);
    expect(uses.map(({ reason }) => reason)).toEqual(['allowed', 'allowed']);
    expect(at(3, first, uses).use.reason).toBe('limit-reached');
    expect(at(24 * 60 + 1, first, uses).use.reason).toBe('allowed');
    writeFileSync(house.place('door', 'uses.ndjson'), uses.map((use) => `${canonical(use)}\n`).join(''));
    house.wait(1);
    accept(await house.gdo('door', 'door', 'act', 'uses', 'uses.ndjson'));
    await round(house, people);
    expect(await verdicts(house)).toContain('door fact ok');
    await sliceOf(house);
    const second = sliceHere();
    expect(second.checkpoint.height).toBeGreaterThan(first.checkpoint.height);
    expect(at(24 * 60 + 1, second, uses).use.reason).toBe('allowed');
    expect(at(24 * 60, second, uses).use.reason).toBe('limit-reached');
    expect(at(90, second, []).use.reason).toBe('limit-reached');
  }, 240_000);

  itPython('is asked by the agent of a card reader, which knows fobs by their keyed hash only', async () => {
    const house = founded.copy();
    const { org } = await sliceOf(house);
    const slice = checkSlice(readFileSync(house.place('door', 'door.ndjson')), { org });
    if (slice.kind === 'refused') throw new Error(slice.reason);
    writeFileSync(house.place('secret'), 'only the doors know this\n');
    const rows = ['12345678,ana,active', '0000004711,bo,disabled', '99,door,active'].map((row) => {
      const [number = '', person = '', state = ''] = row.split(',');
      const line = execFileSync('python3', ['-B', join(programs, 'fobs.py'), house.place('secret'), number, person], { encoding: 'utf8' });
      return line.replace('active', state);
    });
    writeFileSync(house.place('fobs.csv'), `fob,person,state\n${rows.join('')}`);
    const server = await openDoorSocket({
      socket: house.place('door.sock'),
      record: house.place('uses.ndjson'),
      clockMs: () => Date.UTC(2026, 10, 21, 12),
      offsetMinutes: () => 0,
      newest: () => slice,
    });
    const reader = spawn('python3', [
      '-B',
      join(programs, 'reader.py'),
      'doors/front',
      house.place('door.sock'),
      house.place('secret'),
      house.place('fobs.csv'),
    ]);
    doors.push(reader);
    let said = '';
    reader.stdout.on('data', (text: Buffer) => (said += text.toString('utf8')));
    reader.stdin.end('0012345678\n12345678\n0000004711\n0000000099\n5\nnonsense\n٣٣\n');
    await once(reader, 'exit');
    server.close();
    const unknown = 'red: This is not known here.';
    expect(said.trim().split('\n')).toEqual([
      'green',
      'green',
      'red: This no longer opens anything.',
      'red: This is not open to you.',
      unknown,
      unknown,
      unknown,
    ]);
    expect(readFileSync(house.place('uses.ndjson'), 'utf8')).not.toMatch(/12345678|4711/);
  });

  it('lists what everybody is told at an hour, for readers that know only yes and no', async () => {
    const house = founded.copy();
    const { org } = await sliceOf(house);
    const words = ['slice', 'door.ndjson', '--org', org, '--thing', 'doors/front', '--everyone', '--json'];
    const rows = async (at: string): Promise<readonly string[]> =>
      JSON.parse((await house.gdo('door', 'door', ...words, '--at', at)).stdout).rows.map(
        ({ person, kind, reason }: Readonly<Record<string, string>>) => `${person} ${reason ?? kind}`,
      );
    expect(await rows('2026-11-21T12:00Z')).toEqual(['ana allowed', 'bo allowed', 'cy allowed', 'door no-role']);
    expect(await rows('2026-11-22T05:59Z')).toEqual(['ana outside-hours', 'bo outside-hours', 'cy outside-hours', 'door no-role']);
    expect(await rows('2026-11-28T12:00Z')).toEqual(['ana too-long-offline', 'bo too-long-offline', 'cy too-long-offline', 'door no-role']);
  }, 60_000);

  it('refuses a record of uses that somebody wrote by hand, and a place that is no socket', async () => {
    const house = founded.copy();
    const { org } = await sliceOf(house);
    writeFileSync(house.place('door', 'uses.ndjson'), '{"reason": "allowed"}\n');
    expect(await house.gdo('door', 'door', 'act', 'uses', 'uses.ndjson')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
    const words = ['slice', 'door.ndjson', '--org', org, '--listen', 'door.ndjson', '--record', 'other.ndjson'];
    expect(await house.gdo('door', 'door', ...words)).toMatchObject({ exit: 3, stderr: expect.stringContaining('is no socket') });
    expect(existsSync(house.place('door', 'other.ndjson'))).toBe(false);
  }, 60_000);
});

function canonical(row: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1))));
}
