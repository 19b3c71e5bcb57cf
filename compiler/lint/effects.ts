// What the outcomes of a process do: who is granted or loses a role, what is paid, what is merged. Which of it is a fault is for the rules.
import type { Charter, CharterEffect, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { bylawsAreaNames } from '../process-class.ts';

/** An effect with the outcome it stands in. */
export interface PlacedEffect {
  readonly outcome: CharterOutcome;
  readonly effect: CharterEffect;
}

/** The outcomes of a process, in source order. Pure. */
export function outcomesOf(process: CharterProcess): readonly CharterOutcome[] {
  return process.stages.flatMap((stage) => (stage.kind === 'outcome' ? [stage] : []));
}

/** All effects of a process, in source order. Pure. */
export function effectsOf(process: CharterProcess): readonly PlacedEffect[] {
  return outcomesOf(process).flatMap((outcome) => outcome.effects.map((effect) => ({ outcome, effect })));
}

/** The effect by which a process merges at once and asks for ratification afterwards; undefined where it has none. Pure. */
export function provisionalMerge(process: CharterProcess): PlacedEffect | undefined {
  return effectsOf(process).find(({ effect }) => effect.kind === 'accept-merge' && effect.ratified !== undefined);
}

/** The names of the outcomes that accept. Pure. */
export function acceptingNames(process: CharterProcess): ReadonlySet<string> {
  return new Set(outcomesOf(process).flatMap((outcome) => (outcome.accepts ? [outcome.name] : [])));
}

/** True where an effect gives a role to somebody; the proposed role is any that is gained through the process. Pure. */
export function grantsRole(charter: Charter, process: CharterProcess, effect: CharterEffect, role: string): boolean {
  if (effect.kind !== 'grant') return false;
  if (effect.what.kind === 'named') return effect.what.name === role;
  return charter.roles.some((candidate) => candidate.name === role && candidate.gainedThrough.includes(process.name));
}

/** True where an effect takes a role from somebody. Pure. */
export function removesRole(charter: Charter, process: CharterProcess, effect: CharterEffect, role: string): boolean {
  if (effect.kind !== 'remove') return false;
  if (effect.what.kind === 'named') return effect.what.name === role;
  return charter.roles.some((candidate) => candidate.name === role && candidate.lost.some((loss) => loss.kind === 'process' && loss.process === process.name));
}

/** True where an effect takes a role from somebody else than those who start: whoever leaves by a case of their own is not thrown out. Pure. */
export function expels(charter: Charter, process: CharterProcess, effect: CharterEffect, role: string): boolean {
  return effect.kind === 'remove' && effect.from !== 'author' && effect.from !== 'starters' && removesRole(charter, process, effect, role);
}

/** The processes that can give a role. Pure. */
export function granters(charter: Charter, role: string): readonly CharterProcess[] {
  return charter.processes.filter((process) => effectsOf(process).some(({ effect }) => grantsRole(charter, process, effect, role)));
}

/** The processes that can take a role away. Pure. */
export function removers(charter: Charter, role: string): readonly CharterProcess[] {
  return charter.processes.filter((process) => effectsOf(process).some(({ effect }) => removesRole(charter, process, effect, role)));
}

/** True where a process pays from an account. Pure. */
export function paysFrom(process: CharterProcess, account: string): boolean {
  return process.spends?.account === account || effectsOf(process).some(({ effect }) => effect.kind === 'pay' && effect.account === account);
}

/** True where a process can change the bylaws, for more than their wording. Pure. */
export function amends(charter: Charter, process: CharterProcess): boolean {
  const areas = bylawsAreaNames(charter.areas);
  return process.wordingOnly !== true && process.governs.some((name) => areas.has(name));
}
