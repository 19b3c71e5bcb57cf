// Runs the independent verifier, a program in Python that was written from SPEC.md and the vectors alone, on vectors, fresh ledgers and damaged ones.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { itShared } from '../shared.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const verifier = `${root}test/independent/verify.py`;
const havePython = spawnSync('python3', ['--version']).status === 0;
if (!havePython && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and python3 is missing');

interface Signed {
  statement: string;
  signature: string;
}

/** A whole ledger as SPEC.md section 14 has it, as far as it is damaged here. */
interface Dump {
  genesis: string;
  bylaws: string;
  readonly signatures: [device: string, armour: string][];
  readonly batches: { commit: string; ndjson: string }[];
  readonly receipts: Signed[];
  readonly checkpoints: { statement: string; readonly votes: Signed[] }[];
}

interface Verdict {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Runs the verifier, or the judge of vectors beside it, without any package beyond Python's own. */
function verify(words: readonly string[], input: string | Uint8Array = '', program = verifier): Verdict {
  const { status, stdout, stderr } = spawnSync('python3', ['-I', '-S', '-B', program, ...words], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr };
}

function itPython(name: string, run: () => void): void {
  it.skipIf(!havePython)(havePython ? name : `${name} (needs python3)`, run, 180_000);
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list.at(index);
  if (item === undefined) throw new Error(`no item ${index} of ${list.length}`);
  return item;
}

const readLedgers = (): readonly Dump[] => JSON.parse(readFileSync(`${root}test/vectors/ledger/ledgers.json`, 'utf8'));

/** Changes one bit of the character that stands at this share of the text. */
function flipped(text: string, share: number): string {
  const place = Math.floor(text.length * share);
  return text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ 1) + text.slice(place + 1);
}

type Edit = (text: string) => string;
const editSigned = (field: keyof Signed, signed: Signed, edit: Edit): void => {
  signed[field] = edit(signed[field]);
};

/** Every part of a dump, and how it is edited. */
const parts: readonly (readonly [name: string, damage: (dump: Dump, edit: Edit) => void])[] = [
  ['the genesis', (dump, edit) => void (dump.genesis = edit(dump.genesis))],
  ['the bylaws', (dump, edit) => void (dump.bylaws = edit(dump.bylaws))],
  ['a signature of the genesis', (dump, edit) => void (at(dump.signatures, -1)[1] = edit(at(dump.signatures, -1)[1]))],
  ['a commit', (dump, edit) => void (at(dump.batches, 7).commit = edit(at(dump.batches, 7).commit))],
  ['the events of a batch', (dump, edit) => void (at(dump.batches, -3).ndjson = edit(at(dump.batches, -3).ndjson))],
  ['a receipt', (dump, edit) => editSigned('statement', at(dump.receipts, 0), edit)],
  ['the signature of a receipt', (dump, edit) => editSigned('signature', at(dump.receipts, -1), edit)],
  ['a checkpoint', (dump, edit) => void (at(dump.checkpoints, -1).statement = edit(at(dump.checkpoints, -1).statement))],
  ['a vote', (dump, edit) => editSigned('statement', at(at(dump.checkpoints, 1).votes, 0), edit)],
  ['the signature of a vote', (dump, edit) => editSigned('signature', at(at(dump.checkpoints, -1).votes, -1), edit)],
];

/** Judges the published and crafted signatures by the strict rule, and the JSON files by the strict profile. */
function judgeCorpora(path: string): void {
  const program = `
import json, pathlib, sys
sys.path.insert(0, sys.argv[1])
from verify import Refusal, check_ed25519, code_of, decode
path = pathlib.Path(sys.argv[2])
wrong = lambda signature, key, message, valid: (code_of(check_ed25519, *map(bytes.fromhex, (key, signature, message))) == 'ok') != valid
crafted = json.loads((path / 'ed25519/gdo-strict-crafted-seed20261121.json').read_text())
groups = json.loads((path / 'ed25519/wycheproof-ed25519_test.json').read_text())['testGroups']
published = [(test['sig'], group['publicKey']['pk'], test['msg'], test['result'] == 'valid') for group in groups for test in group['tests']]
published += [(one['signature'], one['publicKey'], one['message'], one['gdoStrict']) for one in crafted]
files = sorted((path / 'json/test_parsing').iterdir())
print(len(published), sum(wrong(*one) for one in published), len(files), [one.name for one in files if code_of(decode, one.read_bytes()) == 'ok'])`;
  const { status, stdout, stderr } = spawnSync('python3', ['-B', '-S', '-c', program, `${root}test/independent`, path], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe("451 0 318 ['y_object_basic.json', 'y_object_empty.json', 'y_object_simple.json']\n");
}

describe('a verifier written from SPEC.md alone', () => {
  it('stays within the 600 lines that a reader can check in an evening, and 100 for the vectors', () => {
    const lines = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1;
    expect(lines(verifier)).toBeLessThanOrEqual(600);
    expect(lines(`${root}test/independent/vectors.py`)).toBeLessThanOrEqual(100);
  });

  itPython('notices a changed code or value in each file of vectors', () => {
    const changes: readonly (readonly [file: string, from: RegExp, to: string])[] = [
      ['events', /"code": "GDO1002"/, '"code": "ok"'],
      ['statements', /"code": "ok"/, '"code": "GDO1002"'],
      ['orders', /"d0000"\s*\]/, '"c0000"]'],
      ['signatures', /"code": "GDO1012"/, '"code": "GDO1013"'],
      ['commitments', /"hash": "[0-9a-f]/, '"hash": "g'],
      ['slices', /"code": "ok"/, '"code": "GDO1070"'],
      ['snapshots', /"code": "GDO1070"/, '"code": "ok"'],
    ];
    const folder = mkdtempSync(join(tmpdir(), 'gdo-vectors-'));
    for (const [file, from, to] of changes) {
      const text = readFileSync(`${root}test/vectors/ledger/${file}.json`, 'utf8');
      expect(text).toMatch(from);
      writeFileSync(join(folder, `${file}.json`), text.replace(from, to));
    }
    const { status, lines } = verify([folder], '', `${root}test/independent/vectors.py`);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(/^7 files, \d+ objects, 7 differences$/);
  });

  itPython('agrees with every vector and every intermediate value', () => {
    const { status, lines, stderr } = verify([`${root}test/vectors/ledger`], '', `${root}test/independent/vectors.py`);
    expect({ status, stderr, lines }).toEqual({ status: 0, stderr: '', lines: [expect.stringMatching(/^12 files, \d{3,4} objects, 0 differences$/)] });
  });

  itPython('reaches the verdicts, times, orders and roots of 20 random ledgers', () => {
    const made = spawnSync(process.execPath, [`${root}test/measure/run.mjs`, 'ledgers', '--seed', '70001', '--count', '20'], { maxBuffer: 2 ** 28 });
    expect(made.status).toBe(0);
    const { status, lines, stderr } = verify(['ledgers'], made.stdout);
    expect({ status, stderr, lines }).toEqual({ status: 0, stderr: '', lines: [expect.stringMatching(/^20 ledgers, \d{3,4} objects, 0 differences$/)] });
  });

  itPython('notices one flipped bit in each part of a ledger, wherever in the part it lies', () => {
    const places = [
      [0, 0],
      [0, 0.5],
      [0, 0.999],
      [2, 0.3],
    ] as const;
    const cases = parts.flatMap(([name, damage]) =>
      places.map(([ledger, share]) => {
        const dump = structuredClone(at(readLedgers(), ledger));
        damage(dump, (text) => flipped(text, share));
        return { name: `${name} of ledger ${ledger} at ${share}`, line: JSON.stringify(dump) };
      }),
    );
    const { status, lines, stderr } = verify(['ledgers'], cases.map(({ line }) => line).join('\n'));
    const noticed = new Set(lines.map((line) => line.slice(0, line.indexOf(':'))));
    expect(cases.filter((_, index) => !noticed.has(`ledger ${index + 1}`)).map(({ name }) => name)).toEqual([]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  itPython('says the field and both values of a difference', () => {
    const [dump] = readLedgers();
    const text = JSON.stringify(dump).replace('"height":1,"times"', '"height":2,"times"');
    const { status, lines } = verify(['ledgers'], text);
    expect(lines[0]).toBe('ledger 1: expected[0].height: expected 2, found 1');
    expect(lines[1]).toMatch(/^1 ledgers, \d+ objects, 1 differences$/);
    expect(status).toBe(1);
  });

  itPython('answers hostile input with a difference and never with a traceback', () => {
    const [dump] = readLedgers();
    const text = JSON.stringify(dump);
    const hostile = [
      '',
      '{',
      'null',
      '[]',
      '{}',
      '7',
      '{"format":"gdo-ledger-dump/1"}',
      '['.repeat(100_000),
      `{"format":${'9'.repeat(5000)}}`,
      '{"genesis":NaN}',
      text.replace('"votes":[', '"votes":[7,'),
      text.replace('"batches":[', '"batches":[{"commit":1},'),
      text.replace('gdo-ledger-dump/1', 'gdo-ledger-dump/2'),
      text.replace('"genesis":"', '"genesis":"\\ud800'),
      text.replace('"expected":[', '"expected":[[],'),
    ];
    const { status, lines, stderr } = verify(['ledgers'], Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(hostile.join('\n'))]));
    const noticed = new Set(lines.map((line) => line.slice(0, line.indexOf(':'))));
    expect([...Array(hostile.length + 1).keys()].filter((index) => !noticed.has(`ledger ${index + 1}`))).toEqual([]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(verify(['ledgers']).status).toBe(1);
  });

  if (havePython) itShared('cases/vectors', 'refuses and accepts what the published signatures and JSON files should be', judgeCorpora);

  itPython('explains itself', () => {
    const { status, lines } = verify(['--help']);
    expect(status).toBe(0);
    expect(lines.join(' ')).toContain('from SPEC.md');
  });
});
