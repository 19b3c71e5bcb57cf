// The door of compiler/: bylaws trees to one Charter, findings about it, scenarios. It does no I/O; files and modules come in as values.
export { compileBylaws } from './compile.ts';
export type { Article, Compiled } from './compile.ts';
export type { SourcePlace } from './finding.ts';
export type { CompiledScenario, ScenarioAction, ScenarioActors, ScenarioExpected, ScenarioFact, ScenarioInstant } from './lower-scenario.ts';
export type { ModuleSource } from './modules.ts';
export type { NamedPlace } from './places.ts';
export { analysesOf } from './analysis/analyses.ts';
export type { Analyses } from './analysis/analyses.ts';
export { canBeAllowed, checkBylaws } from './check.ts';
export type { CheckOptions } from './check.ts';
export { lintRules } from './lint/rules.ts';
export { framed, samplePath } from './lint/rule.ts';
export type { LintRule, Model } from './lint/rule.ts';
export { facts } from './facts.ts';
export { ruleChanges } from './diff/rule-changes.ts';
export type { RuleChange } from './diff/rule-changes.ts';
export type { ChangeClass } from './diff/direction.ts';
export { coverageOf, uncovered } from './coverage.ts';
export type { ProcessCoverage } from './coverage.ts';
export { playScenario, runScenarios } from './scenario.ts';
export type { ScenarioResult, TraceLine } from './scenario.ts';
export type { CaseMove } from './scenario-turns.ts';
export { markdownText, saysText, staleSays, writeSays } from './says.ts';
export { sentencesOf } from './sentences.ts';
export type { Restated, RestatedKind, RestatedStage } from './sentences.ts';
export { holdersText, scheduleText } from './sentences-rights.ts';
export { diagramOf } from './sentences-diagram.ts';
export type { Diagram, DiagramArrow, DiagramStage } from './sentences-diagram.ts';
export { durationText, spoken } from './sentences-words.ts';
export { actorRoles, ownersText } from './emit-owners.ts';
export { playAtRandom, simDaysMax, simulate, simulateMany } from './sim.ts';
export type { SimCounts, SimPlan, SimResult } from './sim.ts';
export {
  beforeStart,
  beginPlay,
  dayOf,
  isOver,
  canStart,
  isStartedByCalendar,
  openingsNow,
  passDays,
  passTime,
  perform,
  playedCase,
  playedSoFar,
  proposals,
  startPlay,
  tellMissing,
} from './sim-play.ts';
export type { Play, Played, StoryLine } from './sim-play.ts';
export type { VirtualEvent } from './virtual-ledger.ts';
export { readWitness, witnessScenario } from './witness.ts';
export type { Witness, WitnessEvent, WitnessFact } from './witness.ts';
export { witnessOf } from './witness-of.ts';
