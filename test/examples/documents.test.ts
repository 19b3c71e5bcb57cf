// examples/documents: numbers that are used once, references that are answered, and what was decided left as it is. Its program is JavaScript.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples, judge, readExample, runProgram } from './application.ts';

const path = (number: number): string => `documents/${String(number).padStart(4, '0')}.md`;

/** A document as it is written. */
const written = (number: number, lines: readonly string[] = ['Status: in force'], body = 'Text.\n'): Readonly<Record<string, string>> => ({
  [path(number)]: `# ${number}. Title ${number}\n\n${lines.join('\n')}\n\n${body}`,
});

const one = written(1);
const two = { ...one, ...written(2) };
const obsolete = ['Status: obsolete', 'Obsoleted by: 3'];
const said = (after: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}): 'accept' | readonly string[] =>
  judge('documents/dapps/documents.mjs', after, before);

describe('examples/documents (R3, R11)', () => {
  it('gives a number once: the next one is above all that there were, and none goes', () => {
    expect(said(two, one)).toBe('accept');
    // Numbers may be left free: their drafts were withdrawn.
    expect(said({ ...one, ...written(4) }, one)).toBe('accept');
    expect(said({ ...written(3), ...written(2) }, written(3))).toEqual([`${path(2)}: the next number is 4`]);
    expect(said(one, two)).toEqual([`${path(2)}: a document is not removed`]);
    expect(said({ ...one, ...written(2) }, { ...one, ...written(5) })).toEqual([`${path(2)}: the next number is 6`, `${path(5)}: a document is not removed`]);
  });

  it('lets a document obsolete and update older ones where these say it back, in the same merge', () => {
    const third = { ...written(3, ['Status: in force', 'Obsoletes: 1', 'Updates: 2']), ...written(2, ['Status: in force', 'Updated by: 3']) };
    expect(said({ ...written(1, obsolete), ...third }, two)).toBe('accept');
    expect(said({ ...one, ...third }, two)).toEqual(['document 1 does not say `Obsoleted by: 3`']);
    expect(said({ ...two, ...written(1, obsolete) }, two)).toContain('document 1 is obsoleted by 3, which does not say so');
    expect(said({ ...two, ...written(3, ['Status: in force', 'Obsoletes: 7']) }, two)).toEqual(['document 3 obsoletes 7, which is not older']);
    expect(said({ ...written(2), ...written(3, ['Status: in force', 'Updates: 1']) }, written(2))).toEqual(['document 3 updates 1, and there is none']);
  });

  it('leaves what was decided letter for letter, but for the lines of the later document', () => {
    const third = written(3, ['Status: in force', 'Obsoletes: 1']);
    expect(said({ ...two, ...written(1, ['Status: in force'], 'Another text.\n') }, two)).toEqual([
      `${path(1)}: what was decided stays; write a document that updates it`,
    ]);
    expect(said({ ...two, ...third, ...written(1, obsolete, 'Another text.\n') }, two)).toEqual([
      `${path(1)}: what was decided stays; write a document that updates it`,
    ]);
    // What an earlier document said of it stays too.
    const marked = { ...written(1, ['Status: in force', 'Updated by: 2']), ...written(2, ['Status: in force', 'Updates: 1']) };
    expect(said({ ...marked, ...third, ...written(1, [...obsolete, 'Updated by: 2']) }, marked)).toBe('accept');
    expect(said({ ...marked, ...third, ...written(1, obsolete) }, marked)).toContain(`${path(1)}: what was decided stays; write a document that updates it`);
  });

  it('takes one way to write a head, and says which', () => {
    const faults: readonly (readonly [text: string, sentence: string])[] = [
      ['# 2. A\n\nStatus: in force\n\nB\n', 'its first line is not # 1. and a title'],
      ['# 1. A\n', 'it has no text below its head'],
      ['# 1. A\n\nStatus: obsolete\n\nB\n', 'its head is not a Status of in force, then Obsoletes, Updates, Obsoleted by, Updated by'],
      ['# 1. A\n\nStatus: in force\nupdates: 1\n\nB\n', 'its head is not a Status of in force, then Obsoletes, Updates, Obsoleted by, Updated by'],
      ['# 1. A\n\nStatus: obsolete\nObsoleted by: 3, 2\n\nB\n', 'the numbers behind Obsoleted by do not ascend'],
    ];
    for (const [text, sentence] of faults) expect([text, said({ [path(1)]: text })]).toEqual([text, [`${path(1)}: ${sentence}`]]);
    expect(said({ 'documents/1.md': 'x' })).toEqual(['documents/1.md: a document lies at documents/0001.md, with four digits']);
  });

  it('prints what is in force', () => {
    expect(runProgram('documents/dapps/documents.mjs', [join(examples, 'documents/documents')])).toEqual({
      exit: 0,
      out: '1\tobsoleted by 2\tQuiet hours\n2\tin force\tQuiet hours, and the compressor\n',
    });
    expect(said({ [path(1)]: readExample(`documents/${path(1)}`), [path(2)]: readExample(`documents/${path(2)}`) })).toBe('accept');
  });
});
