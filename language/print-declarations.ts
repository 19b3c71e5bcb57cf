// The opening line and the clause lines of each declaration, as blocks; print.ts puts them on paper with comments, blank lines and labels.
import { unreachable } from './invariant.ts';
import {
  certificateLine,
  claimLine,
  collaboratorLine,
  dappLine,
  delegationLine,
  dutyLine,
  organizationLine,
  pointsLine,
  processLine,
  protectLine,
  rightLine,
  roleLine,
} from './print-clauses.ts';
import { scenarioLine } from './print-scenarios.ts';
import { drawLine, effectLine, jointLine, meetingLine, stepLine, voteLine } from './print-stages.ts';
import * as term from './print-terms.ts';
import type { Declaration, MeasureDeclaration, ProcessDeclaration, RightDeclaration } from './tree.ts';
import type { Stage } from './tree-stages.ts';
import type { Name, Span } from './tree-terms.ts';

const { words } = term;

/** Something that is printed as one line, or as an opening line, a body and `end`. */
export interface Block {
  readonly line: string;
  readonly span: Span;
  /** Absent for one line. `spaced` puts a blank line before each block in it; `label` is the name behind a far `end`. */
  readonly body?: { readonly blocks: readonly Block[]; readonly spaced: boolean; readonly label: string | undefined };
}

interface Clause {
  readonly kind: string;
  readonly span: Span;
}

/** Turns a declaration into a block with its clauses in canonical order. Pure. Source: language.md S84 */
export function declarationBlock(of: Declaration): Block {
  switch (of.kind) {
    case 'module':
    case 'parameter':
    case 'area':
    case 'attribute':
    case 'action':
    case 'allow':
      return { line: lineDeclaration(of), span: of.span };
    default:
      return bodyDeclaration(of);
  }
}

type LineDeclaration = Extract<Declaration, { readonly kind: 'module' | 'parameter' | 'area' | 'attribute' | 'action' | 'allow' }>;

