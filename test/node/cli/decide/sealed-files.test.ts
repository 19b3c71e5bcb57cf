// `gdo seal`, `unseal` and `erase` between real repositories: who can read, what the ledger tells everybody, and what is left when every copy has erased a file.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents } from '../../../../node/ledger/append.ts';
import { openKey } from '../../../../node/ledger/keys.ts';
import { openLedger } from '../../../../node/ledger/replay.ts';
import { openRepository } from '../../../../node/git/repository.ts';
import { killer } from '../../chunks/killer.ts';
import { loosen } from '../../chunks/loose-objects.ts';
import { ensureInstallable } from './built.ts';
import { shedBylaws } from './bylaws.ts';
import { accept, foundHouse, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

/** Nobody is called by a name that is theirs: who is who stands in a list that is sealed. */
const people: readonly string[] = ['p-1', 'p-2', 'p-3', 'p-4'];
const board = `
role guardian plural guardians
  held by 1 to 3 people
  first held by "p-2", "p-3"
  gained through appointment
  lost through resignation
end

process appointment "Appointing a guardian"
  started by any member
  step consent
    when 2 members endorse go to appointed
    after 10 days go to forgotten
  end
  outcome appointed
    grant guardian to the candidate
  end
  outcome forgotten refuses
end
`;

/** The list that is sealed: fob numbers are short enough to try all of them. */
const list = 'p-1,Ada Moor,0004518627\n';
const program = fileURLToPath(new URL('../../../../bin/gdo.cjs', import.meta.url));
let founded: House;
let sealed: string;
let content: string;

beforeAll(async () => {
  ensureInstallable();
  const bylaws = shedBylaws(board).replace('first held by "ana", "bo", "cy"', 'first held by "p-1", "p-2", "p-3", "p-4"');
  founded = await foundHouse({ people, bylaws });
  founded.write('p-1', 'list.csv', list);
  const made = JSON.parse(accept(await founded.gdo('p-1', 'p-1', 'seal', 'list.csv', '--to', 'guardian', '--title', 'Who is who', '--json')).stdout);
  ({ sealed, content } = made);
  expect(made).toMatchObject({ schema: 'gdo-seal/1', role: 'guardian', title: 'Who is who', copies: 1, state: 'received' });
  await round(founded, people);
}, 600_000);
afterAll(removeHouses);

const copyAt = (house: House, where: string): string => join(house.place(where), where.endsWith('.git') ? '' : '.git');

/** Brings the sealed bytes from the clone that sealed them to the node and from there to others. */
async function spread(house: House, ...others: readonly string[]): Promise<void> {
  accept(await house.gdo('p-1', 'hub.git', 'store', 'fetch', content, '--peer', house.place('p-1')));
  for (const person of others) accept(await house.gdo(person, person, 'store', 'fetch', content));
}

async function read(house: House, who: string, where = who): Promise<string> {
  const out = house.place(who, 'opened');
  const outcome = await house.gdo(who, where, 'unseal', sealed.slice(0, 12), '--out', out);
  if (outcome.exit === 0) {
    const text = readFileSync(out, 'utf8');
    rmSync(out);
    return text;
  }
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(house.place(who)).filter((name) => name.includes('gdo-unseal'))).toEqual([]);
  return /GDO\d+/.exec(outcome.stderr)?.[0] ?? outcome.stderr;
}

/** Every object of a repository, inflated, and every ref: all that somebody who has a copy can read. */
function everything(house: House, where: string): string {
  const ids = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--unordered'], { cwd: copyAt(house, where), maxBuffer: 1 << 28 });
  return ids.toString('latin1') + house.git('p-1', where, 'for-each-ref');
}

