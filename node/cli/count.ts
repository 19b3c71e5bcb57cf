// `gdo count`: counts an election file by itself, without bylaws or a ledger. The counting is the engine's; this reads, asks and prints.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CountRule, type TieChain, count } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import { type Election, UnreadableElection } from '../count/election.ts';
import { type Flags, refuseRuleFlags, ruleOfFlags, ruleOfParameters } from '../count/flags.ts';
import { loadElection, reading } from '../count/load.ts';
import { countSvg } from '../count/svg.ts';
import { type Counted, countSheet, plainJson } from '../count/table.ts';
import { whyNot } from '../count/why-not.ts';
import { insidePath, replaceFile } from './bylaws-files.ts';
import type { CommandDefinition } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo count`. Exits 0 elected or passed, 1 tied, rejected or failed, 2, 3. Source: cli.md section 3, language.md section 6.4. */
export const countCommand: CommandDefinition = {
  name: 'count',
  group: 'write',
  summary: 'count an election file by itself',
  arguments: 'FILE',
  options: [
    ['--method <method>', 'yes-no, plurality, approval, score, star, borda, irv, two-round, stv-..., schulze, ranked-pairs, minimax, condorcet...'],
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
    ['--quorum <bound>', 'condorcet-default: none, or such as "at-least 48"; yes-no: such as "at least 1/3 of all voting"'],
    ['--ratio <bound>', 'condorcet-default: such as "more-than 1"'],
    ['--passes <tests>', 'yes-no: such as "more than 1/2 of votes cast; at least 1/3 of all"'],
    ['--weights <meaning>', 'yes-no: ballots (3 is three ballots) or voters (3 is the weight of one)'],
    ['--roll <number>', 'yes-no: how many may vote or how many seats there are, for shares of all'],
    ['--present <number>', 'yes-no: how many were present'],
    ['--choices <names>', 'yes-no: what yes, no and abstain are called: for,against,abstain'],
    ['--parameters <file>', 'take the rule for this file from a parameters file'],
    ['--format <format>', 'json, blt (OpenSTV, OpaVote), soc, toc, soi, toi (PrefLib) or csv, in UTF-8; without it the ending of the file says so'],
    ['--direction <direction>', 'csv: lower-is-better, higher-is-better or column-per-rank'],
    ['--weight-column <name>', 'csv: the column with weights'],
    ['--columns <names>', 'csv: the columns that are the ballot, where there are others'],
    ['--candidates <names>', 'csv by column-per-rank: who may be named'],
    ['--blank <words>', 'csv: words that mean an empty cell: "No opinion,undervote"'],
    ['--separator <separator>', 'csv: comma, semicolon or tab'],
    ['--affiliations <file>', 'a CSV of candidate and affiliation, for --cap'],
    ['--explain <name>', 'why this candidate did not win'],
    ['--svg <file>', 'draw the pairs or the stages'],
  ],
  examples: [
    'gdo count board.blt --method stv-scottish --unranked exhausted --equal-ranks refused --cap none --ties lot:2027-03-01',
    'gdo count board.json --parameters parameters.json --explain "Kim"',
  ],
  run: runCount,
};

interface Rule {
  readonly rule: CountRule;
  readonly ties: TieChain;
}

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

async function parameters(path: string): Promise<unknown> {
  return reading(path, 'parameters file', async () => {
    const text = await readFile(path, 'utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      if (error instanceof SyntaxError) throw new UnreadableElection('it is JSON with a list `counts`', { cause: error });
      throw error;
    }
  });
}

/** Finds a candidate by id or by name, without regard to case. */
function candidateOf(election: Election, asked: string): string {
  const found = election.candidates.filter((candidate) => candidate.id === asked || candidate.name.toLowerCase() === asked.toLowerCase());
  const only = found.find((candidate) => candidate.id === asked) ?? (found.length === 1 ? found[0] : undefined);
  if (only !== undefined) return only.id;
  const names = election.candidates.map((candidate) => candidate.name);
  const [near] = suggest(asked, names);
  const list = `the candidates are ${names.map(visible).join(', ')}`;
  const message = found.length > 1 ? `Several candidates are called \`${visible(asked)}\`` : `No candidate is \`${visible(asked)}\``;
  const ids = found.length > 1 ? `use an id: ${found.map(({ id }) => visible(id)).join(', ')}` : list;
  throw new UsageError('GDO5003', message, near === undefined || found.length > 1 ? ids : `did you mean \`${visible(near)}\`?  ${list}`);
}

