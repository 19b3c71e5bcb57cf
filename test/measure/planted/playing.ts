// Plays a few lines on the engine: whether one person alone gets something is asked of the rules themselves, not of an analysis.
import { compileBylaws, runScenarios } from '../../../compiler/index.ts';
import { parseBylaws } from '../../../language/index.ts';

/** True iff a scenario of these lines goes as it expects. @throws Error where the text does not compile */
export function plays(text: string, lines: readonly string[]): boolean {
  const scenario = `\nscenario "played"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
  const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text: `${text}${scenario}` });
  const { charter } = compileBylaws([file]);
  if (charter === undefined || diagnostics.length > 0) throw new Error(`${text}\n${diagnostics.map((one) => one.message).join('\n')}`);
  return runScenarios([file], charter).every((result) => result.passed);
}
