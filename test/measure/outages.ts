// Every way in which an outage ends: the state roots of all copies, which are one.
import { comeBack, outage, returns } from '../nodes/outage.ts';
import { removeHouses } from '../node/cli/decide/house.ts';

/** Prints one line for each way. @returns 1 where two roots differ */
export async function printOutages(print: (line: string) => void): Promise<number> {
  const house = await outage();
  const roots = new Set<string>();
  for (const one of returns) {
    const root = await comeBack(house.copy(), one);
    roots.add(root);
    print(`${one.order.join(', ')}  cable out after ${one.cutAfter}  ${root}`);
  }
  removeHouses();
  print(`${returns.length} ways, ${roots.size} state root${roots.size === 1 ? '' : 's'}`);
  return roots.size === 1 ? 0 : 1;
}
