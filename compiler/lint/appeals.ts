// Processes about decisions of others: what they may come after, and whether they can hold or reverse it. Which of it is a fault is for the rules.
import type { Charter, CharterProcess } from '../../engine/index.ts';
import { actsOf } from './acting.ts';
import { effectsOf } from './effects.ts';

/** The processes whose decisions a process can be started about, within a time (S120, S122). Pure. */
export function appealedBy(process: CharterProcess): readonly string[] {
  return process.starts.flatMap((start) => {
    if (start.kind === 'after') return start.path.slice(0, 1);
    return start.kind === 'by' ? start.windows.flatMap((window) => (window.kind === 'within' ? window.of.slice(0, 1) : [])) : [];
  });
}

/** True for a process that holds or reverses the decision it is about. Pure. */
export function answers(process: CharterProcess): boolean {
  const holds = process.whileOpen.some((clause) => clause.kind === 'hold' && clause.held.kind === 'decision');
  const steps = process.stages.some((stage) => stage.kind === 'step' && stage.holds.some((hold) => hold.held.kind === 'decision'));
  return holds || steps || effectsOf(process).some(({ effect }) => effect.kind === 'reverse');
}

/** True for a process that can take something from the person it is about. Pure. */
export function isAgainstSomebody(process: CharterProcess): boolean {
  return effectsOf(process).some(({ effect }) => effect.kind === 'remove' && effect.from === 'subject');
}

/** True for a process in which the person concerned can bring the decision before others, before it has an effect. Pure. */
export function hearsAppeals(process: CharterProcess): boolean {
  return actsOf(process).some(({ act }) => act.verb === 'appeal');
}

/** The processes that answer decisions of another. Pure. */
export function appealsOf(charter: Charter, name: string): readonly CharterProcess[] {
  return charter.processes.filter((process) => answers(process) && appealedBy(process).includes(name));
}

/** The frame's removal with an appeal that other lines decide, for samples. Pure. */
export function appealSample(deciding: readonly string[]): string {
  return `process appeal
  started by any person within 21 days of removal.done
${deciding.map((line) => `  ${line}\n`).join('')}  outcome overturned
    reverse the decision
  end
end
`;
}
