// The one setting of a served repository that lets other nodes take a large content in pieces.
import { gitOutput } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';

/** Lets others fetch what names the chunks of a content without the chunks, as turns of their nodes do. */
export async function offerPieces({ gitDirectory }: Repository): Promise<void> {
  await gitOutput({ gitDirectory, arguments: ['config', 'uploadpack.allowFilter', 'true'] });
}
