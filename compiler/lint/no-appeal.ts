// GDO806: a decision against a person that nobody can look at again.
import { finding } from '../finding.ts';
import { appealSample, appealsOf, hearsAppeals, isAgainstSomebody } from './appeals.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `no-appeal`. Said once for an organization: one process can answer all of them. */
export const noAppeal: LintRule = {
  code: 'GDO806',
  name: 'no-appeal',
  what: 'What is decided against a person is final at once',
  why: 'A mistake, or a decision in anger, cannot be looked at again',
  fix: 'Add a process: `started by any person within 21 days of removal.done`, and `reverse the decision`',
  bad: '',
  good: appealSample([
    'draw panel',
    '  picks 3 keepers except the subject, the author',
    '  when drawn go to review',
    '  otherwise go to refused',
    'end',
    'vote review',
    '  voters panel',
    '  open for 7 days',
    '  quorum at least 2/3 of panel voting',
    '  passes when more than 1/2 of votes cast are yes',
    '  when passed go to overturned',
    '  otherwise go to refused',
    'end',
  ]),
  check: (model) => {
    const against = model.charter.processes.filter(isAgainstSomebody);
    const open = against.filter((process) => !hearsAppeals(process) && appealsOf(model.charter, process.name).length === 0);
    const [first] = open;
    if (first === undefined) return [];
    return [
      finding('GDO806', placeIn(model, first, first), {
        message: `What ${open.map((process) => `\`${process.name}\``).join(', ')} ${open.length === 1 ? 'decides' : 'decide'} against a person is final, and nothing looks at it again`,
        label: 'no appeal',
        why: 'A mistake, or a decision in anger, cannot be undone',
        help: 'if there should be one:  process appeal, started by any person within 21 days of it, which can reverse the decision; or, before it takes effect:  when the subject appeals go to ...',
      }),
    ];
  },
};
