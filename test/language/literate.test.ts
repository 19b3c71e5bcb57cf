// Literate files: what binds, where it stands, and under which heading.
import { describe, expect, it } from 'vitest';
import { lineAndColumn, parseBylaws } from '../../language/index.ts';
import { asLines } from './shape.ts';

const parse = (text: string): ReturnType<typeof parseBylaws> => parseBylaws({ path: 'bylaws/README.gdo.md', text });

describe('a literate file', () => {
  it('binds in fences tagged `gdo` and `gdo-test` only, with the places of the whole file', () => {
    const text =
      '# Rules\n\nrole prose\n\n```gdo title="x"\ngdo 1\nrole a\nend\n```\n\n```\nrole none\n```\n\n~~~~ gdo\nrole b\nend\n~~~~\n\n```gdo-test\nscenario "s"\nend\n```\n';
    const { file, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(file.declarations.map(({ kind, span }) => `${kind} ${lineAndColumn(text, span.start).line}`)).toEqual(['role 7', 'role 16', 'scenario 21']);
    expect(file.text).toBe(text);
  });

  it('keeps its headings as articles, without those inside of fences', () => {
    const text = '# Rules #\n\n## Members ##\n\n```gdo\ngdo 1\n-- # none\n```\n\n###\tHow\n#none\n####### none\n';
    expect(parse(text).file.articles).toEqual([
      { heading: 'Rules', span: { start: 0, end: 9 } },
      { heading: 'Members', span: { start: 11, end: 24 } },
      { heading: 'How', span: { start: text.indexOf('###\t'), end: text.indexOf('###\t') + 7 } },
    ]);
  });

  it('refuses a block over two fences with GDO008 and rules in a fence for scenarios', () => {
    const split = '```gdo\ngdo 1\nrole a\n```\ntext\n```gdo\n  held by anyone\nend\n```\n';
    expect(asLines(split, parse(split).diagnostics)).toEqual(['GDO008 3:1 A block begins in one fence and ends in another']);
    const hidden = '```gdo\ngdo 1\n```\n```gdo-test\nrole a\nend\n```\n';
    expect(asLines(hidden, parse(hidden).diagnostics)).toEqual(['GDO001 5:1 A fence for tests holds something else than scenarios']);
  });

  it('tells a fault at its line in the file', () => {
    const text = '# T\n\n```gdo\ngdo 1\nrole a\n  held by some people\nend\n```\n';
    expect(asLines(text, parse(text).diagnostics)[0]).toMatch(/^GDO001 6:11 /);
  });

  it('reads a fence that is never closed to the end, and a file without fences as one without a first line', () => {
    expect(parse('```gdo\ngdo 1\nrole a\nend').diagnostics).toEqual([]);
    expect(parse('# Nothing\n').diagnostics.map(({ code }) => code)).toEqual(['GDO001']);
  });

  it('is an ordinary file unless its path says otherwise', () => {
    expect(parseBylaws({ path: 'a.md', text: 'gdo 1\nrole a\nend\n' }).diagnostics).toEqual([]);
  });
});
