// The Charter as a whole: its goldens, its hash, and what may not change it.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, facts, framed } from '../../compiler/index.ts';
import { canonicalText, decodeCanonical, sha256Hex } from '../../engine/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { compiled, parsed } from './bylaws-text.ts';

const samples = 'design/language-samples';

describe('the bylaws hash', () => {
  const text = framed(
    'area work covers "work/**"\n\nprocess change\n  governs work\n  started by any keeper\n  step review\n    when 2 other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n',
  );

  it('is the same after formatting, with comments, and whatever the order of files', () => {
    const [head = '', ...rest] = text.split(/\n(?=area work)/);
    const two = [parsed(head, 'bylaws/a.gdo'), parsed(`gdo 1\n\n${rest.join('\n')}`, 'bylaws/b.gdo')];
    const hash = compiled(text).hash;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(compiled(printBylaws(parsed(text))).hash).toBe(hash);
    expect(compiled(text.replace('process change', '-- a comment\nprocess   change')).hash).toBe(hash);
    expect(compileBylaws(two).hash).toBe(hash);
    expect(compileBylaws([...two].reverse()).hash).toBe(hash);
  });

  it.each([
    ['when 2 other keepers', 'when 3 other keepers'],
    ['after 30 days', 'after 31 days'],
    ['after 30 days', 'after 30 weeks'],
    ['2 other keepers', '2 keepers'],
    ['"work/**"', '"work/*"'],
    ['at least 2/3 of keepers', 'more than 2/3 of keepers'],
  ])('changes when `%s` becomes `%s`', (from, to) => {
    expect(compiled(text.replace(from, to)).hash).not.toBe(compiled(text).hash);
  });

  it('is the same for a share written in another way', () => {
    expect(compiled(text.replaceAll('1/2', '50%')).hash).toBe(compiled(text).hash);
    expect(compiled(text.replaceAll('2/3', '4/6')).hash).toBe(compiled(text).hash);
  });

  it('belongs to canonical bytes that decode to the Charter', () => {
    const result = compiled(text);
    const bytes = result.bytes ?? new Uint8Array();
    expect(decodeCanonical(bytes)).toMatchObject({ kind: 'ok', value: JSON.parse(JSON.stringify(result.charter)) });
  });
});

describe('a tree the parser has told faults of', () => {
  it('gives no Charter, and throws nothing, where a text holds half a character or a number is not exact', () => {
    for (const text of [
      framed('role \ud800x "half \udc00"\nend\n'),
      framed('role a "half \ud800"\nend\n'),
      framed(`role a\n  limit ${'9'.repeat(17)} cases per author\nend\n`),
    ]) {
      const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text });
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(compileBylaws([file])).toMatchObject({ charter: undefined, hash: undefined, bytes: undefined });
    }
  });
});

describe('processes', () => {
  it('get the class of what their outcomes do', () => {
    const effect = (line: string, more = ''): number | undefined =>
      compiled(
        framed(
          `process policy\n  started by any keeper\n${more}  step support\n    when 2 other keepers approve go to done\n    after 30 days go to refused\n  end\n  outcome done\n    ${line}\n  end\nend\n`,
        ),
      ).charter?.processes.find((process) => process.name === 'policy')?.class;
    expect(effect('remove keeper from the subject')).toBe(0);
    expect(effect('grant keeper to the candidate')).toBe(1);
    expect(effect('accept the merge')).toBe(2);
    expect(effect('accept the merge', '  governs bylaws\n')).toBe(1);
    expect(effect('accept the merge', '  while open suspend keeper of the subject\n')).toBe(0);
  });

  it('merge where they govern, whether they say so or not', () => {
    const text = framed(
      'process policy\n  governs bylaws\n  started by any keeper\n  step support\n    when 2 other keepers approve go to done\n    when 1 other keeper objects go to refused\n    after 30 days go to accepted\n  end\n  outcome done\n    grant keeper to the candidate\n  end\nend\n',
    );
    const process = compiled(text).charter?.processes.find((candidate) => candidate.name === 'policy');
    expect(process?.stages.slice(1)).toEqual([
      {
        kind: 'outcome',
        name: 'done',
        accepts: true,
        effects: [{ kind: 'accept-merge' }, { kind: 'grant', what: { kind: 'named', name: 'keeper' }, to: 'candidate' }],
      },
      { kind: 'outcome', name: 'accepted', accepts: true, effects: [{ kind: 'accept-merge' }] },
      { kind: 'outcome', name: 'refused', accepts: false, effects: [] },
    ]);
  });
});

