// Builds the image of an entry again, from the files that its source names: laid onto its base, or made by its builder, which runs as a dapp runs, without network, twice.
// What is missing for that is said. It trusts nothing that the recipe says of itself: the image is named by what came out.
import { createHash } from 'node:crypto';
import { digestOf } from '../chunks/image-config.ts';
import { readLayer, writeLayer, type LayerContent } from '../chunks/plain-layer.ts';
import { storedImage } from '../chunks/stored-image.ts';
import { TarReader } from '../chunks/tar-reader.ts';
import { WorldError } from '../cli/command.ts';
import type { Repository } from '../git/repository.ts';
import { ownOwner } from './containers.ts';
import type { ContainerEngine } from './containers.ts';
import type { DappEntry, Recipe } from './entry.ts';
import type { ImageSource } from './images.ts';
import { readyImage } from './images.ts';
import type { CandidateFile } from './input.ts';
import { framedInput } from './input.ts';
import { createOptions, memoryBytesMax, nanoCpusDefault, nanoCpusSecondRun } from './profile.ts';
import { classifyRun } from './result.ts';
import { ownPlatform } from './trial.ts';

/** What a build is about: the entry's recipe and the files of its source, ascending by path. */
export interface BuildRequest {
  readonly name: string;
  readonly recipe: Recipe;
  readonly files: readonly CandidateFile[];
}

/** What there is to build with. `engine` is asked for only where a builder has to run. */
export interface BuildPlace {
  readonly repository: Repository;
  readonly images: readonly ImageSource[];
  readonly engine: () => Promise<{ readonly kind: 'ok'; readonly engine: ContainerEngine } | { readonly kind: 'absent'; readonly reason: string }>;
}

/** An image that was built: its name, its configuration, and the one layer that is new; or why there is none. */
export type Built =
  | { readonly kind: 'ok'; readonly image: string; readonly platform: string; readonly configBytes: Uint8Array; readonly layer: Uint8Array }
  | { readonly kind: 'none'; readonly code: `GDO${number}`; readonly reason: string; readonly stderr?: string };

/** A compiler takes longer than a check and gives more; the profile around it is the same. */
const [buildTimeoutMs, layerBytesMax, inputBytesMax] = [300_000, 64 * 1_048_576, 64 * 1_048_576];

/** The recipe of an entry, or what it lacks for being built again. */
export function buildable(entry: DappEntry): Recipe | string {
  if (entry.source === undefined) return 'its entry names no source: it is closed';
  return entry.recipe ?? 'its entry has no recipe';
}

/** Builds. @returns none with GDO3001 to GDO3013 where nothing could be built; never throws for what a recipe does */
export async function buildImage(place: BuildPlace, request: BuildRequest): Promise<Built> {
  const { recipe, files } = request;
  const base = recipe.base === undefined ? undefined : await storedImage(place.repository, digestOf(recipe.base) ?? '');
  if (recipe.base !== undefined && base === undefined)
    return none('GDO3011', `The base ${recipe.base.slice(0, 19)} is not in this copy. Add its archive with \`gdo image add ARCHIVE\``);
  if (files.reduce((sum, file) => sum + file.bytes.length, 0) > inputBytesMax) return none('GDO3003', 'The files of the source are too large for one build');
  const content = recipe.builder === undefined ? laidInto(request) : await runBuilder(place, recipe.builder, request);
  if ('kind' in content) return content;
  const layer = writeLayer(content);
  const fault = layerFault(layer);
  if (fault !== undefined) return none('GDO3012', fault);
  const platform = base?.config.platform ?? ownPlatform();
  const configBytes = configOf(platform, [...(base?.config.layers ?? []), hexOf(layer)]);
  return { kind: 'ok', image: `sha256:${hexOf(configBytes)}`, platform, configBytes, layer };
}

function none(code: `GDO${number}`, reason: string, stderr = ''): Built & { readonly kind: 'none' } {
  return { kind: 'none', code, reason, ...(stderr.trim() === '' ? {} : { stderr }) };
}

function hexOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same configuration as `image.sh` of the examples writes: nothing of who built it when. */
function configOf(platform: string, layers: readonly string[]): Uint8Array {
  const [os = '', architecture = '', variant] = platform.split('/');
  const rootfs = { diff_ids: layers.map((layer) => `sha256:${layer}`), type: 'layers' };
  return Buffer.from(
    JSON.stringify({ architecture, config: {}, created: '1970-01-01T00:00:00Z', os, rootfs, ...(variant === undefined ? {} : { variant }) }),
    'utf8',
  );
}

function layerFault(layer: Uint8Array): string | undefined {
  try {
    const reader = new TarReader('layer');
    reader.take(layer);
    reader.end();
    return undefined;
  } catch (error) {
    if (error instanceof WorldError) return error.message;
    throw error;
  }
}

/** The sources as they are, below a folder; those of the program's own folder without its name. */
function laidInto({ name, recipe, files }: BuildRequest): LayerContent | (Built & { readonly kind: 'none' }) {
  const own = `dapps/${name}/`;
  const laid = files.map(({ path, entry, bytes }) => ({
    name: Buffer.from(`${recipe.into}/${path.startsWith(own) ? path.slice(own.length) : path}`, 'utf8').toString('latin1'),
    bytes,
    isExecutable: entry.startsWith('100755:'),
  }));
  if (new Set(laid.map((file) => file.name)).size < laid.length) return none('GDO3013', 'Two files of the source would go to one place');
  return { files: laid, links: [], folders: [] };
}

/** Runs the builder twice; what it writes to stdout is an archive of the layer. */
async function runBuilder(place: BuildPlace, builder: string, request: BuildRequest): Promise<LayerContent | (Built & { readonly kind: 'none' })> {
  const connected = await place.engine();
  if (connected.kind === 'absent') return none('GDO3001', `There is no container engine here, and its builder is a program: ${connected.reason}`);
  const { engine } = connected;
  if (engine.lacks.length > 0) return none('GDO3010', `The container engine here lacks what a builder needs around it: ${engine.lacks.join(', ')}`);
  const ready = await readyImage(engine, builder, place.images);
  if (ready.kind === 'none') return none(ready.code, `Its builder: ${ready.reason}`);
  const input = framedInput({ kind: 'build', name: request.name, v: 1 }, request.files);
  const layers: Uint8Array[] = [];
  for (const choice of [
    { hostname: 'gdo', nanoCpus: nanoCpusDefault },
    { hostname: 'gdo2', nanoCpus: nanoCpusSecondRun },
  ] as const) {
    const options = createOptions({
      image: builder,
      command: request.recipe.command,
      memoryBytes: memoryBytesMax,
      swappiness: engine.swappiness,
      role: 'check',
      owner: ownOwner,
      ...choice,
    });
    const observed = await engine.run(options, input, { timeoutMs: buildTimeoutMs, outputBytesMax: layerBytesMax });
    const run = classifyRun(observed, 'exit');
    if (run.kind === 'none') return none(run.code, run.reason.replaceAll('The dapp', 'The builder'), observed.stderr);
    if (run.kind === 'reject') return none('GDO3006', `The builder ended with exit ${observed.exitCode ?? 0} and made nothing`, observed.stderr);
    const fault = layerFault(run.output);
    if (fault !== undefined) return none('GDO3012', `What the builder wrote is no layer: ${fault}`, observed.stderr);
    layers.push(run.output);
  }
  const [first, second] = layers.map((layer) => readLayer(layer));
  if (first === undefined || second === undefined || hexOf(writeLayer(first)) !== hexOf(writeLayer(second)))
    return none('GDO3007', 'Two runs of the builder on the same source made different files');
  return first;
}
