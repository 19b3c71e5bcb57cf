// Lists for the stock doorbot: both forms give the decisions of the bylaws for 200 fobs, and no ledger file holds what opens a door.
import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { examples, needing } from './application.ts';

const itPython = needing('python3');
const folder = mkdtempSync(join(tmpdir(), 'gdo-doorbot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, words: readonly string[], input: string): { readonly exit: number; readonly out: string } {
  const ended = spawnSync('python3', ['-B', join(examples, 'makerspace/programs', program), ...words], { input, encoding: 'utf8' });
  return { exit: ended.status ?? -1, out: ended.stdout };
}

/** Fobs of the local file: every seventh is disabled, every fifth belongs to somebody whom the organization does not know. */
const fobs = Array.from({ length: 200 }, (_none, index) => ({
  number: String((index * 104_729 + 4711) % 10_000_000_000),
  person: index % 5 === 4 ? `stranger-${index}` : `person-${index}`,
  state: index % 7 === 6 ? 'disabled' : 'active',
  isKnown: index % 5 !== 4,
  isLate: index % 3 === 2,
}));

/** What `gdo slice --everyone --json` answers for them. */
const answers = JSON.stringify({
  rows: fobs
    .filter(({ isKnown }) => isKnown)
    .map(({ person, isLate }) =>
      isLate ? { person, kind: 'refused', reason: 'lapsed', says: 'Your dues, "late".' } : { person, kind: 'allowed', right: 'enter' },
    ),
});

const local = join(folder, 'fobs.csv');
writeFileSync(local, `number,person,state\n${fobs.map(({ number, person, state }) => `${number},${person},${state}\n`).join('')}`);

const ten = (number: string): string => number.padStart(10, '0');
const tag = (number: string): string => createHash('sha224').update(ten(number)).digest('hex');

/** What a stock doorbot would do: allowed, or not. */
const opens = fobs.map((fob) => fob.isKnown && !fob.isLate && fob.state === 'active');

describe('access lists for the stock doorbot (R56)', () => {
  itPython('give the decisions of the bylaws as CSV, by SHA-224 of ten digits', () => {
    const { out } = run('access_list.py', ['csv', local], answers);
    const [header, ...rows] = out.trimEnd().split('\n');
    expect(header).toBe('username,key,value,allowed,hashedCard,lastAccessed');
    const byTag = new Map(rows.map((row) => row.split(',')).map((cells) => [cells[4], cells]));
    expect(fobs.map(({ number }) => byTag.get(tag(number))?.[3] === 'allowed')).toEqual(opens);
    expect([...byTag.values()].every((cells) => cells.length === 6 && /^(allowed|denied)$/.test(cells[3] ?? ''))).toBe(true);
  });

  itPython('and as JSON, with the reason for whoever is refused', () => {
    const rows: readonly Readonly<Record<string, string | number>>[] = JSON.parse(run('access_list.py', ['json', local], answers).out);
    expect(rows).toHaveLength(200);
    const byTag = new Map(rows.map((row) => [row['tagid'], row]));
    expect(fobs.map(({ number }) => byTag.get(tag(number))?.['allowed'] === 'allowed')).toEqual(opens);
    expect(new Set(rows.map((row) => row['allowed']))).toEqual(new Set(['allowed', 'denied', 'false']));
    const fields = ['allowed', 'last_accessed', 'level', 'member', 'nickname', 'plan', 'raw_tag_id', 'tag_ident', 'tagid', 'warning'];
    expect(rows.map((row) => Object.keys(row).toSorted())).toEqual(rows.map(() => fields));
    expect(byTag.get(tag(fobs[2]?.number ?? ''))).toMatchObject({ allowed: 'denied', warning: 'Your dues, "late".', raw_tag_id: ten(fobs[2]?.number ?? '') });
  });

  itPython('come from a local file only: the ledger has a keyed hash, which without the key says nothing', () => {
    writeFileSync(join(folder, 'secret'), 'a key\n');
    const line = (number: string): string => run('fobs.py', [join(folder, 'secret'), number, 'dee'], '').out;
    const keyed = createHmac('sha256', 'a key').update('0012345678').digest('hex');
    expect(line('12345678')).toBe(`${keyed},dee,active\n`);
    expect(line('0012345678')).toBe(line('12345678'));
    expect(line('12345678')).not.toContain(tag('12345678').slice(0, 8));
    expect(run('fobs.py', [join(folder, 'secret'), '12345678901', 'dee'], '').exit).toBe(1);
    expect(run('access_list.py', ['csv', local], answers.replace('person-0', 'person-none')).out).toContain('person-0,0,0,denied');
  });
});
