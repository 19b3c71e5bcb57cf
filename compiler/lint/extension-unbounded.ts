// GDO510: extensions that can make a vote last more than ten times its length.
import { finding } from '../finding.ts';
import { counted } from '../number-words.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `extension-unbounded`. */
export const extensionUnbounded: LintRule = {
  code: 'GDO510',
  name: 'extension-unbounded',
  what: 'Extensions can make this vote last more than ten times as long',
  why: 'Two sides that change their votes in turn keep it open for ever, and nothing is decided',
  fix: 'Bound it: `at most 3 times`',
  bad: voteSample('extends by 7 days when swung in the last 2 days', 'quorum at least 2/3 of keepers voting', 'passes when at least 2/3 of votes cast are yes'),
  good: voteSample(
    'extends by 2 days when swung in the last 2 days at most 3 times',
    'quorum at least 2/3 of keepers voting',
    'passes when at least 2/3 of votes cast are yes',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) =>
        vote.extends.flatMap((line) => {
          // The quorum is reached once: without a number that line extends once.
          const times = line.most ?? (line.when.kind === 'quorate' ? 1 : undefined);
          if (times !== undefined && shortest(line.by) * times <= 10 * longest(vote.open)) return [];
          return [
            finding('GDO510', placeIn(model, line, vote), {
              message: `\`${vote.name}\` is open for ${durationText(vote.open)}, and this can make it more than ten times as long`,
              label: line.most === undefined ? 'as often as it happens' : counted(line.most, 'time'),
              why: 'Two sides that change their votes in turn keep it open for ever',
              help: 'bound it:  at most 3 times',
            }),
          ];
        }),
      ),
    ),
};
