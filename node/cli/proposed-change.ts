// The files a proposal or an edit brings: the difference between main and HEAD, with the compiled bylaws where those change. It records nothing.
import type { CharterProcess, JsonObject } from '../../engine/index.ts';
import { areaOf } from '../../engine/index.ts';
import { changeSetBetween } from '../gate/change-set.ts';
import { contentTree } from '../git/content.ts';
import { UsageError, WorldError } from './command.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';
import { isBylawsPath, treeBylaws } from './tree-bylaws.ts';
import type { World } from './world.ts';

/** What goes into the body and the attachments of the event. */
export interface ProposedChange {
  readonly fields: JsonObject;
  readonly attachments: readonly Uint8Array[];
}

const nothing: ProposedChange = { fields: {}, attachments: [] };

/** The difference between main and HEAD, where the process merges files. undefined: it cannot be proposed, and that was said. */
export async function proposedChange(session: MemberSession, process: CharterProcess): Promise<ProposedChange | undefined> {
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
