// The choices of `gdo sim --interactive`: who does what next, or how much time passes. It is imported only when something is chosen.
import type { Readable, Writable } from 'node:stream';
import { isCancel, select } from '@clack/prompts';
import { beginPlay, isOver, passDays, passTime, perform, playedCase, playedSoFar, proposals } from '../../compiler/index.ts';
import type { Play, Played, SimPlan, StoryLine, VirtualEvent } from '../../compiler/index.ts';
import type { CaseView, Charter, CharterProcess } from '../../engine/index.ts';
import { instantOf, sha256Hex, utf8Encode } from '../../engine/index.ts';
import { UsageError } from './command.ts';
import { Interrupted } from './interrupted.ts';

/** What is played, and the terminal; without streams the process's own. */
export interface PlayQuestions {
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly plan: SimPlan;
  /** Shows what has happened since the last choice. */
  readonly show: (story: readonly StoryLine[]) => void;
  readonly input?: Readable;
  readonly output?: Writable;
}

interface Choice {
  readonly label: string;
  readonly take: (play: Play) => void;
}

/** People offered for one act; the next ones come up once these have acted. */
const peopleShownMax = 4;

function doing(label: string, event: VirtualEvent): Choice {
  return { label, take: (play) => perform(play, [event]) };
}

function actChoices(view: CaseView): readonly Choice[] {
  return view.acts.flatMap((act) => {
    const left = act.people.filter((person) => !act.done.includes(person)).slice(0, peopleShownMax);
    return left.flatMap((person): readonly Choice[] => {
      if (act.verb === 'vote') {
        const choices = act.choices ?? [];
        return choices.map((choice) => doing(`${person} votes ${choice}`, { person, kind: 'ballot', case: view.id, body: { stage: act.entry, choice } }));
      }
      return [doing(`${person}: ${act.verb}`, { person, kind: 'act', case: view.id, body: { stage: act.entry, verb: act.verb } })];
    });
  });
}

const waits: readonly Choice[] = [
  { label: 'a day passes', take: (play) => passDays(play, 1) },
  { label: 'time passes until something is due', take: (play) => void passTime(play, Number.MAX_SAFE_INTEGER / 1e12) },
];

function startChoices(play: Play): readonly Choice[] {
  return proposals(play)
    .slice(0, peopleShownMax)
    .map((event) => doing(`${event.person} proposes a case of ${play.process.name}`, event));
}

/** Asks what happens next until the case is decided or the player stops. @throws Interrupted */
export async function askPlay(questions: PlayQuestions): Promise<Played> {
  const { charter, process, plan, show } = questions;
  // The hash names the rules in the play and nowhere else.
  const hash = sha256Hex(utf8Encode(process.name));
  const play = beginPlay(charter, hash, process, instantOf('2027-01-04') ?? 0, plan.roll);
  if ('message' in play) throw new UsageError('GDO5003', play.message, 'give other numbers of people');
  const streams = {
    ...(questions.input === undefined ? {} : { input: questions.input }),
    ...(questions.output === undefined ? {} : { output: questions.output }),
  };
  let told = 0;
  for (;;) {
    const view = playedCase(play);
    show(play.story.slice(told));
    told = play.story.length;
    if (isOver(view)) return playedSoFar(play);
    const choices = [...(view === undefined ? startChoices(play) : actChoices(view)), ...(view === undefined ? [] : waits)];
    const options = [...choices.map((choice, place) => ({ value: place, label: choice.label })), { value: -1, label: 'stop here' }];
    const answer = await select<number>({ ...streams, message: 'What happens next?', options });
    if (isCancel(answer)) throw new Interrupted();
    const chosen = choices[answer];
    if (chosen === undefined) return playedSoFar(play);
    chosen.take(play);
  }
}