/** Signs a fact that no command would. */
async function claim(house: House, who: string, type: string, data: Record<string, string>): Promise<void> {
  const repository = openRepository(house.place(who));
  try {
    const signer = openKey(house.place('people', who, 'id_ed25519'));
    const clockMs = Number(house.git(who, who, 'log', '-1', '--format=%ct', 'refs/gdo/checkpoint')) * 1_000;
    await appendEvents(await openLedger(repository), signer, { events: [{ kind: 'fact', body: { type, data } }], clockMs });
  } finally {
    repository.close();
  }
  accept(await house.gdo(who, who, 'sync'));
}

describe('a sealed file (R63, T37)', () => {
  it('opens for those who hold the role, for nobody else, and only for its owner to read', async () => {
    const house = founded.copy();
    expect(await read(house, 'p-2')).toBe('GDO4034');
    await spread(house, 'p-2', 'p-3', 'p-4');
    for (const person of ['p-2', 'p-3']) expect(await read(house, person)).toBe(list);
    accept(await house.gdo('p-2', 'p-2', 'unseal', sealed, '--out', 'mine'));
    expect(statSync(house.place('p-2', 'mine')).mode & 0o777).toBe(0o600);
    for (const person of ['p-1', 'p-4']) expect(await read(house, person)).toBe('GDO4032');
    const { files } = JSON.parse(accept(await house.gdo('p-4', 'p-4', 'unseal', '--json')).stdout);
    expect(files).toEqual([{ sealed, by: 'p-1', role: 'guardian', title: 'Who is who', contents: [content], here: true, erasureAskedBy: [] }]);
    expect((await house.gdo('p-4', 'p-4', 'unseal')).stdout).toMatch(/^[0-9a-f]{12} +by p-1 +to guardian +here +Who is who\n$/);
  }, 600_000);

  it('that was killed at any move of refs has a name exactly where the ledger knows of it', async () => {
    const house = founded.copy();
    const preload = house.place('kill.cjs');
    const words = ['seal', 'list.csv', '--to', 'guardian', '--key', house.place('people', 'p-1', 'id_ed25519')];
    let killed = 0;
    for (; killed < 9; killed += 1) {
      writeFileSync(preload, killer('child_process', 'spawn', 'update-ref', killed));
      const { signal, status } = spawnSync(process.execPath, ['--require', preload, program, ...words], { cwd: house.place('p-1') });
      const named = house.git('p-1', 'p-1', 'for-each-ref', '--format=%(refname:lstrip=3)', 'refs/gdo/blob').trim().split('\n');
      const { files } = JSON.parse(accept(await house.gdo('p-1', 'p-1', 'unseal', '--json')).stdout);
      expect(named.toSorted()).toEqual((files as readonly { readonly contents: readonly string[] }[]).flatMap(({ contents }) => contents).toSorted());
      if (signal === null) {
        expect(status).toBe(0);
        break;
      }
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('is a commitment in the ledger from which not even a number of ten digits can be guessed', async () => {
    const house = founded.copy();
    await spread(house, 'p-4');
    const seen = everything(house, 'p-4');
    for (const secret of [list, 'Ada Moor', '0004518627', 'list.csv']) expect(seen.includes(secret)).toBe(false);
    const log = accept(await house.gdo('p-4', 'p-4', 'log', '--raw')).stdout;
    const facts = log.split('\n').filter((line) => line.includes('file.sealed'));
    expect(facts.map((line) => Object.keys(JSON.parse(line).body.data))).toEqual([['commitment', 'content', 'name', 'role', 'title']]);
    const { commitment } = JSON.parse(facts[0] ?? '').body.data;
    // Whoever knows the file to the last byte, and has all that everybody has, cannot even tell that it is the one: what they would hash before it is nowhere.
    const known = [sealed, content, commitment, '', 'gdo-sealed-file-v1 commitment', createHash('sha256').update(list).digest('hex')];
    const guesses = known.flatMap((salt) => [salt, Buffer.from(salt, 'hex')]).map((salt) => createHash('sha256').update(salt).update(list).digest('hex'));
    expect(guesses).not.toContain(commitment);
    expect(seen.includes(createHash('sha256').update(list).digest('hex'))).toBe(false);
    expect((await house.gdo('p-4', 'p-4', 'log')).stdout).toContain('seals a file to guardian');
  }, 600_000);

  it('that every copy has erased can be read by nobody, and every copy is as sound as before', async () => {
    const house = founded.copy();
    await spread(house, 'p-2', 'p-3');
    const chunks = house.git('p-2', 'p-2', 'rev-list', '--objects', '--no-object-names', `refs/gdo/blob/${content}`).trim().split('\n');
    expect((await house.gdo('p-1', 'p-1', 'erase', sealed)).stderr).toContain('GDO5004');
    const erased = accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--because', 'A year has passed', '--yes')).stdout;
    expect(erased).toMatch(/^✓ Erased 1 content here: \d+ objects, .* left the disk\.\n✓ Signed and recorded/);
    await round(house, ['p-1', 'p-2', 'p-3']);
    // Whoever still has the bytes still reads them, until that copy erases them too.
    expect(await read(house, 'p-3')).toBe(list);
    for (const where of ['hub.git', 'p-2', 'p-3']) {
      const who = where === 'hub.git' ? 'p-1' : where;
      expect(await house.gdo(who, where, 'erase', '--asked')).toMatchObject({ exit: 2, stderr: expect.stringContaining('(p-1)') });
      const document = JSON.parse(accept(await house.gdo(who, where, 'erase', '--asked', '--yes', '--json')).stdout);
      expect(document).toMatchObject({ schema: 'gdo-erase/1', sealed: [sealed], contents: [content], objects: chunks.length, left: 0 });
      expect(accept(await house.gdo(who, where, 'erase', '--asked', '--yes')).stdout).toBe('This copy has nothing of it to erase.\n');
    }
    for (const where of ['hub.git', 'p-1', 'p-2', 'p-3']) {
      const who = where === 'hub.git' ? 'p-1' : where;
      const seen = everything(house, where);
      expect(chunks.filter((id) => seen.includes(id))).toEqual([]);
      expect(await house.gdo(who, where, 'verify', '--all')).toMatchObject({ exit: 0 });
      expect(await house.gdo(who, where, 'audit')).toMatchObject({ exit: 0 });
      house.git(who, where, 'fsck', '--full', '--strict');
      if (where !== 'hub.git') expect(await read(house, who)).toBe('GDO4034');
    }
    expect((await house.gdo('p-3', 'p-3', 'unseal', sealed, '--out', 'x')).stderr).toContain('p-1 asked that it be erased (A year has passed)');
    expect(await house.gdo('p-3', 'p-3', 'store', 'fetch', content)).toMatchObject({ exit: 2 });
  }, 600_000);

  it('is sealed anew for somebody who came into the role, by one who can open it, in the chunks that are there', async () => {
    const house = founded.copy();
    await spread(house, 'p-2', 'p-3', 'p-4');
    accept(await house.gdo('p-4', 'p-4', 'start', 'appointment', '--candidate', 'p-4', '--title', 'P-4 for the list'));
    await round(house, people);
    for (const person of ['p-2', 'p-3']) accept(await house.gdo(person, person, 'act', '1', 'endorse'));
    await round(house, people);
    expect(await read(house, 'p-4')).toBe('GDO4032');
    expect(await house.gdo('p-4', 'p-4', 'seal', '--again', sealed)).toMatchObject({ exit: 1, stderr: expect.stringContaining('GDO4032') });
    const again = JSON.parse(accept(await house.gdo('p-2', 'p-2', 'seal', '--again', sealed.slice(0, 8), '--json')).stdout);
    expect(again).toMatchObject({ sealed, role: 'guardian', title: 'Who is who' });
    expect(again.content).not.toBe(content);
    await round(house, people);
    accept(await house.gdo('p-4', 'p-4', 'store', 'fetch', again.content, '--peer', house.place('p-2')));
    expect(await read(house, 'p-4')).toBe(list);
    // Who left keeps what they could read; what is sealed anew is not for them.
    accept(await house.gdo('p-3', 'p-3', 'act', 'resign', 'guardian'));
    await round(house, people);
    const third = JSON.parse(accept(await house.gdo('p-2', 'p-2', 'seal', '--again', sealed, '--json')).stdout);
    await round(house, people);
    expect(await read(house, 'p-3')).toBe(list);
    accept(await house.gdo('p-3', 'p-3', 'store', 'drop', content, '--copies', '0'));
    accept(await house.gdo('p-3', 'p-3', 'store', 'fetch', third.content, '--peer', house.place('p-2')));
    expect(await read(house, 'p-3')).toBe('GDO4032');
    // All three are one file: erasing takes all of them.
    const { contents } = JSON.parse(accept(await house.gdo('p-2', 'p-2', 'erase', sealed, '--yes', '--json')).stdout);
    expect(new Set(contents)).toEqual(new Set([content, again.content, third.content]));
  }, 600_000);

  it('opens only with a private half that is there, and says what to do where an agent or a passphrase has it (GDO5021)', async () => {
    const house = founded.copy();
    await spread(house, 'p-2');
    const key = house.place('people', 'p-2', 'id_ed25519');
    const unseal = (path: string): ReturnType<House['gdo']> => house.gdo('p-2', 'p-2', 'unseal', sealed, '--out', 'x', '--key', path);
    expect(await unseal(`${key}.pub`)).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5021.*an agent signs with the other one.*\n.*--key FILE/) });
    const closed = house.place('people', 'p-2', 'closed');
    execFileSync('cp', [key, closed]);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'passphrase', '-f', closed]);
    expect(await unseal(closed)).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5021.*passphrase.*\n.*age -d -i/) });
    execFileSync('chmod', ['644', key]);
    expect(await unseal(key)).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4022') });
  }, 600_000);
});

