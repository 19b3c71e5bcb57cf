// Acts that belong to no case: reporting, certifying, locking, leaving a role, using a thing. `gdo act` comes here where its first word is a verb.
import { locksOf } from '../../engine/index.ts';
import type { Charter, EventDraft, JsonObject } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { ownPerson, ownWords } from './own-words.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The words of one act after its verb. */
interface Asked {
  readonly session: MemberSession;
  readonly verb: string;
  readonly words: readonly string[];
  readonly options: Options;
}

/** An event to sign, and how the deed is called when it is done. */
interface Deed {
  readonly event: Omit<EventDraft, 'tsMs'>;
  readonly done: string;
}

const verbs: ReadonlyMap<string, (asked: Asked) => Deed> = new Map([
  ['report', report],
  ['issue', certificate],
  ['revoke', certificate],
  ['certify', certify],
  ['lock', lock],
  ['release', release],
  ['resign', resign],
]);

/** Signs an act outside of a case. @throws UsageError GDO5002, GDO5003 for words that no rule knows */
export async function actAlone(session: MemberSession, positional: readonly string[], options: Options): Promise<number> {
  const [verb = '', ...words] = positional;
  const { actions } = session.view.charter;
  const known = [...verbs.keys(), ...actions.map(({ name }) => name)];
  const make = verbs.get(verb) ?? (actions.some(({ name }) => name === verb) ? perform : undefined);
  if (make === undefined) throw notKnown('act outside of a case', verb, known);
  const { event, done } = make({ session, verb, words, options });
  return reportDelivery(session, await deliver(session, event), done);
}

function notKnown(what: string, word: string, known: readonly string[]): UsageError {
  const [near] = suggest(word, known);
  const help = known.length === 0 ? 'these bylaws have none' : near === undefined ? `one of: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  return new UsageError('GDO5003', word === '' ? `Which ${what}?` : `\`${visible(word)}\` is no ${what} here`, help);
}

/** A name that the bylaws declare. */
function declared(what: string, word: string | undefined, rows: readonly { readonly name: string }[]): string {
  const names = rows.map(({ name }) => name);
  if (word === undefined || !names.includes(word)) throw notKnown(what, word ?? '', names);
  return word;
}

function whom({ verb, words, options }: Asked): string {
  const { about } = options;
  if (typeof about !== 'string')
    throw new UsageError('GDO5002', `Whom do you ${verb} about?`, `gdo act ${verb} ${words.map((word) => `"${word}"`).join(' ')} --about PERSON`);
  return ownPerson(about);
}

function reason(options: Options, word?: string): { readonly text?: string } {
  const text = word ?? options['because'];
  return typeof text === 'string' ? { text: ownWords('The text', text, 'text') } : {};
}

/** Who reports such a thing, by the words it reports. */
function reporting(charter: Charter, said: string | undefined): string {
  const found = charter.collaborators.find(({ reports }) => said !== undefined && reports.includes(said));
  if (found !== undefined) return found.name;
  throw notKnown(
    'report',
    said ?? '',
    charter.collaborators.flatMap(({ reports }) => reports),
  );
}

function report(asked: Asked): Deed {
  const [said = '', value] = asked.words;
  const data: JsonObject = { collaborator: reporting(asked.session.view.charter, said), report: said, ...(value === undefined ? {} : { value }) };
  const subject = whom(asked);
  return { event: { kind: 'fact', body: { type: 'report', subject, data } }, done: `You report "${visible(said)}" about ${subject}.` };
}

function certificate(asked: Asked): Deed {
  const { session, verb, words, options } = asked;
  const name = declared('certificate', words[0], session.view.charter.certificates);
  const member = whom(asked);
  const kind = verb === 'issue' ? 'issue' : 'revoke';
  return {
    event: { kind, body: { certificate: name, member, ...reason(options, words[1]) } },
    done: `You ${verb} ${name} ${verb === 'issue' ? 'to' : 'from'} ${member}.`,
  };
}

function certify(asked: Asked): Deed {
  const attribute = declared('attribute', asked.words[0], asked.session.view.charter.attributes);
  const member = whom(asked);
  const value = asked.words[1];
  const body = { attribute, member, ...(value === undefined ? {} : { value: ownWords('The value', value, 'line') }) };
  return { event: { kind: 'certify', body }, done: `You certify ${attribute}${value === undefined ? '' : ` "${visible(value)}"`} of ${member}.` };
}

function thingOf({ verb, words }: Asked): string {
  const [thing] = words;
  if (thing === undefined) throw new UsageError('GDO5002', `What do you ${verb}?`, `gdo act ${verb} machines/laser "why"`);
  return ownWords('The thing', thing, 'line');
}

/** Nobody locks or releases without saying why. */
function because(asked: Asked): string {
  const { text } = reason(asked.options, asked.words[1]);
  if (text === undefined)
    throw new UsageError('GDO5002', `Why do you ${asked.verb} it?`, `gdo act ${asked.verb} ${visible(asked.words[0] ?? '')} "the belt is torn"`);
  return text;
}

function lock(asked: Asked): Deed {
  const thing = thingOf(asked);
  return { event: { kind: 'lock', body: { text: because(asked), thing } }, done: `You lock ${visible(thing)}.` };
}

/** Releases one lock of a thing: each is released by itself (S95). */
function release(asked: Asked): Deed {
  const thing = thingOf(asked);
  const [first, ...others] = locksOf(asked.session.view.state, thing);
  if (first === undefined) throw new UsageError('GDO5003', `${visible(thing)} is not locked, as far as this copy knows`, 'fetch what others said:  gdo sync');
  const more = others.length === 0 ? '' : ` Locks that stay: ${others.length}.`;
  return { event: { kind: 'release', body: { lock: first, text: because(asked) } }, done: `You release ${visible(thing)}.${more}` };
}

function resign({ session, words }: Asked): Deed {
  const role = declared('role', words[0], session.view.charter.roles);
  return { event: { kind: 'resign', body: { role } }, done: `You resign as ${role}.` };
}

function perform({ verb, words, options }: Asked): Deed {
  const { about } = options;
  const body = { verb, ...(typeof about === 'string' ? { about: ownPerson(about) } : {}), ...reason(options, words[0]) };
  return { event: { kind: 'perform', body }, done: `You ${verb}.` };
}
