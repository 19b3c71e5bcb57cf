// `gdo start`: opens a case of a process, for the changes of the current branch where the process merges files.
import type { Charter, CharterProcess, JsonObject } from '../../engine/index.ts';
import { areaOf, entriesUnder, readEntry } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import { changeSetBetween } from '../gate/change-set.ts';
import { contentTree } from '../git/content.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { ownPerson, ownWords } from './own-words.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';
import { isBylawsPath, treeBylaws } from './tree-bylaws.ts';
import type { World } from './world.ts';

/** People named in a help line. */
const peopleShownMax = 12;

/** The command `gdo start`. Exits 0, 1 (the changes cannot be proposed), 2, 3. */
export const startCommand: CommandDefinition = {
  name: 'start',
  group: 'decide',
  summary: 'open a case for the current changes',
  arguments: 'PROCESS',
  options: [
    ['--title <text>', 'one line that says what is decided'],
    ['--text <text>', 'a longer explanation'],
    ['--candidate <person>', 'whom the case is about, where it grants something'],
    ['--subject <person>', 'whom the case is about'],
    ['--role <role>', 'the proposed role, where the process grants `the proposed role`'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo start amendment --title "Lower the threshold"', 'gdo start admission --candidate frank'],
  run: (positional, options, world) => withLedger(world, (session) => start(asMember(session, options), positional, options)),
};

async function start(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const process = processNamed(session.view.charter, positional[0]);
  const people = Object.fromEntries(['candidate', 'subject'].flatMap((name) => peopleOf(session, name, options[name])));
  const words = wordsOf(session.view.charter, options);
  const change = await proposedChange(session, process);
  if (change === undefined) return 1;
  const body = { process: process.name, bylaws: session.view.bylawsHash, ...people, ...words, ...change.fields };
  const delivery = await deliver(session, { kind: 'propose', body }, change.attachments);
  return reportDelivery(session, delivery, `Case of ${process.name} opened${typeof options['title'] === 'string' ? `: ${visible(options['title'])}` : ''}.`);
}

/** Somebody whom the ledger does not know would only be refused later, by every node (GDO1052). */
function peopleOf({ view }: MemberSession, name: string, value: OptionValue): readonly (readonly [string, string])[] {
  if (typeof value !== 'string') return [];
  const person = ownPerson(value);
  if (readEntry(view.state, `member/${person}`) !== undefined) return [[name, person]];
  const known = entriesUnder(view.state, 'member/').map(([key]) => key.slice('member/'.length));
  const [near] = suggest(person, known);
  const help =
    near === undefined ? `known here: ${known.slice(0, peopleShownMax).join(', ')}; a newcomer's key is enrolled first` : `did you mean \`${near}\`?`;
  throw new UsageError('GDO5003', `\`${person}\` is not known in ${visible(view.name)}`, help);
}

/** The texts of a proposal, checked before anything is signed. */
function wordsOf(charter: Charter, options: Readonly<Record<string, OptionValue>>): JsonObject {
  const { title, text, role } = options;
  const roles = charter.roles.map((one) => one.name);
  if (typeof role === 'string' && !roles.includes(role)) {
    const [near] = suggest(role, roles);
    throw new UsageError(
      'GDO5003',
      `These bylaws have no role \`${visible(role)}\``,
      near === undefined ? `one of: ${roles.join(', ')}` : `did you mean \`${near}\`?`,
    );
  }
  return {
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof text === 'string' ? { text: ownWords('The text', text, 'text') } : {}),
    ...(typeof title === 'string' ? { title: ownWords('The title', title.trim(), 'line') } : {}),
  };
}

function processNamed(charter: Charter, name: string | undefined): CharterProcess {
  const names = charter.processes.map((process) => process.name);
  const found = charter.processes.find((process) => process.name === name);
  if (found !== undefined) return found;
  if (name === undefined) throw new UsageError('GDO5002', 'Which process?', `one of: ${names.join(', ')}`);
  const [near] = suggest(name, names);
  throw new UsageError(
    'GDO5003',
    `These bylaws have no process \`${visible(name)}\``,
    near === undefined ? `one of: ${names.join(', ')}` : `did you mean \`${near}\`?`,
  );
}

interface ProposedChange {
  readonly fields: JsonObject;
  readonly attachments: readonly Uint8Array[];
}

const nothing: ProposedChange = { fields: {}, attachments: [] };

/** The difference between main and HEAD, where the process merges files. undefined: it cannot be proposed, and that was said. */
async function proposedChange(session: MemberSession, process: CharterProcess): Promise<ProposedChange | undefined> {
  const { repository, view, world } = session;
  if (process.governs.length === 0) return nothing;
  const head = await repository.resolve('HEAD');
  if (head === undefined)
    throw new UsageError('GDO5002', `${process.name} merges files, and this clone has no commit`, 'commit the change on a branch of its own first');
  const compared = await changeSetBetween(repository, view.mainCommit, head);
  if (compared.kind === 'refused')
    return refused(world, 'GDO2014', `The file \`${visible(compared.path)}\` cannot be governed: it ${compared.reason}`, 'rename or remove it and commit');
  if (compared.kind === 'same') {
    throw new UsageError(
      'GDO5002',
      `${process.name} merges files, and nothing here differs from main`,
      'commit the change on a branch of its own first: git switch -c my-change',
    );
  }
  const outside = compared.change.entries
    .map((entry) => ({ path: entry.path, area: areaOf(view.charter, entry.path) }))
    .find(({ area }) => area === undefined || !process.governs.includes(area));
  if (outside !== undefined) return refuseOutside(session, process, outside);
  const charter = await proposedBylaws(session, { head, touched: compared.change.entries.some((entry) => entry.path.startsWith('bylaws/')) });
  if (charter === undefined) return undefined;
  await writeProposalRef(session, { head, change: compared.change.id });
  return { fields: { change: compared.change.id, head, ...charter.fields }, attachments: [compared.bytes, ...charter.attachments] };
}

function refused(world: World, code: string, message: string, help: string): undefined {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-refusal/1', code, message, help })}\n`);
  else world.stderr(`✗ ${code} Not proposed: ${message}\n  ${help}\n`);
  return undefined;
}

function refuseOutside(
  { view, world }: MemberSession,
  process: CharterProcess,
  outside: { readonly path: string; readonly area: string | undefined },
): undefined {
  const path = visible(outside.path);
  const { area } = outside;
  if (area === undefined)
    return refused(world, 'GDO2001', `\`${path}\` lies in no area of the bylaws, so nobody may merge it`, 'an amendment of the bylaws can add an area for it');
  const others = view.charter.processes.filter((one) => one.governs.includes(area)).map((one) => one.name);
  return refused(
    world,
    'GDO2002',
    `\`${path}\` is in the area ${area}, which ${process.name} does not govern`,
    others.length === 0 ? 'no process governs it yet' : `use:  gdo start ${others.join('  or  gdo start ')}`,
  );
}

/** Where bylaws change, the compiled new ones travel with the proposal; text with errors is not proposed (GDO2013 at the gate). */
async function proposedBylaws(session: MemberSession, change: { readonly head: string; readonly touched: boolean }): Promise<ProposedChange | undefined> {
  if (!change.touched) return nothing;
  const tree = await contentTree(session.repository, change.head);
  if (tree.kind === 'refused') throw new WorldError('GDO2014', tree.reason, 'rename or remove the file and commit');
  const { compiled, findings } = await treeBylaws(session.repository, tree.files);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  if (compiled?.bytes === undefined || compiled.hash === undefined || errors > 0) {
    return refused(
      session.world,
      'GDO2013',
      `the proposed bylaws ${tree.files.some((file) => isBylawsPath(file.path)) ? 'have errors' : 'are missing'}`,
      'see them:  gdo check',
    );
  }
  return { fields: { adopts: compiled.hash }, attachments: [compiled.bytes] };
}

/** The head of a proposal keeps its objects; the name follows from the change, so that proposing it twice is one ref. */
async function writeProposalRef({ repository, signer }: MemberSession, proposal: { readonly head: string; readonly change: string }): Promise<void> {
  const ref = `refs/gdo/proposal/${signer.device}/${proposal.change.slice(0, 16)}`;
  const old = await repository.resolve(ref);
  if (old !== proposal.head) await repository.updateRefs([{ ref, old, next: proposal.head }]);
}
