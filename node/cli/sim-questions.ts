// The choices of `gdo sim --interactive`: who does what next, or how much time passes. It is imported only when something is chosen.
import type { Readable, Writable } from 'node:stream';
import { isCancel, select } from '@clack/prompts';
import {
  beforeStart,
  beginPlay,
  isOver,
  isStartedByCalendar,
  openingsNow,
  passDays,
  passTime,
  perform,
  playedCase,
  playedSoFar,
  proposals,
  startPlay,
} from '../../compiler/index.ts';
import type { Play, Played, SimPlan, StoryLine, VirtualEvent } from '../../compiler/index.ts';
import type { CaseView, Charter, CharterProcess, Json } from '../../engine/index.ts';
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

/** What an act of the open step has to say, in each line that asks for it; nothing once where none does. */
function textsAsked(play: Play, view: CaseView, verb: string): readonly (string | undefined)[] {
  const stage = play.process.stages.find((one) => one.name === view.stage);
  const rules = stage?.kind === 'step' ? stage.transitions : [];
  const asked = rules.flatMap((rule) => (rule.kind === 'when' || rule.kind === 'unless' ? rule.acts.filter((act) => act.verb === verb) : []));
  return asked.length === 0 ? [undefined] : [...new Set(asked.map((act) => act.text))];
}

/** A ballot for one choice: a list of one where people or options are ranked or approved. */
function ballotFor(play: Play, view: CaseView, choice: string): Json {
  const stage = play.process.stages.find((one) => one.name === view.stage);
  return stage?.kind === 'vote' && stage.counted !== undefined && stage.counted.method !== 'plurality' ? [choice] : choice;
}

function actChoices(play: Play, view: CaseView): readonly Choice[] {
  const opened = openingsNow(play);
  if (opened.length > 0) return [{ label: 'all sealed ballots are opened', take: (later) => perform(later, opened) }];
  return view.acts.flatMap((act) => {
    const left = act.people.filter((person) => !act.done.includes(person)).slice(0, peopleShownMax);
    return left.flatMap((person): readonly Choice[] => {
      if (act.verb === 'vote') {
        const choices = act.choices ?? [];
        return choices.map((choice) =>
          doing(`${person} votes ${choice}`, { person, kind: 'ballot', case: view.id, body: { stage: act.entry, choice: ballotFor(play, view, choice) } }),
        );
      }
      return textsAsked(play, view, act.verb).map((text) =>
        doing(`${person}: ${act.verb}${text === undefined ? '' : ` "${text}"`}`, {
          person,
          kind: 'act',
          case: view.id,
          body: { stage: act.entry, verb: act.verb, ...(text === undefined ? {} : { text }) },
        }),
      );
    });
  });
}

const waits: readonly Choice[] = [
  { label: 'a day passes', take: (play) => passDays(play, 1) },
  { label: 'time passes until something is due', take: (play) => void passTime(play, Number.MAX_SAFE_INTEGER / 1e12) },
];

function startChoices(play: Play): readonly Choice[] {
  if (isStartedByCalendar(play.process)) return [{ label: 'the calendar starts a case', take: startPlay }];
  return proposals(play)
    .slice(0, peopleShownMax)
    .map((event) => doing(`${event.person} proposes a case of ${play.process.name}`, event));
}

/** Asks what happens next until the case is decided or the player stops. @throws Interrupted */
export async function askPlay(questions: PlayQuestions): Promise<Played> {
  const { charter, process, plan, show } = questions;
  // The hash names the rules in the play and nowhere else.
  const hash = sha256Hex(utf8Encode(process.name));
  const play = beginPlay(charter, hash, process, beforeStart(process, instantOf('2027-01-04') ?? 0), plan.roll);
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
    const choices = [...(view === undefined ? startChoices(play) : actChoices(play, view)), ...(view === undefined ? [] : waits)];
    const options = [...choices.map((choice, place) => ({ value: place, label: choice.label })), { value: -1, label: 'stop here' }];
    const answer = await select<number>({ ...streams, message: 'What happens next?', options });
    if (isCancel(answer)) throw new Interrupted();
    const chosen = choices[answer];
    if (chosen === undefined) return playedSoFar(play);
    chosen.take(play);
  }
}
