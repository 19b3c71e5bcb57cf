// Taking back a decision that brought new bylaws: the former ones come back where the new ones let themselves be replaced by whoever takes it back (S59, S60, S66, S137).
import { describe, expect, it } from 'vitest';
import { charterInForce, currentOf, openRequirements, readCase, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi'];

/** A process whose cases end at once with these effects. */
const atOnce = (name: string, effects: string, governs = ''): string =>
  `process ${name}\n${governs}  started by any member\n  outcome ${name}-done\n${effects.replaceAll(/^/gm, '    ')}\n  end\nend\n`;
const motion = (open: string, quorum = 1): string =>
  `process motion\n  started by any member\n  vote ballot\n    voters members\n    open for ${open}\n    quorum at least ${quorum} members voting\n    passes when more than 1/2 of votes cast are yes\n    tie fails\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
const rules = '  governs rules\n';
const bylaws = (text: string): string => `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 99 people
  lost through resignation
end
${atOnce('amendment', 'accept the merge', rules)}${atOnce('convention', 'accept the merge', rules)}${atOnce('appeal', 'reverse the decision')}${atOnce('urgent', 'accept the merge until ratified through motion within 10 days', rules)}${atOnce('renunciation', 'reverse the decision')}duty answer
  owed by any member
  within 5 days of watched.watched-done
  done when any member reports "answered"
  otherwise reverse the decision
end
${atOnce('watched', 'accept the merge', rules)}${text}`;

/** Bylaws replaced through a process, and the decision taken back through another one: how long the vote is open then, and what of the decision stays. */
function reversed(before: string, after: string, through: string, back: string, between?: (org: Organization) => void): readonly unknown[] {
  const [org, fresh] = [found(bylaws(before), { member: people }, { people, content: [['bylaws/a', '100644:aa']] }), compile(bylaws(after))];
  expect([unsupported(compile(bylaws(before)).charter), unsupported(fresh.charter)]).toEqual([[], []]);
  const { propose, proposeChange, attest } = notesFor(org);
  const note = proposeChange('ada', through, [{ path: 'bylaws/a', old: '100644:aa', new: '100644:bb' }], { adopts: fresh.hash });
  expect(org.epoch(1, { ...note, adopts: fresh }).verdicts).toEqual(['ok']);
  org.epoch(2, attest('ada', 1, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
  expect(currentOf(org.state()).bylaws).toBe(fresh.hash);
  between?.(org);
  org.epoch(day, ...(back === '' ? [] : [propose('ada', back, { decision: org.view(1).id, bylaws: fresh.hash })]));
  org.epoch(20 * day);
  const vote = charterInForce(org.state()).processes.find(({ name }) => name === 'motion')?.stages[0];
  const open = vote?.kind === 'vote' ? `${vote.open.count} ${vote.open.unit}` : 'no vote';
  return [open, readCase(org.state(), org.view(1).id)?.unreversed];
}

const never = 'protect motion\n  never changed\nend\n';
const only = 'protect motion.ballot.open\n  changed through convention\nend\n';

describe('former bylaws', () => {
  it('come back with the decision, where nothing protects the new ones', () => {
    expect(reversed(motion('7 days'), motion('8 days'), 'amendment', 'appeal')).toEqual(['7 day', undefined]);
  });

  it('do not come back past what the new ones say is never changed, and people are told', () => {
    const left = ['the merge (`motion` may never be changed)'];
    expect(reversed(motion('7 days'), motion('8 days') + never, 'amendment', 'appeal')).toEqual(['8 day', left]);
    const own = ['the merge (the protection of `motion` may never be changed)'];
    expect(reversed(motion('7 days'), motion('7 days') + never, 'amendment', 'appeal')).toEqual(['7 day', own]);
  });

  it('come back through the process alone through which what is protected is changed', () => {
    const change = [motion('7 days') + only, motion('8 days') + only, 'convention'] as const;
    expect(reversed(...change, 'appeal')).toEqual(['8 day', ['the merge (`motion.ballot.open` is changed through `convention` only)']]);
    const own = (text: string): string => text.replace('through convention', 'through renunciation');
    expect(reversed(motion('7 days'), motion('8 days') + own(only), 'amendment', 'renunciation')).toEqual(['7 day', undefined]);
    expect(reversed(motion('7 days'), motion('8 days') + own(only), 'amendment', 'appeal')).toEqual([
      '8 day',
      ['the merge (`motion.ballot.open` is changed through `renunciation` only)'],
    ]);
  });

  it('do not come back with a value outside of the bounds', () => {
    const bounds = 'protect motion\n  bounds motion.ballot.open from 8 days to 9 days\nend\n';
    expect(reversed(motion('7 days'), motion('8 days') + bounds, 'amendment', 'appeal')).toEqual([
      '8 day',
      ['the merge (`motion.ballot.open` would leave its bounds)'],
    ]);
    expect(reversed(motion('7 days'), motion('8 days') + bounds.replace('from 8', 'from 6'), 'amendment', 'appeal')).toEqual(['7 day', undefined]);
  });

  it('do not come back with a rule that the people there are could never meet (S137)', () => {
    const leaves = (org: Organization): void => void org.epoch(3, { by: 'chi', kind: 'resign', body: { role: 'member' } });
    const left = ['the merge (`motion.ballot` could never be met by the people there are)'];
    expect(reversed(motion('7 days', 3), motion('8 days'), 'amendment', 'appeal', leaves)).toEqual(['8 day', left]);
    expect(reversed(motion('7 days', 2), motion('8 days'), 'amendment', 'appeal', leaves)).toEqual(['7 day', undefined]);
  });

  it('come back by a duty that nobody did only where nothing protects the new ones (S65)', () => {
    expect(reversed(motion('7 days'), motion('8 days'), 'watched', '')).toEqual(['7 day', undefined]);
    expect(reversed(motion('7 days'), motion('8 days') + only, 'watched', '')).toEqual([
      '8 day',
      ['the merge (`motion.ballot.open` is changed through `convention` only)'],
    ]);
  });

  it('come back by themselves where nobody ratified the new ones in time, whatever those protect (S56)', () => {
    expect(reversed(motion('7 days'), motion('8 days') + never, 'urgent', '')).toEqual(['7 day', undefined]);
  });
});