describe('bytes that are named by something else than usual', () => {
  const blob = (): string => `refs/gdo/blob/${content}`;
  const commitIn = (house: House): string => house.git('p-3', 'p-3', 'rev-parse', blob()).trim();
  const linger: readonly (readonly [what: string, arrange: (house: House) => void])[] = [
    [
      'a killed turn was just letting go',
      (house) => {
        house.git('p-3', 'p-3', 'update-ref', `refs/gdo-leaving/${content}`, commitIn(house));
        house.git('p-3', 'p-3', 'update-ref', '-d', blob());
      },
    ],
    ['were dropped and are not pruned yet', (house) => void house.git('p-3', 'p-3', 'update-ref', '-d', blob())],
  ];

  it.each(linger)(
    'that %s go with an erasing (R63, T37)',
    async (_what, arrange) => {
      const house = founded.copy();
      await spread(house, 'p-3');
      const chunks = house.git('p-3', 'p-3', 'rev-list', '--objects', '--no-object-names', blob()).trim().split('\n');
      accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--yes'));
      await round(house, ['p-1', 'p-3']);
      arrange(house);
      expect(await house.gdo('p-3', 'p-3', 'erase', '--asked')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5004') });
      const document = JSON.parse(accept(await house.gdo('p-3', 'p-3', 'erase', '--asked', '--yes', '--json')).stdout);
      expect(document).toMatchObject({ contents: [content], objects: chunks.length, left: 0 });
      const seen = everything(house, 'p-3');
      expect(chunks.filter((id) => seen.includes(id))).toEqual([]);
      expect(house.git('p-3', 'p-3', 'for-each-ref')).not.toContain(content);
      house.git('p-3', 'p-3', 'fsck', '--full', '--strict');
    },
    600_000,
  );

  it.each([
    ['before its names go', 'child_process', 'spawn', 'update-ref', 'pack'],
    ['when its names are gone', 'fs', 'rmSync', 'pack-[0-9a-f]+\\.pack', 'pack'],
    ['in the middle of its objects', 'fs', 'rmSync', undefined, 'loose'],
  ] as const)(
    'go in the end, where an erasing is killed %s, by the next one and by a prune (R63, T36)',
    async (_what, module, name, pattern, form) => {
      const house = founded.copy();
      await spread(house, 'p-3');
      const chunks = house.git('p-3', 'p-3', 'rev-list', '--objects', '--no-object-names', blob()).trim().split('\n');
      accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--yes'));
      await round(house, ['p-1', 'p-3']);
      if (form === 'loose') loosen(house.place('p-3'));
      const preload = house.place('kill.cjs');
      // Which letters its objects begin with is chance.
      writeFileSync(preload, killer(module, name, pattern ?? `objects/${chunks.at(-1)?.slice(0, 2)}`));
      const killed = spawnSync(process.execPath, ['--require', preload, program, 'erase', '--asked', '--yes'], { cwd: house.place('p-3') });
      expect(killed.signal ?? killed.stderr.toString('utf8')).toBe('SIGKILL');
      house.git('p-3', 'p-3', 'fsck', '--full', '--strict');
      const left = (one: House): readonly string[] => {
        const packs = readdirSync(join(copyAt(one, 'p-3'), 'objects', 'pack')).filter((name) => name.endsWith('.pack'));
        // What no index leads to are bytes on the disk as well.
        const orphans = packs.filter((name) => !existsSync(join(copyAt(one, 'p-3'), 'objects', 'pack', name.replace(/pack$/, 'idx'))));
        return [...chunks.filter((id) => everything(one, 'p-3').includes(id)), ...orphans];
      };
      expect(left(house)).not.toEqual([]);
      const other = house.copy();
      accept(await house.gdo('p-3', 'p-3', 'erase', '--asked', '--yes'));
      expect(left(house)).toEqual([]);
      house.git('p-3', 'p-3', 'fsck', '--full', '--strict');
      if (module === 'child_process') return;
      accept(await other.gdo('p-3', 'p-3', 'store', 'prune'));
      expect(left(other)).toEqual([]);
    },
    600_000,
  );

  it('go in the end, where an erasing was stopped when the trees stood and no chunk of them (R63, T36)', async () => {
    const house = founded.copy();
    await spread(house, 'p-3');
    const objects = house.git('p-3', 'p-3', 'rev-list', '--objects', '--no-object-names', blob()).trim().split('\n');
    const chunks = house.git('p-3', 'p-3', 'ls-tree', '-r', '--format=%(objectname)', blob(), 'c/').trim().split('\n');
    accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--yes'));
    await round(house, ['p-1', 'p-3']);
    loosen(house.place('p-3'));
    const own = copyAt(house, 'p-3');
    mkdirSync(join(own, 'gdo'), { recursive: true });
    writeFileSync(join(own, 'gdo', 'erasing'), objects.map((id) => `${id}\n`).join(''));
    house.git('p-3', 'p-3', 'update-ref', '-d', blob());
    for (const id of chunks) rmSync(join(own, 'objects', id.slice(0, 2), id.slice(2)));
    expect(accept(await house.gdo('p-3', 'p-3', 'erase', '--asked', '--yes')).stdout).toContain('what an erasing that was stopped had left');
    expect(objects.filter((id) => everything(house, 'p-3').includes(id))).toEqual([]);
  }, 600_000);

  it('go with an erasing, where they were on their way here when somebody was killed (R63, T37)', async () => {
    const house = founded.copy();
    const own = copyAt(house, 'p-4');
    const arrival = join(own, 'gdo-arrival-killed', 'arrival.git');
    execFileSync('git', ['init', '-q', '--bare', arrival]);
    execFileSync('git', ['fetch', '-q', house.place('p-1'), `${blob()}:${blob()}`], { cwd: arrival });
    const arriving = join(own, 'gdo', 'arriving', `${content}-${'0'.repeat(40)}`);
    mkdirSync(join(arriving, 'pack'), { recursive: true });
    accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--yes'));
    await round(house, ['p-1', 'p-4']);
    expect(await house.gdo('p-4', 'p-4', 'erase', '--asked')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5004') });
    expect(accept(await house.gdo('p-4', 'p-4', 'erase', '--asked', '--yes')).stdout).toBe('✓ Took away what was on its way here.\n');
    expect([arrival, arriving].filter((path) => existsSync(path))).toEqual([]);
    expect(accept(await house.gdo('p-4', 'p-4', 'erase', '--asked', '--yes')).stdout).toBe('This copy has nothing of it to erase.\n');
  }, 600_000);

  it('do not come to a node that was asked before it had them, and nothing else is kept from it by false words (R63, T37)', async () => {
    const house = founded.copy();
    house.write('p-1', 'backup', 'The backup of everybody\n');
    const backup: string = JSON.parse(accept(await house.gdo('p-1', 'p-1', 'store', 'put', 'backup', '--json')).stdout).sha256;
    await claim(house, 'p-4', 'file.sealed', { name: '9'.repeat(64), commitment: '8'.repeat(64), role: 'member', content: backup });
    await claim(house, 'p-4', 'file.erased', { name: '9'.repeat(64) });
    // Somebody who keeps a copy of the sealed bytes in spite of the request.
    accept(await house.gdo('p-2', 'p-2', 'store', 'fetch', content, '--peer', house.place('p-1')));
    accept(await house.gdo('p-1', 'p-1', 'erase', sealed, '--yes'));
    await round(house, ['p-1']);
    expect(accept(await house.gdo('p-1', 'hub.git', 'erase', '--asked')).stdout).toBe('This copy has nothing of it to erase.\n');
    const { org } = JSON.parse(accept(await house.gdo('p-1', 'p-1', 'status', '--json')).stdout);
    const peers = ['p-1', 'p-2'].map((name) => ({ name, address: house.place(name) }));
    const organization = { name: 'shed', genesis: org, role: 'keeper', repository: 'hub.git', peers };
    house.write('.', 'node.json', JSON.stringify({ v: 1, data: 'data', organizations: [organization] }));
    const turn = async (): Promise<string> => accept(await house.gdo('p-1', '.', 'node', 'contents', '--config', 'node.json')).stdout;
    const first = await turn();
    expect(first).toContain(`content taken ${backup.slice(0, 12)}`);
    expect(first).toContain(`content not kept ${content.slice(0, 12)}`);
    expect(await turn()).toBe('✓ shed: 1 content, 24 B\n');
    const chunks = house.git('p-2', 'p-2', 'ls-tree', '-r', '--format=%(objectname)', blob(), 'c/').trim().split('\n');
    expect(chunks.filter((id) => everything(house, 'hub.git').includes(id))).toEqual([]);
    expect(readdirSync(house.place('hub.git', 'gdo', 'arriving'))).toEqual([]);
  }, 600_000);
});

describe('what somebody says falsely of sealed files', () => {
  it('takes no other content away, neither by a request that does not count nor as a sealing of one of their own (T37)', async () => {
    const house = founded.copy();
    await spread(house, 'p-3');
    house.write('p-3', 'backup', 'The backup of everybody\n');
    const backup: string = JSON.parse(accept(await house.gdo('p-3', 'p-3', 'store', 'put', 'backup', '--json')).stdout).sha256;
    await claim(house, 'p-4', 'file.erased', { name: sealed });
    const own = { name: '9'.repeat(64), commitment: '8'.repeat(64), role: 'member' };
    for (const one of [backup, content]) await claim(house, 'p-4', 'file.sealed', { ...own, content: one });
    await claim(house, 'p-4', 'file.erased', { name: own.name });
    await round(house, ['p-1', 'p-3']);
    expect((await house.gdo('p-3', 'p-3', 'erase', '--asked', '--yes')).stdout).toBe('This copy has nothing of it to erase.\n');
    accept(await house.gdo('p-3', 'p-3', 'store', 'get', backup, '--out', 'backup'));
    expect(await read(house, 'p-3')).toBe(list);
  }, 600_000);

  it('shows nobody other bytes than those that were sealed (GDO4033)', async () => {
    const house = founded.copy();
    await spread(house, 'p-2');
    // Another file under the name of this one, by somebody who can seal to the same people; and this one under another commitment.
    house.write('p-4', 'other.csv', 'p-1,Somebody Else,0000000000\n');
    const other = JSON.parse(accept(await house.gdo('p-4', 'p-4', 'seal', 'other.csv', '--to', 'guardian', '--json')).stdout);
    const { commitment } = JSON.parse(
      accept(await house.gdo('p-4', 'p-4', 'log', '--raw'))
        .stdout.split('\n')
        .find((line) => line.includes(content)) ?? '',
    ).body.data;
    await claim(house, 'p-4', 'file.sealed', { name: sealed, commitment, role: 'guardian', content: other.content });
    await claim(house, 'p-4', 'file.sealed', { name: '7'.repeat(64), commitment: '8'.repeat(64), role: 'guardian', content });
    await round(house, ['p-1', 'p-2']);
    accept(await house.gdo('p-2', 'p-2', 'store', 'fetch', other.content, '--peer', house.place('p-4')));
    expect(await read(house, 'p-2')).toBe(list);
    accept(await house.gdo('p-2', 'p-2', 'store', 'drop', content, '--copies', '0'));
    expect(await read(house, 'p-2')).toBe('GDO4033');
    accept(await house.gdo('p-2', 'p-2', 'store', 'fetch', content));
    const outcome = await house.gdo('p-2', 'p-2', 'unseal', '7777', '--out', 'x');
    expect(outcome).toMatchObject({ exit: 1, stderr: expect.stringContaining('GDO4033') });
    expect(existsSync(house.place('p-2', 'x'))).toBe(false);
  }, 600_000);
});

it('What was sealed and could not be recorded is named by nothing: nobody could ask to erase it', async () => {
  const house = founded.copy();
  const { device } = openKey(house.place('people', 'p-4', 'id_ed25519'));
  // Another ref stands where the log would.
  house.git('p-4', 'p-4', 'update-ref', `refs/gdo/log/${device}/x`, 'refs/gdo/genesis');
  house.write('p-4', 'note', 'x');
  const refs = house.git('p-4', 'p-4', 'for-each-ref');
  const outcome = await house.gdo('p-4', 'p-4', 'seal', 'note', '--to', 'guardian');
  expect(outcome).toMatchObject({ exit: 3, stdout: '' });
  expect(house.git('p-4', 'p-4', 'for-each-ref')).toBe(refs);
}, 600_000);

it('What cannot be sealed is told before anything is written (GDO5002, GDO5003, GDO5022)', async () => {
  const house = founded.copy();
  const refs = house.git('p-1', 'p-1', 'for-each-ref');
  const told: readonly (readonly [words: readonly string[], code: string])[] = [
    [['list.csv'], 'GDO5002'],
    [[], 'GDO5002'],
    [['list.csv', '--again', sealed, '--to', 'guardian'], 'GDO5002'],
    [['list.csv', '--to', 'gaurdian'], 'did you mean `guardian`'],
    [['list.csv', '--to', 'guardian', '--case', '9'], 'GDO5003'],
    [['list.csv', '--to', 'guardian', '--title', 'x'.repeat(300)], 'GDO5003'],
    [['nowhere.csv', '--to', 'guardian'], 'GDO5022'],
    [['--again', 'ffff'], 'GDO5003'],
    [['--again', sealed, '--title', 'Another'], 'GDO5002'],
  ];
  for (const [words, code] of told) expect((await house.gdo('p-1', 'p-1', 'seal', ...words)).stderr).toContain(code);
  expect(house.git('p-1', 'p-1', 'for-each-ref')).toBe(refs);
  for (const words of [['erase'], ['erase', sealed, '--asked'], ['erase', 'ffff', '--yes'], ['unseal', sealed]])
    expect((await house.gdo('p-1', 'p-1', ...words)).exit).toBe(2);
}, 600_000);