describe('modules', () => {
  itShared(`${samples}/module-elections.gdo`, 'are imported with their parameters bound and their names made unique', (path) => {
    const text = readFileSync(path, 'utf8');
    const digest = `sha256:${sha256Hex(new Uint8Array(Buffer.from(text, 'utf8')))}`;
    const bylaws = (seats: number, pin = digest): string =>
      framed(
        `import board from "std/elections" pinned "${pin}"\n  set electorate to keepers\n  set office to warden\n  set seats to ${seats}\nend\n\nrole warden plural wardens\n  held by 1 to 9 people\n  gained through board\nend\n`,
      );
    const modules = (wanted: string): { readonly text: string; readonly digest: string } | undefined =>
      wanted === 'std/elections' ? { text, digest } : undefined;
    const result = compiled(bylaws(3), modules);
    const board = result.charter?.processes.find((process) => process.name === 'board');
    expect(result.diagnostics).toEqual([]);
    expect(board?.stages.find((stage) => stage.name === 'ballot')).toMatchObject({
      voters: { roles: ['keeper'] },
      elects: { seats: 3, role: 'warden' },
      open: { count: 14, unit: 'day' },
    });
    expect(compiled(bylaws(90), modules).diagnostics.map((found) => found.code)).toEqual(['GDO112']);
    expect(compiled(bylaws(3, 'sha256:00'), modules).diagnostics.map((found) => found.code)).toEqual(['GDO111']);
  });
});

describe('the samples', () => {
  it.each(['council', 'monarchy'])('%s compiles to the golden Charter', (name) => {
    const golden = new URL(`../golden/charter-${name}.json`, import.meta.url);
    const text = readFileSync(new URL(`../golden/charter-${name}.gdo`, import.meta.url), 'utf8');
    const result = compiled(text);
    const charter = JSON.stringify(result.charter, undefined, 1);
    const found = `{"hash":${JSON.stringify(result.hash)},"charter":${charter}}\n`;
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, found);
    expect(found).toBe(readFileSync(golden, 'utf8'));
    expect(canonicalText({ hash: result.hash ?? '' })).toContain(result.hash);
  });

  const wanted: readonly (readonly [string, readonly string[]])[] = [
    ['assembly', ['GDO331', 'GDO331']],
    ['commons', ['GDO111']],
    ['council', []],
    ['democracy', []],
    // Six nodes may be enrolled, and three of them attest a verdict: two threes can attest two.
    ['doors', ['GDO324']],
    // Two trainers here and two there can both accept a repair while the doors are offline.
    ['makerspace', ['GDO408']],
    ['monarchy', []],
    ['resolution', ['GDO331', 'GDO331']],
    // Appointing a steward takes five of them, and a recall may leave four.
    ['rfc', ['GDO304']],
    ['steering', ['GDO215']],
    ['treasury', []],
  ];
  for (const [name, errors] of wanted) {
    itShared(`${samples}/${name}.gdo`, `${name} has no wrong error`, (path) => {
      const { file, diagnostics } = parseBylaws({ path: `bylaws/${name}.gdo`, text: readFileSync(path, 'utf8') });
      const result = compileBylaws([file]);
      const found = [...diagnostics, ...result.diagnostics, ...checkBylaws(result)].filter(
        (diagnostic) => diagnostic.severity === 'error' && diagnostic.code !== 'GDO035',
      );
      expect(found.map((diagnostic) => diagnostic.code)).toEqual(errors);
    });
  }
});

describe('facts', () => {
  it('say how many people can change the bylaws, and when it can get stuck', () => {
    const charter = compiled(framed('')).charter;
    expect(charter === undefined ? [] : facts(charter)).toEqual([
      'Who can change the bylaws?  at least 4 people together, in 14 days or more (`amendment`)',
      'Can it get stuck?  only when nobody holds `keeper` any more',
    ]);
  });
});
