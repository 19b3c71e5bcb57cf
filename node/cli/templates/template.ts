// What a template of `gdo init` is, and the pieces all of them share. It writes no file.

/** What the six questions asked; people are words of the language (`[A-Za-z][A-Za-z0-9-]*`), `name` and `zone` have no quotes. */
export interface Answers {
  readonly name: string;
  readonly zone: string;
  readonly people: readonly string[];
}

/** One shape of organization to begin with. */
export interface Template {
  readonly name: string;
  /** One line for the question "who decides?". */
  readonly shape: string;
  /** People used when none are given; the scenarios need at least `peopleMin` of them. */
  readonly people: readonly string[];
  readonly peopleMin: number;
  /** Modules of the standard library that the bylaws import; a copy of each is written beside them. */
  readonly modules?: readonly string[];
  /** Text of `bylaws/README.gdo.md`. */
  readonly bylaws: (answers: Answers) => string;
  /** Text of `bylaws/tests.gdo`. */
  readonly tests: (answers: Answers) => string;
}

/** A block that binds, inside a literate file. Pure. */
export function fence(text: string): string {
  return `\`\`\`gdo\n${text.trim()}\n\`\`\`\n`;
}

/** The top of every literate file: title, how to read it, and the first block. Pure. */
export function opening(answers: Answers, declarations: string): string {
  return `# Bylaws of ${answers.name}

The grey blocks are the rules; the sentences around them explain. Where the two differ, the blocks decide.
Change a number, then run \`gdo check\` and \`gdo test\`.

## 1. Who we are

${fence(`gdo 1

organization "${answers.name}"
  time zone "${answers.zone}"
end

${declarations.trim()}`)}`;
}

/** Names in quotes for `first held by`. Pure. */
export function quoted(people: readonly string[]): string {
  return people.map((person) => `"${person}"`).join(', ');
}

/** The person at a place of the list; the list is long enough, since `peopleMin` was checked. Pure. */
export function person(answers: Answers, index: number): string {
  return answers.people[index] ?? answers.people[0] ?? 'ada';
}

/** A name that no given person has, for the newcomer of a scenario. Pure. */
export function newcomer(answers: Answers): string {
  return ['frank', 'gita', 'hana', 'newcomer'].find((name) => !answers.people.includes(name)) ?? 'newcomer-2';
}

/** The areas of an organization whose other files are all one. Pure. */
export const twoAreas = `area bylaws covers "bylaws/**"
area work covers "**" except "bylaws/**"`;

/** Ordinary changes that two councillors approve, and on which the council votes where one objects. Pure. */
export const councilChange: string = fence(`process change "Ordinary changes"
  governs work
  started by any member

  step review
    when any councillor objects go to ballot
    when 2 other councillors approve go to merged
    after 30 days go to stale
  end

  vote ballot
    voters councillors
    open for 7 days
    quorum at least 1/2 of councillors voting
    passes when more than 1/2 of votes cast are yes
    when passed go to merged
    otherwise go to stale
  end

  outcome merged accepts
  outcome stale refuses
end`);
