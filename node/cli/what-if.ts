// `gdo status CASE --what-if "ben votes yes, chi objects"`: how a case would end. Nothing is signed, recorded or kept.
import { caseView, entriesUnder, isList, whatIf } from '../../engine/index.ts';
import type { CaseRecord, CaseView, Supposed, Supposition } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import { UsageError } from './command.ts';
import { showUtc } from './instants.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';

/** After the last date of the case so much more time is looked at; a case has more stages than one. */
const furtherMs = 10 * 365 * 86_400_000;

/** The verb as acts have it: `objects` is `object`, `carries` is `carry`. */
function bareVerb(word: string, known: readonly string[]): string {
  const forms = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
  return forms.find((form) => known.includes(form)) ?? word;
}

/** The number of the vote that somebody would vote in: the only open one, or the one named after `in`. */
function ballotOf(seen: CaseView, found: CaseRecord, person: string, name: string | undefined): number {
  const open = seen.acts.filter((act) => act.verb === 'vote');
  const own = open.filter((act) => act.people.includes(person));
  const able = own.length > 0 ? own : open;
  const nameOf = (entry: number): string => found.votes.find((vote) => vote.entry === entry)?.name ?? '';
  const named = able.filter((act) => name === undefined || nameOf(act.entry) === name);
  if (named.length > 1 || (named.length === 0 && name !== undefined)) {
    const names = able.map((act) => nameOf(act.entry));
    throw new UsageError('GDO5002', `Which vote of #${found.number}?`, names.map((one) => `${person} votes yes in ${one}`).join(', or '));
  }
  return named[0]?.entry ?? seen.entry;
}

/** What is written between commas, semicolons, or an `and` before somebody's name: an act may say words with an `and` in them. */
function partsOf(text: string, people: ReadonlySet<string>): readonly string[] {
  return text.split(/[,;]/).flatMap((part) => {
    const words = part.trim().split(/\s+/);
    const parts: string[][] = [[]];
    words.forEach((word, place) => {
      if (word === 'and' && people.has(words[place + 1] ?? '')) parts.push([]);
      else parts.at(-1)?.push(word);
    });
    return parts.map((one) => one.join(' '));
  });
}

/** Names of people that are offered where one is none. */
const namesMax = 6;

function nobodyCalled(person: string, people: ReadonlySet<string>): UsageError {
  const [near] = suggest(person, [...people]);
  return new UsageError(
    'GDO5003',
    `Nobody is called \`${visible(person)}\` here`,
    near === undefined ? `such as ${[...people].slice(0, namesMax).join(', ')}` : `did you mean \`${near}\`?`,
  );
}

/** What can be done in the open stage, in the words of `--what-if`. */
function wordsOf({ acts }: CaseView): readonly string[] {
  return [...new Set(acts.flatMap((act) => (act.verb === 'vote' ? (act.choices ?? []).map((choice) => `votes ${choice}`) : [act.verb])))];
}

function supposedOf(text: string, seen: CaseView, found: CaseRecord, people: ReadonlySet<string>): readonly Supposed[] {
  return partsOf(text, people).map((part): Supposed => {
    const [person, verb, ...rest] = part.split(' ');
    if (person === undefined || person === '' || verb === undefined)
      throw new UsageError('GDO5003', `\`${visible(part)}\` does not say who does what`, 'such as:  --what-if "ben votes yes, chi objects"');
    if (!people.has(person)) throw nobodyCalled(person, people);
    const isAbstaining = /^abstains?$/.test(verb) && seen.acts.some((act) => act.choices?.includes('abstain') === true);
    if (isAbstaining) return { person, kind: 'ballot', case: seen.id, body: { stage: ballotOf(seen, found, person, undefined), choice: 'abstain' } };
    if (verb === 'votes' || verb === 'vote') {
      const isNamed = rest.length > 2 && rest.at(-2) === 'in';
      const choices = isNamed ? rest.slice(0, -2) : rest;
      const stage = ballotOf(seen, found, person, isNamed ? rest.at(-1) : undefined);
      return { person, kind: 'ballot', case: seen.id, body: { stage, choice: choices.length === 1 ? (choices[0] ?? '') : choices } };
    }
    const bare = bareVerb(
      verb,
      seen.acts.map((act) => act.verb),
    );
    const entry = seen.acts.find((act) => act.verb === bare)?.entry ?? seen.entry;
    return { person, kind: 'act', case: seen.id, body: { stage: entry, verb: bare, ...(rest.length === 0 ? {} : { text: rest.join(' ') }) } };
  });
}

