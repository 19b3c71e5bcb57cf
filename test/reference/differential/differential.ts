// The differential run: pairs of a charter and a stream by chance, engine against reference. Pair n of a seed is the same on every machine.
import { answerName, constructsOf, counted, wideConstructsOf } from './coverage.ts';
import type { Counts } from './coverage.ts';
import { diceOf } from './dice.ts';
import { foundedText, playByChance, shrink, smallText } from './pair.ts';
import type { Breadth, Founded, Fork, Made } from './pair.ts';

/** Streams for each charter; the next charter follows after that many pairs. */
export const streamsPerCharter = 100;

/** So many streams in a row begin alike: the first is made from the founding on, the others leave it at one point in its later half. */
const streamsAlike = 5;

/** The states of each so-many-th stream are compared after every event, those of the others after the last one; verdicts are compared always. */
const watchedEvery = 10;

/** How many pairs a run does, from where, with how many streams a charter. */
export interface Portion {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly streams: number;
  readonly breadth?: Breadth;
}

/** What a run found. `events` are those that were played; `differences` are the new ones, small and readable, `known` counts the others by their rule. */
export interface Report {
  readonly pairs: number;
  readonly charters: number;
  readonly events: number;
  readonly differences: readonly string[];
  readonly known: Counts;
  readonly constructs: Counts;
  readonly answers: Counts;
  readonly met: Counts;
}

/** One charter, its place in the seed, and the fork that the next streams leave. */
interface Charter {
  readonly seed: number;
  readonly index: number;
  readonly founded: Founded;
  fork: Fork | undefined;
}

/** Plays stream `place` of a charter. */
function playStream(charter: Charter, place: number): Made {
  const { seed, index, founded } = charter;
  const dice = diceOf(seed, index, 1000, place);
  const events = 3 + dice.below(/process seats/.test(founded.text) ? 40 : /nominations|sealed|delegation|weighted/.test(founded.text) ? 24 : 14);
  const watch = place % watchedEvery === 0 ? 'each event' : 'the end';
  if (place % streamsAlike === 0) {
    const made = playByChance(dice, { from: founded.founding, events, watch, forkAfter: events - 1 - dice.below(Math.ceil(events / 2)) });
    charter.fork = made.fork;
    return made;
  }
  return playByChance(dice, { from: charter.fork ?? founded.founding, events: 1 + dice.below(Math.ceil(events / 2)), watch });
}

/** Plays a portion of the pairs of a seed. Everything follows from the portion. */
export function runPairs({ seed, from, count, streams, breadth = 'plain' }: Portion): Report {
  const differences: string[] = [];
  let [charters, events, known, constructs, answers, met]: [number, number, Counts, Counts, Counts, Counts] = [0, 0, {}, {}, {}, {}];
  let charter: Charter | undefined;
  for (let pair = from; pair < from + count; pair += 1) {
    const [index, place] = [Math.floor(pair / streams), pair % streams];
    if (charter?.index !== index) {
      charter = { seed, index, founded: foundedText(seed, index, breadth), fork: undefined };
      charters += place === 0 ? 1 : 0;
      constructs = place === 0 ? counted(constructs, [...constructsOf(charter.founded.text), ...wideConstructsOf(charter.founded.text)]) : constructs;
      // A run that begins between streams that begin alike needs their beginning.
      if (place % streamsAlike !== 0) playStream(charter, place - (place % streamsAlike));
    }
    const made = playStream(charter, place);
    events += made.answers.length;
    answers = counted(answers, made.answers.map(answerName));
    met = counted(met, [...made.met]);
    if (made.difference === undefined) continue;
    if (made.difference.known !== undefined) {
      known = counted(known, [made.difference.known]);
      continue;
    }
    const { text } = charter.founded;
    const small = shrink(text, made.stream);
    differences.push(`seed ${seed}, pair ${pair}\n${small === undefined ? `${text}${JSON.stringify(made)}` : smallText(small)}`);
  }
  return { pairs: count, charters, events, differences, known, constructs, answers, met };
}
