// GDO904: a text that is not in its canonical form (S83-S86).
import { printBylaws } from '../../language/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';

const sample = (quorum: string): string => voteSample(quorum, 'passes when more than 1/2 of votes cast are yes');

/** The rule `not-formatted`. Printing everything takes as long as reading it, and `gdo fmt --check` says the same: so only with `--deep`. */
export const notFormatted: LintRule = {
  code: 'GDO904',
  name: 'not-formatted',
  what: 'This text is not in its canonical form',
  why: 'A change of one rule should be a change of one line',
  fix: 'Let gdo write it: `gdo fmt`',
  bad: sample('quorum  at least 1/2 of keepers voting'),
  good: sample('quorum at least 1/2 of keepers voting'),
  given: { effort: 'deep' },
  check: (model) =>
    model.effort !== 'deep'
      ? []
      : model.files.flatMap((file) => {
          const printed = printBylaws(file);
          if (printed === file.text) return [];
          let start = 0;
          while (start < printed.length && printed[start] === file.text[start]) start += 1;
          return [
            finding(
              'GDO904',
              { file: file.path, span: { start, end: Math.min(file.text.length, start + 1) } },
              {
                message: `\`${file.path}\` is not in its canonical form`,
                label: 'differs from here on',
                why: 'A change of one rule should be a change of one line',
                help: 'let gdo write it:  gdo fmt',
                fixes: [{ safety: 'safe', edits: [{ file: file.path, span: { start: 0, end: file.text.length }, text: printed }] }],
              },
            ),
          ];
        }),
};
