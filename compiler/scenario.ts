// Runs scenarios on the real engine with a virtual clock (S68). It changes no ledger; what scenarios say is lower-scenario.ts's.
import type { Charter } from '../engine/index.ts';
import type { BylawsFile } from '../language/index.ts';
import { compileBylaws } from './compile.ts';
import type { SourcePlace } from './finding.ts';
import type { ModuleSource } from './modules.ts';

/** One thing that happened: an act with its verdict, or a stage that opened. `at` is UTC, `2027-03-01T00:00Z`; `code` only for refusals. */
export interface TraceLine {
  readonly at: string;
  readonly text: string;
  readonly verdict: 'ok' | 'refused' | 'opened' | 'decided' | 'failed';
  readonly code?: string;
  readonly reason?: string;
  readonly place?: SourcePlace;
}

/** How a scenario went. `failure` says which line did not hold, and what happened instead. */
export interface ScenarioResult {
  readonly title: string;
  readonly place: SourcePlace;
  readonly passed: boolean;
  readonly failure?: { readonly place: SourcePlace; readonly message: string };
  readonly trace: readonly TraceLine[];
}

/** Runs every scenario of the files against a Charter, in source order, files by path. Pure if `modules` is. Source: language.md S68. */
export function runScenarios(files: readonly BylawsFile[], charter: Charter, modules?: ModuleSource): readonly ScenarioResult[] {
  void charter;
  return compileBylaws(files, modules).scenarios.map((scenario) => ({ title: scenario.title, place: scenario.place, passed: false, failure: { place: scenario.place, message: 'This version does not run scenarios yet' }, trace: [] }));
}
