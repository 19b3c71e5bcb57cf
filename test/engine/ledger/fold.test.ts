// The fold: order, removals that reach concurrent acts, equivocation, the window. Stories first, then properties over random graphs.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import {
  before,
  classOfKind,
  concurrent,
  engine1,
  engines,
  finalHeads,
  isFrozen,
  lastSeq,
  orderBatches,
  readEntry,
  writeEntry,
  type Batch,
  type EpochResult,
  type State,
} from '../../../engine/index.ts';
import { ballot, batchOf, close, decided, dismiss, door, fold, grant, officers, removeRole, revoke, verdictsOf } from './epoch-builder.ts';

const minute = (count: number): number => count * 60_000;

describe('an engine number', () => {
  it('names the rules of this version, and none that it does not know (GDO4010)', () => {
    expect(engines(1)).toBe(engine1);
    expect([engines(0), engines(2), engines(-1)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('the class of an event outside of cases (ledger.md section 6)', () => {
  it('is 0 where it takes power away, 1 where it gives some, and 2 for the rest', () => {
    expect((['key.revoke', 'lock', 'key.enrol', 'issue', 'ballot', 'fact'] as const).map(classOfKind)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('the sequence example of section 9', () => {
  const start = writeEntry(writeEntry(officers('ada', 'ben'), 'head/ada', { batch: 'a4', seq: 4 }), 'head/ben', { batch: 'b7', seq: 7 });
  const dismissal = batchOf('ada', { seq: 5, prev: 'a4' }, [dismiss('ben')]);
  const approval = batchOf('ben', { seq: 8, prev: 'b7' }, [ballot('nine')]);
  const revenge = batchOf('ben', { seq: 9, prev: approval.id }, [dismiss('ada')]);
  const opened = batchOf('ben', { seq: 10, prev: revenge.id }, [door]);

  it('removes Ben, voids his approval and his dismissal, and keeps his door as a flagged fact', () => {
    const result = fold(start, [
      [approval, minute(0)],
      [dismissal, minute(2)],
      [revenge, minute(3)],
      [opened, minute(4)],
    ]);
    expect(verdictsOf(result)).toEqual(['ben:8 void GDO1041', 'ada:5 ok', 'ben:9 void GDO1041', 'ben:10 flagged GDO1040']);
    expect(readEntry(result.state, 'member/ben')).toBe(undefined);
    expect(readEntry(result.state, 'ballot/nine/ben')).toBe(undefined);
    expect(readEntry(result.state, 'member/ada')).toBeDefined();
    expect(result.heads).toEqual([
      ['ada', 5, dismissal.id],
      ['ben', 10, opened.id],
    ]);
    expect(readEntry(result.state, 'head/ben')).toEqual({ batch: opened.id, seq: 10 });
  });

  it('lets the dismissal that was received first stand when the other one comes later', () => {
    const result = fold(start, [
      [approval, minute(0)],
      [revenge, minute(1)],
      [dismissal, minute(2)],
    ]);
    expect(verdictsOf(result)).toEqual(['ben:8 ok', 'ben:9 ok', 'ada:5 void GDO1041']);
    expect(readEntry(result.state, 'member/ada')).toBe(undefined);
    expect(readEntry(result.state, 'ballot/nine/ben')).toEqual({ choice: 'yes' });
  });

  it('lets an act stand that the remover knew of', () => {
    const informed = batchOf('ada', { seq: 5, prev: 'a4', deps: [approval.id] }, [dismiss('ben')]);
    expect(
      verdictsOf(
        fold(start, [
          [approval, minute(0)],
          [informed, minute(2)],
        ]),
      ),
    ).toEqual(['ben:8 ok', 'ada:5 ok']);
  });
});

describe('a removal', () => {
  it('of one role reaches only acts that need that role', () => {
    const state = officers('ada', 'ben');
    const removal = batchOf('ada', { seq: 1 }, [removeRole('ben', 'officer')]);
    const vote = batchOf('ben', { seq: 1 }, [ballot('x')]);
    const act = batchOf('ben', { seq: 2, prev: vote.id }, [grant('ben', 'chair')]);
    expect(
      verdictsOf(
        fold(state, [
          [vote, 1],
          [act, 2],
          [removal, 3],
        ]),
      ),
    ).toEqual(['ben:1 ok', 'ben:2 void GDO1041', 'ada:1 ok']);
  });

  it('of several roles reaches what needs any of them', () => {
    const state = writeEntry(officers('ada', 'ben'), 'role/chair/ben', { since: 0 });
    const act = batchOf('ben', { seq: 1 }, [grant('ben', 'clerk')]);
    const removals = batchOf('ada', { seq: 1 }, [removeRole('ben', 'chair'), removeRole('ben', 'officer')]);
    expect(
      verdictsOf(
        fold(state, [
          [act, 1],
          [removals, 2],
        ]),
      ),
    ).toEqual(['ben:1 void GDO1041', 'ada:1 ok', 'ada:2 ok']);
  });

  it('of a key reaches what that key signed, and no other key of the member', () => {
    const state = writeEntry(officers('ada', 'ben'), 'key/ben-2', { member: 'ben', since: 0 });
    const lost = batchOf('ben', { seq: 1 }, [ballot('x')]);
    const kept = batchOf('ben-2', { seq: 1 }, [ballot('y')]);
    const revocation = batchOf('ada', { seq: 1 }, [revoke('ben')]);
    expect(
      verdictsOf(
        fold(state, [
          [lost, 1],
          [kept, 2],
          [revocation, 3],
        ]),
      ),
    ).toEqual(['ben:1 void GDO1041', 'ben-2:1 ok', 'ada:1 ok']);
  });

  it('stands with all that it took when it was received first, and takes nothing when it is void itself', () => {
    const state = officers('ada', 'ben', 'cyd');
    const one = batchOf('cyd', { seq: 1 }, [ballot('x')]);
    const two = batchOf('ben', { seq: 1 }, [dismiss('cyd')]);
    const three = batchOf('ada', { seq: 1 }, [dismiss('ben')]);
    const result = fold(state, [
      [one, 1],
      [two, 2],
      [three, 3],
    ]);
    expect(verdictsOf(result)).toEqual(['cyd:1 void GDO1041', 'ben:1 ok', 'ada:1 ok']);
    const swapped = fold(state, [
      [one, 1],
      [three, 2],
      [two, 3],
    ]);
    expect(verdictsOf(swapped)).toEqual(['cyd:1 ok', 'ada:1 ok', 'ben:1 void GDO1041']);
    expect(readEntry(swapped.state, 'member/cyd')).toBeDefined();
  });

  it('in a cycle of two to four officers leaves at least one of them, and the one received first always stands', () => {
    for (const members of [
      ['ada', 'ben'],
      ['ada', 'ben', 'cyd'],
      ['ada', 'ben', 'cyd', 'dan'],
    ]) {
      const batches = members.map((member, index) => batchOf(member, { seq: 1 }, [dismiss(members[(index + 1) % members.length] ?? '')]));
      for (const order of permutations(batches)) {
        const result = fold(
          officers(...members),
          order.map((batch, index) => [batch, index]),
        );
        const left = members.filter((member) => readEntry(result.state, `member/${member}`) !== undefined);
        expect(left.length).toBeGreaterThan(0);
        expect(result.verdicts[0]?.verdict.kind).toBe('ok');
      }
    }
  });
});

describe('power that is given', () => {
  it('acts from the checkpoint only: whoever is admitted to a role cannot use it in the same epoch', () => {
    const state = writeEntry(writeEntry(officers('ada'), 'member/ben', { since: 0 }), 'key/ben', { member: 'ben', since: 0 });
    const admission = batchOf('ada', { seq: 1 }, [grant('ben', 'officer')]);
    const use = batchOf('ben', { seq: 1, deps: [admission.id] }, [grant('ben', 'chair')]);
    const first = fold(state, [
      [admission, 1],
      [use, 2],
    ]);
    expect(verdictsOf(first)).toEqual(['ada:1 ok', 'ben:1 refused GDO1040']);
    const later = batchOf('ben', { seq: 2, prev: use.id }, [grant('ben', 'chair')]);
    expect(verdictsOf(fold(first.state, [[later, 3]]))).toEqual(['ben:2 ok']);
  });
});

describe('a fact', () => {
  it('from before a removal that is concurrent with it stands as it was: what happened has happened', () => {
    const start = officers('ada', 'ben');
    const opened = batchOf('ben', { seq: 1 }, [door]);
    const dismissal = batchOf('ada', { seq: 1 }, [dismiss('ben')]);
    expect(
      verdictsOf(
        fold(start, [
          [opened, 1],
          [dismissal, 2],
        ]),
      ),
    ).toEqual(['ben:1 ok', 'ada:1 ok']);
  });
});

describe('equivocation', () => {
  it('leaves what the key signed before the first number signed twice', () => {
    const first = batchOf('ben', { seq: 1 }, [ballot('x')]);
    const [one, other] = ['yes', 'no'].map((choice) => batchOf('ben', { seq: 2, prev: first.id }, [ballot('y', choice)]));
    const result = fold(
      officers('ada', 'ben'),
      [first, one, other].flatMap((batch) => (batch === undefined ? [] : [[batch, 1] as const])),
    );
    expect(verdictsOf(result).toSorted()).toEqual(['ben:1 ok', 'ben:2 void GDO1043', 'ben:2 void GDO1043']);
    expect(readEntry(result.state, 'ballot/x/ben')).toEqual({ choice: 'yes' });
  });

  it('counts from the lowest number signed twice, also where a higher one was seen before it', () => {
    const [first, second, third] = ['x', 'y', 'z'].reduce<readonly Batch[]>((chain, of, index) => {
      const last = chain.at(-1);
      return [...chain, batchOf('ben', { seq: index + 1, ...(last === undefined ? {} : { prev: last.id }) }, [ballot(of)])];
    }, []);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three batches were made');
    const [thirdAgain, secondAgain] = [
      batchOf('ben', { seq: 3, prev: second.id }, [ballot('z', 'no')]),
      batchOf('ben', { seq: 2, prev: first.id }, [ballot('y', 'no')]),
    ];
    const received = [first, second, third, thirdAgain, secondAgain].map((batch, index) => [batch, index] as const);
    expect(verdictsOf(fold(officers('ada', 'ben'), received))).toEqual(['ben:1 ok', ...['2', '3', '3', '2'].map((seq) => `ben:${seq} void GDO1043`)]);
  });

  const state = officers('ada', 'ben');
  const one = batchOf('ben', { seq: 1 }, [ballot('x', 'yes'), door]);
  const two = batchOf('ben', { seq: 1 }, [ballot('x', 'no')]);
  const after = batchOf('ben', { seq: 3, prev: one.id }, [ballot('y')]);

  it('voids both branches from the first number signed twice, flags their facts, and freezes the key with two heads', () => {
    const result = fold(state, [
      [one, 1],
      [two, 2],
      [after, 3],
    ]);
    expect([...verdictsOf(result)].toSorted()).toEqual(['ben:1 void GDO1043', 'ben:1 void GDO1043', 'ben:2 flagged GDO1043', 'ben:3 void GDO1043']);
    expect(result.heads).toHaveLength(2);
    expect(isFrozen(result.state, 'ben')).toBe(true);
    const next = batchOf('ben', { seq: 4, prev: after.id }, [ballot('z'), door]);
    const frozen = fold(result.state, [[next, 5]]);
    expect(verdictsOf(frozen)).toEqual(['ben:4 void GDO1042', 'ben:5 flagged GDO1042']);
    expect(finalHeads(frozen.state, 'ben')).toHaveLength(2);
  });

  it('leaves a branch that is final as it stands, and voids the other from its own first number', () => {
    const first = fold(state, [[one, 1]]);
    const second = fold(first.state, [
      [two, 5],
      [after, 6],
    ]);
    expect(readEntry(second.state, 'ballot/x/ben')).toEqual({ choice: 'yes' });
    expect(verdictsOf(second)).toEqual(['ben:1 void GDO1043', 'ben:3 void GDO1043']);
    expect(isFrozen(second.state, 'ben')).toBe(true);
  });
});

describe('the order', () => {
  it('never puts a batch before what it builds on, and breaks ties by id', () => {
    const base = batchOf('ada', { seq: 1 }, [ballot('x')]);
    const child = batchOf('ben', { seq: 1, deps: [base.id] }, [ballot('x')]);
    const result = fold(officers('ada', 'ben'), [
      [base, 9],
      [child, 1],
    ]);
    expect(result.included).toEqual([base.id, child.id]);
    const given = [child, base].map((batch) => [batch, batch === base ? 9 : 1] as const);
    expect(placedBatches(given).map(({ batch, receivedMs }) => [batch.id, receivedMs])).toEqual([
      [base.id, 9],
      [child.id, 9],
    ]);
    const ties = ['ada', 'ben', 'cyd'].map((device) => batchOf(device, { seq: 1 }, [ballot('x')]));
    expect(
      fold(
        officers('ada', 'ben', 'cyd'),
        ties.map((batch) => [batch, 1]),
      ).included,
    ).toEqual(ties.map(({ id }) => id).toSorted());
  });

  it('makes batches wait that have no receipt time, were received after the checkpoint time, or build on one of these (S1)', () => {
    const [late, none] = [batchOf('ada', { seq: 1 }, [ballot('x')]), batchOf('ben', { seq: 1 }, [ballot('x')])];
    const child = batchOf('cyd', { seq: 1, deps: [late.id] }, [ballot('x')]);
    const fine = batchOf('dan', { seq: 1 }, [ballot('x')]);
    const result = fold(
      officers('ada', 'ben', 'cyd', 'dan'),
      [
        [late, 101],
        [none, undefined],
        [child, 1],
        [fine, 100],
      ],
      { timeMs: 100 },
    );
    expect(result.included).toEqual([fine.id]);
    expect(result.waiting).toEqual([late.id, none.id, child.id].toSorted());
    expect(result.verdicts).toHaveLength(1);
    expect(result.heads.map(([device]) => device)).toEqual(['dan']);
  });

  it('keeps an eighth of the window for batches that only take power away', () => {
    const names = Array.from({ length: 10 }, (_, index) => `m${index}`);
    const flood = names.map((device) => batchOf(device, { seq: 1 }, [ballot('x')]));
    const revocation = batchOf('zoe', { seq: 1 }, [revoke('m0')]);
    const riding = batchOf('yan', { seq: 1 }, [revoke('m1'), ballot('x')]);
    const received = [...flood.map((batch, index) => [batch, index] as const), [riding, 50] as const, [revocation, 60] as const];
    const result = fold(officers(...names, 'zoe', 'yan'), received, { windowBatches: 8 });
    expect(result.included).toEqual([...flood.slice(0, 7).map(({ id }) => id), revocation.id]);
    expect(result.waiting).toHaveLength(4);
  });

  it('takes as many as the window has, also of those that only take power away', () => {
    const names = Array.from({ length: 10 }, (_, index) => `m${index}`);
    const revocations = names.map((device) => batchOf(device, { seq: 1 }, [revoke(device)]));
    const received = revocations.map((batch, index) => [batch, index] as const);
    const result = fold(officers(...names), received, { windowBatches: 8 });
    expect(result.included).toEqual(revocations.slice(0, 8).map(({ id }) => id));
    expect(result.waiting).toEqual(
      revocations
        .slice(8)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('lets a fact ride along with a removal into what is kept for removals, and no fact alone', () => {
    const names = Array.from({ length: 7 }, (_, index) => `m${index}`);
    const flood = names.map((device) => batchOf(device, { seq: 1 }, [ballot('x')]));
    const [alone, beside] = [batchOf('yan', { seq: 1 }, [door]), batchOf('zoe', { seq: 1 }, [revoke('m0'), door])];
    const received = [...flood.map((batch, index) => [batch, index] as const), [alone, 50] as const, [beside, 60] as const];
    const result = fold(officers(...names, 'zoe', 'yan'), received, { windowBatches: 8 });
    expect(result.included).toEqual([...flood.map(({ id }) => id), beside.id]);
    expect(result.waiting).toEqual([alone.id]);
  });

  it('takes 65,536 events and not one more, whatever the batches', () => {
    const many = (device: string, index: number): Batch => ({ ...batchOf(device, { seq: 1 + 512 * index }, [ballot('x')]), count: 512 });
    const full = ['ada', 'ben'].flatMap((device) => Array.from({ length: 64 }, (_, index) => many(device, index)));
    const [first = many('ada', 0), ...others] = full;
    const one = batchOf('cyd', { seq: 1 }, [ballot('x')]);
    const ordered = (last: Batch): ReturnType<typeof orderBatches> => {
      const batches = [first, ...others, last];
      return orderBatches({ batches, receivedMs: (id) => (id === last.id ? 2 : 1), timeMs: 9, windowBatches: 4_096, classOf: () => 2 });
    };
    expect([ordered(one).ordered.length, ordered(one).waiting.map(({ id }) => id)]).toEqual([128, [one.id]]);
    const room = orderBatches({
      batches: [{ ...first, count: 511 }, ...others, one],
      receivedMs: (id) => (id === one.id ? 2 : 1),
      timeMs: 9,
      windowBatches: 4_096,
      classOf: () => 2,
    });
    expect([room.ordered.length, room.waiting]).toEqual([129, []]);
  });

  it('takes at most 256 batches of one device, and what is left over enters the next epoch', () => {
    let prev = '0'.repeat(64);
    const chain = Array.from({ length: 300 }, (_, index) => {
      const batch = batchOf('ada', { seq: index + 1, prev }, [ballot(`x${index}`)]);
      prev = batch.id;
      return batch;
    });
    const first = fold(
      officers('ada'),
      chain.map((batch) => [batch, 1]),
    );
    expect([first.included.length, first.waiting.length]).toEqual([256, 44]);
    const rest = chain.filter(({ id }) => first.waiting.includes(id));
    const second = fold(
      first.state,
      rest.map((batch) => [batch, 1]),
    );
    expect(second.included).toHaveLength(44);
    expect(readEntry(second.state, 'head/ada')).toEqual({ batch: prev, seq: 300 });
  });
});

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length <= 1) return [list];
  return list.flatMap((first, index) => permutations(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]));
}

const members = ['ada', 'ben', 'cyd', 'dan'];
const note = fc.oneof(
  fc.constantFrom(...members).map(dismiss),
  fc.constantFrom(...members).map((member) => removeRole(member, 'officer')),
  fc.constantFrom(...members).map((member) => revoke(member)),
  fc.constantFrom(...members).map((member) => grant(member, 'chair')),
  fc.constantFrom('x', 'y').map((of) => ballot(of)),
  fc.constantFrom('x', 'y').map(close),
  fc.constant(door),
);
const step = fc.record({
  device: fc.constantFrom(...members),
  notes: fc.array(note, { minLength: 1, maxLength: 2 }),
  deps: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
  received: fc.nat({ max: 30 }),
  fork: fc.integer({ min: 0, max: 9 }),
});

/** A causally complete graph: each batch builds on its device's last one (seldom on the one before: a fork) and on random earlier ones. */
function graphOf(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[], forks: boolean): readonly (readonly [Batch, number])[] {
  const made: (readonly [Batch, number])[] = [];
  for (const { device, notes, deps, received, fork } of steps) {
    const own = made.filter(([batch]) => batch.device === device);
    const [prev] = (forks && fork === 0 ? own.at(-2) : undefined) ?? own.at(-1) ?? [];
    const others = deps.flatMap((index) => made[index]?.[0] ?? []).filter((batch) => batch.device !== device);
    const place = {
      seq: prev === undefined ? 1 : lastSeq(prev) + 1,
      deps: [...new Set(others.map(({ id }) => id))].toSorted(),
      ...(prev === undefined ? {} : { prev: prev.id }),
    };
    made.push([batchOf(device, place, notes), received]);
  }
  return [...new Map(made.map(([batch, received]) => [batch.id, [batch, received] as const])).values()];
}

const start: State = officers(...members);

describe('random ledgers', () => {
  it('give one state root, one set of verdicts and one set of heads in any order of delivery, forks included', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.infiniteStream(fc.nat()), (steps, stream) => {
        const graph = graphOf(steps, true);
        const whole = decided(fold(start, graph));
        for (let round = 0; round < 3; round += 1) {
          const shuffled = graph
            .map((entry) => ({ entry, key: stream.next().value ?? 0 }))
            .toSorted((left, right) => left.key - right.key)
            .map(({ entry }) => entry);
          expect(decided(fold(start, [...shuffled, ...shuffled.slice(0, 2)]))).toBe(whole);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('let no act of a removed member stand that is concurrent with the removal, unless it is an earlier removal itself', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 16 }), (steps) => {
        const graph = graphOf(steps, false);
        const result = fold(start, graph);
        const placed = new Map(placedBatches(graph).map((one) => [one.batch.id, one]));
        const rows = eventRows(graph, result);
        for (const removal of rows.filter(({ event, ok }) => ok && event.body['verb'] === 'dismiss')) {
          for (const act of rows.filter(({ event, ok }) => ok && event.actor === removal.event.body['about'] && event.kind !== 'fact')) {
            const [one, two] = [placed.get(act.batch), placed.get(removal.batch)];
            if (one === undefined || two === undefined || !concurrent(one, two)) continue;
            // What stands against a concurrent dismissal is a removal, and it was received first.
            expect(['dismiss', 'remove', undefined]).toContain(act.event.body['verb']);
            expect(act.event.kind === 'act' || act.event.kind === 'key.revoke').toBe(true);
            expect(rows.indexOf(act)).toBeLessThan(rows.indexOf(removal));
          }
        }
        for (const { event, verdict } of rows) if (event.kind === 'fact') expect(['ok', 'flagged']).toContain(verdict.kind);
        // Only members who dismiss themselves can leave nobody behind.
        const themselves = rows.some(({ event, ok }) => ok && event.body['verb'] === 'dismiss' && event.body['about'] === event.actor);
        expect(themselves || members.some((member) => readEntry(result.state, `member/${member}`) !== undefined)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('count a batch as before another exactly where it is an ancestor, as long as no device forks', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 14 }), (steps) => {
        const graph = graphOf(steps, false);
        const byId = new Map(graph.map(([batch]) => [batch.id, batch]));
        const ancestors = (id: string): ReadonlySet<string> => {
          const batch = byId.get(id);
          const parents = batch === undefined ? [] : [batch.prev, ...batch.deps].filter((parent) => byId.has(parent));
          return new Set(parents.flatMap((parent) => [parent, ...ancestors(parent)]));
        };
        const placed = placedBatches(graph);
        for (const one of placed) {
          for (const two of placed) {
            const related = one.batch.id === two.batch.id || ancestors(one.batch.id).has(two.batch.id) || ancestors(two.batch.id).has(one.batch.id);
            expect(concurrent(one, two)).toBe(!related);
            expect(before(one, two)).toBe(ancestors(two.batch.id).has(one.batch.id));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

function placedBatches(graph: readonly (readonly [Batch, number])[]): ReturnType<typeof orderBatches>['ordered'] {
  const times = new Map(graph.map(([batch, received]) => [batch.id, received]));
  return orderBatches({ batches: graph.map(([batch]) => batch), receivedMs: (id) => times.get(id), timeMs: 1_000, windowBatches: 4_096, classOf: () => 2 })
    .ordered;
}

/** Events in fold order with their batch and verdict. */
function eventRows(graph: readonly (readonly [Batch, number])[], result: EpochResult) {
  const byId = new Map(graph.flatMap(([batch]) => batch.events.map((event) => [event.id, { event, batch: batch.id }])));
  return result.verdicts.flatMap(({ event, verdict }) => {
    const found = byId.get(event);
    return found === undefined ? [] : [{ ...found, verdict, ok: verdict.kind === 'ok' }];
  });
}
