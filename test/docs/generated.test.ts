// Files written from the language itself: the reference, the colours of editors, the schema of the Charter. `npm run golden` writes them again.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileBylaws } from '../../compiler/index.ts';
import { parseBylaws, reservedWords, softWords } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { offences, schemaText } from './charter-schema.ts';
import type { Schema } from './charter-schema.ts';
import { referenceText } from './reference.ts';
import { tmLanguageText } from './tm-language.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function same(path: string, now: string): void {
  if (process.env['GDO_GOLDEN'] === '1') writeFileSync(`${root}${path}`, now);
  expect(now).toBe(existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, 'utf8') : '');
}

function schemaNow(): string {
  const names = readdirSync(`${root}engine`).filter((name) => /^bylaws(-[a-z]+)?\.ts$/.test(name));
  return schemaText(new Map(names.map((name) => [name, readFileSync(`${root}engine/${name}`, 'utf8')])));
}

function samples(folder: string): readonly (readonly [string, unknown])[] {
  const module = readFileSync(`${folder}/module-elections.gdo`, 'utf8');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gdo') && !name.startsWith('module-'))
    .map((name) => {
      const { file } = parseBylaws({ path: name, text: readFileSync(`${folder}/${name}`, 'utf8') });
      const { bytes } = compileBylaws([file], () => ({ text: module, digest: /pinned "([^"]+)"/.exec(file.text)?.[1] ?? '' }));
      return [name, JSON.parse(new TextDecoder().decode(bytes))] as const;
    });
}

describe('docs/reference.md', () => {
  it('is written from the grammar and the findings', () => same('docs/reference.md', referenceText()));
});

describe('editors/gdo.tmLanguage.json', () => {
  it('is written from the words of the language', () => same('editors/gdo.tmLanguage.json', tmLanguageText()));

  const patterns: readonly { readonly name: string; readonly match: string }[] = JSON.parse(tmLanguageText()).patterns;
  /** The kind of what stands at the start of a text, as an editor finds it: the first pattern that matches there. */
  const kind = (text: string): string =>
    patterns.find(({ match }) => new RegExp(`^(?:${match.replace('(?<![A-Za-z0-9$-])', '').replace('(?<![A-Za-z0-9-])', '')})(?:\\s|$)`).test(text))?.name ??
    '';

  it('colours every word of the language, and no name that merely begins with one', () => {
    for (const word of reservedWords) expect(kind(word), word).toMatch(/^keyword/);
    for (const word of softWords) expect(kind(word), word).toMatch(/^support/);
    for (const name of ['role-model', 'voter', 'end-of-it', 'ballot-2', 'member']) expect(kind(name), name).toBe('entity.name.gdo');
  });

  it('knows comments, texts, numbers, dates and times', () => {
    expect(['-- role', '"a role"', '14', '2/3', '66.67%', '2027-03-01', '18:00', '$period'].map(kind)).toEqual([
      'comment.line.double-dash.gdo',
      'string.quoted.double.gdo',
      'constant.numeric.gdo',
      'constant.numeric.gdo',
      'constant.numeric.gdo',
      'constant.numeric.date.gdo',
      'constant.numeric.time.gdo',
      'variable.parameter.gdo',
    ]);
  });
});

describe('docs/charter.schema.json', () => {
  it('is written from the types of the Charter', () => same('docs/charter.schema.json', schemaNow()));

  const schema: Schema = JSON.parse(schemaNow());

  itShared('design/language-samples', 'holds for every sample that compiles', (folder) => {
    const charters = samples(folder);
    expect(charters).toHaveLength(11);
    for (const [name, charter] of charters) expect(offences(schema, schema, charter), name).toEqual([]);
  });

  itShared('design/language-samples', 'refuses a Charter with a part too many, too few, or of another kind', (folder) => {
    const [, charter] = samples(folder)[0] ?? ['', {}];
    const plain = Object(charter);
    expect(offences(schema, schema, { ...plain, extra: 1 })).toEqual([' has an unknown extra']);
    expect(offences(schema, schema, { ...plain, roles: undefined })).not.toEqual([]);
    expect(offences(schema, schema, { ...plain, v: 2 })).toEqual(['/v is not 1']);
    expect(offences(schema, schema, { ...plain, areas: [{ name: 'a', covers: [1], except: [] }] })).toEqual(['/areas/0/covers/0 is no text']);
  });
});
