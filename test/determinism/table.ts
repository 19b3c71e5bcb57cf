// `npm run determinism`: plays one corpus on every runtime and under every setting, and prints one table. Exit code 1 where a root differs.
import { bundleCorpus } from './bundle.ts';
import { runtimes, settings } from './runtimes.ts';

/** Plays and prints. @param options.events - of the whole corpus; the smaller part has `small` */
export async function printDeterminism(
  options: { readonly seed: number; readonly events: number; readonly small: number },
  print: (line: string) => void,
): Promise<number> {
  const whole = await bundleCorpus({ seed: options.seed, events: options.events });
  const part = await bundleCorpus({ seed: options.seed, events: options.small });
  const seen = new Map<boolean, Set<string>>([
    [true, new Set()],
    [false, new Set()],
  ]);
  let failures = 0;
  print(`seed ${options.seed}; rebuilt from the charters of this repository on every runtime`);
  print(`${'runtime'.padEnd(34)} ${'events'.padStart(7)} ${'accepted'.padStart(8)} ${'epochs'.padStart(7)} ${'scenarios'.padStart(9)}  root`);
  for (const variant of [...runtimes, ...settings]) {
    const name = variant.name.padEnd(34);
    try {
      const line = await variant.play(variant.isSmall ? part : whole);
      const { root, events, accepted, epochs, scenarios } = JSON.parse(line.slice('GDO '.length));
      seen.get(variant.isSmall)?.add(root);
      print(`${name} ${String(events).padStart(7)} ${String(accepted).padStart(8)} ${String(epochs).padStart(7)} ${String(scenarios).padStart(9)}  ${root}`);
    } catch (error) {
      failures += 1;
      print(`${name} did not run: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
    }
  }
  // The smaller part on this node as well, so that it is compared with something.
  const [first] = settings;
  if (first !== undefined) seen.get(true)?.add(JSON.parse((await first.play(part)).slice('GDO '.length)).root);
  const roots = [...seen.values()].map((set) => set.size);
  print(roots.every((count) => count === 1) ? 'one root for the whole, one for the smaller part' : `${roots.join(' and ')} roots: NOT the same everywhere`);
  return roots.every((count) => count === 1) && failures === 0 ? 0 : 1;
}
