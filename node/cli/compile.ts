// `gdo compile`: what the bylaws become for machines: the Charter, xstate machines, TypeScript types, a CODEOWNERS file, the access list of all rights.
import { ownersText } from '../../compiler/index.ts';
import { canonicalText, machineConfig } from '../../engine/index.ts';
import type { Charter } from '../../engine/index.ts';
import { typescriptOf } from '../docs/typescript.ts';
import { writeFiles } from '../docs/write.ts';
import type { GeneratedFile } from '../docs/write.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { ownCharter } from './own-charter.ts';
import type { OwnCharter } from './own-charter.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo compile`. Exits 0, 1 (errors in the bylaws), 2, 3. Source: cli.md section 3, language.md section 12. */
export const compileCommand: CommandDefinition = {
  name: 'compile',
  group: 'write',
  summary: 'the bylaws for machines',
  options: [
    ['--emit <form>', 'charter, xstate, ts, owners or access (charter)'],
    ['--out <dir>', 'write files to this folder instead of printing'],
  ],
  examples: ['gdo compile', 'gdo compile --emit xstate --out machines'],
  run: runCompile,
};

/** Files of each form; printed, several become one JSON document. */
const forms: ReadonlyMap<string, (own: OwnCharter) => Promise<readonly GeneratedFile[]>> = new Map([
  ['charter', async ({ compiled }) => [{ path: 'charter.json', text: new TextDecoder().decode(compiled.bytes) }]],
  ['xstate', async ({ charter }) => charter.processes.map((process) => ({ path: `${process.name}.json`, text: jsonText(machineConfig(process)) }))],
  ['ts', async ({ charter, compiled }) => [{ path: 'organization.ts', text: await typescriptOf(charter, compiled.hash ?? '') }]],
  ['owners', async ({ charter }) => [{ path: 'CODEOWNERS', text: ownersText(charter, firstHolders(charter)) }]],
  ['access', async ({ charter, compiled }) => [{ path: 'access.json', text: jsonText(accessList(charter, compiled.hash ?? '')) }]],
]);

async function runCompile(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  if (names.length > 0) throw new UsageError('GDO5002', '`gdo compile` takes no file: bylaws compile as a whole', 'work in another folder with -C DIR');
  const form = typeof options['emit'] === 'string' ? options['emit'] : 'charter';
  const emit = forms.get(form);
  if (emit === undefined) throw new UsageError('GDO5003', `There is no form \`${visible(form)}\``, `forms: ${[...forms.keys()].join(', ')}`);
  const own = await ownCharter(world);
  if (own === undefined) return 1;
  const files = await emit(own);
  if (typeof options['out'] === 'string') {
    const folder = options['out'].replace(/\/+$/, '');
    await writeFiles(
      world.cwd,
      files.map((file) => ({ path: `${folder}/${file.path}`, text: file.text })),
    );
    for (const file of files) world.stdout(`written: ${visible(`${folder}/${file.path}`)}\n`);
  } else {
    world.stdout(form === 'xstate' ? `[${files.map((file) => file.text.trimEnd()).join(',\n')}]\n` : files.map((file) => file.text).join(''));
  }
  // The Charter's file holds exactly the bytes that are hashed, so the hash stands beside it and not in it.
  world.stderr(`bylaws ${own.compiled.hash ?? ''}\n`);
  return 0;
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The people the bylaws name; who holds a role today is in the ledger. */
function firstHolders(charter: Charter): ReadonlyMap<string, readonly string[]> {
  return new Map(charter.roles.map((role) => [role.name, role.firstHeldBy]));
}

/** The decision table of all rights with the people the bylaws name, in the order of the bylaws: deny wins (S90), the first right that allows counts (S94). */
function accessList(charter: Charter, hash: string): object {
  const holders = firstHolders(charter);
  const table = {
    schema: 'gdo-access/1',
    bylaws: hash,
    localTime: charter.organization.localTime ?? [],
    rights: charter.rights,
    holders: charter.roles.map((role) => ({ role: role.name, people: holders.get(role.name) ?? [] })),
  };
  return JSON.parse(canonicalText(JSON.parse(JSON.stringify(table))));
}
