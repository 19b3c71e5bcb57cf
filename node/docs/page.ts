// The document of an organization as blocks, before any format: roles, how decisions are made, who may do what, deadlines. It writes no markup.
import { diagramOf, holdersText, scheduleText, sentencesOf } from '../../compiler/index.ts';
import type { Article, Compiled, Diagram, Restated } from '../../compiler/index.ts';
import type { Charter } from '../../engine/index.ts';
import { deadlines } from './deadlines.ts';
import { powers } from './powers.ts';

/** One part of the document. Texts are plain and not escaped. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly sentences: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'stages'; readonly items: readonly { readonly title: string; readonly sentences: readonly string[] }[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'diagram'; readonly diagram: Diagram };

/**
 * The document of compiled bylaws, in reading order. Pure.
 * @param notRun - sentences about rules that nobody carries out yet; a reader must not take them for rules in force
 */
export function pageOf(charter: Charter, compiled: Compiled, notRun: readonly string[]): readonly Block[] {
  const restated = sentencesOf(charter);
  const of = (...kinds: readonly Restated['kind'][]): readonly Restated[] => restated.filter((one) => kinds.includes(one.kind));
  const organization = of('organization')[0];
  return [
    { kind: 'heading', level: 1, text: charter.organization.name === '' ? 'Bylaws' : charter.organization.name },
    { kind: 'paragraph', sentences: organization?.sentences ?? [] },
    {
      kind: 'note',
      text: `Written by gdo from the bylaws ${compiled.hash ?? ''}. These sentences explain; where they and the bylaws differ, the bylaws decide.`,
    },
    ...table(
      'Rules that are not carried out yet',
      ['What this version of gdo says'],
      notRun.map((message) => [message.replaceAll(/`([^`]*)`/g, '“$1”')]),
    ),
    ...section('Roles', of('role'), compiled.articles),
    ...processes(charter, of('process'), compiled.articles),
    ...table('Who may do what', ['Who', 'May', 'Where it is said'], powers(charter)),
    ...table(
      'What may be used without asking',
      ['Right', 'Who', 'What', 'When'],
      charter.rights.map((right) => [
        right.title ?? right.name,
        holdersText(charter, right),
        right.covers.join(', ') + (right.except.length === 0 ? '' : ` except ${right.except.join(', ')}`),
        scheduleText(right),
      ]),
    ),
    ...section('Rights', of('right'), compiled.articles),
    ...table('Calendar of deadlines', ['Matter', 'How long', 'What then'], deadlines(charter)),
    ...section('Duties', of('duty'), compiled.articles),
    ...section('Experience, certificates and measures', of('points', 'certificate', 'measure', 'attribute', 'action', 'delegation'), compiled.articles),
    ...section('Money', of('account'), compiled.articles),
    ...section('Programs', of('dapp', 'collaborator'), compiled.articles),
    ...table(
      'Which files belong to what',
      ['Area', 'Covers', 'Except', 'Decided through'],
      charter.areas.map((area) => [
        area.name,
        area.covers.join(', '),
        area.except.join(', '),
        charter.processes.flatMap((process) => (process.governs.includes(area.name) ? [process.title ?? process.name] : [])).join('; '),
      ]),
    ),
    ...section('Rules about these rules', of('protection', 'property'), compiled.articles),
    ...table(
      'Exceptions its authors intend',
      ['From the check', 'Because', 'Until'],
      compiled.allowances.map(({ clause }) => [clause.rule.text, clause.because.text, clause.until?.text ?? '']),
    ),
  ];
}

function articleNote(name: string, articles: readonly Article[]): readonly Block[] {
  const found = articles.find((article) => article.name === name);
  return found === undefined ? [] : [{ kind: 'note', text: `${found.heading} (${found.file}, line ${found.line})` }];
}

function section(title: string, things: readonly Restated[], articles: readonly Article[]): readonly Block[] {
  if (things.length === 0) return [];
  const blocks = things.flatMap((one): readonly Block[] => [
    { kind: 'heading', level: 3, text: one.title },
    ...articleNote(one.name, articles),
    { kind: 'paragraph', sentences: one.sentences },
  ]);
  return [{ kind: 'heading', level: 2, text: title }, ...blocks];
}

function processes(charter: Charter, things: readonly Restated[], articles: readonly Article[]): readonly Block[] {
  if (things.length === 0) return [];
  const blocks = things.flatMap((one): readonly Block[] => {
    const process = charter.processes.find((candidate) => candidate.name === one.name);
    return [
      { kind: 'heading', level: 3, text: one.title },
      ...articleNote(one.name, articles),
      { kind: 'paragraph', sentences: one.sentences },
      { kind: 'stages', items: one.stages },
      // A single stage needs no picture: its sentence says it all.
      ...(process === undefined || process.stages.length < 2 ? [] : [{ kind: 'diagram', diagram: diagramOf(charter, process) } as const]),
    ];
  });
  return [{ kind: 'heading', level: 2, text: 'How a decision is made' }, ...blocks];
}

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] {
  return rows.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'table', columns, rows },
      ];
}
