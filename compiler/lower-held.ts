// Lowers what is held back while a case or step is open (S120). Who may hold is not decided here.
import type { CharterHeld } from '../engine/index.ts';
import type { Held } from '../language/index.ts';
import { process } from './lower-actors.ts';
import { resolveNames } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark } from './scope.ts';

/** Lowers `the decision`, or the names of processes. */
export function lowerHeldBack(context: Context, held: Held): CharterHeld {
  return mark(
    context,
    held.kind === 'decision' ? { kind: 'decision' } : { kind: 'processes', processes: resolveNames(context, held.names, process) },
    held.span,
  );
}
