// `gdo count`: counts an election file by itself, without bylaws or a ledger. The counting is the engine's; this reads, asks and prints.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { count } from '../../engine/index.ts';
import type { CsvCells } from '../count/csv.ts';
import { type Election, UnreadableElection } from '../count/election.ts';
import { type Flags, ruleOfFlags, ruleOfParameters } from '../count/flags.ts';
import { electionFormats, formatOf, readElection } from '../count/read-election.ts';
import { countSvg } from '../count/svg.ts';
import { type Counted, countSheet, plainJson } from '../count/table.ts';
import { whyNot } from '../count/why-not.ts';
import { insidePath, replaceFile } from './bylaws-files.ts';
import type { CommandDefinition } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo count`. Exits 0 elected, 1 tied or failed, 2, 3. Source: cli.md section 3, language.md section 6.4. */
export const countCommand: CommandDefinition = {
  name: 'count',
  group: 'write',
  summary: 'count an election file by itself',
  arguments: 'FILE',
  options: [
    ['--method <method>', 'plurality, approval, score, star, borda, irv, two-round, stv-..., schulze, ranked-pairs, minimax, condorcet...'],
    ['--seats <number>', 'how many are elected'],
    ['--unranked <meaning>', 'tied-last, not-compared or exhausted'],
    ['--equal-ranks <meaning>', 'allowed, refused, waits or split'],
    ['--strength <strength>', 'winning-votes or margins'],
    ['--ties <chain>', 'none, or prior-rounds, lot:SEED, decided:WHO=a>b, fails'],
    ['--cap <cap>', 'none, or seats per affiliation and who sits already: 4,Google=3; or 2 per country'],
    ['--marks <number>', 'approval: marks allowed, or unlimited'],
    ['--scores <range>', 'score and star: such as 0..5'],
    ['--unscored <meaning>', 'score and star: lowest or refused'],
    ['--rounds-among <set>', 'condorcet-irv: smith or all'],
    ['--default <option>', 'condorcet-default: the default option'],
    ['--quorum <bound>', 'condorcet-default: none, or such as "at-least 48"'],
    ['--ratio <bound>', 'condorcet-default: such as "more-than 1"'],
    ['--parameters <file>', 'take the rule for this file from a parameters file'],
    ['--format <format>', 'json, blt, soc, toc, soi, toi or csv'],
    ['--direction <direction>', 'csv: lower-is-better or higher-is-better'],
    ['--weight-column <name>', 'csv: the column with weights'],
    ['--explain <name>', 'why this candidate did not win'],
    ['--svg <file>', 'draw the pairs or the stages'],
  ],
  examples: [
    'gdo count board.blt --method stv-scottish --unranked exhausted --equal-ranks refused --cap none --ties lot:2027-03-01',
    'gdo count board.json --parameters parameters.json --explain "Kim"',
  ],
  run: runCount,
};

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function cellsOf(flags: Flags): CsvCells {
  const method = textOf(flags, 'method');
  if (method === 'score' || method === 'star') return 'scores';
  if (method === 'approval') return 'marks';
  const direction = textOf(flags, 'direction');
  if (direction === 'lower-is-better' || direction === 'higher-is-better') return direction;
  throw new UsageError('GDO5002', '`--direction` is missing or wrong', 'say lower-is-better where 1 is the best, higher-is-better where the largest number is');
}

async function load(path: string, flags: Flags): Promise<Election> {
  const asked = textOf(flags, 'format');
  const format = asked === undefined ? formatOf(path) : electionFormats.find((each) => each === asked);
  if (format === undefined) throw new UsageError('GDO5002', 'The format of the file is not known', `name it with --format: ${electionFormats.join(', ')}`);
  const csv = format === 'csv' ? { cells: cellsOf(flags), weightColumn: textOf(flags, 'weightColumn') } : undefined;
  try {
    return await readElection(path, format, csv);
  } catch (error) {
    if (error instanceof UnreadableElection)
      throw new WorldError(
        'GDO5022',
        `\`${visible(path)}\` is no election: ${visible(error.message)}`,
        'look at the format of the file, or name it with --format',
        error,
      );
    if (error instanceof Error && 'syscall' in error)
      throw new WorldError('GDO5022', `\`${visible(path)}\` cannot be read`, 'look at its name and its rights', error);
    throw error;
  }
}

async function parameters(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'syscall' in error))
      throw new WorldError('GDO5022', `\`${visible(path)}\` is no parameters file`, 'it is JSON with a list `counts`', error);
    throw error;
  }
}

/** Finds a candidate by id or by name, without regard to case. */
function candidateOf(election: Election, asked: string): string {
  const found = election.candidates.filter((candidate) => candidate.id === asked || candidate.name.toLowerCase() === asked.toLowerCase());
  const only = found.find((candidate) => candidate.id === asked) ?? (found.length === 1 ? found[0] : undefined);
  if (only === undefined)
    throw new UsageError(
      'GDO5003',
      `No candidate is \`${visible(asked)}\``,
      `the candidates are ${election.candidates.map((candidate) => visible(candidate.name)).join(', ')}`,
    );
  return only.id;
}

function document({ election, rule, ties, record }: Counted, why: readonly string[] | undefined): string {
  const { malformed, malformedCount, title, candidates } = election;
  const setAside = record.setAside.map((ballot) => ({ ...ballot, line: election.lineOf(ballot.ballot) }));
  return `${JSON.stringify({ schema: 'gdo-count-1', title, candidates, rule, tieChain: ties, malformed, malformedCount, ...record, setAside, ...(why === undefined ? {} : { why }) }, plainJson, 1)}\n`;
}

async function runCount(names: readonly string[], flags: Flags, world: World): Promise<number> {
  const [file, ...more] = names;
  if (file === undefined || more.length > 0)
    throw new UsageError('GDO5002', 'One election file has to be named', 'such as: gdo count board.blt --method stv-scottish');
  const path = resolve(world.cwd, file);
  const parametersPath = textOf(flags, 'parameters');
  const svgPath = textOf(flags, 'svg');
  const target = svgPath === undefined ? undefined : resolve(world.cwd, insidePath(world.cwd, svgPath));
  const election = await load(path, flags);
  const { rule, ties } =
    parametersPath === undefined
      ? ruleOfFlags(flags, election.seats)
      : ruleOfParameters(await parameters(resolve(world.cwd, parametersPath)), path, flags['method']);
  const record = count(election.profile, rule, ties);
  const counted: Counted = { election, rule, ties, record };
  const shownName = new Map(election.candidates.map((candidate) => [candidate.id, candidate.name]));
  const nameOf = (id: string): string => shownName.get(id) ?? id;
  const asked = textOf(flags, 'explain');
  const why = asked === undefined ? undefined : whyNot(record, candidateOf(election, asked), nameOf);
  if (target !== undefined) {
    const drawing = countSvg(record, nameOf);
    if (drawing === undefined) world.stderr('There is nothing to draw: this method has no stages and no pairs.\n');
    else await replaceFile(target, drawing);
  }
  if (world.json) world.stdout(document(counted, why));
  else world.stdout(`${(why === undefined ? countSheet(counted) : why.map(visible)).join('\n')}\n`);
  return record.outcome.kind === 'elected' ? 0 : 1;
}
