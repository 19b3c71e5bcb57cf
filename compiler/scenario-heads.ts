// Which people a line means that counts heads: `4 members`, `4 other members`, `other members`. It judges no act.
import type { CaseView } from '../engine/index.ts';
import { charterInForce, holdersOf, readCase } from '../engine/index.ts';
import type { ScenarioActors } from './lower-scenario.ts';
import type { Run } from './scenario.ts';

/** One thing that a person was told to do in a case, whether the rules took it or not. `entry` counts the openings of its stages. */
export interface Deed {
  readonly case: string;
  readonly entry: number;
  readonly verb: string;
  readonly person: string;
}

/**
 * The people a line means, or one sentence why there are too few. Nobody is taken twice for one verb in one stage of a case; of those left come first
 * people whom no line names, then people without an act in the case, then the order of the scenario. Pure. Source: docs/decisions/0031
 * @param view - the case the line is about; undefined where it starts one
 */
export function peopleOf(run: Run, who: ScenarioActors, verb: string, view: CaseView | undefined): readonly string[] | string {
  if (who.kind === 'named') return who.people;
  if (who.count === 0) return 'This line means nobody: it counts 0';
  const inCase = new Set(view === undefined ? [] : [view.author, ...view.candidates, ...view.subjects, ...actedIn(run, view, () => true)]);
  const spent = new Set(view === undefined ? [] : actedIn(run, view, (deed) => deed.entry === view.entry && deed.verb === verb));
  const panel = view === undefined ? undefined : readCase(run.ledger.state, view.id)?.panels?.find(([name]) => name === who.role)?.[1];
  const holders = panel ?? (who.role === 'person' ? run.cast.people : holdersOf(run.ledger.state, charterInForce(run.ledger.state), who.role));
  const left = holders.filter((person) => (verb === 'start' || !spent.has(person)) && !(who.other && inCase.has(person)));
  const count = who.count ?? left.length;
  if (left.length < count || count === 0) return tooFew(who, verb, left.length, holders.length);
  const rank = (person: string): number => (run.cast.named.has(person) ? 2 : 0) + (inCase.has(person) ? 1 : 0);
  const place = (person: string): number => run.cast.people.indexOf(person);
  return [...left].sort((left_, right) => rank(left_) - rank(right) || place(left_) - place(right)).slice(0, count);
}

function actedIn(run: Run, view: CaseView, which: (deed: Deed) => boolean): readonly string[] {
  return run.deeds.flatMap((deed) => (deed.case === view.id && which(deed) ? [deed.person] : []));
}

function tooFew(who: Extract<ScenarioActors, { readonly kind: 'heads' }>, verb: string, left: number, all: number): string {
  const asked = who.count === undefined ? 'others' : String(who.count);
  const spent = who.other ? 'have done nothing in this case yet' : `have not done so (\`${verb}\`) in this stage yet`;
  return `This line asks for ${asked}, and of the ${all} who hold \`${who.role}\` only ${left} ${spent}`;
}
