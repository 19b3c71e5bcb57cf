// Prose beside rules: which sentences bind, what they are linked to, and which numbers contradict (check.md 3.7).
import { describe, expect, it } from 'vitest';
import { checkBylaws } from '../../compiler/index.ts';
import { framed } from '../../compiler/index.ts';
import { compiled } from './bylaws-text.ts';

function told(prose: string): readonly string[] {
  const found = checkBylaws(compiled(framed(prose), undefined, 'bylaws/a.gdo.md'));
  return found.flatMap(({ code, place }) => (code === 'GDO901' ? [place.label] : []));
}

describe('sentences that bind (GDO901)', () => {
  it.each([
    ['# A\n\nThe keepers MUST answer.\n', ['binds nobody']],
    ['# A\n\nDie Hüter DÜRFEN schweigen.\n', ['binds nobody']],
    // Small letters are ordinary prose, and so is a word inside another.
    ['# A\n\nThe keepers must answer; MUSTARD may be eaten.\n', []],
    ['# A\n\n<!-- gdo:binds keeping -->\nThe keepers MUST answer.\n', []],
    ['# A\n\n<!-- gdo:binds keepings -->\nThe keepers MUST answer.\n', ['nothing is called keepings']],
    // A block of the article may be meant; one of another article is not.
    ['# A\n\nThe auditors MUST answer.\n\n```gdo\narea work covers "work/**"\n```\n', []],
    ['# A\n\nThe auditors MUST answer.\n\n## B\n\n```gdo\narea work covers "work/**"\n```\n', ['binds nobody']],
    // Neither code, nor comments, nor headings demand anything.
    ['# A\n\n```text\nThey MUST answer.\n```\n\n<!-- They MUST answer. -->\n', []],
    ['# A\n\n- One MAY come.\n- One goes.\n- One MUST stay\n', ['binds nobody', 'binds nobody']],
  ])('%s', (prose, labels) => {
    expect(told(prose)).toEqual(labels);
  });

  const rule =
    '```gdo\nprocess appeal\n  started by any keeper\n  step review\n    when 2/3 of other keepers approve go to accepted\n    after 14 days go to refused\n  end\nend\n```\n';

  it.each([
    ['An appeal MUST be decided within 14 days by 2/3 of the keepers.', []],
    ['An appeal MUST be decided within 21 days.', ['21 days']],
    ['An appeal MAY be decided by 3/4 of the keepers.', ['3/4']],
    // What the rules do not count at all cannot contradict them.
    ['An appeal MUST be 3 weeks old.', []],
  ])('%s', (sentence, labels) => {
    expect(told(`# A\n\n${sentence}\n\n${rule}`)).toEqual(labels);
  });
});
