// Texts meant to hurt: sizes, hidden characters, names of the runtime's own objects, strings from the list of naughty ones. All end in findings or a tree.
import { readFileSync } from 'node:fs';
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { withoutSpans } from './shape.ts';

const parse = (text: string, path = 'a.gdo'): ReturnType<typeof parseBylaws> => parseBylaws({ path, text });
const codes = (text: string): readonly string[] => parse(text).diagnostics.map(({ code }) => code);

describe('a text too large', () => {
  it('is GDO004 that names the limit, before anything is parsed', () => {
    const told = (text: string): readonly string[] => parse(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(told(`gdo 1\n--${'x'.repeat(262_144)}\n`)).toEqual(['GDO004 A file may have at most 256 KiB']);
    expect(told(`gdo 1\n--${'\u00e4'.repeat(140_000)}\n`)).toEqual(['GDO004 A file may have at most 256 KiB']);
    expect(told(`gdo 1\n${'a '.repeat(60_000)}`)).toEqual(['GDO004 A file may have at most 50,000 words, numbers and marks']);
    expect(told(`gdo 1\nprocess p\n${'step s\n'.repeat(66)}`)).toEqual(['GDO004 Blocks may be nested at most 64 deep']);
    expect(told(`gdo 1\norganization "${'x'.repeat(513)}"\nend\n`)).toEqual(['GDO004 Words in quotes may have at most 512 bytes']);
    expect(told(`gdo 1\nrole ${'x'.repeat(65)}\nend\n`)).toEqual(['GDO004 A name may have at most 64 characters']);
    expect(told(`gdo 1\n${'process p\nend\n'.repeat(501)}`)).toEqual(['GDO004 There may be at most 500 processes']);
    expect(told(`gdo 1\nprocess p\n${'outcome o accepts\n'.repeat(201)}end\n`)).toEqual(['GDO004 A process may have at most 200 stages']);
  });

  it('with 100,000 nested blocks ends at once', () => {
    expect(codes(`gdo 1\nprocess p\n${'step s\n'.repeat(100_000)}`)).toEqual(['GDO004']);
  });

  it('of many declarations on one line is read whole', () => {
    const { file } = parse(`gdo 1 ${'role a held by anyone end '.repeat(8000)}`);
    expect(file.declarations).toHaveLength(8000);
  });

  it('full of faults stays within a second or two and within the findings of one declaration', () => {
    const text = `gdo 1\nprocess p\n${'  nonsense here\n'.repeat(12_000)}end\n`;
    expect(codes(text).length).toBeLessThan(30);
  });
});

describe('a text with thousands of faults', () => {
  it('is read up to the two hundredth, and says so', () => {
    const { file, diagnostics } = parse(`gdo 1\n${'role a\n  hold by\nend\n'.repeat(9_000)}`);
    expect(diagnostics.length).toBeLessThan(250);
    expect(diagnostics.at(-1)?.message).toBe('The text has more than 200 faults, and was not read from here on');
    expect(file.declarations.length).toBeGreaterThan(0);
  });
});

describe('a hidden character', () => {
  it('is GDO005 wherever it stands, with an edit that deletes it', () => {
    for (const character of ['\u0000', '\u0007', '\u007f', '\u0085', '\u200e', '\u202e', '\u2028', '\u2029', '\u2066', '\ufeff', '\ud800', '\udc00']) {
      for (const text of [
        `gdo 1\nrole a\nend\n-- ${character}`,
        `gdo 1\nrole a "${character}"\nend\n`,
        `gdo 1\nrole a${character}\nend\n`,
        `${character}gdo 1\nrole a\nend\n`,
      ]) {
        const { diagnostics } = parse(text);
        expect(
          diagnostics.map(({ code }) => code),
          JSON.stringify(text),
        ).toEqual(['GDO005']);
        expect(diagnostics[0]?.fixes[0]?.edits[0]?.text).toBe('');
      }
    }
  });

  it('is a line end that editors show and gdo would not: a rule behind a comment is told, and not passed over (GDO005)', () => {
    const text = 'gdo 1\nrole a plural as\n  -- at least three\r  held by 3 to 5 people\nend\n';
    const { diagnostics } = parse(text);
    expect(diagnostics.map(({ code, place }) => [code, place.span.start, diagnostics[0]?.fixes.length])).toEqual([['GDO005', text.indexOf('\r'), 0]]);
    expect(parse(text.replace('\r', '\r\n')).diagnostics).toEqual([]);
    expect(codes('gdo 1\rrole a\rend\r')).toEqual(['GDO005']);
    expect(parse('Rules\r```gdo\rgdo 1\r```\r', 'a.gdo.md').diagnostics.map(({ code }) => code)).toContain('GDO005');
  });

  it('is none of tabs, line ends of Unix and Windows, and letters of any script in quotes', () => {
    expect(codes('gdo 1\r\n\trole a "\u00c4rzte \u5927 \ud83d\ude80"\r\nend\r\n')).toEqual([]);
  });

  it('counts in the prose of a literate file too', () => {
    expect(parse('\u202eText\n\n```gdo\ngdo 1\n```\n', 'a.gdo.md').diagnostics.map(({ code }) => code)).toEqual(['GDO005']);
  });
});

describe('a name', () => {
  it('may be one of the runtime', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length', 'then'];
    const text = `gdo 1\n${names.map((name) => `role ${name} plural ${name}-s\n  held by anyone\nend\n`).join('')}`;
    const { file, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(file.declarations.map((declaration) => declaration.kind === 'role' && declaration.head.name.text)).toEqual(names);
    expect(codes('gdo 1\nrole __proto__\nend\n')).toEqual(['GDO001']);
  });
});

describe('a title', () => {
  itShared('cases/vectors/unicode/blns.json', 'of naughty characters is kept to the letter, or told as a finding', (path) => {
    const strings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(strings)) throw new Error('the list of strings is no list');
    for (const title of strings.map(String)) {
      const text = `gdo 1\nrole a "${title}"\nend\n`;
      const { file, diagnostics } = parse(text);
      const [role] = file.declarations;
      if (diagnostics.length === 0) {
        expect(role?.kind === 'role' && role.head.title?.text).toBe(title);
        expect(withoutSpans(parse(printBylaws(file)).file.declarations)).toEqual(withoutSpans(file.declarations));
      }
    }
  });
});

describe('any text at all', () => {
  it('gives a tree and findings inside the text, and can be printed', () => {
    const word = fc.constantFrom(
      'gdo 1',
      'role',
      'process',
      'step',
      'vote',
      'end',
      'when',
      '2',
      '1/2',
      'of',
      'members',
      'go to',
      '"x"',
      ',',
      '.',
      '$x',
      '\n',
      '  ',
      '--',
      '```gdo',
      '#',
      '\u0000',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('a.gdo', 'a.gdo.md'), (source, path) => {
        const { file, diagnostics } = parse(source, path);
        for (const { place } of diagnostics) {
          expect(place.span.start).toBeGreaterThanOrEqual(0);
          expect(place.span.start).toBeLessThanOrEqual(place.span.end);
          expect(place.span.end).toBeLessThanOrEqual(source.length);
        }
        expect(typeof printBylaws(file)).toBe('string');
      }),
      { numRuns: 400 },
    );
  });
});