/** Whose sealed ballots were opened in what is supposed, and whose could not be: nobody knows what those say (S129). */
function sealedText({ sealed }: Supposition): readonly string[] {
  if (sealed === undefined) return [];
  const { opened, closed } = sealed;
  return [
    ...(opened.length === 0
      ? []
      : [`    Ballots are sealed here: it is supposed that ${opened.join(', ')} ${opened.length === 1 ? 'opens theirs' : 'open theirs'} after the close.`]),
    ...(closed.length === 0
      ? []
      : [
          `    Sealed ballots that nobody opens do not count: ${closed.join(', ')} ${closed.length === 1 ? 'has one' : 'have one'}, and nobody else knows what it says.`,
        ]),
  ];
}

/** Shows how a case would end if these things were done now and nothing after them. Exits 0, or 1 where the rules would refuse one of them. */
export function showWhatIf({ view, world }: Session, found: CaseRecord, text: string): number {
  const seen = caseView(view.state, found.id);
  if (seen === undefined || found.phase === 'decided') throw new UsageError('GDO5003', `#${found.number} is decided`, `gdo status ${found.number}`);
  const people = new Set(entriesUnder(view.state, 'member/').map(([key]) => key.slice('member/'.length)));
  const supposed = supposedOf(text, seen, found, people);
  const nowMs = world.clockMs();
  const told = whatIf(view.state, supposed, { nowMs, untilMs: Math.max(nowMs, found.dueMs ?? nowMs) + furtherMs });
  const after = caseView(told.state, found.id);
  const refused = told.verdicts.some((one) => one.kind !== 'ok');
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-what-if/1', case: found.number, verdicts: told.verdicts, ...(told.sealed === undefined ? {} : { sealed: told.sealed }), view: after ?? null })}\n`,
    );
    return refused ? 1 : 0;
  }
  const rows = told.verdicts.map((one, place) => {
    const { verb, choice } = supposed[place]?.body ?? {};
    const said = typeof choice === 'string' ? [choice] : isList(choice) ? choice.filter((name) => typeof name === 'string') : [];
    const deed = `${supposed[place]?.person ?? ''}: ${visible(typeof verb === 'string' ? verb : `vote ${said.join(', ')}`)}`;
    return one.kind === 'ok' ? `  ✓ ${deed}` : `  ✗ ${deed}: ${one.code} ${visible(one.reason)}`;
  });
  const words = wordsOf(seen);
  // Whoever wrote a verb or a choice that is none reads which ones there are.
  if (words.length > 0 && told.verdicts.some((one) => one.kind === 'refused' && one.code === 'GDO1052'))
    rows.push(`    What is asked for here: ${words.map(visible).join(', ')}`);
  const own = told.notices.filter((one) => one.case === found.id).map((one) => `    ${visible(one.reason)}`);
  const end =
    after?.endedMs === undefined
      ? `#${found.number} would still be open, at ${after?.stage ?? found.stage}.`
      : `#${found.number} would be ${after.status} as ${after.outcome ?? after.stage} on ${showUtc(after.endedMs)}.`;
  world.stdout(`${[`If this were done now, and nothing after it:`, ...rows, ...sealedText(told), ...own, end].join('\n')}\n`);
  return refused ? 1 : 0;
}
