// `gdo check`: findings and facts about bylaws, for people and for machines. It writes only what `--fix` and `--format F=FILE` ask for.
import { join } from 'node:path';
import { facts } from '../../compiler/index.ts';
import type { BylawsFile, Diagnostic } from '../../language/index.ts';
import { applyFixes, changedLines } from './apply-fixes.ts';
import { insidePath, replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { machineFormats } from './finding-formats.ts';
import type { Report } from './finding-formats.ts';
import { drawFindings } from './frame.ts';
import { hasErrors, loadBylaws } from './load-bylaws.ts';
import type { Asked, LoadedBylaws } from './load-bylaws.ts';
import { counted } from './table.ts';
import { paint, plainText, visible } from './terminal.ts';
import type { World } from './world.ts';

/** Rounds of fixing at most: a fix may make room for another, but never for ever. */
const fixRoundsMax = 10;

/** The command `gdo check`. Exits 0 fine, 1 findings at or above `--fail-on`, 2, 3. Source: cli.md sections 3 and 4.1. */
export const checkCommand: CommandDefinition = {
  name: 'check',
  group: 'write',
  summary: 'look for holes in the bylaws',
  arguments: '[FILES...]',
  filesFrom: 0,
  options: [
    ['--format <format...>', 'human, concise, json, sarif, github, summary, gitlab, junit or rdjson; FORMAT=FILE writes a file'],
    ['--fail-on <severity>', 'error or warning: what makes the exit code 1'],
    ['--fix', "repair what changes nobody's powers, such as spelling"],
    ['--unsafe', 'with --fix: also what may be meant otherwise; shows the lines first, and asks'],
    ['--yes', 'with --unsafe: do not ask'],
    ['--today <date>', 'judge rules that lapse as of this day, such as 2027-03-01'],
    ['--deep', 'search ten times as far, table bodies to 60 people, and play the scenarios'],
    ['--exit-zero', 'exit 0 in spite of findings'],
  ],
  examples: ['gdo check', 'gdo check bylaws/council.gdo --format json'],
  run: runCheck,
};

async function runCheck(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const outputs = readOutputs(options['format'], world);
  const failOn = readFailOn(options['failOn']);
  const named: Asked = readAsked(options);
  let report: Report;
  let loaded: LoadedBylaws;
  try {
    loaded = options['fix'] === true ? await fixBylaws(names, world, named) : await loadAsked(names, world, named);
    if (options['unsafe'] === true) loaded = await fixUnsafely(names, options, world, loaded, named);
    const asked = await onTheDay(loaded, named, world);
    if (asked !== named) loaded = await loadAsked(names, world, asked);
    report = reportOf(loaded, asked);
  } catch (error) {
    if (!outputs.some((output) => output.format !== 'human') || !(error instanceof UsageError || error instanceof WorldError)) throw error;
    const failure = { code: error.code, message: error.message, help: error.help };
    await writeOutputs(
      outputs,
      { bylaws: undefined, files: [], findings: [], facts: [], texts: new Map(), failure },
      `error[${error.code}]: ${error.message}\n`,
      world,
    );
    return error instanceof UsageError ? 2 : 3;
  }
  await writeOutputs(outputs, report, humanReport(loaded, report, world), world);
  const failed = report.findings.some((finding) => finding.severity === 'error' || (failOn === 'warning' && finding.severity === 'warning'));
  return failed && options['exitZero'] !== true ? 1 : 0;
}

interface Output {
  readonly format: string;
  readonly file: string | undefined;
}

function readOutputs(value: OptionValue, world: World): readonly Output[] {
  const asked = (Array.isArray(value) ? value : []).flatMap((word: string) => word.split(/[ ,]+/)).filter((word) => word !== '');
  const words = asked.length > 0 ? asked : [world.json ? 'json' : 'human'];
  const outputs = words.map((word) => {
    const [format = '', file] = word.split('=', 2);
    if (format !== 'human' && !machineFormats.has(format)) {
      throw new UsageError('GDO5003', `There is no format \`${visible(format)}\``, `formats: human, ${[...machineFormats.keys()].join(', ')}`);
    }
    return { format, file: file === undefined ? undefined : insidePath(world.cwd, file) };
  });
  if (outputs.filter((output) => output.file === undefined).length > 1) {
    throw new UsageError('GDO5002', 'Two formats want the standard output', 'write one of them to a file: --format sarif=gdo.sarif');
  }
  return outputs;
}

function readFailOn(value: OptionValue): 'error' | 'warning' {
  if (value === undefined || value === 'error') return 'error';
  if (value === 'warning') return 'warning';
  throw new UsageError('GDO5003', `\`--fail-on ${visible(String(value))}\` is not one of error, warning`, 'leave it out: errors alone fail');
}

function readAsked(options: Readonly<Record<string, OptionValue>>): Asked {
  const today = readToday(options['today']);
  return { ...(today === undefined ? {} : { today }), ...(options['deep'] === true ? { effort: 'deep' } : {}) };
}

function readToday(value: OptionValue): string | undefined {
  if (value === undefined) return undefined;
  const word = String(value);
  const date = new Date(`${word}T00:00:00Z`);
  const good = /^\d{4}-\d{2}-\d{2}$/.test(word) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(word);
  if (!good) throw new UsageError('GDO5003', `\`${visible(word)}\` is not a date`, 'write it as 2027-03-01');
  return word;
}

/** Said where a date stands in the bylaws and no day was known to judge it by. */
const undatedFact = 'Has something lapsed?  not judged without a ledger or a day: gdo check --today 2027-03-01';

async function loadAsked(names: readonly string[], world: World, asked: Asked): Promise<LoadedBylaws> {
  return await loadBylaws(world.cwd, names, asked);
}

/** Whether something in the bylaws ends on a day. */
function isDated({ compiled }: LoadedBylaws): boolean {
  const lapses = compiled?.charter?.protections.some((one) => one.lapses?.on !== undefined) ?? false;
  return lapses || (compiled?.allowances.some((allowance) => allowance.clause.until !== undefined) ?? false);
}

/** Where days matter and nobody named one, that of the last checkpoint (check.md section 1); git is looked at for nothing else. */
async function onTheDay(loaded: LoadedBylaws, asked: Asked, world: World): Promise<Asked> {
  if (asked.today !== undefined || !isDated(loaded)) return asked;
  const { ledgerDay } = await import('./ledger-day.ts');
  const today = await ledgerDay(world.cwd);
  return today === undefined ? asked : { ...asked, today };
}

function reportOf(loaded: LoadedBylaws, asked: Asked): Report {
  const { analyses, compiled, findings, texts, files } = loaded;
  const known = compiled?.charter === undefined || hasErrors(findings) ? [] : facts(compiled.charter, analyses);
  return {
    // Only some formats say the hash, and it takes as long as all the rest.
    get bylaws() {
      return compiled?.hash;
    },
    files: files.map((file) => file.path),
    findings,
    facts: known.length > 0 && asked.today === undefined && isDated(loaded) ? [...known, undatedFact] : known,
    texts,
  };
}

async function writeOutputs(outputs: readonly Output[], report: Report, human: string, world: World): Promise<void> {
  for (const output of outputs) {
    const text = machineFormats.get(output.format)?.(report) ?? human;
    if (output.file === undefined) world.stdout(text);
    else await replaceFile(join(world.cwd, output.file), text);
  }
}

function humanReport(loaded: LoadedBylaws, report: Report, world: World): string {
  // Notes are facts, not work to do, and warnings can wait for the errors: the first screen of a beginner stays free of them.
  const broken = hasErrors(report.findings);
  const shown = report.findings.filter((finding) => world.verbosity >= 2 || finding.severity === 'error' || (!broken && finding.severity === 'warning'));
  const drawn = drawFindings(shown, report.texts, world);
  const parts: string[] = [];
  if (drawn !== '') parts.push(drawn);
  if (!hasErrors(report.findings) && world.verbosity > 0) parts.push(successText(loaded, report, world));
  if (report.findings.some((finding) => finding.severity !== 'info')) parts.push(`${countText(shown)}\n${waitingText(report, shown)}`);
  const text = parts.join('\n');
  return world.plain ? plainText(text) : text;
}

function successText(loaded: LoadedBylaws, report: Report, world: World): string {
  const notes = report.findings.filter((finding) => finding.severity === 'info');
  const lines = [
    ...loaded.files.map((file) => `${paint(world, 'bold', visible(file.path))}   ${sizeText(file)}`),
    '',
    ...report.facts.map((fact) => `  ${fact}`),
    ...(report.findings.some((finding) => finding.severity !== 'info') ? [] : ['  Nothing to fix.']),
    ...(notes.length > 0 && world.verbosity < 2 ? [`  ${counted(notes.length, 'note')} to know: gdo check -v`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function sizeText(file: BylawsFile): string {
  const roles = file.declarations.filter((declaration) => declaration.kind === 'role').length;
  const scenarios = file.declarations.filter((declaration) => declaration.kind === 'scenario').length;
  const processes = file.declarations.filter((declaration) => declaration.kind === 'process');
  const stages = processes.reduce((sum, process) => sum + process.stages.length, 0);
  const sizes: readonly (readonly [number, string, string?])[] = [
    [roles, 'role'],
    [processes.length, 'process', 'processes'],
    [stages, 'stage'],
    [scenarios, 'scenario'],
  ];
  const words = sizes.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return words.length === 0 ? counted(file.declarations.length, 'declaration') : words.join(', ');
}

function countText(findings: readonly Diagnostic[]): string {
  const problems = findings.filter((finding) => finding.severity !== 'info');
  const files = [...new Set(problems.map((finding) => finding.place.file))];
  const only = files.length === 1 ? ` (${visible(files[0] ?? '')})` : '';
  const fixable = problems.filter((finding) => finding.fixes.some((fix) => fix.safety === 'safe')).length;
  const how = fixable > 0 ? ': gdo check --fix' : '';
  return `${counted(problems.length, 'problem')} in ${counted(files.length, 'file')}${only}. ${fixable} can be fixed for you${how === '' ? '.' : how}`;
}

/** Warnings that are not shown yet, because errors are. */
function waitingText(report: Report, shown: readonly Diagnostic[]): string {
  const hidden = report.findings.filter((finding) => finding.severity === 'warning').length - shown.filter((finding) => finding.severity === 'warning').length;
  return hidden === 0 ? '' : `${counted(hidden, 'warning')} can wait until then: gdo check -v\n`;
}

/** Applies safe fixes until none is left. The text is replaced only where it still parses as well as before. */
async function fixBylaws(names: readonly string[], world: World, asked: Asked): Promise<LoadedBylaws> {
  const first = await loadBylaws(world.cwd, names, asked);
  let loaded = first;
  let fixedCount = 0;
  for (let round = 0; round < fixRoundsMax; round += 1) {
    const fixes = applyFixes(loaded.findings, loaded.texts, ['safe']);
    if (fixes.texts.size === 0) break;
    for (const [path, text] of fixes.texts) await replaceFile(join(world.cwd, path), text);
    fixedCount += fixes.count;
    loaded = await loadBylaws(world.cwd, names, asked);
  }
  if (world.verbosity > 0) world.stderr(`${counted(fixedCount, 'problem')} fixed.${fixedCount === 0 ? '' : hashText(first, loaded)}\n`);
  return loaded;
}

/** Whether what was repaired was part of the rules; nothing where they could not be read before. */
function hashText(before: LoadedBylaws, after: LoadedBylaws): string {
  const [old, fresh] = [before.compiled?.hash, after.compiled?.hash];
  if (old === undefined || fresh === undefined) return '';
  return old === fresh ? ' The rules are the same.' : ` The bylaws hash is ${fresh}; it was ${old}.`;
}

/** Shows what a reader may have meant otherwise, and changes it where somebody says so. @throws UsageError GDO5002, GDO5004 */
async function fixUnsafely(
  names: readonly string[],
  options: Readonly<Record<string, OptionValue>>,
  world: World,
  loaded: LoadedBylaws,
  asked: Asked,
): Promise<LoadedBylaws> {
  if (options['fix'] !== true) throw new UsageError('GDO5002', '`--unsafe` says how far `--fix` goes', 'write both:  gdo check --fix --unsafe');
  const fixes = applyFixes(loaded.findings, loaded.texts, ['unsafe']);
  if (fixes.texts.size === 0) return loaded;
  for (const [path, text] of fixes.texts) {
    const { line, before, after } = changedLines(loaded.texts.get(path) ?? '', text);
    const shown = [...before.map((one) => `  - ${visible(one)}`), ...after.map((one) => `  + ${visible(one)}`)];
    world.stderr(`${visible(path)}:${line}\n${shown.join('\n')}\n`);
  }
  if (options['yes'] !== true) {
    if (!world.interactive)
      throw new UsageError('GDO5004', 'These changes may not be what was meant, and there is no terminal to ask in', 'look at them, then say --yes');
    const { askWhether } = await import('./ballot-questions.ts');
    if (!(await askWhether('Write these lines?'))) return loaded;
  }
  for (const [path, text] of fixes.texts) await replaceFile(join(world.cwd, path), text);
  const changed = await loadBylaws(world.cwd, names, asked);
  if (world.verbosity > 0) world.stderr(`${counted(fixes.count, 'problem')} changed as shown.${hashText(loaded, changed)}\n`);
  return changed;
}
