// The differential run: pairs of a charter and a stream by chance, engine against reference. Pair n of a seed is the same on every machine.
import { answerName, constructsOf, counted } from './coverage.ts';
import type { Counts } from './coverage.ts';
import { diceOf } from './dice.ts';
import { foundedText, playByChance, shrink, smallText } from './pair.ts';

/** Streams for each charter; the next charter follows after that many pairs. */
export const streamsPerCharter = 100;

/** How many pairs a run does, from where, with how many streams a charter. */
export interface Portion {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly streams: number;
}

/** What a run found. `differences` are the new ones, small and readable; `known` counts the others by their rule. */
export interface Report {
  readonly pairs: number;
  readonly charters: number;
  readonly events: number;
  readonly differences: readonly string[];
  readonly known: Counts;
  readonly constructs: Counts;
  readonly answers: Counts;
}

/** Plays a portion of the pairs of a seed. Everything follows from the portion. */
export function runPairs({ seed, from, count, streams }: Portion): Report {
  const differences: string[] = [];
  let [charters, events, known, constructs, answers]: [number, number, Counts, Counts, Counts] = [0, 0, {}, {}, {}];
  let founded = foundedText(seed, Math.floor(from / streams));
  for (let pair = from; pair < from + count; pair += 1) {
    const index = Math.floor(pair / streams);
    if (pair % streams === 0) {
      founded = foundedText(seed, index);
      charters += 1;
      constructs = counted(constructs, constructsOf(founded.text));
    }
    const dice = diceOf(seed, index, 1000, pair % streams);
    const played = playByChance(founded.founding, dice, 3 + dice.below(founded.text.includes('nominations') ? 24 : 14));
    events += played.answers.length;
    answers = counted(answers, played.answers.map(answerName));
    if (played.difference === undefined) continue;
    if (played.difference.known !== undefined) {
      known = counted(known, [played.difference.known]);
      continue;
    }
    const small = shrink(founded.text, played.stream, played.difference.kind);
    const text = small === undefined ? `${founded.text}${JSON.stringify(played)}` : smallText(small);
    differences.push(`seed ${seed}, pair ${pair}\n${text}`);
  }
  return { pairs: count, charters, events, differences, known, constructs, answers };
}
