// An outage that ends in every order: three copies recorded things alone, and their logs reach the node one after the other, with the cable out in between.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository } from '../../node/git/repository.ts';
import { openKey } from '../../node/ledger/keys.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { diskImages, everyReturn, type Before } from '../../node/story/outage.ts';
import type { Ways } from '../../node/story/ways.ts';
import { bundledProgram } from '../node/cli/decide/built.ts';
import { accept, foundHouse } from '../node/cli/decide/house.ts';
import type { House } from '../node/cli/decide/house.ts';

const people: readonly string[] = ['ana', 'bo', 'cy'];
const node = 'hub.git';

const bylaws = `gdo 1

organization "Shed"
  time zone "UTC"
  local time "+00:00"
  stale after 30 days
end

area bylaws covers "bylaws/**"
area slots covers "slots/**"

role member plural members
  held by anyone
  first held by "ana", "bo", "cy"
  gained through admission
  lost through resignation or arrears of 14 days
end

collaborator bank kept by any member
  reports "arrears", "no arrears"
end

right use-laser
  covers "machines/laser"
  held by members
  locked by any member released by any member
  limit 4 uses per person per 1 day
  offline for at most 7 days
end

process reservation
  governs slots
  started by any member
  on conflict refuse
  step moment
    after 1 minute go to reserved
  end
  outcome reserved accepts
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

/** Takes a copy off the network, or puts it on. */
function cable(house: House, who: string, state: 'in' | 'out'): void {
  house.git(who, who, 'remote', 'set-url', 'origin', state === 'in' ? '../hub.git' : '../cable-is-out.git');
}

/** A house in which everybody was alone for an hour, and what lay on the disks when that began. */
export interface Alone {
  readonly house: House;
  readonly before: Before;
}

/** The house when the network has been away for an hour: a lock, a report, and the same slot reserved twice. Nobody has heard of the others. */
export async function outage(): Promise<Alone> {
  const house = await foundHouse({ people, bylaws });
  const before = await diskImages([node, ...people].map((name) => ({ name, path: house.place(name) })));
  for (const who of people) cable(house, who, 'out');
  house.wait(1);
  accept(await house.gdo('ana', 'ana', 'act', 'lock', 'machines/laser', 'the tube is broken'));
  accept(await house.gdo('bo', 'bo', 'act', 'report', 'arrears', '--about', 'cy'));
  for (const who of ['bo', 'cy']) {
    house.git(who, who, 'switch', '-q', '-C', 'slot', 'main');
    house.write(who, 'slots/laser-1900', `${who}\n`);
    house.git(who, who, 'add', '.');
    house.git(who, who, 'commit', '-q', '-m', 'Reserve the laser');
    accept(await house.gdo(who, who, 'start', 'reservation', '--title', `The laser for ${who}`));
    house.git(who, who, 'switch', '-q', 'main');
  }
  return { house, before };
}

/** What they recorded, brought together in memory in every order and over every cut; the node closes at the times at which one on real git did. */
export async function everyWayBack({ house, before }: Alone, clocksMs: readonly number[]): Promise<Ways> {
  const keys = people.map((name) => ({ name, path: house.place(name), key: openKey(house.place('people', name, 'id_ed25519')) }));
  const [first] = keys;
  if (first === undefined) throw new Error('nobody is here');
  const returning = keys.map(({ name, path, key }) => ({ name, path, device: key.device }));
  return everyReturn(before, [{ returning, clocksMs }], { node, steward: first.key });
}

/** When the node of a house closed its checkpoints after the founding. */
export async function closings(house: House): Promise<readonly number[]> {
  const repository = openRepository(house.place(node));
  try {
    return (await openLedger(repository)).checkpoints.slice(1).map(({ timeMs }) => timeMs);
  } finally {
    repository.close();
  }
}

/** How the network returns: the order in which copies reach the node, and what happens in the middle of one of them. */
export interface Return {
  readonly order: readonly string[];
  readonly cut: 'cable out' | 'node killed before it moves refs' | 'copy killed before it moves refs';
  readonly cutAt: number;
}

const cuts = ['cable out', 'node killed before it moves refs', 'copy killed before it moves refs'] as const;

/** Every order of three; each kind of cut at two places of it. */
export const returns: readonly Return[] = people
  .flatMap((first) => people.filter((who) => who !== first).map((second) => [first, second, ...people.filter((who) => who !== first && who !== second)]))
  .flatMap((order, index) => cuts.slice(index % 3, (index % 3) + 1).map((cut) => ({ order, cut, cutAt: (index * 2) % 3 })));

/** Lets the network return in this way. @returns the state root that the node and the first copy have in the end, or a sentence where they differ */
export async function comeBack(house: House, { order, cut, cutAt }: Return): Promise<string> {
  for (const [index, who] of order.entries()) {
    if (index === cutAt) await failToSync(house, who, cut);
    cable(house, who, 'in');
    accept(await house.gdo(who, who, 'sync'));
  }
  for (let epoch = 0; epoch < 2; epoch += 1) {
    house.wait(1 / 30);
    accept(await house.gdo('ana', node, 'sync'));
  }
  const [first = ''] = order;
  accept(await house.gdo(first, first, 'sync'));
  const roots = await Promise.all([node, first].map((where) => rootOf(house, where)));
  return new Set(roots).size === 1 ? (roots[0] ?? '') : `the copies differ: ${roots.join(' ')}`;
}

/** A sync of one copy that comes to nothing. */
async function failToSync(house: House, who: string, cut: Return['cut']): Promise<void> {
  if (cut === 'cable out') {
    if ((await house.gdo(who, who, 'sync')).exit === 0) throw new Error(`${who} reached a node without a cable`);
    return;
  }
  cable(house, who, 'in');
  const seen = house.place('killed');
  if (cut === 'node killed before it moves refs') {
    // Git runs this hook when all objects are there and no ref has moved; its parent would move them.
    const hook = house.place(node, 'hooks', 'update');
    writeFileSync(hook, `#!/bin/sh\necho killed >> '${seen}'\nkill -9 $PPID\n`, { mode: 0o755 });
    await house.gdo(who, who, 'sync');
    rmSync(hook);
  } else {
    killWhereItMovesRefs(house, who, seen);
  }
  if (!existsSync(seen)) throw new Error(`nothing was killed while ${who} synchronised`);
  rmSync(seen);
}

/** The program in a process of its own, with a git that kills it in the place of the first ref that it would move. */
function killWhereItMovesRefs(house: House, who: string, seen: string): void {
  const folder = house.place('killing-git');
  mkdirSync(folder, { recursive: true });
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const lines = ['#!/bin/sh', `case " $* " in *" update-ref "*) echo killed >> '${seen}'; kill -9 $PPID; exit 1;; esac`, `exec '${git}' "$@"`, ''];
  writeFileSync(join(folder, 'git'), lines.join('\n'), { mode: 0o755 });
  const home = house.place('people', who);
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: home, XDG_CONFIG_HOME: home, GDO_KEY: join(home, 'id_ed25519') };
  const ended = spawnSync(process.execPath, [bundledProgram(), 'sync'], { cwd: house.place(who), env, encoding: 'utf8' });
  if (ended.signal !== 'SIGKILL') throw new Error(`the sync of ${who} was not killed: ${ended.stdout}${ended.stderr}`);
}

async function rootOf(house: House, where: string): Promise<string> {
  const repository = openRepository(house.place(where));
  try {
    const view = await openLedger(repository);
    return `${view.tip.statement.state} after ${view.tip.statement.events} events`;
  } finally {
    repository.close();
  }
}
