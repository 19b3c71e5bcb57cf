// What the maker space's story tells of its outage besides the way in which it happened: the same in every other order, and over every cut.
import { openRepository } from '../git/repository.ts';
import { openKey } from '../ledger/keys.ts';
import { openLedger } from '../ledger/replay.ts';
import { diskImages, everyReturn, type Before, type Office, type Return, type Returning } from './outage.ts';
import { door, hub, rootOf } from './space.ts';
import type { Stage } from './stage.ts';
import type { Ways } from './ways.ts';

/** The space when the network went: everybody's disks, and the newest checkpoint. */
export interface Outage {
  readonly before: Before;
  readonly height: number;
}

/** Remembers what lies on everybody's disk. */
export async function outageBegins(stage: Stage): Promise<Outage> {
  const before = await diskImages([hub, 'ana', 'dee', door].map((name) => ({ name, path: stage.place(name) })));
  return { before, height: before.views.get(hub)?.tip.height ?? 0 };
}

/** When the node closed its checkpoints since then. */
export async function closedSince(stage: Stage, { height }: Outage): Promise<readonly number[]> {
  const repository = openRepository(stage.place(hub));
  try {
    return (await openLedger(repository)).checkpoints.filter((one) => one.height > height).map(({ timeMs }) => timeMs);
  } finally {
    repository.close();
  }
}

/** Tells in how many ways the outage could have gone, and that all of them come to one state. @param alone - what the node closed while others were away */
export async function tellEveryWay(stage: Stage, outage: Outage, alone: readonly number[]): Promise<void> {
  const all = await closedSince(stage, outage);
  const back = all.slice(alone.length);
  const person = (name: string): Returning => {
    const key = openKey(stage.place('people', name, 'id_ed25519'));
    return { name, path: stage.place(name), device: key.device };
  };
  const office: Office = { node: hub, steward: openKey(stage.place('people', 'ana', 'id_ed25519')) };
  const [ana, dee, front] = [person('ana'), person('dee'), person(door)];
  const told: readonly Return[] = [
    { returning: [ana], clocksMs: alone },
    { returning: [dee, front], clocksMs: back },
  ];
  stage.tell('What they signed is brought together in memory in every other way. A cut is a power failure between two steps or in the middle of a write.');
  const asTold = await everyReturn(outage.before, told, office);
  noteWays(stage, 'while the office goes on', asTold);
  if (!asTold.ends[0]?.startsWith(await rootOf(stage, hub))) throw new Error('real git and memory disagree');
  noteWays(stage, 'while nobody reaches the office', await everyReturn(outage.before, [{ returning: [ana, dee, front], clocksMs: back }], office));
}

function noteWays(stage: Stage, which: string, { orders, cut, places, ends }: Ways): void {
  const [end = 'none', ...others] = ends;
  stage.note(`${which}: ${orders} orders, and ${cut} ways that were cut once, at ${places} places: ${ends.length} state root`);
  stage.note(`  ${end}`);
  if (others.length > 0) throw new Error(`the outage comes to different ends: ${ends.join('; ')}`);
}
