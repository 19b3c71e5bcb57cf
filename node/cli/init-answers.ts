// The answers to the questions of `gdo init`, from flags or from a person: read, judged, refused with a sentence. It asks nothing.
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { templates } from './templates/list.ts';
import type { Template } from './templates/template.ts';
import { visible } from './terminal.ts';

/** What the flags say; absent parts are asked for or take their defaults. */
export interface GivenAnswers {
  readonly template: Template | undefined;
  readonly name: string | undefined;
  readonly zone: string | undefined;
  readonly people: readonly string[] | undefined;
}

/** Reads the flags. @throws UsageError GDO5003 for a value that cannot be used */
export function readGiven(options: Readonly<Record<string, OptionValue>>): GivenAnswers {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const wanted = text('template');
  const template = templates.find((candidate) => candidate.name === wanted);
  if (wanted !== undefined && template === undefined) {
    throw new UsageError('GDO5003', `There is no template \`${visible(wanted)}\``, `templates: ${templates.map((candidate) => candidate.name).join(', ')}`);
  }
  const people = text('people');
  const name = text('name');
  const zone = text('zone');
  return {
    template,
    name: name === undefined ? undefined : readName(name),
    zone: zone === undefined ? undefined : readZone(zone),
    people: people === undefined ? undefined : readPeople(people),
  };
}

/** Reads a name for the organization. @throws UsageError GDO5003 for what a string of the language cannot hold */
export function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100 || /["\p{C}]/u.test(name)) {
    throw new UsageError('GDO5003', `\`${visible(text)}\` cannot be the name of an organization`, 'up to 100 characters, no quotes: --name "Maple Makerspace"');
  }
  return name;
}

/** Reads a display zone. @throws UsageError GDO5003 where this machine does not know it */
export function readZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: text }).resolvedOptions().timeZone === '' ? 'UTC' : text;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('GDO5003', `\`${visible(text)}\` is not a time zone`, 'such as Europe/Paris, America/New_York or UTC');
  }
}

/** Reads people separated by commas. @throws UsageError GDO5003 for a name that is no word, or twice the same */
export function readPeople(text: string): readonly string[] {
  const people = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  // A name that the language reads and the ledger takes: `gdo found` asks for a key under each.
  const bad = people.find((word) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(word) || word.length > 64);
  if (bad !== undefined) {
    const like = /^[A-Za-z][A-Za-z0-9]*$/.test(bad) ? bad.toLowerCase() : 'ana-maria';
    throw new UsageError(
      'GDO5003',
      `\`${visible(bad)}\` cannot be a person's name here`,
      `small letters a to z without accents, digits and single hyphens, such as ${like}`,
    );
  }
  const twice = people.find((word, index) => people.indexOf(word) !== index);
  if (twice !== undefined) throw new UsageError('GDO5003', `\`${visible(twice)}\` is named twice`, 'give each person a name of their own');
  return people;
}
