// GDO213: a process that merges files and does not say what an edit of the proposal does.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `edit-unanswered`. It is said once for an organization. */
export const editUnanswered: LintRule = {
  code: 'GDO213',
  name: 'edit-unanswered',
  what: 'Nothing says what happens when the proposal is edited while it is decided',
  why: 'Without a line an edit is refused: the content is frozen at the start',
  fix: 'Write what you mean: `on edit refuse`, or `on edit restart`',
  bad: `process change
  governs bylaws
  started by any keeper
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) => {
    const silent = model.charter.processes.filter((process) => process.governs.length > 0 && !model.sources.has(process.onEdit));
    const [first] = silent;
    if (first === undefined) return [];
    const names = silent.map((process) => `\`${process.name}\``).join(', ');
    return [
      finding('GDO213', placeIn(model, first, first), {
        message: `${names} ${silent.length === 1 ? 'does' : 'do'} not say what an edit of the proposal does, so every edit is refused`,
        label: 'frozen at the start',
        why: 'Whoever mends a spelling has to begin again with a case of its own',
        help: 'if you mean it:  on edit refuse; to begin again with the new text:  on edit restart',
      }),
    ];
  },
};
