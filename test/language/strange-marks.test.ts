// Marks from other languages and from word processors: one finding that names the mark, and the edit where there is no doubt (GDO001, S71).
import { describe, expect, it } from 'vitest';
import { parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';

const text = (header: string, line: string, comment = ''): string =>
  `gdo 1\n${comment}\nrole member plural members\n  held by anyone\nend\n${header}\n  started by any member\n${line}\n  step ask\n    after 9 days go to refused\n  end\nend\n`;
const told = (source: string): readonly Diagnostic[] => parseBylaws({ path: 'a.gdo', text: source }).diagnostics;
const messages = (source: string): readonly string[] => told(source).map(({ message }) => message);

/** The text after every edit that its findings offer. */
function mended(source: string): string {
  const edits = told(source).flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
  return edits.toReversed().reduce((now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end), source);
}

describe('a mark that no line has', () => {
  it.each(['#', '//', '—', '–', '%', '/*'])('%s at the beginning of a line is a comment as others write it', (sign) => {
    const message = `A comment begins with two dashes, not with \`${sign}\``;
    expect(messages(text('process joining', '', `${sign} our rules`))).toEqual([message]);
    expect(messages(text('process joining', `  ${sign} who may come`))).toEqual([message]);
  });

  it.each([':', ';', '{'])('%s behind a line is needed nowhere, and the rest is read without it', (sign) => {
    expect(messages(text(`process joining${sign}`, ''))).toEqual([`No \`${sign}\` is needed here`]);
    expect(messages(text('process joining', `  limit 2 cases per author per 30 days${sign}`))).toEqual([`No \`${sign}\` is needed here`]);
    expect(mended(text(`process joining${sign}`, ''))).toBe(text('process joining', ''));
  });

  it('an underscore in a name is told where it stands, with the name as it is written here', () => {
    const source = text('process join_the_club', '');
    expect(messages(source)).toEqual(['Words of a name are joined by a hyphen, and `join_the_club` has an underscore']);
    expect(mended(source)).toBe(text('process join-the-club', ''));
  });
});

describe('a word in capitals', () => {
  it('is the word it would be without them', () => {
    const source = text('process joining', '  Limit 2 cases per author per 30 days').replace('  held by', '  HELD by');
    expect(messages(source)).toEqual(['HELD', 'Limit'].map((word) => `The word \`${word}\` is not known here; did you mean \`${word.toLowerCase()}\``));
    expect(told(mended(source))).toEqual([]);
    expect(mended(text('Process joining', ''))).toBe(text('process joining', ''));
  });
});
