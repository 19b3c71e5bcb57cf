// The contents that a node needs to decide: images that programs of the bylaws in force run in, as far as their configurations are here with the layers that they name.
import { charterOf } from '../../engine/index.ts';
import type { Repository } from '../git/repository.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import { digestOf } from './image-config.ts';
import { storedImage } from './stored-image.ts';

/** The images that the bylaws in force name, by the SHA-256 of their configurations; none where there is no ledger. */
export async function imagesOfBylaws(repository: Repository): Promise<readonly string[]> {
  if (!(await hasLedger(repository))) return [];
  const { state, bylawsHash } = await openLedger(repository, undefined, 'snapshot');
  return (charterOf(state, bylawsHash)?.dapps ?? []).flatMap(({ image }) => digestOf(image) ?? []);
}

/** These images with their layers, which are known when the configuration is here. */
export async function withLayers(repository: Repository, images: readonly string[]): Promise<ReadonlySet<string>> {
  const needed = new Set(images);
  for (const image of images) for (const layer of (await storedImage(repository, image))?.config.layers ?? []) needed.add(layer);
  return needed;
}
