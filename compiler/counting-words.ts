// The words of the language for what a counting method is told about ballots, and what they mean as half sentences. What is needed is the engine's.
import type { CharterCounted, CountingNeed } from '../engine/index.ts';

type Parameter = CountingNeed['parameter'];

/** Every parameter in the order in which bylaws read best. */
const parameters: readonly Parameter[] = ['strength', 'unranked', 'equalRanks', 'unscored'];

const names: Readonly<Record<Parameter, string>> = { strength: '', unranked: 'unranked ', equalRanks: 'equal ranks ', unscored: 'unscored ' };

const valueWords: ReadonlyMap<string, string> = new Map([
  ['winning-votes', 'winning votes'],
  ['tied-last', 'last'],
  ['not-compared', 'not compared'],
  ['waits', 'wait'],
]);

const meanings: ReadonlyMap<string, string> = new Map([
  ['winning votes', 'a victory is as strong as the ballots for it'],
  ['margins', 'a victory is as strong as the ballots for it less those against it'],
  ['unranked last', 'options a ballot leaves out share its last place'],
  ['unranked not compared', 'options a ballot leaves out are not compared on it'],
  ['unranked exhausted', 'a ballot ends with the last option it ranks'],
  ['equal ranks allowed', 'a ballot may rank options equal'],
  ['equal ranks refused', 'a ballot that ranks options equal is not counted'],
  ['equal ranks wait', 'a ballot with equal options supports none of them until one is left'],
  ['equal ranks split', 'a ballot with equal options is divided among them'],
  ['unscored lowest', 'options a ballot does not score have the lowest score'],
  ['unscored refused', 'a ballot that does not score every option is not counted'],
]);

/** A parameter with one value as bylaws write it, such as `unranked not compared`. Pure. */
export function countingText(parameter: Parameter, value: string): string {
  return `${names[parameter]}${valueWords.get(value) ?? value}`;
}

/** A parameter with everything its method knows, such as `unranked exhausted or last`. Pure. */
export function countingChoices(need: CountingNeed): string {
  const values = need.values.map((value) => valueWords.get(value) ?? value);
  return `${names[need.parameter]}${values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`}`;
}

/** What a `counted by` says beside its method: each parameter with its value, in order. Pure. */
export function countingSaid(counted: CharterCounted): readonly { readonly parameter: Parameter; readonly value: string }[] {
  return parameters.flatMap((parameter) => {
    const value = counted[parameter];
    return value === undefined ? [] : [{ parameter, value }];
  });
}

/** What the parameters mean for ballots, as half sentences. Pure. */
export function countingMeanings(counted: CharterCounted): readonly string[] {
  return countingSaid(counted).map(({ parameter, value }) => {
    const text = countingText(parameter, value);
    return meanings.get(text) ?? text;
  });
}
