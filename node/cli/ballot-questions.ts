// The questions of `gdo vote` in a terminal. It is imported only when something has to be asked.
import type { Readable, Writable } from 'node:stream';
import { confirm, select, text } from '@clack/prompts';
import { Interrupted } from './interrupted.ts';

/** What is known already, and the terminal; without streams the process's own. */
export interface BallotQuestions {
  readonly choices: readonly string[];
  readonly choice: string | undefined;
  readonly because: string | undefined;
  /** False: a ranking or list, which is typed. */
  readonly isPlain: boolean;
  readonly signsAs: string;
  /** False where `--yes` has answered the last question. */
  readonly confirm: boolean;
  readonly input?: Readable;
  readonly output?: Writable;
}

/** No choice has a space in it, so this cannot be one. */
const notNow = 'not now';

/** Asks for the choice, a reason and the signature, as far as they were not given. @returns undefined for "not now" @throws Interrupted */
export async function askBallot(questions: BallotQuestions): Promise<{ readonly choice: string; readonly because: string | undefined } | undefined> {
  const { choices, isPlain, signsAs } = questions;
  const streams = {
    ...(questions.input === undefined ? {} : { input: questions.input }),
    ...(questions.output === undefined ? {} : { output: questions.output }),
  };
  let { choice, because } = questions;
  if (choice === undefined) {
    const options = [...choices, notNow].map((value) => ({ value, label: value }));
    const typed = { ...streams, message: 'Your vote? Best first, with commas, or points as a:5,b:2; nothing for not now.', placeholder: choices.join(',') };
    const answer: string = kept<string>(isPlain ? await select<string>({ ...streams, message: 'Your vote?', options }) : await text(typed));
    choice = answer.replaceAll(' ', '');
    if (choice === '' || answer === notNow) return undefined;
    if (because === undefined) {
      const reason = kept<string>(await text({ ...streams, message: 'A reason, shown to everyone (optional)', defaultValue: '' }));
      because = reason === '' ? undefined : reason;
    }
  }
  if (questions.confirm && !kept<boolean>(await confirm({ ...streams, message: `Sign ${choice} as ${signsAs}?` }))) return undefined;
  return { choice, because };
}

/** Asks one question that is answered by yes or no. @throws Interrupted */
export async function askWhether(message: string): Promise<boolean> {
  return kept<boolean>(await confirm({ message }));
}

function kept<Answer extends string | boolean>(answer: Answer | symbol): Answer {
  if (typeof answer === 'symbol') throw new Interrupted();
  return answer;
}
