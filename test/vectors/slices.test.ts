// The vectors of snapshots and slices (SPEC.md sections 16 and 17): written from their makers by `npm run golden`, judged here and by the independent verifier.
import { describe, expect, it } from 'vitest';
import { checkSlice } from '../../node/ledger/slice.ts';
import { readSnapshot } from '../../node/ledger/snapshot.ts';
import { sameAsFile } from './same-as-file.ts';
import { sliceVectors, snapshotVectors } from './slice-texts.ts';

function codeOf(read: { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly code: string }): string {
  return read.kind === 'ok' ? 'ok' : read.code;
}

describe('vectors of snapshots and slices', () => {
  it('each snapshot is loaded or refused as listed (SPEC.md section 16)', () => {
    const vectors = snapshotVectors();
    expect(vectors.map(({ name, text, root }) => [name, codeOf(readSnapshot(Buffer.from(text), root))])).toEqual(vectors.map(({ name, code }) => [name, code]));
    sameAsFile('snapshots', vectors);
  });

  it('each slice is taken or refused as listed (SPEC.md section 17)', async () => {
    const vectors = await sliceVectors();
    const judged = vectors.map(({ name, text, org, known }) => [name, codeOf(checkSlice(Buffer.from(text), known === undefined ? { org } : { org, newest: known }))]);
    expect(judged).toEqual(vectors.map(({ name, code }) => [name, code]));
    sameAsFile('slices', vectors);
  });
});
