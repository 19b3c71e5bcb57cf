// The vectors of pruned copies (SPEC.md section 18): written from their maker by `npm run golden`, judged here and by the independent verifier.
import { describe, expect, it } from 'vitest';
import { batchId, readBatchCommit, utf8Encode, type Batch } from '../../engine/index.ts';
import { memoryFiles } from '../../node/git/file-store.ts';
import { contentHash, objectId } from '../../node/git/object.ts';
import { memoryRepository } from '../../node/git/portable-repository.ts';
import { listFault, prunedRef, readPruned } from '../../node/ledger/pruned.ts';
import { prunedCommit } from '../../node/ledger/statements.ts';
import { prunedVectors, type PrunedVector } from './pruned-texts.ts';
import { sameAsFile } from './same-as-file.ts';

interface Placed {
  readonly batch: Pick<Batch, 'id' | 'device' | 'seq' | 'count' | 'prev'>;
  readonly commit: string;
}

function placed(bytes: Uint8Array): Placed {
  const read = readBatchCommit(bytes);
  if (read.kind === 'refused') throw new Error(read.reason);
  const { device, seq, count, prev } = read.commit;
  return { batch: { id: batchId(read.payload, contentHash), device, seq, count, prev }, commit: objectId({ kind: 'commit', bytes }) };
}

/** Judges one as an audit does, in a repository that holds the batches and the statement. */
async function judge({ files, held, height, timeMs }: PrunedVector): Promise<{ readonly code: string; readonly commit: string }> {
  const repository = memoryRepository(memoryFiles());
  const commits = held.map((text) => utf8Encode(text));
  await repository.writeObjects(commits.map((bytes) => ({ kind: 'commit', bytes })));
  const ids = files.filter(([path]) => path !== 'pruned.json').map(([path, text]) => [path, utf8Encode(text)] as const);
  const statement = files.find(([path]) => path === 'pruned.json')?.[1];
  const built = prunedCommit({ bytes: utf8Encode(statement ?? ''), ids, height, timeMs });
  await repository.writeObjects(built.objects);
  await repository.updateRefs([{ ref: prunedRef, old: undefined, next: built.commit }]);
  const read = await readPruned(repository);
  if (read === undefined) throw new Error('the ref is there');
  if (read.kind === 'fault') return { code: read.fault.code, commit: built.commit };
  const settled = new Map(commits.map((bytes) => [placed(bytes).batch.id, placed(bytes)]));
  return { code: (await listFault(repository, settled, read.record))?.code ?? 'ok', commit: built.commit };
}

describe('vectors of pruned copies', () => {
  it('each statement is taken or refused as listed, and the sound one has its one commit (SPEC.md section 18)', async () => {
    const vectors = await prunedVectors();
    const judged = await Promise.all(vectors.map(judge));
    expect(judged.map(({ code }, index) => [vectors[index]?.name, code])).toEqual(vectors.map(({ name, code }) => [name, code]));
    for (const [index, { commit }] of vectors.entries()) if (commit !== undefined) expect(judged[index]?.commit).toBe(commit);
    sameAsFile('pruned', vectors);
  });
});
