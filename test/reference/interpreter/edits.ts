// Content that changes under way, and cases that are sent back (S49, S50, S55, decision 0091).
import { changeProblems } from './amendments.ts';
import { sendBack } from './cases.ts';
import { mayBeAbout } from './starts.ts';
import type { Case, Event, Refusal, World } from './world.ts';
import { currentOf } from './world.ts';

/** `edit`: by the author, where the process does not refuse it. */
export function edit(world: World, subject: Case, event: Event): Refusal {
  const { adopts, body, change, person } = event;
  const { onEdit } = subject.process;
  // What waits for the decision of a tie was voted on already.
  const waits = currentOf(subject)?.votes.some(({ phase }) => phase === 'tie' || phase === 'lot') === true;
  const codes = [
    ...(waits ? ['GDO1050'] : []),
    ...(person === subject.author ? [] : ['GDO1040']),
    ...(onEdit.kind === 'refuse' ? ['GDO1052'] : []),
    ...(change === undefined && typeof body['text'] !== 'string' ? ['GDO1052'] : []),
    ...changeProblems(world, subject, { change, adopts }),
    ...(change !== undefined &&
    !mayBeAbout(
      world,
      subject,
      change.map(({ path }) => path),
    )
      ? ['GDO1040']
      : []),
  ];
  if (codes.length > 0) return { codes, reason: 'not by the author, refused here, or no new content' };
  if (change !== undefined) {
    subject.change = change;
    // S122: what a case is about goes with its content.
    subject.matter = { ...subject.matter, paths: change.map(({ path }) => path) };
    // New bylaws come with the content that says them, so other content brings none.
    subject.adopts = adopts;
  }
  sendBack(world, subject, onEdit.kind === 'stage' ? onEdit.stage : undefined);
  return undefined;
}

/** S55: what a process answers to a merge that collides, in the next epoch; false: the case is stale. */
export function answerConflict(subject: Case): boolean {
  const { onConflict, stages } = subject.process;
  if (onConflict.kind === 'refuse') return false;
  const stage = onConflict.kind === 'stage' ? onConflict.stage : undefined;
  const next = stage ?? stages[0]?.name;
  // Decision 0061: an outcome would decide the same again for ever.
  if (!stages.some(({ name, kind }) => name === next && kind !== 'outcome')) return false;
  subject.ended = undefined;
  subject.merge = undefined;
  subject.result = undefined;
  subject.winners = [];
  subject.sentTo = { stage };
  return true;
}
