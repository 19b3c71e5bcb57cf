// The settings of a served repository that let other nodes take a large content in pieces, and nobody choose what else the server has to walk.
import { outlineDepth } from '../chunks/bring-pieces.ts';
import { writeSettings } from '../git/change-settings.ts';
import type { Repository } from '../git/repository.ts';

/** Of git's filters only the one that turns of nodes use, as deep as they use it: the others are work for strangers, and clones that leave files out are read by nothing here. */
const settings = [
  ['uploadpack.allowFilter', 'true'],
  ['uploadpackfilter.allow', 'false'],
  ['uploadpackfilter.tree.allow', 'true'],
  ['uploadpackfilter.tree.maxDepth', String(outlineDepth)],
] as const;

/** Lets others fetch what names the chunks of a content without the chunks, as turns of their nodes do. */
export async function offerPieces({ gitDirectory }: Repository): Promise<void> {
  await writeSettings(gitDirectory, settings);
}
