// `gdo status`: what waits for me, what is open, what was decided; with a number, one case in full.
import { caseView, holdersOf, outlookOf, outlookSentences } from '../../engine/index.ts';
import type { CaseRecord, CaseView, OpenAct, RequirementLine } from '../../engine/index.ts';
import { beginsAfter, verifyCase } from '../ledger/verify.ts';
import { originOf } from '../sync/origin.ts';
import { articleOf } from './articles.ts';
import { allCases } from './case-list.ts';
import { openCase } from './case-open.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { showWhatIf } from './what-if.ts';
import { showDay, showDistance, showInstant, showUtc } from './instants.ts';
import { sayPruned, whoIsAsking, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { shortHash, statusText } from './status-text.ts';
import type { StatusRow } from './status-text.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo status`. Exits 0; with a case 0 adopted, 1 refused, 4 open; 2, 3. */
export const statusCommand: CommandDefinition = {
  name: 'status',
  group: 'decide',
  summary: 'what waits for me, what is open, what was decided',
  arguments: '[CASE]',
  options: [
    ['--all', 'everything ever decided'],
    ['--mine', 'only what waits for me'],
    ['--key <file>', 'whose cases wait: this key instead of the chosen one'],
    ['--what-if <acts>', 'with a case: how it would end, such as "ben votes yes, chi objects"'],
  ],
  examples: ['gdo status', 'gdo status 42'],
  run: (positional, options, world: World) => {
    const asker = askedBy(options, world);
    if (positional[0] === undefined && options['whatIf'] !== undefined)
      throw new UsageError('GDO5002', 'What if that were done in which case?', 'such as:  gdo status 42 --what-if "ben votes yes"');
    return positional[0] === undefined
      ? withLedger(asker, (session) => showList(session, options), 'snapshot')
      : withLedger(asker, (session) => showOne(session, openCase(session, positional[0]), options));
  },
};

/** The world of whoever is meant by `--key`. */
function askedBy(options: Readonly<Record<string, OptionValue>>, world: World): World {
  const key = options['key'];
  return typeof key === 'string' ? { ...world, env: { ...world.env, GDO_KEY: key } } : world;
}

const weekMs = 7 * 86_400_000;

/** 0 adopted, 1 refused or stale, 4 open (cli.md section 4.3). */
export function exitOfCase(found: CaseRecord): number {
  if (found.phase !== 'decided') return 4;
  return found.accepted === true && found.merge !== 'stale' && found.merge !== 'refused' ? 0 : 1;
}

async function showList(session: Session, options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const { view, world } = session;
  const me = whoIsAsking(session);
  const cases = allCases(session);
  const rows = cases.map((found) => ({ found, seen: caseView(view.state, found.id) }));
  const open = rows.filter(({ found }) => found.phase !== 'decided');
  const waits = open.filter(({ found, seen }) => me !== undefined && waitingFor(seen).includes(me) && !hasSpoken(session, found, me));
  const recent = rows.filter(({ found }) => found.phase === 'decided' && (options['all'] === true || world.clockMs() - (found.endedMs ?? 0) <= weekMs));
  const isMine = options['mine'] === true;
  if (world.json) {
    const row = ({ found, seen }: (typeof rows)[number]) => ({
      number: found.number,
      title: found.title,
      process: found.process,
      stage: found.stage,
      due: found.dueMs ?? null,
      outcome: found.outcome ?? null,
      waitingFor: waitingFor(seen),
    });
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-status/1', org: view.org, organization: view.name, bylaws: view.bylawsHash, checkpoint: view.tip.height, checkpointId: view.tip.id, member: me ?? null, open: (isMine ? waits : open).map(row), decided: isMine ? [] : recent.map(row) })}\n`,
    );
    return 0;
  }
  const roles = me === undefined ? [] : view.charter.roles.map((role) => role.name).filter((role) => holdersOf(view.state, view.charter, role).includes(me));
  world.stdout(
    statusText({
      organization: visible(view.name),
      bylaws: view.bylawsHash,
      inForceSince: showDay(inForceSince(session)),
      you: me === undefined ? 'no key of yours is enrolled here (gdo key use FILE)' : `you are ${me}${roles.length === 0 ? '' : `: ${roles.join(', ')}`}`,
      waiting: waits.map(({ found, seen }) => rowOf(session, found, seen, 'mine')),
      open: isMine ? [] : open.filter((one) => !waits.includes(one)).map(({ found, seen }) => rowOf(session, found, seen, 'open')),
      decided: isMine ? [] : recent.map(({ found, seen }) => rowOf(session, found, seen, 'decided')),
      sync: await syncLine(session),
    }),
  );
  return 0;
}

