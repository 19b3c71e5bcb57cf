// Completions of a vote: what people who have not voted may still say, in whole numbers of people who are alike. It judges none.
import type { Group } from './early-close.ts';

/** So many of one group who say the same. */
export interface Part {
  readonly group: Group;
  readonly people: number;
  readonly choice: string;
}

/** What so many people say. */
export interface Completion {
  readonly parts: readonly Part[];
  /** How many people say each choice. */
  readonly said: ReadonlyMap<string, number>;
  readonly total: number;
}

/**
 * All ways in which so many people of some groups can vote, the first groups first; undefined where there are more than a bound. Pure; it goes as deep
 * as people say something.
 */
export function completionsOf(groups: readonly Group[], choices: readonly string[], total: number, most: number): readonly Completion[] | undefined {
  // How many people there are from a group on: so many must be left to say something.
  const from = Array.from({ length: groups.length + 1 }, () => 0);
  for (let place = groups.length - 1; place >= 0; place -= 1) from[place] = (from[place + 1] ?? 0) + (groups[place]?.people ?? 0);
  const found: Completion[] = [];
  const deal = (cell: number, used: number, { parts, said, total: left }: Completion): boolean => {
    if (left === 0) return found.length < most && found.push({ parts, said, total }) > 0;
    for (let next = cell; next < groups.length * choices.length; next += 1) {
      const place = Math.floor(next / choices.length);
      const before = place === Math.floor((cell - 1) / choices.length) ? used : 0;
      const [group, choice] = [groups[place], choices[next % choices.length]];
      if (group === undefined || choice === undefined || left > (from[place] ?? 0) - before) return true;
      for (let people = 1; people <= Math.min(left, group.people - before); people += 1) {
        const saying = new Map(said).set(choice, (said.get(choice) ?? 0) + people);
        if (!deal(next + 1, before + people, { parts: [...parts, { group, people, choice }], said: saying, total: left - people })) return false;
      }
    }
    return true;
  };
  return deal(0, 0, { parts: [], said: new Map(), total }) ? found : undefined;
}
