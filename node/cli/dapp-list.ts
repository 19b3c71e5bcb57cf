// `gdo dapp list` and `show`: the programs that the bylaws in force name, each with its badge. A badge says what can be looked into; it decides nothing.
import { contentKey, manifestPath, readEntry } from '../../engine/index.ts';
import type { Rebuilt, Standing } from '../dapps/badge.ts';
import { rebuildFact, standingOf } from '../dapps/badge.ts';
import { entryPath, sourceFiles } from '../dapps/entry.ts';
import { secondLookFact } from '../dapps/second-look.ts';
import { mustRead } from '../git/repository.ts';
import type { JudgedEvent, LedgerView } from '../ledger/view.ts';
import { UsageError } from './command.ts';
import { sentence } from './event-lines.ts';
import { showUtc } from './instants.ts';
import { sayPruned, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { alignRows, counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** A program of the bylaws. `image`: what the bylaws declare; a collaborator runs outside and has none. */
interface Program {
  readonly name: string;
  readonly kind: 'dapp' | 'collaborator';
  readonly title: string | undefined;
  readonly image: string | undefined;
  readonly standing: Standing;
}

/** Lists them. Exits 0. */
export async function listDapps(world: World): Promise<number> {
  return await withLedger(world, async (session) => {
    sayPruned(session);
    const programs = await programsOf(session.view);
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-dapp-list/1', programs: programs.map(asRow) })}\n`);
    else if (programs.length === 0) world.stdout('The bylaws name no dapp and no collaborator.\n');
    else world.stdout(`${alignRows(programs.map(cellsOf)).join('\n')}\n`);
    return 0;
  });
}

/** Shows one. Exits 0; 2 where the bylaws name none of that name. */
export async function showDapp(name: string | undefined, world: World): Promise<number> {
  return await withLedger(world, async (session) => {
    sayPruned(session);
    const programs = await programsOf(session.view);
    const found = programs.find((one) => one.name === name);
    if (found === undefined) {
      const names = programs.map((one) => one.name).join(', ');
      throw new UsageError(
        'GDO5003',
        name === undefined ? 'Which program?' : `The bylaws name no program \`${visible(name)}\``,
        names === '' ? 'they name none' : `one of: ${names}`,
      );
    }
    const looks = factsOf(session.view, secondLookFact).filter(({ event }) => dataOf(event.body['data'])['dapp'] === found.name);
    if (world.json)
      world.stdout(
        `${JSON.stringify({ schema: 'gdo-dapp-show/1', ...asRow(found), secondLooks: looks.map(({ event }) => ({ member: event.actor, event: event.id, ...dataOf(event.body['data']) })) })}\n`,
      );
    else world.stdout(`${(await linesOf(session, found, looks)).join('\n')}\n`);
    return 0;
  });
}

/** Facts of one type that a checkpoint holds, in the order in which they were judged. */
function factsOf(view: LedgerView, type: string): readonly JudgedEvent[] {
  return [...view.verdicts.values()].filter(({ event, verdict }) => event.kind === 'fact' && event.body['type'] === type && verdict.kind === 'ok');
}

function dataOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

async function programsOf(view: LedgerView): Promise<readonly Program[]> {
  const { dapps, collaborators } = view.charter;
  const files = sourcesOf(view);
  const facts = factsOf(view, rebuildFact);
  const programs: Program[] = [];
  const rows = [
    ...dapps.map((one) => ({ ...one, kind: 'dapp' as const })),
    ...collaborators.map((one) => ({ ...one, kind: 'collaborator' as const, image: undefined })),
  ];
  for (const { name, kind, title, image } of rows) {
    const entry = await bytesOf(view, entryPath(name));
    programs.push({ name, kind, title, image, standing: standingOf({ name, image, entry, files, facts }) });
  }
  return programs;
}

/** Every governed file with its SHA-256, as the state has it: no file is read for that. */
function sourcesOf({ mainFiles, state }: LedgerView): readonly { readonly path: string; readonly sha256: string }[] {
  return mainFiles.map(({ path }) => {
    const entry = readEntry(state, contentKey(path))?.['entry'];
    return { path, sha256: typeof entry === 'string' ? (entry.split(':')[1] ?? '') : '' };
  });
}

async function bytesOf(view: LedgerView, path: string): Promise<Uint8Array | undefined> {
  const file = view.mainFiles.find((one) => one.path === path);
  return file === undefined ? undefined : await mustRead(view.repository, file.id, 'blob');
}

const badgeMarks = { closed: '□', source: '◧', reproducible: '■' } as const;

function cellsOf({ name, kind, standing, image }: Program): readonly string[] {
  const { badge, entry, faults, same, other } = standing;
  const seen = badge === 'reproducible' ? `seen by ${peopleOf(same)}` : other.length > 0 ? `${peopleOf(other)} came to another image` : '';
  const [fault] = faults;
  const word = fault === undefined ? seen : `${fault.code} ${visible(fault.reason)}`;
  return [name, kind, `${badgeMarks[badge]} ${badge}`, entry?.licence ?? '-', image?.slice(0, 'sha256:'.length + 12) ?? '-', word];
}

function peopleOf(rows: readonly Rebuilt[]): string {
  return [...new Set(rows.map((one) => one.member))].map((one) => visible(one)).join(', ');
}

function asRow({ name, kind, title, image, standing }: Program): Readonly<Record<string, unknown>> {
  const { badge, entry, faults, same, other } = standing;
  return {
    name,
    kind,
    title: title ?? null,
    image: image ?? null,
    badge,
    licence: entry?.licence ?? null,
    source: entry?.source ?? null,
    recipe: entry?.recipe ?? null,
    faults,
    same,
    other,
  };
}

const badgeWords = {
  closed: 'nobody here can see what it is made of',
  source: 'its source lies in this repository',
  reproducible: 'its source lies in this repository, and was built to this very image again',
} as const;

async function linesOf({ view }: Session, program: Program, looks: readonly JudgedEvent[]): Promise<readonly string[]> {
  const { name, kind, title, image, standing } = program;
  const { badge, entry, faults, same, other } = standing;
  const said = (rows: readonly Rebuilt[], what: string): readonly string[] =>
    rows.map((one) => `  ${visible(one.member)} built it again on ${showUtc(one.atMs)} (${visible(one.platform)}): ${what === '' ? visible(one.image) : what}`);
  const lines = [`${kind} ${name}${title === undefined ? '' : ` "${visible(title)}"`}`, `  ${badgeMarks[badge]} ${badge}: ${badgeWords[badge]}`];
  if (image !== undefined) lines.push(`  image    ${image}`);
  if (entry?.licence !== undefined) lines.push(`  licence  ${visible(entry.licence)}`);
  if (entry?.source !== undefined) {
    const files = sourceFiles({ name: entry.name, source: entry.source }, view.mainFiles);
    lines.push(`  source   ${entry.source.files.map((one) => visible(one)).join(', ')}: ${counted(files.length, 'file')}, hash ${entry.source.sha256}`);
  }
  if (entry?.recipe !== undefined)
    lines.push(
      `  recipe   ${entry.recipe.builder === undefined ? `laid onto ${String(entry.recipe.base?.slice(0, 19))}` : `made by ${entry.recipe.builder.slice(0, 19)}`}`,
    );
  lines.push(...faults.map(({ code, reason }) => `  ✗ ${code} ${entryPath(name)}: ${visible(reason)}`));
  if (entry === undefined && faults.length === 0) lines.push(`  It has no ${entryPath(name)}; whoever keeps it can write one:  gdo dapp entry ${name}`);
  if (kind === 'dapp' && !view.mainFiles.some((file) => file.path === manifestPath(name)))
    lines.push(`  ✗ Main has no ${manifestPath(name)}, so it cannot run`);
  lines.push(...said(same, 'the same image'), ...said(other, ''));
  lines.push(...looks.map((row) => `  ✗ ${visible(row.event.actor)} ${sentence(view, row.event)}`));
  return [...lines, '  A badge says what can be looked into. It decides nothing: what counts is what a program answers.'];
}