/** Who may do something and has not. */
function leftOf({ people, done }: OpenAct): readonly string[] {
  const has = new Set(done);
  return people.filter((person) => !has.has(person));
}

/** Names in one line; more are counted, and all of them are in the JSON. */
const namesMax = 40;

function namesText(people: readonly string[]): string {
  return people.length <= namesMax ? people.join(', ') : `${people.slice(0, namesMax).join(', ')} and ${people.length - namesMax} more`;
}

/** Whom a case waits for: everybody who may act in it and has not. */
function waitingFor(seen: CaseView | undefined): readonly string[] {
  return [...new Set((seen?.acts ?? []).flatMap(leftOf))].toSorted();
}

/** True where a record of this person about the case, as it stands, waits for a checkpoint: nothing more is asked of them until then. */
function hasSpoken({ view }: Session, found: CaseRecord, me: string): boolean {
  return view.pending.some(({ batch }) => batch.actor === me && batch.events.some((event) => event.case === found.id));
}

/** `3 of 5 voted: 3 yes, 0 no` while a vote runs, else how far the nearest requirement is. */
function standingOf(seen: CaseView | undefined): string {
  const [tally] = seen?.tallies ?? [];
  if (tally !== undefined)
    return `${tally.voted} of ${tally.voters} voted${
      tally.voted === 0
        ? ''
        : `: ${tally.counts
            .filter(([, count]) => count > 0)
            .map(([choice, count]) => `${count} ${choice}`)
            .join(', ')}`
    }`;
  const asked = (seen?.acts ?? []).flatMap((act) => {
    // `2 members endorse`, `1 member endorses`, `any member certifies` (S70).
    const forms = [act.verb, `${act.verb}s`, `${act.verb}es`, act.verb.replace(/y$/, 'ies')];
    const line = seen?.needed.find((one) => !one.met && forms.some((form) => one.requirement.includes(` ${form}: `)));
    return line === undefined ? [] : [`${line.have.split(' ')[0] ?? ''} of ${line.need} ${act.verb}`];
  });
  if (asked.length > 0) return [...new Set(asked)].join(', ');
  const open = seen?.needed.find((line) => !line.met);
  return open === undefined ? '' : `${open.have.split(' ')[0] ?? ''} of ${open.need}`;
}

/** What the reader could type: the vote, or the first act that is asked of them. */
function nextCommand(seen: CaseView | undefined, me: string | undefined, number: number): string {
  const mine = (seen?.acts ?? []).find((act) => me !== undefined && act.people.includes(me) && !act.done.includes(me));
  if (mine === undefined) return `gdo status ${number}`;
  return mine.verb === 'vote' ? `gdo vote ${number}` : `gdo act ${number} ${mine.verb}`;
}

/** When the bylaws in force took effect: the first checkpoint that names them. */
function inForceSince({ view }: Session): number {
  const all = [...view.earlier, ...view.checkpoints];
  const before = all.findLastIndex((checkpoint) => checkpoint.statement.bylaws !== view.bylawsHash);
  return all[before + 1]?.timeMs ?? view.tip.timeMs;
}

function rowOf(session: Session, found: CaseRecord, seen: CaseView | undefined, kind: 'mine' | 'open' | 'decided'): StatusRow {
  const now = session.world.clockMs();
  const zone = session.view.charter.organization.timeZone;
  const decided = found.phase === 'decided';
  return {
    number: found.number,
    title: visible(found.title === '' ? found.process : found.title),
    where: decided ? '' : `${found.process} / ${found.stage}`,
    standing: decided
      ? `${found.outcome ?? 'over'}${found.merge === undefined ? '' : `, ${found.merge}`}${found.endedMs === undefined ? '' : ` on ${showDay(found.endedMs)}`}`
      : standingOf(seen),
    due: decided || found.dueMs === undefined ? '' : `${seen?.stageKind === 'vote' ? 'closes' : 'due'} ${showInstant(found.dueMs, now, zone)}`,
    next: kind === 'mine' ? nextCommand(seen, whoIsAsking(session), found.number) : '',
  };
}

