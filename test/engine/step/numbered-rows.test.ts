// Rows that are read as they were when a stage opened: any number of changes, read at any earlier number.
import { describe, expect, it } from 'vitest';
import type { NumberedRow } from '../../../engine/numbered-rows.ts';
import { addRow, newestRow, rowBefore, rowsFrom } from '../../../engine/numbered-rows.ts';
import { emptyState } from '../../../engine/state.ts';
import { fc } from '../../seeded.ts';

/** Rows whose numbers ascend with gaps. */
const history = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }).map((gaps) => {
  let change = -1;
  return gaps.map((gap): NumberedRow => {
    change += gap;
    return [change, `to ${change}`];
  });
});

describe('rows that are read as they were', () => {
  it('are found again after any number of changes, as a list of all of them says', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 320 }), (rows, changes) => {
        let state = emptyState;
        for (const row of rows) state = addRow(state, 'attribute/employer/ana', row);
        expect(rowBefore(state, 'attribute/employer/ana')).toEqual(rows.at(-1));
        expect(rowBefore(state, 'attribute/employer/ana', changes)).toEqual(rows.findLast(([change]) => Number(change) < changes));
        expect(newestRow(state, 'attribute/employer/ana', ([change]) => Number(change) < changes)).toEqual(
          rows.findLast(([change]) => Number(change) < changes),
        );
        expect(rowsFrom(state, 'attribute/employer/ana', changes)).toEqual(rows.filter(([change]) => Number(change) >= changes));
      }),
    );
  });

  it('are of one person and no other', () => {
    let state = emptyState;
    for (let change = 0; change < 40; change += 1) state = addRow(state, `delegation/proxy/${change % 2 === 0 ? 'an' : 'ana'}`, [change, 'bo']);
    expect(rowBefore(state, 'delegation/proxy/an', 2)).toEqual([0, 'bo']);
    expect(rowBefore(state, 'delegation/proxy/ana', 1)).toBeUndefined();
    expect(rowBefore(state, 'delegation/prox', 40)).toBeUndefined();
  });
});