function lineDeclaration(of: LineDeclaration): string {
  switch (of.kind) {
    case 'module':
      return words('module', of.name.text, term.title(of.title));
    case 'parameter': {
      const range = of.from && of.to && `from ${term.value(of.from)} to ${term.value(of.to)}`;
      return words('parameter', of.name.text, 'is', of.type, range, of.default && `default ${term.value(of.default)}`);
    }
    case 'area':
      return words('area', of.name.text, 'covers', term.quotedList(of.covers), of.except.length > 0 && `except ${term.quotedList(of.except)}`);
    case 'attribute':
      return words('attribute', of.name.text, term.title(of.title), 'certified by', term.actor(of.certifiedBy));
    case 'action':
      return words('action', of.name.text, term.title(of.title), 'by', term.actor(of.by));
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function bodyDeclaration(of: Exclude<Declaration, LineDeclaration>): Block {
  const { span } = of;
  switch (of.kind) {
    case 'organization':
      return block(`organization ${term.quoted(of.name)}`, span, undefined, lines(of.clauses, organizationLine, organizationOrder));
    case 'import': {
      const settings = of.settings.map((setting) => ({ line: `set ${setting.name.text} to ${term.value(setting.value)}`, span: setting.span }));
      return block(`import ${of.name.text} from ${term.quoted(of.from)} pinned ${term.quoted(of.pinned)}`, span, of.name, settings);
    }
    case 'role':
      return block(`role ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, roleLine));
    case 'measure':
      return measureBlock(of);
    case 'points':
      return block(`points ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, pointsLine));
    case 'certificate':
      return block(`certificate ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, certificateLine));
    case 'delegation':
      return block(words('delegation', of.name.text, term.title(of.title), 'by', of.by.text), span, of.name, lines(of.clauses, delegationLine));
    case 'account': {
      const line = words('account', of.name.text, term.title(of.title), 'in', of.currency.text, of.decimals !== undefined && `with ${of.decimals} decimals`);
      return block(
        line,
        span,
        of.name,
        lines(of.clauses, (clause) =>
          clause.kind === 'kept' ? `kept by ${term.actor(clause.by)}` : clause.kind === 'limit' ? term.limit(clause) : term.allow(clause),
        ),
      );
    }
    case 'dapp':
      return block(words('dapp', of.name.text, term.title(of.title), 'image', term.quoted(of.image)), span, of.name, lines(of.clauses, dappLine));
    case 'collaborator':
      return block(
        words('collaborator', of.name.text, term.title(of.title), 'kept by', term.actor(of.keptBy)),
        span,
        of.name,
        lines(of.clauses, collaboratorLine),
      );
    case 'process':
      return processBlock(of);
    case 'right':
      return block(words('right', of.name.text, term.title(of.title)), span, of.name, lines(inReasonOrder(of.clauses), rightLine, rightOrder));
    case 'duty':
      return block(words('duty', of.name.text, term.title(of.title)), span, of.name, lines(of.clauses, dutyLine));
    case 'protect':
      return block(words('protect', of.paths.map(term.path).join(', '), term.title(of.title)), span, undefined, lines(of.clauses, protectLine));
    case 'property':
      return block(`${of.mode} ${term.quoted(of.title)}`, span, undefined, [{ line: claimLine(of.claim), span: of.claim.span }]);
    case 'scenario':
      return block(
        `scenario ${term.quoted(of.title)}`,
        span,
        undefined,
        of.lines.map((line) => ({ line: scenarioLine(line), span: line.span })),
      );
    default:
      return unreachable(of);
  }
}

function measureBlock(of: MeasureDeclaration): Block {
  const line = words('measure', of.name.text, term.title(of.title));
  const counts = words(
    'counts',
    of.counts.text,
    'by each',
    of.each.text,
    of.over && `over the last ${term.duration(of.over)}`,
    of.reportedBy && `reported by ${of.reportedBy.text}`,
  );
  const first = { line: counts, span: { start: of.counts.span.start, end: (of.reportedBy ?? of.over ?? of.each).span.end } };
  return block(line, of.span, of.name, [
    first,
    ...of.bounds.map((bound) => ({ line: `${term.comparison(bound.comparison)} ${bound.value}`, span: bound.span })),
  ]);
}

function block(line: string, span: Span, name: Name | undefined, blocks: readonly Block[], spaced: readonly Block[] = []): Block {
  return { line, span, body: { blocks: [...blocks, ...spaced], spaced: spaced.length > stagesUnspacedMax, label: name?.text } };
}

/** A process with more stages than this has a blank line before each (S83). */
const stagesUnspacedMax = 3;

/** Lines of clauses in canonical order; clauses of one rank keep theirs, since it may have meaning (S17, S125). No order given keeps all as written. */
function lines<C extends Clause>(clauses: readonly C[], line: (clause: C) => string, order: readonly string[] = []): readonly Block[] {
  const ranked = clauses.map((clause, index) => ({ clause, index, rank: rankIn(order, clause) }));
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked.map(({ clause }) => ({ line: line(clause), span: clause.span }));
}

function rankIn(order: readonly string[], clause: Clause): number {
  if (order.length === 0) return 0;
  const key = clause.kind === 'on' && 'what' in clause ? `on-${String(clause.what)}` : clause.kind;
  const found = order.findIndex((kinds) => kinds.split(' ').includes(key));
  return found === -1 ? order.length : found;
}

/** Refusals stand in the order in which their reasons are tried (S93); reasons not known come last. */
function inReasonOrder(clauses: RightDeclaration['clauses']): RightDeclaration['clauses'] {
  const rank = (clause: RightDeclaration['clauses'][number]): number =>
    clause.kind === 'refusal' ? reasons.indexOf(reasons.includes(clause.reason.text) ? clause.reason.text : 'other') : 0;
  return clauses
    .map((clause, index) => ({ clause, index }))
    .sort((a, b) => rank(a.clause) - rank(b.clause) || a.index - b.index)
    .map(({ clause }) => clause);
}

const reasons: readonly string[] =
  'unknown-thing unknown-credential credential-disabled locked suspended denied lapsed no-role condition outside-hours limit-reached too-long-offline other'.split(
    ' ',
  );

const organizationOrder: readonly string[] = ['time-zone', 'local-time', 'day-ends', 'witnessed', 'stale', 'retention'];
const processOrder: readonly string[] = [
  'governs',
  'started-by',
  'starts-when starts-every starts-after',
  'about',
  'spends',
  'while-open-suspend while-open-hold-amount while-open-hold',
  'limit',
  'on-edit',
  'on-conflict',
  'in-flight',
  'offline',
  'recusal',
];
const voteOrder: readonly string[] = [
  'voters',
  'choices',
  'default',
  'counted',
  'elects',
  'marks',
  'limit',
  'vacancies',
  'ballots',
  'reasons',
  'open',
  'grace',
  'extends',
  'holds',
  'recusal',
  'second-call',
  'quorum',
  'passes',
  'beats-default beats-others',
  'closes-early',
  'tie',
  'result',
  'otherwise',
];
// `unless` and `after` are both deadlines, and several that fall on one instant fire in source order (S18): they keep theirs.
const stepOrder: readonly string[] = ['lasts', 'concerns', 'nominations', 'options', 'limit', 'hold', 'when', 'unless after', 'otherwise'];
const drawOrder: readonly string[] = ['picks', 'limit', 'seed', 'result', 'otherwise'];
const rightOrder: readonly string[] = ['covers', 'held-by', 'denied', 'days', 'limit', 'locked', 'offline-for', 'refusal'];

function processBlock(of: ProcessDeclaration): Block {
  return block(words('process', of.name.text, term.title(of.title)), of.span, of.name, lines(of.clauses, processLine, processOrder), of.stages.map(stageBlock));
}

function stageBlock(of: Stage): Block {
  const line = words(of.kind, of.name.text, term.title(of.title));
  switch (of.kind) {
    case 'step':
      return block(line, of.span, of.name, lines(of.clauses, stepLine, stepOrder));
    case 'vote':
      return block(line, of.span, of.name, lines(of.clauses, voteLine, voteOrder));
    case 'joint':
      return block(line, of.span, of.name, [...of.votes.map(stageBlock), ...lines(of.clauses, jointLine)]);
    case 'meeting':
      return block(line, of.span, of.name, lines(of.clauses, meetingLine));
    case 'draw':
      return block(line, of.span, of.name, lines(of.clauses, drawLine, drawOrder));
    case 'outcome':
      if (of.verdict !== undefined) return { line: `${line} ${of.verdict}`, span: of.span };
      return block(
        line,
        of.span,
        of.name,
        of.effects.map((effect) => ({ line: effectLine(effect), span: effect.span })),
      );
    default:
      return unreachable(of);
  }
}