async function syncLine({ view, repository, world }: Session): Promise<string> {
  const late = world.clockMs() - view.tip.timeMs;
  const age = `newest checkpoint ${view.tip.height}, ${showDistance(view.tip.timeMs, world.clockMs())}`;
  if (view.pending.length > 0) {
    const node = (await originOf(repository, world.env)) === undefined ? 'the steward' : 'a witness';
    const [are, count, them] = view.pending.length === 1 ? ['is', 'It counts', 'it'] : ['are', 'They count', 'them'];
    return `${counted(view.pending.length, 'record')} here ${are} in no checkpoint yet. ${count} only if ${node} receives ${them} before the close. (${age})`;
  }
  return late > 2 * view.genesis.params.heartbeatMs ? `${age}: fetch newer ones with gdo sync` : '';
}

async function showOne(session: Session, found: CaseRecord, options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const acts = options['whatIf'];
  if (beginsAfter(session.view, found.startedMs) !== undefined) sayPruned(session);
  return typeof acts === 'string' ? showWhatIf(session, found, acts) : showCase(session, found);
}

async function showCase(session: Session, found: CaseRecord): Promise<number> {
  const { view, world } = session;
  const seen = caseView(view.state, found.id);
  const exit = exitOfCase(found);
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-case/1', case: found, view: seen ?? null, outlook: outlookOf(view.state, found.id, world.clockMs()), exit })}\n`,
    );
    return exit;
  }
  const zone = view.charter.organization.timeZone;
  const article = await articleOf(session, found.process);
  // A sunset clause takes rules away while the text goes on saying them.
  const without = (found.lapsed ?? []).map((name) => `\`${visible(name)}\``).join(', ');
  const lines = [
    `#${found.number} ${visible(found.title === '' ? found.process : found.title)} (by ${found.starters.join(', ')}, ${showDay(found.startedMs)})`,
    '',
    `  process     ${found.process}${article === undefined ? '' : `, ${article}`}`,
    `  judged by   bylaws ${shortHash(found.bylaws)}, in force when it began${without === '' ? '' : `, without ${without}, which had lapsed by then`}`,
    `  stands at   ${found.phase === 'decided' ? `${found.outcome ?? 'over'}${found.merge === undefined ? '' : ` (${found.merge})`}` : found.stage}`,
  ];
  const steps = (verifyCase(view, found.id)?.steps ?? []).filter((step) => step.stage !== step.next);
  for (const step of steps) lines.push(`  so far      ${showUtc(step.timeMs)}  ${step.stage} -> ${step.next}`);
  if (found.winners.length > 0) lines.push(`  chosen      ${found.winners.map(visible).join(', ')}`);
  if (found.dueMs !== undefined && found.phase !== 'decided') lines.push(`  next date   ${showInstant(found.dueMs, world.clockMs(), zone)}`);
  if (found.reason !== undefined && found.reason !== '')
    lines.push(`  because     ${found.code === undefined ? '' : `${found.code} `}${visible(found.reason)}`);
  if (found.phase === 'decided') lines.push(...whyText(steps.at(-1)?.lines ?? []));
  else
    lines.push(
      ...outlookSentences(view.state, found.id, (atMs) => `on ${showInstant(atMs, world.clockMs(), zone)}`, world.clockMs()).map((line) => `  ${line}`),
    );
  for (const line of seen?.needed ?? []) lines.push(`  ${line.met ? '✓' : '…'} ${line.requirement}: ${line.have} (needed: ${line.need})`);
  for (const act of seen?.acts ?? []) {
    const left = leftOf(act);
    if (act.done.length > 0) lines.push(`  ${act.verb === 'vote' ? 'voted     ' : `did ${act.verb}`}  ${namesText(act.done)}`);
    if (left.length > 0) lines.push(`  may ${act.verb}   ${namesText(left)}`);
  }
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}

/** Why a decided case ended as it did: what there was and what was needed when its last stage was left. */
function whyText(lines: readonly RequirementLine[]): readonly string[] {
  return lines.map((line) => `  ${line.met ? '✓' : '✗'} ${line.requirement}: ${line.have} (needed: ${line.need})`);
}
