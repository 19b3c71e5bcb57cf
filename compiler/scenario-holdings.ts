// What people have in a scenario: measures and attributes, on the first day and from a later line on. Nobody has to certify what a scenario supposes.
import { setMeasure, writeAttribute } from '../engine/index.ts';
import type { Charter } from '../engine/index.ts';
import type { Cast } from './scenario-cast.ts';
import type { CompiledScenario, ScenarioHolding } from './lower-scenario.ts';
import { settle } from './virtual-ledger.ts';
import type { VirtualLedger } from './virtual-ledger.ts';

/** The most of a measure that the ledger itself counts: each one is an entry of its own. */
const deedsMax = 10_000;

/** Gives people what a line says they have; one sentence where a scenario cannot. */
export function hold(ledger: VirtualLedger, charter: Charter, people: readonly string[], had: ScenarioHolding): string | undefined {
  if (had.kind === 'attribute') {
    const value = had.value === '' ? undefined : had.value;
    for (const member of people) ledger.state = writeAttribute(ledger.state, { attribute: had.attribute, member, value });
    settle(ledger);
    return undefined;
  }
  const measure = charter.measures.find((one) => one.name === had.measure);
  if (measure === undefined) return `\`${had.measure}\` is not a measure`;
  if (measure.reportedBy === undefined && had.amount > deedsMax) return `A scenario counts at most ${deedsMax} of \`${had.measure}\``;
  for (const person of people) ledger.state = setMeasure(ledger.state, { measure, member: person, amount: had.amount, atMs: ledger.nowMs });
  return undefined;
}

/** Gives people what the lines `given` say; a role's name stands for those who hold it on the first day. */
export function holdAtFirst(
  ledger: VirtualLedger,
  charter: Charter,
  scenario: CompiledScenario,
  cast: Cast,
): { readonly place: CompiledScenario['place']; readonly message: string } | undefined {
  const holders = new Map(cast.holders);
  for (const fact of scenario.given) {
    if (fact.kind !== 'have') continue;
    const people = fact.people.flatMap((name) => holders.get(name) ?? [name]);
    const message = hold(ledger, charter, people, fact.had);
    if (message !== undefined) return { place: fact.place, message };
  }
  return undefined;
}
