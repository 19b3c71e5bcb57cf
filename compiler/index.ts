// The door of compiler/: bylaws trees to one Charter, findings about it, scenarios. It does no I/O; files and modules come in as values.
export { compileBylaws } from './compile.ts';
export type { Article, Compiled } from './compile.ts';
export type { SourcePlace } from './finding.ts';
export type { CompiledScenario, ScenarioAction, ScenarioInstant } from './lower-scenario.ts';
export type { ModuleSource } from './modules.ts';
export type { NamedPlace } from './places.ts';
export { checkBylaws } from './check.ts';
export type { CheckOptions } from './check.ts';
export { lintRules } from './lint/rules.ts';
export { framed } from './lint/rule.ts';
export type { LintRule, Model } from './lint/rule.ts';
export { facts } from './facts.ts';
export { runScenarios } from './scenario.ts';
export type { ScenarioResult, TraceLine } from './scenario.ts';
export { markdownText, saysText, staleSays, writeSays } from './says.ts';
export { sentencesOf } from './sentences.ts';
export type { Restated, RestatedKind, RestatedStage } from './sentences.ts';
export { holdersText, scheduleText } from './sentences-rights.ts';
