// An outage that ends in every order: three copies recorded things alone, and their logs reach the node one after the other, with the cable out in between.
import { openRepository } from '../../node/git/repository.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { accept, foundHouse } from '../node/cli/decide/house.ts';
import type { House } from '../node/cli/decide/house.ts';

const people: readonly string[] = ['ana', 'bo', 'cy'];

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

/** The house when the network has been away for an hour: a lock, a report, and the same slot reserved twice. Nobody has heard of the others. */
export async function outage(): Promise<House> {
  const house = await foundHouse({ people, bylaws });
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
  return house;
}

/** The order in which copies reach the node, and after how many of them the cable is out once more. */
export interface Return {
  readonly order: readonly string[];
  readonly cutAfter: number;
}

/** Every order of three, with the cable out before each of them. */
export const returns: readonly Return[] = people.flatMap((first) =>
  people
    .filter((who) => who !== first)
    .flatMap((second) => [0, 1, 2].map((cutAfter) => ({ order: [first, second, ...people.filter((who) => who !== first && who !== second)], cutAfter }))),
);

/** Lets the network return in this way. @returns the state root that the node and the first copy have in the end, or a sentence where they differ */
export async function comeBack(house: House, { order, cutAfter }: Return): Promise<string> {
  for (const [index, who] of order.entries()) {
    if (index === cutAfter) {
      const { exit } = await house.gdo(who, who, 'sync');
      if (exit === 0) return `${who} reached a node without a cable`;
    }
    cable(house, who, 'in');
    accept(await house.gdo(who, who, 'sync'));
  }
  for (let epoch = 0; epoch < 2; epoch += 1) {
    house.wait(1 / 30);
    accept(await house.gdo('ana', 'hub.git', 'sync'));
  }
  const [first = ''] = order;
  accept(await house.gdo(first, first, 'sync'));
  const roots = await Promise.all(['hub.git', first].map((where) => rootOf(house, where)));
  return new Set(roots).size === 1 ? (roots[0] ?? '') : `the copies differ: ${roots.join(' ')}`;
}

async function rootOf(house: House, where: string): Promise<string> {
  const repository = openRepository(house.place(where));
  try {
    const view = await openLedger(repository);
    return `${view.tip.statement.state} ${view.tip.statement.events} events`;
  } finally {
    repository.close();
  }
}
