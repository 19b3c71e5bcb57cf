// Commands on a disk that is full: each says which file it could not write, or which repository, and the same command goes through when there is room (Q22).
import { spawnSync } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPath, naming, writeText, writeWhole, writeWholeAt } from '../../../node/git/write-whole.ts';
import { errorOf } from '../../error-of.ts';
import { removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { ensureInstallable } from './decide/built.ts';

const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
const canMount = process.env['GDO_NO_MOUNT'] !== '1' && spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt'], { stdio: 'ignore' }).status === 0;
const folder = temporaryFolder();
beforeAll(ensureInstallable);
afterAll(() => removeFolder(folder));

it('An open file that the disk does not take is named, and any other error stays as it is', () => {
  const full = openSync('/dev/full', 'w');
  const bytes = Buffer.from('x');
  const told = "ENOSPC: no space left on device, write '/srv/a'";
  expect(errorOf(() => writeWhole(full, bytes, '/srv/a'))).toMatchObject({ message: told, path: '/srv/a', code: 'ENOSPC' });
  expect(errorOf(() => writeWholeAt(full, bytes, { path: '/srv/a', position: 0 }))).toMatchObject({ path: '/srv/a', code: 'ENOSPC' });
  closeSync(full);
  expect(errorOf(() => writeText('/dev/full', 'x'))).toMatchObject({ path: '/dev/full', code: 'ENOSPC' });
  expect(errorOf(() => writeText('/dev/null/a', 'x'))).toMatchObject({ message: expect.stringMatching(/open '\/dev\/null\/a'$/) });
  const other = new Error('other');
  expect(
    errorOf(() =>
      atPath('/srv/a', () => {
        throw other;
      }),
    ),
  ).toBe(other);
  expect([other.message, naming('text', '/srv/a')]).toEqual(['other', 'text']);
});

/** Each command with what its failure names on the full disk `/mnt`. */
const commands: readonly (readonly [words: string, named: string])[] = [
  ['key new /mnt/key', '/mnt/key'],
  ['bundle --out /mnt/b.bundle', '/mnt/b.bundle'],
  [`store put '${folder}/large'`, '/mnt/shed/.git/objects/pack/'],
  ['store get $(cat /mnt/content) --out /mnt/back', '/mnt/.back.gdo-'],
  [`seal '${folder}/note' --to member --key '${folder}/ada.key'`, '/mnt/shed/.git'],
  ['prove notes.md --out p.json', '/mnt/shed/p.json'],
  ['dapp init weigh --lang sh', '/mnt/shed/'],
  [`bundle '${folder}/shed.bundle' --into /mnt/in`, '/mnt/in/.git'],
  [`start motion --title Notes --key '${folder}/ada.key'`, '/mnt/shed/.git'],
];

describe.skipIf(!canMount)('a disk that is full', () => {
  it('is told with the file, and the same commands go through when there is room', () => {
    const said = spawnSync(
      'unshare',
      [
        '-rm',
        'sh',
        '-c',
        [
          `gdo() { '${process.execPath}' '${program}' "$@" 2>&1; echo "exit $?"; }`,
          'mount -t tmpfs -o size=12m none /mnt',
          `cd /mnt; for name in ada ben chi; do gdo key new '${folder}'/$name.key; done`,
          `head -c 4000000 /dev/urandom > '${folder}/large'; head -c 300000 /dev/urandom > '${folder}/small'; echo x > '${folder}/note'`,
          'gdo init shed --template democracy --people ada,ben,chi --yes; cd shed; git init -q -b main; git config user.name a; git config user.email a@x',
          `echo x > notes.md; git add .; git commit -qm a; gdo found ada='${folder}/ada.key.pub' ben='${folder}/ben.key.pub' chi='${folder}/chi.key.pub' --key '${folder}/ada.key' --out '${folder}/f.json'`,
          `for name in ben chi; do gdo found --join '${folder}/f.json' --key '${folder}'/$name.key --out '${folder}/f.json'; done`,
          `gdo bundle --out '${folder}/shed.bundle'; gdo store put '${folder}/small' | grep -oE '[0-9a-f]{64}' > /mnt/content`,
          'git switch -q -c notes; echo y > notes.md; git commit -qam b',
          // Blocks first, then what is left of the last one.
          'fill() { dd if=/dev/zero of=/mnt/fill bs=4k; while echo x >> /mnt/fill; do :; done; } 2>/dev/null',
          ...commands.flatMap(([words], place) => ['fill', `echo "full ${place}"`, `gdo ${words}`, 'rm /mnt/fill', `echo "room ${place}"`, `gdo ${words}`]),
        ].join('\n'),
      ],
      { encoding: 'utf8', env: { ...process.env, HOME: folder, XDG_CACHE_HOME: `${folder}/cache`, LC_ALL: 'C' } },
    ).stdout;
    const part = (start: string, end: string): string => said.slice(said.indexOf(start), said.indexOf(end) < 0 ? undefined : said.indexOf(end));
    for (const [place, [words, named]] of commands.entries()) {
      const [full, room] = [part(`full ${place}`, `room ${place}`), part(`room ${place}`, `full ${place + 1}`)];
      // Long lines are folded at blanks.
      expect([words, full.replaceAll(/\s+/g, ' ')]).toEqual([words, expect.stringContaining('GDO4021')]);
      expect([words, full.replaceAll(/\s+/g, ' ')]).toEqual([words, expect.stringContaining(named)]);
      expect([words, room]).toEqual([words, expect.stringMatching(/exit 0/)]);
    }
  }, 600_000);
});
