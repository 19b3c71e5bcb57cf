// The sheet of a count as text: what was counted, by which rule, every stage, ties and exclusions, and lines for signatures. It is made from the record alone.
import type { CountRecord, CountRule, StageAction, TieChain, TieRecord } from '../../engine/index.ts';
import { toHex, unreachable } from '../../engine/index.ts';
import { alignRows } from '../cli/table.ts';
import { visible } from '../cli/terminal.ts';
import type { Election } from './election.ts';
import { ruleRows } from './rule-lines.ts';

/** What a sheet is about. */
export interface Counted {
  readonly election: Election;
  readonly rule: CountRule;
  readonly ties: TieChain;
  readonly record: CountRecord;
}

/** Ballots listed on a sheet; the others are in `--json`. */
const listedMax = 20;

/** Matrices wider than this are left to `--json` and `--svg`: the lines would not fit on paper. */
const matrixOptionsMax = 12;

/** Turns big integers into digits in a string and bytes into hexadecimal, which JSON has no other form for. Pure. */
export function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? toHex(value) : value;
}

function resultLines(record: CountRecord, nameOf: (id: string) => string): string[] {
  const { outcome } = record;
  switch (outcome.kind) {
    case 'elected': {
      const lines = [outcome.winners.length === 0 ? 'Nobody is elected.' : 'Elected:', ...outcome.winners.map((id, index) => `  ${index + 1}. ${nameOf(id)}`)];
      if (outcome.vacancies > 0) lines.push(`Seats left vacant: ${outcome.vacancies}`);
      if (outcome.order.length > 1) lines.push(`Order: ${outcome.order.map((group) => group.map(nameOf).join(' = ')).join(', ')}`);
      return lines;
    }
    case 'tied':
      return [
        `Tied, ${outcome.at}: ${outcome.tied.map(nameOf).join(', ')}.`,
        `Elected for certain: ${outcome.certain.length === 0 ? 'nobody' : outcome.certain.map(nameOf).join(', ')}. Seats still open: ${outcome.seats}.`,
        'No tie rule was declared that settles it, so nobody is picked.',
      ];
    case 'passed':
      return ['Passed.'];
    case 'rejected':
      return [`Not passed: ${visible(outcome.reason)}.`];
    case 'failed':
      return [`The count failed: ${visible(outcome.reason)}.`];
    default:
      return unreachable(outcome);
  }
}

function requirementLines(record: CountRecord): string[] {
  const rows = (record.requirements ?? []).map((line) => [line.requirement, line.have, `needs ${line.need}`, line.met ? 'met' : 'not met']);
  return rows.length === 0 ? [] : ['', 'Requirements', ...alignRows(rows, 2).map(visible)];
}

const actionWords: Readonly<Record<StageAction['kind'], string>> = {
  elected: 'elected',
  'elected-remaining': 'elected, because seats and candidates left are as many',
  excluded: 'excluded',
  'defeated-remaining': 'not elected, because all seats are taken',
};

function stageLines(record: CountRecord, nameOf: (id: string) => string): string[] {
  return record.stages.flatMap((stage) => [
    '',
    `${stage.title}${stage.quota === undefined ? '' : `, quota ${shortened(stage.quota)}`}`,
    ...alignRows(
      [...stage.votes, ...stage.idle.filter(([, votes]) => !/^0(?:\.0+)?$/u.test(votes))].map(([id, votes]) => {
        const part = stage.keep?.find(([own]) => own === id)?.[1];
        return [nameOf(id), shortened(votes), ...(part === undefined ? [] : [`keeps ${shortened(part)}`])];
      }),
      2,
    ),
    ...stage.actions.map((action) => `  ${actionWords[action.kind]}: ${nameOf(action.option)}`),
    ...stage.transfers.map((move) => `  ${shortened(move.votes)} from ${nameOf(move.from)} to ${move.to === undefined ? 'nobody' : nameOf(move.to)}`),
  ]);
}

/** Exact fractions of many digits are shown by their first and last, and are whole in `--json`. */
function shortened(votes: string): string {
  return votes.length <= 40 ? votes : `${votes.slice(0, 16)}...${votes.slice(-8)} (${votes.length} characters, see --json)`;
}

function tieEnding({ by, decider, favoured, rest }: TieRecord, nameOf: (id: string) => string): string {
  const order = `${favoured.map(nameOf).join(', ')} before ${rest.map(nameOf).join(', ')}`;
  if (by === 'no-seat') return `whoever comes first, the same are elected; shown with ${order}`;
  return `by ${by}${decider === undefined ? '' : ` (${visible(decider)})`}${favoured.length === 0 ? '' : `: ${order}`}`;
}

