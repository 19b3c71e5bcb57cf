// Runs the families: so many charters with the fault and so many without, each judged as `gdo check` does.
import { pickFrom } from '../mutants.ts';
import { judge } from '../corpus.ts';
import type { Family } from './families.ts';

/** How one family went. `wrong`: the charters of which the checker says what is not so, at most three. */
export interface FamilyFigures {
  readonly name: string;
  readonly code: string;
  readonly planted: number;
  readonly found: number;
  readonly sound: number;
  readonly alarms: number;
  readonly wrong: readonly string[];
}

/** Charters tried before a family is given up: each makes both kinds often. */
const triesMax = 3_000;

/** Makes charters until there are so many of each kind, and judges them. */
export function measureFamily(family: Family, seed: number, each: number): FamilyFigures {
  let [planted, found, sound, alarms] = [0, 0, 0, 0];
  const wrong: string[] = [];
  for (let index = 0; index < triesMax && (planted < each || sound < each); index += 1) {
    const { text, has } = family.make(pickFrom(seed, index));
    if (has ? planted >= each : sound >= each) continue;
    const told = judge([{ path: 'bylaws/a.gdo', text }], 'with rules').filter(({ severity }) => severity !== 'info' || family.notes === true);
    const isFound = told.some(({ code, severity }) => code === family.code && (severity === 'error' || family.code === 'GDO406' || family.notes === true));
    const isHidden = told.some(({ code }) => family.also?.includes(code) === true);
    // An error of another kind keeps the analyses from running: such a charter says nothing of this one.
    if (!isFound && !isHidden && told.some(({ code, severity }) => severity === 'error' && code !== family.code)) continue;
    if (has) planted += 1;
    else sound += 1;
    if (has && (isFound || isHidden)) found += 1;
    if (!has && isFound) alarms += 1;
    if ((has ? !(isFound || isHidden) : isFound) && wrong.length < 3) wrong.push(text);
  }
  return { name: family.name, code: family.code, planted, found, sound, alarms, wrong };
}
