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

/** What a door needs of one line. */
interface Entry {
  readonly tag: string;
  readonly opens: boolean;
  readonly person: string;
}

/** SHA-224 in hex. */
const tagForm = /^[0-9a-f]{56}$/;

/** Reads RFC 4180 by hand: what is between quotes may hold commas and quotes. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);
}

/** The published form `username,key,value,allowed,hashedCard,lastAccessed`: one row for each card, `allowed` or `denied`. */
function readCsv(text: string): readonly Entry[] {
  const [header, ...lines] = text.split('\n');
  if (header !== 'username,key,value,allowed,hashedCard,lastAccessed' || lines.pop() !== '') throw new Error('it has another header, or no end of a line');
  return lines.map((line) => {
    const [username = '', key = '', value = '', allowed = '', hashedCard = '', lastAccessed, ...more] = cellsOf(line);
    if (lastAccessed === undefined || more.length > 0) throw new Error(`${line} does not have six cells`);
    if (username === '' || !/^\d+$/.test(key) || !/^\d+$/.test(value)) throw new Error(`${line}: username, key and value`);
    if (allowed !== 'allowed' && allowed !== 'denied') throw new Error(`${line}: allowed`);
    if (!tagForm.test(hashedCard)) throw new Error(`${line}: hashedCard`);
    return { tag: hashedCard, opens: allowed === 'allowed', person: username };
  });
}

/** The published form of JSON: an array of objects with ten fields, of which `level` alone is a number. */
function readJson(text: string): readonly Entry[] {
  const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(text);
  return rows.map((row) => {
    const texts = ['allowed', 'last_accessed', 'member', 'nickname', 'plan', 'raw_tag_id', 'tag_ident', 'tagid', 'warning'];
    if (texts.some((field) => typeof row[field] !== 'string') || typeof row['level'] !== 'number' || Object.keys(row).length !== 10)
      throw new Error('its fields are others');
    const [allowed, raw, tagid] = [String(row['allowed']), String(row['raw_tag_id']), String(row['tagid'])];
    if (!['allowed', 'denied', 'false'].includes(allowed) || !/^\d{10}$/.test(raw) || !tagForm.test(tagid))
      throw new Error(`${tagid}: a field has another form`);
    if (createHash('sha224').update(raw).digest('hex') !== tagid) throw new Error(`${tagid} is not the hash of its number`);
    return { tag: tagid, opens: allowed === 'allowed', person: String(row['member']) };
  });
}

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

  itPython('are read, field by field, by a reader that knows only what is published of both forms', () => {
    const wanted = fobs.map((fob, index) => ({ tag: tag(fob.number), opens: opens[index], person: fob.person }));
    const sorted = (rows: readonly Entry[]): readonly Entry[] => rows.toSorted((left, right) => (left.tag < right.tag ? -1 : 1));
    expect(sorted(readCsv(run('access_list.py', ['csv', local], answers).out))).toEqual(
      sorted(wanted.map(({ tag: one, opens: may, person }) => ({ tag: one, opens: may === true, person }))),
    );
    const listed = readJson(run('access_list.py', ['json', local], answers).out);
    expect(sorted(listed)).toEqual(sorted(wanted.map(({ tag: one, opens: may, person }) => ({ tag: one, opens: may === true, person }))));
    // The reader refuses what is not of the form, so that it says something when it does not.
    expect(() => readCsv('username,key,value,allowed,hashedCard,lastAccessed\ndee,0,0,maybe,00,\n')).toThrow('allowed');
    expect(() => readJson('[{"tagid":"00"}]')).toThrow('fields');
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
