// Event lines and what SPEC.md section 7 says about each: every kind with the fewest and with all of its fields, and one line for each way to get a field wrong.
import { canonicalText, decodeEvent, utf8Encode } from '../../engine/index.ts';

/** One line. `id` is there for lines that are events. */
export interface EventVector {
  readonly name: string;
  readonly line: string;
  readonly code: string;
  readonly id?: string;
}

const hex = 'ab'.repeat(32);
const other = '0'.repeat(64);
const letters = (count: number): string => 'x'.repeat(count);

/** Wrong values of each form of SPEC.md section 1 and 7, and the largest right ones. */
const forms: Readonly<Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> = {
  hex64: { good: [hex, other], bad: [hex.toUpperCase(), hex.slice(1), `${hex}0`, 7] },
  gitId: { good: ['5'.repeat(40)], bad: ['5'.repeat(39), '5'.repeat(64), 'G'.repeat(40)] },
  identifier: { good: ['ana', '7', `a${'-'.repeat(63)}`], bad: ['', 'Ana', '-ana', 'a_b', letters(65), ['ana']] },
  bylawsName: { good: ['ballot', 'lastCall', `A${'-'.repeat(63)}`], bad: ['', '7days', '-a', 'a b', letters(65), 'élu'] },
  freeText: {
    good: ['Because\nof this: é 😀 ́', '', letters(8192)],
    bad: [letters(8193), 'a\tb', 'a\u0085', 'a\u200fb', 'a\u2066b', '\ufeff', 'a\ufdd0', 'a\uffff', '\u{2fffe}', 7, ['a']],
  },
  word: { good: ['a', letters(512)], bad: ['', letters(513), 'a\nb', 'a\u061c'] },
  title: { good: ['', letters(200)], bad: [letters(201), 'a\nb', 'a\u202e'] },
  whole: { good: [0, Number.MAX_SAFE_INTEGER], bad: [-1, '0', true] },
  positive: { good: [1], bad: [0, -1, '1'] },
  amount: { good: ['0', '-1', '9'.repeat(30)], bad: ['', '-', '-0', '01', '1.0', '1'.repeat(31), 5] },
  people: {
    good: ['ana', ['ana'], Array.from({ length: 64 }, (_, index) => `p${index}`)],
    bad: [[], ['Ana'], Array.from({ length: 65 }, () => 'ana'), [['ana']], {}],
  },
  choice: {
    good: ['yes', '7', [], ['a', ['b', 'c']], Array.from({ length: 200 }, () => 'a')],
    bad: ['', 'a b', [[]], [[['a']]], ['a b'], Array.from({ length: 201 }, () => 'a'), {}, 1],
  },
  base64: { good: ['AA==', 'AAA=', 'AAAA'], bad: ['', 'AA', 'AB==', 'A===', 'AAAA\n', 'AA-_', 7] },
  flight: { good: ['keep', 'restart', 'abort'], bad: ['', 'Keep', 'stop'] },
  verdict: { good: ['accept', 'reject'], bad: ['', 'maybe', true] },
  data: { good: [{}, { a: letters(8184) }], bad: [{ a: letters(8185) }, [], 'a'] },
  dapp: {
    good: [{ engine: hex, image: 'i', manifest: hex, name: 'n', platform: 'p' }],
    bad: [{ engine: hex, image: 'i', manifest: hex, name: 'n' }, { engine: hex, image: 'i', manifest: hex, name: 'n', platform: 'p', tag: 't' }, {}, 'n'],
  },
};

/** The fields of each kind with their forms; optional ones end in `?`. Written from SPEC.md section 7, not from the engine's own table. */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fact: { data: 'data', 'subject?': 'identifier', type: 'word' },
  propose: {
    'adopts?': 'hex64',
    'amount?': 'amount',
    bylaws: 'hex64',
    'candidate?': 'people',
    'change?': 'hex64',
    'decision?': 'hex64',
    'head?': 'gitId',
    'inFlight?': 'flight',
    process: 'bylawsName',
    'recipient?': 'identifier',
    'renews?': 'word',
    'role?': 'bylawsName',
    'subject?': 'people',
    'text?': 'freeText',
    'title?': 'title',
  },
  act: {
    'about?': 'people',
    'adopts?': 'hex64',
    'at?': 'whole',
    'change?': 'hex64',
    'hash?': 'hex64',
    'head?': 'gitId',
    'secret?': 'hex64',
    stage: 'positive',
    'text?': 'freeText',
    verb: 'bylawsName',
  },
  ballot: { choice: 'choice', 'nonce?': 'hex64', stage: 'positive', 'text?': 'freeText' },
  attest: { candidate: 'hex64', dapp: 'dapp', output: 'hex64', reads: 'hex64', verdict: 'verdict' },
  'key.enrol': { key: 'word', member: 'identifier', possession: 'freeText' },
  'key.revoke': { device: 'hex64', reason: 'freeText' },
  resign: { role: 'bylawsName' },
  delegate: { delegation: 'bylawsName', 'to?': 'identifier' },
  certify: { attribute: 'bylawsName', member: 'identifier', 'value?': 'word' },
  issue: { certificate: 'bylawsName', member: 'identifier', 'text?': 'freeText' },
  revoke: { certificate: 'bylawsName', member: 'identifier', 'text?': 'freeText' },
  perform: { 'about?': 'people', 'text?': 'freeText', verb: 'bylawsName' },
  suspend: { target: 'identifier', until: 'whole' },
  lock: { text: 'freeText', thing: 'word' },
  release: { lock: 'hex64', text: 'freeText' },
  evidence: { a: 'base64', b: 'base64', kind: 'word' },
  spend: { account: 'bylawsName', amount: 'amount', escrow: 'hex64', 'memo?': 'freeText', to: 'identifier' },
  reserve: { from: 'whole', resource: 'word', to: 'whole' },
  complaint: { about: 'hex64', text: 'freeText' },
};

