// What kind of stage is open in a case.
import type { OpenDraw } from './draws.ts';
import type { OpenMeeting } from './meetings.ts';
import type { OpenStep } from './steps.ts';
import type { Case, Opening } from './world.ts';

/** The step that is open. */
export function asStep(subject: Case, opening: Opening): OpenStep | undefined {
  return opening.stage.kind === 'step' ? { subject, opening, step: opening.stage } : undefined;
}

/** The meeting that is open. */
export function asMeeting(subject: Case, opening: Opening): OpenMeeting | undefined {
  return opening.stage.kind === 'meeting' ? { subject, opening, meeting: opening.stage } : undefined;
}

/** The draw that is open. */
export function asDraw(subject: Case, opening: Opening): OpenDraw | undefined {
  return opening.stage.kind === 'draw' ? { subject, opening, draw: opening.stage } : undefined;
}