function matrixLines(record: CountRecord, nameOf: (id: string) => string): string[] {
  const { pairwise } = record;
  if (pairwise === undefined) return [];
  if (pairwise.options.length > matrixOptionsMax) return ['', `Pairs: ${pairwise.options.length} options, see --svg or --json.`];
  const table = (title: string, cells: readonly (readonly bigint[])[]): string[] => [
    '',
    title,
    ...alignRows(
      [
        ['', ...pairwise.options.map((_, index) => `(${index + 1})`)],
        ...pairwise.options.map((id, row) => [
          `(${row + 1}) ${nameOf(id)}`,
          ...(cells[row] ?? []).map((votes, column) => (row === column ? '-' : votes.toString())),
        ]),
      ],
      2,
    ),
  ];
  return [
    ...table('Ballots that prefer the option of the row to that of the column', pairwise.matrix),
    ...(pairwise.paths === undefined ? [] : table('Strongest paths from the row to the column', pairwise.paths)),
  ];
}

function asideLines({ election, record }: Counted): string[] {
  const unread = election.malformed.slice(0, listedMax).map((ballot) => `  line ${ballot.line}: ${visible(ballot.reason)}`);
  const refused = record.setAside.slice(0, listedMax).map((ballot) => `  line ${election.lineOf(ballot.ballot)}: ${visible(ballot.reason)}`);
  const lines: string[] = [];
  if (election.malformedCount > 0)
    lines.push(
      '',
      `Not readable and not counted: ${election.malformedCount}`,
      ...unread,
      ...(election.malformedCount > listedMax ? ['  ... the others are in --json'] : []),
    );
  if (record.ballots.setAsideRows > 0)
    lines.push(
      '',
      `Set aside by the rule and not counted: ${record.ballots.setAsideRows}`,
      ...refused,
      ...(record.ballots.setAsideRows > listedMax ? ['  ... the others are in --json'] : []),
    );
  return lines;
}

/** Writes the sheet that tellers sign. Pure. @returns lines without line ends */
export function countSheet(counted: Counted): string[] {
  const { election, record } = counted;
  const names = new Map(election.candidates.map((candidate) => [candidate.id, candidate.name]));
  const nameOf = (id: string): string => visible(names.get(id) ?? id);
  const { ballots } = record;
  const points = record.points ?? [];
  return [
    ...(election.title === '' ? [] : [visible(election.title), '']),
    ...resultLines(record, nameOf),
    '',
    'Rule',
    ...alignRows(ruleRows(counted.rule, counted.ties), 2),
    '',
    election.profile.kind === 'totals'
      ? 'Ballots: none were published, the sums below were counted'
      : `Ballots: ${ballots.weight} in ${ballots.rows} rows; blank ${ballots.blankWeight}; set aside ${ballots.setAsideWeight}; not readable ${election.malformedCount}`,
    ...asideLines(counted),
    ...(points.length === 0
      ? []
      : [
          '',
          pointsTitle(counted.rule.method),
          ...alignRows(
            points.map(([id, votes]) => [nameOf(id), votes]),
            2,
          ),
        ]),
    ...requirementLines(record),
    ...stageLines(record, nameOf),
    ...matrixLines(record, nameOf),
    ...(record.defeats.length === 0 ? [] : ['', 'Victories in the order they were looked at']),
    ...alignRows(
      record.defeats.map((defeat) => [nameOf(defeat.winner), 'over', nameOf(defeat.loser), `${defeat.forWinner}:${defeat.forLoser}`, defeat.result]),
      2,
    ),
    ...(record.exclusions.length === 0 ? [] : ['', 'Taken out']),
    ...record.exclusions.map((exclusion) => `  ${nameOf(exclusion.option)} (${exclusion.kind}): ${visible(exclusion.reason)}`),
    ...(record.ties.length === 0 ? [] : ['', 'Ties']),
    ...record.ties.map((tie) => `  ${visible(tie.at)}: ${tie.tied.map(nameOf).join(', ')}; ${tieEnding(tie, nameOf)}`),
    '',
    'Counted by the rule above and found right:',
    '',
    '________________________   ________________________   ________________________',
    'teller                     teller                     date',
  ];
}

function pointsTitle(method: CountRule['method']): string {
  switch (method) {
    case 'schulze':
    case 'ranked-pairs':
      return 'Options each stands above';
    case 'minimax':
      return 'Worst defeat of each';
    case 'yes-no':
      return 'Ballots';
    default:
      return 'Sums';
  }
}
