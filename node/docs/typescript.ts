// TypeScript types of one organization: its roles, processes, stages, choices and events, for programs that talk to its ledger. Types only, no code.
import type { Charter, CharterProcess, CharterStage } from '../../engine/index.ts';

/** What one process contributes: names only, each list sorted by where it stands in the bylaws. */
interface Names {
  readonly stages: readonly string[];
  readonly outcomes: readonly string[];
  readonly verbs: readonly string[];
  readonly choices: readonly string[];
}

/**
 * The text of a module `organization.ts`. ts-morph is loaded here and nowhere else, since it is large.
 * @param hash - the bylaws hash, kept as a constant type so that a program can notice that it is out of date
 */
export async function typescriptOf(charter: Charter, hash: string): Promise<string> {
  const { IndentationText, Project, QuoteKind } = await import('ts-morph');
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { quoteKind: QuoteKind.Single, indentationText: IndentationText.TwoSpaces },
  });
  const file = project.createSourceFile('organization.ts', '// Written by gdo from the bylaws; gdo writes it again when they change.\n');
  const alias = (name: string, type: string, doc: string): void => {
    file.addTypeAlias({ name, type, isExported: true, docs: [doc.replaceAll('*/', '*\\/')] });
  };
  alias('BylawsHash', literal(hash), 'The bylaws these types were written from.');
  alias('Role', union(charter.roles.map((role) => role.name)), 'A role of the organization.');
  alias('Area', union(charter.areas.map((area) => area.name)), 'A part of the governed files.');
  alias('Right', union(charter.rights.map((right) => right.name)), 'Something that may be used without asking.');
  alias('Process', union(charter.processes.map((process) => process.name)), 'A way to decide.');
  const names = charter.processes.map((process) => [process.name, namesOf(process)] as const);
  for (const [member, of] of [
    ['Stages', (row: Names) => row.stages],
    ['Outcomes', (row: Names) => row.outcomes],
    ['Verbs', (row: Names) => row.verbs],
    ['Choices', (row: Names) => row.choices],
  ] as const) {
    file.addInterface({
      name: member,
      isExported: true,
      docs: [`The ${member.toLowerCase()} of each process; \`string\` where the case itself brings them.`],
      properties: names.map(([name, row]) => ({ name: literal(name), isReadonly: true, type: union(of(row)) })),
    });
  }
  addCase(file.addTypeAlias.bind(file));
  return file.getFullText();
}

/** The shapes that do not depend on the bylaws, over the names that do. */
function addCase(add: (structure: { readonly name: string; readonly type: string; readonly isExported: true; readonly docs: string[] }) => unknown): void {
  const each = (name: string, docs: string, shape: string): unknown =>
    add({ name, isExported: true, docs: [docs], type: `{ readonly [P in Process]: ${shape} }[Process]` });
  each(
    'Case',
    'A case: open in a stage, or decided with an outcome.',
    "{ readonly process: P; readonly id: string } & ({ readonly phase: 'open'; readonly stage: Stages[P] } | { readonly phase: 'decided'; readonly outcome: Outcomes[P] })",
  );
  each(
    'CaseEvent',
    'Something people do in a case.',
    "{ readonly process: P } & ({ readonly kind: 'start' } | { readonly kind: 'act'; readonly case: string; readonly verb: Verbs[P]; readonly text?: string } | { readonly kind: 'vote'; readonly case: string; readonly choices: readonly Choices[P][] })",
  );
  add({
    name: 'Verdict',
    isExported: true,
    docs: ['What the rules say about an event; `code` as in `gdo explain`.'],
    type: "{ readonly kind: 'ok' } | { readonly kind: 'refused'; readonly code: string; readonly reason: string }",
  });
}

function namesOf(process: CharterProcess): Names {
  const targets = process.stages.flatMap(targetsOf);
  const outcomes = [
    ...process.stages.flatMap((stage) => (stage.kind === 'outcome' ? [stage.name] : [])),
    ...['accepted', 'refused'].filter((name) => targets.includes(name)),
  ];
  return {
    stages: process.stages.flatMap((stage) => (stage.kind === 'outcome' ? [] : [stage.name])),
    outcomes: unique(outcomes),
    verbs: unique(process.stages.flatMap(verbsOf)),
    choices: unique(process.stages.flatMap(choicesOf)),
  };
}

function targetsOf(stage: CharterStage): readonly string[] {
  if (stage.kind === 'step') return stage.transitions.map((rule) => rule.target);
  if (stage.kind === 'joint') return [stage.passes?.target ?? '', stage.otherwise ?? ''];
  if (stage.kind === 'outcome') return [];
  return [...stage.results.map((row) => row.target), stage.otherwise ?? ''];
}

function verbsOf(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return [
        ...stage.transitions.flatMap((rule) => (rule.kind === 'when' || rule.kind === 'unless' ? rule.acts.map((act) => act.verb) : [])),
        ...(stage.concerns.length > 0 ? ['raise', 'resolve'] : []),
        ...(stage.nominations.length > 0 ? ['nominate', 'accept', 'endorse', 'withdraw'] : []),
        ...(stage.options === undefined ? [] : ['add', 'endorse', 'withdraw']),
      ];
    case 'meeting':
      return ['call', 'attend'];
    default:
      return [];
  }
}

function choicesOf(stage: CharterStage): readonly string[] {
  if (stage.kind === 'joint') return stage.votes.flatMap(choicesOf);
  if (stage.kind !== 'vote') return [];
  // Candidates and options have names that no text of bylaws can list.
  return stage.choices.kind === 'list' ? stage.choices.names : [anything];
}

const anything = '*';

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

function union(names: readonly string[]): string {
  if (names.includes(anything)) return 'string';
  return names.length === 0 ? 'never' : names.map(literal).join(' | ');
}
