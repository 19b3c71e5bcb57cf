// What the grammar lets pass but no text may say: a clause twice (GDO010), names no role can have (GDO003), too many processes or stages (GDO004).
// It resolves no name.
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import type { BylawsFile, Declaration, ProcessDeclaration } from './tree.ts';
import type { VoteStage } from './tree-stages.ts';
import type { Name, Span } from './tree-terms.ts';

const processesMax = 500;
const stagesMax = 200;

/** Checks what can be seen in one file without knowing what its names mean. Pure. Source: language.md section 3, S76, S138 */
export function checkTree(file: BylawsFile): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const declaration of file.declarations) {
    for (const { clauses, block } of blocksOf(declaration)) findings.push(...repeated(file, block, clauses));
    if (declaration.kind === 'role') {
      for (const name of [declaration.head.name, declaration.head.plural]) {
        if (name !== undefined && (name.text === 'of' || name.text === 'other')) findings.push(countWord(file.path, name));
      }
    }
  }
  return [...findings, ...tooMany(file)];
}

interface Clause {
  readonly kind: string;
  readonly span: Span;
}

interface Block {
  readonly block: Span;
  readonly clauses: readonly Clause[];
}

function blocksOf(declaration: Declaration): readonly Block[] {
  switch (declaration.kind) {
    case 'process':
      return [{ block: declaration.span, clauses: declaration.clauses }, ...stageBlocks(declaration)];
    case 'measure':
      return [{ block: declaration.span, clauses: declaration.bounds.map(({ comparison, span }) => ({ kind: comparison, span })) }];
    case 'organization':
    case 'role':
    case 'points':
    case 'certificate':
    case 'delegation':
    case 'account':
    case 'dapp':
    case 'collaborator':
    case 'right':
    case 'duty':
    case 'protect':
      return [{ block: declaration.span, clauses: declaration.clauses }];
    default:
      return [];
  }
}

function stageBlocks(process: ProcessDeclaration): readonly Block[] {
  return process.stages.flatMap((stage): readonly Block[] => {
    if (stage.kind === 'outcome') return [{ block: stage.span, clauses: stage.effects.filter(({ kind }) => onceEffects.includes(kind)) }];
    const own = { block: stage.span, clauses: stage.clauses };
    if (stage.kind === 'joint') return [own, ...stage.votes.flatMap(voteBlocks)];
    return stage.kind === 'vote' ? voteBlocks(stage) : [own];
  });
}

/** A vote, and what its `counted by` says of the ballots: each of that once, too. */
function voteBlocks(vote: VoteStage): readonly Block[] {
  const counted = vote.clauses.flatMap((clause) => (clause.kind === 'counted' ? [{ block: clause.span, clauses: clause.parameters }] : []));
  return [{ block: vote.span, clauses: vote.clauses }, ...counted];
}

/** Effects are a list; these say nothing new the second time. */
const onceEffects: readonly string[] = ['accept-merge', 'refuse-merge', 'reverse'];

/** Kinds that may stand several times in their block (S138). */
const lists: readonly string[] = (
  'open-to lost lost-with limit started-by starts-when starts-every starts-after while-open-suspend while-open-hold-amount while-open-hold recusal ' +
  'concerns nominations hold when unless after result pass quorum passes beats-default beats-others extends reports earned level issued-by issued-to ' +
  'bounds held-by days denied refusal allow'
).split(' ');

function repeated(file: BylawsFile, block: Span, clauses: readonly Clause[]): readonly Diagnostic[] {
  const first = new Map<string, Clause>();
  const findings: Diagnostic[] = [];
  for (const clause of clauses) {
    if (lists.includes(clause.kind)) continue;
    for (const key of keysOf(clause)) {
      const before = first.get(key);
      if (before === undefined) first.set(key, clause);
      else findings.push(repeatedClause(file, block, before, clause));
      if (before !== undefined) break;
    }
  }
  return findings;
}

/** `on edit` and `on conflict` are two clauses; `ballots sealed` and `ballots may change` go together, `ballots final` with neither. */
function keysOf(clause: Clause): readonly string[] {
  if ('what' in clause && clause.kind === 'on') return [`on ${String(clause.what)}`];
  if (!('mode' in clause) || clause.kind !== 'ballots') return [clause.kind];
  return clause.mode === 'final' ? ['ballots may-change', 'ballots sealed'] : [`ballots ${String(clause.mode)}`];
}

function repeatedClause(file: BylawsFile, block: Span, before: Clause, clause: Clause): Diagnostic {
  const { path, text } = file;
  return finding(path, 'GDO010', {
    message: `The line ${shown(firstLine(text, clause.span))} comes after one that decides the same`,
    span: clause.span,
    label: 'again here',
    related: [{ span: before.span, label: 'decided here' }],
    why: 'With two of them nobody can tell which one holds.',
    help: `Delete one of the two lines from the block ${shown(firstLine(text, block))}.`,
  });
}

function firstLine(text: string, span: Span): string {
  const line = text.slice(span.start, span.end);
  const end = line.indexOf('\n');
  return (end === -1 ? line : line.slice(0, end)).trimEnd();
}

function countWord(path: string, name: Name): Diagnostic {
  return finding(path, 'GDO003', {
    message: `The word ${shown(name.text)} has a fixed meaning after a count and cannot name a role`,
    span: name.span,
    label: 'a name stands here',
    why: `In a line such as "2 of ..." or "2 other ..." nobody could tell the role from the word.`,
    help: 'Use another name for the role.',
  });
}

function tooMany(file: BylawsFile): readonly Diagnostic[] {
  const processes = file.declarations.filter((declaration) => declaration.kind === 'process');
  const findings: Diagnostic[] = [];
  const extra = processes[processesMax];
  if (extra !== undefined) findings.push(limitPassed(file.path, 'There may be at most 500 processes', extra.name.span));
  for (const process of processes) {
    const stage = process.stages[stagesMax];
    if (stage !== undefined) findings.push(limitPassed(file.path, 'A process may have at most 200 stages', stage.name.span));
  }
  return findings;
}

function limitPassed(path: string, message: string, span: Span): Diagnostic {
  return finding(path, 'GDO004', {
    message,
    span,
    label: 'one too many',
    why: 'Every node must be able to read every text, so all sizes have a limit.',
    help: 'Split it.',
  });
}
