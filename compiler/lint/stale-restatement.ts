// GDO903: sentences that restate rules as they were (S81). What is stale says.ts knows.
import { isLiterate } from '../../language/index.ts';
import { staleSays } from '../says.ts';
import type { LintRule } from './rule.ts';

/** The rule `stale-restatement`. */
export const staleRestatement: LintRule = {
  code: 'GDO903',
  name: 'stale-restatement',
  what: 'These sentences no longer say what the rules say',
  why: 'People read the sentences and are held to the rules',
  fix: 'Let gdo write them again: `gdo fmt`',
  bad: '# Words\n\n<!-- gdo:says keeping -->\nAnybody may become a keeper.\n<!-- /gdo:says -->\n',
  good: '# Words\n\nNothing is restated here.\n',
  check: (model) => model.files.flatMap((file) => (isLiterate(file.path) ? staleSays(file.path, file.text, model.charter) : [])),
};
