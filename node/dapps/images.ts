// Images by digest: on this machine already, or out of a local archive. Nothing is ever pulled from a registry (node.md sections 5.4 and 6).
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerEngine } from './containers.ts';

/** What a source has of an image. `stream` is an archive for the engine's load call; `missing`: some of its parts are not in this copy; `refused`: they break the rules of archives. */
export type FoundImage =
  | { readonly kind: 'archive'; readonly stream: NodeJS.ReadableStream }
  | { readonly kind: 'missing' | 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' };

/** Where images come from that the engine does not have. */
export interface ImageSource {
  /** @param image - `sha256:<64 hex>`, the digest of its configuration */
  readonly find: (image: string) => Promise<FoundImage>;
}

/** Archives as `docker save` writes them, in a folder, each named by the hexadecimal digits of its image and `.tar`. */
export function archiveFolder(folder: string): ImageSource {
  return {
    find: (image) => {
      const digits = /^sha256:([0-9a-f]{64})$/.exec(image)?.[1];
      const path = digits === undefined ? undefined : join(folder, `${digits}.tar`);
      return Promise.resolve(path === undefined || !existsSync(path) ? { kind: 'unknown' } : { kind: 'archive', stream: createReadStream(path) });
    },
  };
}

const digestForm = /^sha256:[0-9a-f]{64}$/;

/** Whether an image can be run here. */
export type ReadyImage = { readonly kind: 'ready' } | { readonly kind: 'none'; readonly code: 'GDO3001' | 'GDO3011' | 'GDO3012'; readonly reason: string };

/** What to do about an image that is not here, in every sentence that says so. */
const howToGet = "Add its archive with `gdo image add ARCHIVE`, or bring what another copy has: `git fetch origin 'refs/gdo/blob/*:refs/gdo/blob/*'`";

/** Sees to it that the engine has an image, from the first source that knows it. The engine's own word for its digest is what counts, after loading too. */
export async function readyImage(engine: ContainerEngine, image: string, sources: readonly ImageSource[]): Promise<ReadyImage> {
  // A name becomes part of an address of the engine: whatever is no digest could ask for something else there.
  if (!digestForm.test(image)) return { kind: 'none', code: 'GDO3001', reason: 'An image is named by sha256: and 64 hexadecimal digits' };
  try {
    if (await engine.hasImage(image)) return { kind: 'ready' };
    for (const source of sources) {
      const found = await source.find(image);
      if (found.kind === 'unknown') continue;
      if (found.kind !== 'archive') return { kind: 'none', code: found.kind === 'missing' ? 'GDO3011' : 'GDO3012', reason: found.reason };
      const refused = await engine.loadImage(found.stream).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (await engine.hasImage(image)) return { kind: 'ready' };
      return { kind: 'none', code: 'GDO3012', reason: `The archive of ${image} holds another image${refused === undefined ? '' : `: ${refused}`}` };
    }
  } catch (error) {
    return { kind: 'none', code: 'GDO3001', reason: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'none', code: 'GDO3001', reason: `The image ${image} is not on this machine, and no archive here holds it. ${howToGet}` };
}
