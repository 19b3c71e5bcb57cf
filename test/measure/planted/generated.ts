// Runs the families: so many charters with the fault and so many without, each judged as `gdo check` does.
import { samplePath } from '../../../compiler/index.ts';
import type { Diagnostic } from '../../../language/index.ts';
import { judge } from '../corpus.ts';
import type { SourceText } from '../corpus.ts';
import { pickFrom } from '../mutants.ts';
import type { Family, Planted } from './family.ts';
import { playHistory } from './histories.ts';
import { isAt } from './planted-place.ts';

/** How one family went. `wrong`: what the checker says that is not so, or does not say, with the charter, at most three. */
export interface FamilyFigures {
  readonly name: string;
  readonly code: string;
  readonly planted: number;
  readonly found: number;
  readonly sound: number;
  readonly alarms: number;
  /** How many of the faults have a history that was played and came about. */
  readonly histories: number;
  readonly wrong: readonly string[];
}

/** Charters tried before a family is given up: each makes both kinds often. */
const triesMax = 3_000;

/** Makes charters until there are so many of each kind, and judges them. */
export function measureFamily(family: Family, seed: number, each: number): FamilyFigures {
  let [planted, found, sound, alarms, histories] = [0, 0, 0, 0, 0];
  const wrong: string[] = [];
  for (let index = 0; index < triesMax && (planted < each || sound < each); index += 1) {
    const charter = family.make(pickFrom(seed, index));
    if (charter.has ? planted >= each : sound >= each) continue;
    const { isFound, others } = judged(family, charter);
    if (charter.has) planted += 1;
    else sound += 1;
    if (charter.has && isFound) found += 1;
    alarms += others.length;
    const played = charter.has && isFound ? playHistory([sourceOf(charter)], family.code) : undefined;
    if (played?.kind === 'true') histories += 1;
    const faults = [
      ...(charter.has && !isFound ? [`${family.code} is missed`] : []),
      ...others.map(({ code, message }) => `${code} is false: ${message}`),
      ...(played?.kind === 'amiss' ? [`the history of ${family.code} is not so: ${played.what}`] : []),
    ];
    if (faults.length > 0 && wrong.length < 3) wrong.push(`${faults.join('; ')}\n${charter.text}`);
  }
  return { name: family.name, code: family.code, planted, found, sound, alarms, histories, wrong };
}

function sourceOf({ text }: Pick<Planted, 'text'>): SourceText {
  return { path: samplePath(text.startsWith('# ') ? '# ' : ''), text };
}

/** Whether the fault is told at its own place; and the errors that are not there, the family's own code among them where nothing was planted. */
function judged(family: Family, { text, has, at, beside = [], never = [] }: Planted): { readonly isFound: boolean; readonly others: readonly Diagnostic[] } {
  const { path } = sourceOf({ text });
  const told = judge([{ path, text }], 'with rules');
  const start = text.indexOf(at);
  const end = text.indexOf('\n\n', start);
  const place = { file: path, start, end: end < 0 ? text.length : end, line: 1 };
  const counts = ({ severity }: Diagnostic): boolean => severity === 'error' || severity === family.severity;
  const own = told.filter((one) => one.code === family.code && counts(one));
  const others = told.filter(({ code, severity }) => never.includes(code) || (severity === 'error' && code !== family.code && !beside.includes(code)));
  return { isFound: own.some((one) => isAt(place, one)), others: has ? others : [...others, ...own] };
}
