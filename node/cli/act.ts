// `gdo act`: an act in a case, such as endorse, object, raise, resolve, call, attend, withdraw; or one outside of any, such as report, lock, resign.
import type { CaseRecord } from '../../engine/index.ts';
import { caseView, charterOf } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { actAlone } from './act-alone.ts';
import { recordUses } from './record-uses.ts';
import { openCase, refuseDecided } from './case-open.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { ownPerson, ownWords } from './own-words.ts';
import { proposedChange } from './proposed-change.ts';
import type { ProposedChange } from './proposed-change.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo act`. Exits 0, 1 (the case is over), 2, 3. */
export const actCommand: CommandDefinition = {
  name: 'act',
  group: 'decide',
  summary: 'endorse, object, raise, attend ...; report, lock, resign',
  arguments: '[CASE] [VERB] [TEXT]',
  options: [
    ['--because <text>', 'a reason, shown to everyone'],
    ['--about <person>', 'whom the act concerns, such as a nominee'],
    ['--at <instant>', 'when a meeting begins, such as 2027-03-09T19:00Z'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo act 42 object "the budget is missing"', 'gdo act lock machines/laser "the tube is broken"'],
  run: (positional, options, world) => withLedger(world, (session) => choose(asMember(session, options), positional, options)),
};

/** The verbs every set of bylaws knows (S70); others are its actions. */
const builtInVerbs: readonly string[] = [
  'endorse',
  'object',
  'approve',
  'withdraw',
  'accept',
  'appeal',
  'return',
  'raise',
  'resolve',
  'declare',
  'report',
  'call',
  'attend',
  'recuse',
  'adopt',
  'nominate',
  'add',
  'edit',
];

/** Numbers are cases; a verb in their place is an act that belongs to none. */
function choose(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  if (/^#?\d+$/.test(positional[0] ?? '0')) return act(session, positional, options);
  return positional[0] === 'uses' ? recordUses(session, positional[1]) : actAlone(session, positional, options);
}

async function act(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const found = openCase(session, positional[0]);
  if (found.phase === 'decided') return refuseDecided(session, found);
  const verb = positional[1];
  const known = [...builtInVerbs, ...session.view.charter.actions.map((action) => action.name)];
  if (verb === undefined) throw new UsageError('GDO5002', `What do you do in #${found.number}?`, `one of: ${known.join(', ')}`);
  if (!known.includes(verb)) {
    const [near] = suggest(verb, known);
    throw new UsageError(
      'GDO5003',
      `\`${visible(verb)}\` is no act in these bylaws`,
      near === undefined ? `one of: ${known.join(', ')}` : `did you mean \`${near}\`?`,
    );
  }
  const text = positional[2] ?? options['because'];
  const about = options['about'];
  const at = options['at'];
  const body = {
    stage: entryOf(session, found, verb),
    verb,
    ...(typeof text === 'string' ? { text: ownWords('The text', text, 'text') } : {}),
    ...(typeof about === 'string' ? { about: ownPerson(about) } : {}),
    ...(typeof at === 'string' ? { at: instantOfWord(at) } : {}),
  };
  const edited = verb === 'edit' && text === undefined ? await editedFiles(session, found) : { fields: {}, attachments: [] };
  if (edited === undefined) return 1;
  const delivery = await deliver(session, { kind: 'act', case: found.id, body: { ...body, ...edited.fields } }, { attachments: edited.attachments });
  return reportDelivery(session, delivery, `You ${verb} in #${found.number}.`);
}

/** The opening an act is for: that of the stage, or of the vote of a joint whose tie waits for this person. */
function entryOf({ view, member }: MemberSession, found: CaseRecord, verb: string): number {
  const acts = caseView(view.state, found.id)?.acts ?? [];
  return acts.find((one) => one.verb === verb && one.people.includes(member))?.entry ?? found.entry;
}

/** An edit without a text brings the files of this branch, under the rules of the case (S50). */
async function editedFiles(session: MemberSession, found: CaseRecord): Promise<ProposedChange | undefined> {
  const process = charterOf(session.view.state, found.bylaws)?.processes.find((one) => one.name === found.process);
  if (process === undefined || process.governs.length === 0)
    throw new UsageError('GDO5002', `#${found.number} merges no files, so an edit brings a text`, `gdo act ${found.number} edit "the new text"`);
  return proposedChange(session, process);
}

function instantOfWord(word: string): number {
  const instant = Date.parse(word.replace(/Z?$/, 'Z'));
  if (!Number.isSafeInteger(instant)) throw new UsageError('GDO5003', `\`${visible(word)}\` is not an instant`, 'write it in UTC: 2027-03-09T19:00Z');
  return instant;
}
