// `gdo diff`: what a change of the bylaws means to people, rule by rule, and with `--retally` which decisions would have ended otherwise.
import { facts, ruleChanges } from '../../compiler/index.ts';
import { undecided } from '../../engine/index.ts';
import { findGitDirectory } from '../git/git-place.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { caseSides, readSides } from './diff-sides.ts';
import type { DiffSide } from './diff-sides.ts';
import { diffMarkdown, diffText } from './diff-text.ts';
import type { DiffReport } from './diff-text.ts';
import { retallyCases } from './retally.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { plainText, visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo diff`. Exits 0, 1 with `--fail-on`, 2, 3. Source: check.md section 4, cli.md section 3. */
export const diffCommand: CommandDefinition = {
  name: 'diff',
  group: 'write',
  summary: 'what a change of the bylaws means to people',
  arguments: '[A..B|CASE] [B]',
  options: [
    ['--retally', 'judge the decisions of the ledger by the new rules'],
    ['--fail-on <kind>', 'easier or power: what makes the exit code 1'],
    ['--format <format>', 'human, markdown or json'],
  ],
  examples: ['gdo diff main..my-branch', 'gdo diff 42 --retally'],
  run: runDiff,
};

async function runDiff(words: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const format = readFormat(options['format'], world);
  const failOn = readFailOn(options['failOn']);
  const retally = options['retally'] === true;
  const [first = ''] = words;
  const isCase = words.length === 1 && /^#?[1-9][0-9]{0,8}$/.test(first);
  const report = isCase
    ? await withLedger(world, async (session) => reportOf(caseSides(session, first), session, retally))
    : await reportOfSides(words, world, retally);
  const text =
    format === 'json' ? `${JSON.stringify({ schema: 'gdo-diff/1', ...report })}\n` : format === 'markdown' ? diffMarkdown(report) : diffText(report, world);
  world.stdout(world.plain && format === 'human' ? plainText(text) : text);
  return report.changes.some((change) => change.kind === failOn) ? 1 : 0;
}

async function reportOfSides(words: readonly string[], world: World, retally: boolean): Promise<DiffReport> {
  const sides = await readSides(words, world);
  const session = await ledgerHere(world, (found) => Promise.resolve(reportOf(sides, found, retally)));
  if (session !== undefined) return session;
  if (retally)
    throw new WorldError('GDO5020', 'There is no ledger here whose decisions could be judged', 'go to a clone of the organization, or name one with -C');
  return reportOf(sides, undefined, false);
}

/** What a ledger says, where there is one; without `--retally` nobody has to have one. */
async function ledgerHere<T>(world: World, act: (session: Session) => Promise<T>): Promise<T | undefined> {
  if (findGitDirectory(world.cwd) === undefined) return undefined;
  try {
    return await withLedger(world, act);
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO5020') return undefined;
    throw error;
  }
}

function reportOf([before, after]: readonly [DiffSide, DiffSide], session: Session | undefined, retally: boolean): DiffReport {
  const [old, fresh] = [facts(before.charter), facts(after.charter)];
  const changes = ruleChanges(before.charter, after.charter);
  const moved = new Set(changes.filter((change) => change.kind !== 'wording').map((change) => change.path[0]));
  const open = session === undefined ? [] : undecided(session.view.state).filter((one) => moved.has(one.process));
  return {
    before: { name: before.name, hash: before.hash },
    after: { name: after.name, hash: after.hash },
    changes,
    facts: old.flatMap((fact, place) => (fact === fresh[place] ? [] : [[fact, fresh[place] ?? ''] as const])),
    open: open.map((one) => ({ number: one.number, process: one.process })),
    retally: session === undefined || !retally ? undefined : retallyCases(session, after.charter),
  };
}

function readFormat(value: OptionValue, world: World): 'human' | 'markdown' | 'json' {
  if (value === undefined) return world.json ? 'json' : 'human';
  if (value === 'human' || value === 'markdown' || value === 'json') return value;
  throw new UsageError('GDO5003', `There is no format \`${visible(String(value))}\``, 'formats: human, markdown, json');
}

function readFailOn(value: OptionValue): 'easier' | 'power' | undefined {
  if (value === undefined || value === 'easier' || value === 'power') return value;
  throw new UsageError('GDO5003', `\`--fail-on ${visible(String(value))}\` is not one of easier, power`, 'leave it out: a difference alone fails nothing');
}