/** A chain may name candidates by id or name; a name that nobody has would let a decided tie stand. */
function chainOf(election: Election, ties: TieChain): TieChain {
  return ties.map((tie) => (tie.kind === 'decided' ? { ...tie, order: tie.order.map((name) => candidateOf(election, name)) } : tie));
}

function document({ election, rule, ties, record }: Counted, why: readonly string[] | undefined): string {
  const { malformed, malformedCount, title, candidates } = election;
  const setAside = record.setAside.map((ballot) => ({ ...ballot, line: election.lineOf(ballot.ballot) }));
  return `${JSON.stringify({ schema: 'gdo-count-1', title, candidates, rule, tieChain: ties, malformed, malformedCount, ...record, setAside, ...(why === undefined ? {} : { why }) }, plainJson, 1)}\n`;
}

/** The rule of a command line: before a file of a million lines is read, everything that is missing is asked for. */
async function ruleBefore(flags: Flags, path: string, world: World): Promise<Rule> {
  const file = textOf(flags, 'parameters');
  if (file === undefined) return ruleOfFlags(flags, 1);
  refuseRuleFlags(flags);
  return ruleOfParameters(await parameters(resolve(world.cwd, file)), path, flags);
}

/** What a teller should know besides the sheet. */
function advise({ election, rule }: Counted, flags: Flags, world: World): void {
  if (flags['direction'] === 'column-per-rank' && flags['candidates'] === undefined)
    world.stderr(`Candidates are whoever the cells name: ${election.candidates.map(({ name }) => visible(name)).join(', ')}.\n`);
  for (const { attribute } of rule.cap === 'none' ? [] : rule.cap)
    if (!election.candidates.some(({ groups }) => groups?.some(([own]) => own === attribute)))
      world.stderr(
        `No candidate has the attribute ${visible(attribute)}, so the cap per ${visible(attribute)} strikes nobody. Give affiliations with --affiliations.\n`,
      );
}

async function runCount(names: readonly string[], flags: Flags, world: World): Promise<number> {
  const [file, ...more] = names;
  if (file === undefined || more.length > 0)
    throw new UsageError('GDO5002', 'One election file has to be named', 'such as: gdo count board.blt --method stv-scottish');
  const path = resolve(world.cwd, file);
  const svgPath = textOf(flags, 'svg');
  const target = svgPath === undefined ? undefined : resolve(world.cwd, insidePath(world.cwd, svgPath));
  const before = await ruleBefore(flags, path, world);
  const { method } = before.rule;
  const choices = method === 'yes-no' ? [before.rule.yes, before.rule.no, before.rule.abstain] : undefined;
  const election = await loadElection(path, flags, { cwd: world.cwd, method, choices });
  const { rule, ties: chain } = textOf(flags, 'parameters') === undefined ? ruleOfFlags(flags, election.seats) : before;
  const ties = chainOf(election, chain);
  const asked = textOf(flags, 'explain');
  const explained = asked === undefined ? undefined : candidateOf(election, asked);
  const record = count(election.profile, rule, ties);
  const counted: Counted = { election, rule, ties, record };
  const shownName = new Map(election.candidates.map((candidate) => [candidate.id, candidate.name]));
  const nameOf = (id: string): string => shownName.get(id) ?? id;
  const why = explained === undefined ? undefined : whyNot(record, explained, nameOf);
  advise(counted, flags, world);
  if (target !== undefined) {
    const drawing = countSvg(record, nameOf);
    if (drawing === undefined) world.stderr('There is nothing to draw: this method has no stages and no pairs.\n');
    else await replaceFile(target, drawing);
  }
  if (world.json) world.stdout(document(counted, why));
  else world.stdout(`${(why === undefined ? countSheet(counted) : why.map(visible)).join('\n')}\n`);
  return record.outcome.kind === 'elected' || record.outcome.kind === 'passed' ? 0 : 1;
}