/** Kinds that name a case. */
const ofCases: readonly string[] = ['act', 'ballot', 'attest'];
const goodOf = (form: string): unknown => forms[form]?.good[0];
const nameOf = (field: string): string => field.replace('?', '');

function frame(kind: string, body: unknown): Record<string, unknown> {
  const members = { actor: 'ada', body, device: hex, kind, org: other, seq: 1, ts: 0, v: 1 };
  return ofCases.includes(kind) ? { ...members, case: hex } : members;
}

/** Every value of a form where it is met first, a few of them later: the file stays small, and nothing is left out. */
function valuesOf(form: string, met: Set<string>): { readonly good: readonly unknown[]; readonly bad: readonly unknown[] } {
  const { good = [], bad = [] } = forms[form] ?? {};
  if (met.has(form)) return { good: good.slice(0, 1), bad: bad.slice(0, 2).filter((value) => String(value).length < 1_000) };
  met.add(form);
  return { good, bad };
}

function linesOf(kind: string, met: Set<string>): readonly (readonly [name: string, event: unknown, code: string])[] {
  const fields = kinds[kind] ?? {};
  const all = Object.fromEntries(Object.entries(fields).map(([field, form]) => [nameOf(field), goodOf(form)]));
  const fewest = Object.fromEntries(Object.entries(fields).flatMap(([field, form]) => (field.endsWith('?') ? [] : [[field, goodOf(form)]])));
  const wrong = Object.entries(fields).flatMap(([field, form]) => {
    const name = nameOf(field);
    const { good, bad } = valuesOf(form, met);
    const { [name]: _left, ...without } = all;
    return [
      ...good.map((value, index) => [`${kind}: ${name}, right value ${index + 1}`, frame(kind, { ...all, [name]: value }), 'ok'] as const),
      ...bad.map((value, index) => [`${kind}: ${name}, wrong value ${index + 1}`, frame(kind, { ...all, [name]: value }), 'GDO1002'] as const),
      [`${kind}: without ${name}`, frame(kind, without), field.endsWith('?') ? 'ok' : 'GDO1002'] as const,
    ];
  });
  const { case: _case, ...homeless } = { case: hex, ...frame(kind, all) };
  return [
    [`${kind}: the fewest fields`, frame(kind, fewest), 'ok'],
    [`${kind}: a field nobody knows`, frame(kind, { ...all, zzz: 1 }), 'GDO1002'],
    ofCases.includes(kind)
      ? [`${kind}: without its case`, homeless, 'GDO1002']
      : [`${kind}: with a case that it has not`, { ...frame(kind, all), case: hex }, 'GDO1002'],
    ...wrong,
  ];
}

const fact = frame('fact', { data: {}, type: 'x' });
const frames: readonly (readonly [name: string, event: unknown, code: string])[] = [
  ['a kind nobody knows', { ...fact, kind: 'facts' }, 'GDO1002'],
  ['a kind that is no text', { ...fact, kind: 1 }, 'GDO1002'],
  ['version 2', { ...fact, v: 2 }, 'GDO1002'],
  ['an actor that is no identifier', { ...fact, actor: 'Ada' }, 'GDO1002'],
  ['a number below one', { ...fact, seq: 0 }, 'GDO1002'],
  ['a time before 1970', { ...fact, ts: -1 }, 'GDO1002'],
  ['a body that is a list', { ...fact, body: [] }, 'GDO1002'],
  ['a field of the event that nobody knows', { ...fact, note: 'x' }, 'GDO1002'],
  ['a case that is no id', { ...frame('ballot', { choice: 'yes', stage: 1 }), case: 'x' }, 'GDO1002'],
  ['a device in capitals', { ...fact, device: hex.toUpperCase() }, 'GDO1002'],
  ['an organization too short', { ...fact, org: other.slice(1) }, 'GDO1002'],
];

/** The kinds with at least one line. */
export const kindsWithVectors: readonly string[] = Object.keys(kinds);

/** Every line with the code of SPEC.md; a test judges them with the engine, and the independent verifier judges the same file. */
export function eventVectors(): readonly EventVector[] {
  const met = new Set<string>();
  const rows = [...kindsWithVectors.flatMap((kind) => linesOf(kind, met)), ...frames];
  return rows.map(([name, event, code]) => {
    const line = canonicalText(JSON.parse(JSON.stringify(event)));
    const read = decodeEvent(utf8Encode(line));
    return read.kind === 'ok' ? { name, line, code, id: read.event.id } : { name, line, code };
  });
}
