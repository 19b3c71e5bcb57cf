// `gdo vote`: casts, changes, seals or opens a ballot, or lets somebody else cast it. A ranking is written `a,b,c`, equal ranks `a=b,c`, points `a:5,b:2`.
import { caseView } from '../../engine/index.ts';
import type { CaseRecord, CaseView, OpenAct } from '../../engine/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { readChoice, requireChoice } from './ballot-choice.ts';
import { ballotSummary } from './ballot-summary.ts';
import { openCase, refuseDecided } from './case-open.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { showInstant } from './instants.ts';
import { ownPerson, ownWords } from './own-words.ts';
import { isSealedVote, keptBallot, sealBallot } from './sealed-ballot.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo vote`. Exits 0, 1 (not a voter, or closed), 2, 3. */
export const voteCommand: CommandDefinition = {
  name: 'vote',
  group: 'decide',
  summary: 'cast or change a ballot',
  arguments: '[CASE] [CHOICE]',
  options: [
    ['--because <text>', 'a reason, shown to everyone'],
    ['--vote <name>', 'which vote, where several are open together'],
    ['--open', 'open the ballot that you sealed, once the vote is closed'],
    ['--delegate <person>', 'let a person vote for you, where the rules know that; without CASE'],
    ['--take-back', 'vote yourself again; without CASE'],
    ['--delegation <name>', 'which delegation, where the rules know several'],
    ['--yes', 'sign without asking'],
    ['--anyway', 'record it also where this copy says that it does not count'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo vote 42 yes --because "reviewed the budget"', 'gdo vote 43 ana,bo,chi'],
  run: (positional, options, world) => withLedger(world, (session) => vote(asMember(session, options), positional, options)),
};

async function vote(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  if (options['delegate'] !== undefined || options['takeBack'] === true) return delegate(session, positional, options);
  const found = openCase(session, positional[0]);
  if (found.phase === 'decided') return refuseDecided(session, found);
  const running = runningVote(session, found, options['vote']);
  if (options['open'] === true) return openSealed(session, found, running);
  const refusal = options['anyway'] === true ? undefined : whyNot(session, found, running.act);
  if (refusal !== undefined) return refuse(session, found, refusal);
  const given = await askedBallot(session, { found, running, choice: positional[1], options });
  if (given === undefined) {
    session.world.stdout('Nothing was recorded.\n');
    return 0;
  }
  requireChoice(given.choice, { choices: running.act.choices ?? [], number: found.number });
  const { entry } = running.act;
  const reason = given.because === undefined ? {} : { text: ownWords('The reason', given.because, 'text') };
  const choice = readChoice(given.choice);
  const isSealed = isSealedVote(session, found, entry);
  const body = isSealed ? { choice: sealBallot(session, { found, entry }, { choice, ...reason }), stage: entry } : { choice, stage: entry, ...reason };
  const delivery = await deliver(session, { kind: 'ballot', case: found.id, body });
  const deed = isSealed
    ? `Your sealed ballot in #${found.number}. It counts only if you open it after the close:  gdo vote ${found.number} --open`
    : `Your ballot in #${found.number}: ${visible(given.choice)}.`;
  return reportDelivery(session, delivery, deed);
}

/** Opens what this clone keeps of a sealed ballot; before the close nobody could use it but to see it early (S129). */
async function openSealed(session: MemberSession, found: CaseRecord, { act }: RunningVote): Promise<number> {
  const { view, world } = session;
  if (act.closesMs !== undefined && world.clockMs() < act.closesMs) {
    const when = showInstant(act.closesMs, world.clockMs(), view.charter.organization.timeZone);
    return refuse(session, found, {
      code: 'GDO1050',
      message: `voting on #${found.number} closes on ${when}.`,
      help: 'Sealed ballots are opened after the close.',
    });
  }
  const kept = keptBallot(session, { found, entry: act.entry });
  const delivery = await deliver(session, { kind: 'ballot', case: found.id, body: { ...kept, stage: act.entry } });
  return reportDelivery(session, delivery, `Your ballot in #${found.number} is open.`);
}

/** Lets somebody vote for the person, or takes that back (S41). */
async function delegate(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const { delegations } = session.view.charter;
  const [first] = delegations;
  if (positional.length > 0) throw new UsageError('GDO5002', 'A delegation is about no single case', 'leave out the case:  gdo vote --delegate bo');
  if (first === undefined) throw new UsageError('GDO5003', 'These bylaws know no delegation', 'vote yourself:  gdo vote CASE');
  const names = delegations.map((one) => one.name);
  const named = options['delegation'] ?? (names.length === 1 ? first.name : undefined);
  if (typeof named !== 'string' || !names.includes(named))
    throw new UsageError('GDO5002', 'Which delegation?', names.map((name) => `--delegation ${name}`).join(' or '));
  const to = options['delegate'];
  if (typeof to === 'string' && options['takeBack'] === true)
    throw new UsageError('GDO5002', 'Delegate, or take it back?', 'give one of --delegate and --take-back');
  const body = { delegation: named, ...(typeof to === 'string' ? { to: ownPerson(to) } : {}) };
  const delivery = await deliver(session, { kind: 'delegate', body });
  return reportDelivery(session, delivery, typeof to === 'string' ? `${visible(to)} votes for you (${named}).` : `You vote yourself (${named}).`);
}

interface RunningVote {
  readonly seen: CaseView;
  readonly act: OpenAct;
}

/** The vote meant: the stage's own, or one of a joint. */
function runningVote({ view }: MemberSession, found: CaseRecord, name: OptionValue): RunningVote {
  const seen = caseView(view.state, found.id);
  const acts = seen?.acts.filter((act) => act.verb === 'vote') ?? [];
  const [only] = acts;
  if (seen === undefined || only === undefined)
    throw new WorldError('GDO1052', `#${found.number} is not at a vote; it is at ${found.stage}`, `see what it waits for:  gdo status ${found.number}`);
  if (typeof name !== 'string' && acts.length === 1) return { seen, act: only };
  const entry = found.votes.find((one) => one.name === name)?.entry;
  const act = acts.find((one) => one.entry === entry);
  if (act === undefined) throw new UsageError('GDO5002', `Which vote of #${found.number}?`, found.votes.map((one) => `--vote ${one.name}`).join(' or '));
  return { seen, act };
}

interface Refusal {
  readonly code: 'GDO1050' | 'GDO1051' | 'GDO1057';
  readonly message: string;
  readonly help: string;
}

/** Why this copy of the ledger knows that a ballot would not count. The fold decides; this saves a signature. */
function whyNot({ view, world, member }: MemberSession, found: CaseRecord, act: OpenAct): Refusal | undefined {
  const { closesMs } = act;
  if (closesMs !== undefined && world.clockMs() >= closesMs) {
    const when = showInstant(closesMs, world.clockMs(), view.charter.organization.timeZone);
    return { code: 'GDO1051', message: `voting on #${found.number} closed on ${when}.`, help: 'Its result follows with the next checkpoint:  gdo sync' };
  }
  if (act.people.includes(member)) return undefined;
  const reason = `${member} was not among them when the vote opened`;
  return {
    code: 'GDO1057',
    message: `#${found.number} is decided by holders of ${act.by}, and ${reason}.`,
    help: `They are: ${act.people.length === 0 ? 'nobody' : act.people.join(', ')}`,
  };
}

function refuse({ world }: MemberSession, found: CaseRecord, { code, message, help }: Refusal): number {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-refusal/1', code, case: found.number, message, help })}\n`);
  else world.stderr(`✗ ${code} Not recorded: ${message}\n  ${help}\n`);
  return 1;
}

interface Ballot {
  readonly choice: string;
  readonly because: string | undefined;
}

interface Asking {
  readonly found: CaseRecord;
  readonly running: RunningVote;
  readonly choice: string | undefined;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** In a terminal shows what is decided and asks for what was not said; elsewhere takes what was said. undefined: not now. */
async function askedBallot(session: MemberSession, { found, running, choice, options }: Asking): Promise<Ballot | undefined> {
  const { world } = session;
  const given = options['because'];
  const because = typeof given === 'string' ? given : undefined;
  const choices = running.act.choices ?? [];
  if (!world.interactive || world.json) {
    if (choice !== undefined) return { choice, because };
    throw new UsageError(
      'GDO5004',
      `gdo wants to ask for your choice in #${found.number}, and there is no terminal`,
      `give CHOICE:  gdo vote ${found.number} ${choices[0] ?? 'yes'}   (choices: ${choices.join(', ')}; a ranking: a,b,c; points: a:5,b:2)`,
    );
  }
  if (choice !== undefined && options['yes'] === true) return { choice, because };
  world.stdout(ballotSummary(session, found, running.seen, running.act));
  const { askBallot } = await import('./ballot-questions.ts');
  const { member, signer } = session;
  return askBallot({ choices, choice, because, isPlain: isPlain(running, found), signsAs: `${member} with ${signer.path}`, confirm: options['yes'] !== true });
}

/** True where a ballot is one of a few words; elsewhere it is a ranking or a list, and is typed. */
function isPlain({ act }: RunningVote, { nominees }: CaseRecord): boolean {
  const choices = act.choices ?? [];
  return choices.length > 0 && !choices.some((choice) => nominees.includes(choice));
}
