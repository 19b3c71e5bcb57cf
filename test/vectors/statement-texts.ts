// Statements as text and what SPEC.md section 8 says about each: a sound one of every type, and one change for each way to get a field wrong.
import { canonicalText } from '../../engine/index.ts';

/** One statement. */
interface StatementVector {
  readonly name: string;
  readonly type: StatementType;
  readonly text: string;
  readonly code: string;
}

/** The types of SPEC.md section 8. */
export type StatementType = 'genesis' | 'receipt' | 'checkpoint' | 'vote';

const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
const commit = '5'.repeat(40);
/** The keys of RFC 8032, tests 1 and 2, and the device of the second. */
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';
const second = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM';
const secondDevice = '177e278a7eed71a607e964792d25927e3eb078504f7c1a6ec945283c53fd6230';
const params = { heartbeatMs: 86_400_000, minIntervalMs: 5_000, settleMs: 0, timePrecisionMs: 30_000, windowBatches: 4_096 };
const main = { commit, content: a };

const sound: Readonly<Record<StatementType, Readonly<Record<string, unknown>>>> = {
  genesis: {
    bylaws: a,
    engine: 0,
    finality: 'F0',
    main,
    members: [
      ['ada', [key]],
      ['ben', [second]],
    ],
    name: 'Maple\nMakerspace',
    nonce: b,
    params,
    roles: [
      ['Keeper', []],
      ['officer', ['ada', 'ben']],
    ],
    time: 0,
    type: 'genesis',
    v: 1,
    witnesses: [[secondDevice, 1]],
  },
  receipt: {
    entries: [
      [a, 5],
      [b, 3],
    ],
    org: a,
    prev: b,
    seq: 1,
    type: 'receipt',
    upTo: 5,
    v: 1,
    witness: c,
  },
  checkpoint: {
    bylaws: a,
    engine: 0,
    events: 3,
    heads: [
      [a, 3, b],
      [a, 2, c],
      [b, 1, a],
    ],
    height: 1,
    log: a,
    main,
    org: a,
    prev: b,
    receipts: [[c, 1, a]],
    state: a,
    time: 1,
    type: 'checkpoint',
    v: 1,
    verdicts: b,
    witnesses: c,
  },
  vote: { height: 1, org: a, type: 'vote', v: 1, value: b },
};

const tooMany = Array.from({ length: 701 }, (_, index) => [index.toString(16).padStart(64, '0'), 0]);

/** Changes of one field: the type, the field, and values that are no longer of its form. */
const wrong: readonly (readonly [type: StatementType, field: string, values: readonly unknown[]])[] = [
  ['genesis', 'bylaws', [a.toUpperCase(), 1]],
  ['genesis', 'engine', [-1, '0']],
  ['genesis', 'finality', ['F2', 'f0']],
  ['genesis', 'main', [{ commit }, { ...main, tree: a }, { commit: a, content: a }, []]],
  [
    'genesis',
    'members',
    [
      [
        ['ben', [key]],
        ['ada', [key]],
      ],
      [
        ['ada', [key]],
        ['ada', [key]],
      ],
      [['ada', []]],
      [['Ada', [key]]],
      [['ada', [key], 1]],
      [
        ['ada', ['x']],
        ['ben', [second]],
      ],
      [
        ['ada', [`${key} comment`]],
        ['ben', [second]],
      ],
      [
        ['ada', [second]],
        ['ben', [second]],
      ],
      [['ben', [second, second]]],
    ],
  ],
  ['genesis', 'name', ['a\tb', 1]],
  ['genesis', 'nonce', [b.slice(1)]],
  ['genesis', 'params', [{ ...params, more: 1 }, { heartbeatMs: 1 }, { ...params, settleMs: -1 }]],
  [
    'genesis',
    'roles',
    [
      [
        ['b', []],
        ['a', []],
      ],
      [['7', []]],
      [['a', ['Ada']]],
      [['a']],
    ],
  ],
  ['genesis', 'time', [-1]],
  [
    'genesis',
    'witnesses',
    [
      [],
      [[secondDevice, 2]],
      [
        [secondDevice, 1],
        [secondDevice, 1],
      ],
      [[a, 1]],
      [[secondDevice]],
    ],
  ],
  ['genesis', 'parent', [{}, { org: a }, { checkpoint: a, org: a, state: a }, { checkpoint: a, org: 'x' }, a]],
  [
    'receipt',
    'entries',
    [
      [
        [b, 3],
        [a, 5],
      ],
      [
        [a, 5],
        [a, 5],
      ],
      [[a, 6]],
      [[a, -1]],
      [[a]],
      [[a, 1, 1]],
      tooMany,
    ],
  ],
  ['receipt', 'seq', [0]],
  ['receipt', 'prev', ['zeros']],
  ['receipt', 'upTo', [4, -1]],
  ['receipt', 'witness', [c.slice(1)]],
  [
    'checkpoint',
    'heads',
    [
      [
        [b, 1, a],
        [a, 3, b],
      ],
      [
        [a, 3, b],
        [a, 2, b],
      ],
      [[a, 0, b]],
      [[a, 1]],
      [[a, 1, b, 1]],
    ],
  ],
  [
    'checkpoint',
    'receipts',
    [
      [
        [c, 1, a],
        [c, 2, b],
      ],
      [[c, 0, a]],
      [[c, 1]],
      {},
    ],
  ],
  ['checkpoint', 'height', [-1, '1']],
  ['checkpoint', 'events', [-1]],
  ['checkpoint', 'main', [{ commit: 'x', content: a }]],
  ['checkpoint', 'state', ['']],
  ['checkpoint', 'time', [-1]],
  ['vote', 'height', [-1, '1']],
  ['vote', 'value', [b.slice(2)]],
];

/** All statements without their codes; each sound one comes first of its type. */
export function statementTexts(): readonly StatementVector[] {
  const types: readonly StatementType[] = ['genesis', 'receipt', 'checkpoint', 'vote'];
  const row = (name: string, type: StatementType, value: unknown, code: string) => ({
    name,
    type,
    text: canonicalText(JSON.parse(JSON.stringify(value))),
    code,
  });
  return types.flatMap((type) => {
    const whole = sound[type];
    const without = Object.keys(whole).map((field) => {
      const { [field]: _left, ...rest } = whole;
      return row(`${type} without ${field}`, type, rest, 'GDO1002');
    });
    const changed = wrong
      .filter(([of]) => of === type)
      .flatMap(([, field, values]) =>
        values.map((value, index) => row(`${type}: ${field}, wrong value ${index + 1}`, type, { ...whole, [field]: value }, 'GDO1002')),
      );
    return [
      row(`a sound ${type}`, type, whole, 'ok'),
      ...(type === 'genesis' ? [row('a genesis of a fork', type, { ...whole, parent: { checkpoint: b, org: c } }, 'ok')] : []),
      row(`${type} with a field nobody knows`, type, { ...whole, zzz: 1 }, 'GDO1002'),
      row(`${type} of version 2`, type, { ...whole, v: 2 }, 'GDO1002'),
      row(`${type} that says it is a vow`, type, { ...whole, type: 'vow' }, 'GDO1002'),
      ...without,
      ...changed,
    ];
  });
}
