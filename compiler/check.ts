// Runs the structural rules over compiled bylaws, with what the text itself allows. The rules are lint/'s.
import { codeEntry } from '../language/index.ts';
import type { Diagnostic } from '../language/index.ts';
import type { Analyses } from './analysis/analyses.ts';
import type { Compiled } from './compile.ts';
import { compareFindings, finding } from './finding.ts';
import { lintRules } from './lint/rules.ts';
import { modelOf } from './lint/rule.ts';
import type { Model, Surroundings } from './lint/rule.ts';
import type { Allowance } from './scope.ts';
import { unsupportedFindings } from './not-yet-run.ts';

/** What a check may know besides the bylaws; what is absent is not judged. */
export interface CheckOptions extends Surroundings {
  /** The analyses of these bylaws, where somebody else asks them too. */
  readonly analyses?: Analyses;
}

/** Codes that no `allow` can silence, besides GDO0xx and GDO1xx. */
const neverAllowed: readonly string[] = ['GDO331', 'GDO402', 'GDO413', 'GDO419', 'GDO425', 'GDO426', 'GDO513', 'GDO907'];

/** Whether an `allow` with a reason can silence findings of a code. Pure. Source: check.md section 6, docs/decisions/0024. */
export function canBeAllowed(code: string): boolean {
  return !/^GDO[01]\d\d$/.test(code) && !neverAllowed.includes(code);
}

/**
 * Structural findings about bylaws that compiled, sorted by severity, code, file and position; none where the bylaws did not compile.
 * Findings of `compiled.diagnostics` are not repeated. Pure. Source: check.md sections 1, 2 and 6.
 */
export function checkBylaws(compiled: Compiled, options: CheckOptions = {}): readonly Diagnostic[] {
  const charter = compiled.charter;
  if (charter === undefined) return [];
  const { found, ranAll } = foundIn(modelOf(compiled, charter, options), compiled);
  const all = [...compiled.diagnostics, ...found];
  const expired = compiled.allowances.filter((allowance) => isExpired(allowance, options));
  const valid = compiled.allowances.filter((allowance) => !isExpired(allowance, options));
  const kept = found.filter((diagnostic) => !valid.some((allowance) => allows(compiled, allowance, diagnostic)));
  const unused = valid.filter((allowance) => isJudged(allowance, ranAll) && !all.some((diagnostic) => allows(compiled, allowance, diagnostic)));
  return [...kept, ...expired.map(reportExpired), ...unused.map(reportUnusedAllow)].sort(compareFindings);
}

/** The analyses run only where the quick rules found no error that stays: what they would say follows from it. Words out of date change no rule. */
function foundIn(model: Model, compiled: Compiled): { readonly found: readonly Diagnostic[]; readonly ranAll: boolean } {
  const quick = lintRules.flatMap((rule) => (rule.late === true ? [] : rule.check(model)));
  const isBroken = quick.some(
    (diagnostic) =>
      diagnostic.severity === 'error' &&
      !diagnostic.code.startsWith('GDO9') &&
      !compiled.allowances.some((allowance) => allows(compiled, allowance, diagnostic)),
  );
  const ranAll = !isBroken && model.effort !== 'quick';
  const late = ranAll ? lintRules.flatMap((rule) => (rule.late === true ? rule.check(model) : [])) : [];
  return { found: [...quick, ...late, ...unsupportedFindings(model)], ranAll };
}

/** Says whether an `allow` silences a finding: it names its rule and stands in a block around it, or at the top level. Pure. */
export function allows(compiled: Compiled, allowance: Allowance, diagnostic: Diagnostic): boolean {
  if (codeEntry(diagnostic.code)?.name !== allowance.clause.rule.text) return false;
  if (!canBeAllowed(diagnostic.code)) return false;
  if (allowance.subject === undefined) return true;
  const block = compiled.sources.get(allowance.subject);
  return (
    block !== undefined &&
    block.file === diagnostic.place.file &&
    block.span.start <= diagnostic.place.span.start &&
    diagnostic.place.span.end <= block.span.end
  );
}

function isExpired(allowance: Allowance, options: CheckOptions): boolean {
  return options.today !== undefined && allowance.clause.until !== undefined && allowance.clause.until.text < options.today;
}

/** An `allow` can only be called unused where the rule it names is one that ran. */
function isJudged(allowance: Allowance, ranAll: boolean): boolean {
  return lintRules.some((rule) => rule.name === allowance.clause.rule.text && (rule.late !== true || ranAll));
}

function reportExpired(allowance: Allowance): Diagnostic {
  return finding(
    'GDO907',
    { file: allowance.file, span: allowance.clause.span },
    {
      message: `This permission ended on ${allowance.clause.until?.text ?? ''}`,
      label: 'expired',
      why: 'The oddity was meant to last until then, and somebody has to decide anew',
      help: 'repair what it allowed, or write a later date and say why',
    },
  );
}

function reportUnusedAllow(allowance: Allowance): Diagnostic {
  return finding(
    'GDO906',
    { file: allowance.file, span: allowance.clause.span },
    {
      message: `Nothing here needs \`allow ${allowance.clause.rule.text}\``,
      label: 'allows nothing',
      why: 'It would silently allow the next accident of this kind',
      help: 'delete the line',
      fixes: [{ safety: 'safe', edits: [{ file: allowance.file, span: allowance.clause.span, text: '' }] }],
    },
  );
}
