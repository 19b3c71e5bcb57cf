// `gdo init`: six answers become bylaws, scenarios and a workflow that already pass `check` and `test`. It founds no ledger.
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { readGiven } from './init-answers.ts';
import { askAnswers } from './init-questions.ts';
import { standardModule } from './modules.ts';
import { templates } from './templates/list.ts';
import type { Answers, Template } from './templates/template.ts';
import { workflowText } from './templates/workflow.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo init`. Exits 0, 2, 3. Source: cli.md section 5. */
export const initCommand: CommandDefinition = {
  name: 'init',
  group: 'write',
  summary: 'write bylaws to start from',
  arguments: '[DIR]',
  options: [
    ['--template <name>', `who decides: ${templates.map((template) => template.name).join(', ')}`],
    ['--name <name>', 'the name of the organization'],
    ['--people <names>', 'the first people, such as ada,ben,chi'],
    ['--zone <zone>', 'the zone that times are shown in, such as Europe/Paris'],
    ['--yes', 'take the defaults, ask nothing'],
    ['--force', 'write into a folder that is not empty, over files of the same name'],
    ['--no-ci', 'no workflow for a hosting site'],
  ],
  examples: ['gdo init maple --template council --people ada,ben,chi,dev --yes', 'gdo init'],
  run: runInit,
};

async function runInit(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const directory = resolve(world.cwd, positional[0] ?? '.');
  const away = relative(world.cwd, directory);
  if (away === '..' || away.startsWith(`..${sep}`)) {
    throw new UsageError('GDO5014', `\`${visible(positional[0] ?? '')}\` leads outside the folder gdo works in`, 'work in another folder with -C DIR');
  }
  if (options['force'] !== true) refuseFull(directory);
  const given = readGiven(options);
  const template = given.template ?? templates[0];
  if (template === undefined) throw new Error('there is no template');
  const asked = options['yes'] === true ? undefined : await askAnswers(given, world);
  const chosen = asked?.template ?? template;
  const answers: Answers = {
    name: asked?.name ?? given.name ?? defaultName(directory),
    zone: asked?.zone ?? given.zone ?? 'UTC',
    people: asked?.people ?? given.people ?? chosen.people,
  };
  if (answers.people.length < chosen.peopleMin) {
    throw new UsageError(
      'GDO5003',
      `The template \`${chosen.name}\` needs ${chosen.peopleMin} people or more`,
      `name them: --people ${chosen.people.slice(0, chosen.peopleMin).join(',')}`,
    );
  }
  const files = filesOf(chosen, answers, options['ci'] !== false);
  for (const [path, text] of files) await replaceFile(join(directory, path), text);
  report(files, positional[0], chosen, answers, world);
  return 0;
}

function refuseFull(directory: string): void {
  const entries = existsSync(directory) ? readdirSync(directory) : [];
  if (entries.some((name) => name !== '.git')) {
    throw new UsageError('GDO5013', 'This folder is not empty', 'choose another:  gdo init my-group   or write into it all the same: --force');
  }
}

function defaultName(directory: string): string {
  const words = (directory.split(sep).at(-1) ?? '').replaceAll(/[^A-Za-z0-9]+/g, ' ').trim();
  return words === '' ? 'Our Organization' : words.charAt(0).toUpperCase() + words.slice(1);
}

function filesOf(template: Template, answers: Answers, withWorkflow: boolean): readonly (readonly [path: string, text: string])[] {
  return [
    ['bylaws/README.gdo.md', canonical('bylaws/README.gdo.md', template.bylaws(answers))],
    ['bylaws/tests.gdo', canonical('bylaws/tests.gdo', template.tests(answers))],
    ...(template.modules ?? []).map((name): [string, string] => [`bylaws/std/${name}.gdo`, standardModule(`std/${name}`)?.text ?? '']),
    ...(withWorkflow ? [['.github/workflows/gdo.yml', workflowText] satisfies [string, string]] : []),
  ];
}

/** Answers change the length of blocks, and with it their canonical form. */
function canonical(path: string, text: string): string {
  return printBylaws(parseBylaws({ path, text }).file);
}

function report(files: readonly (readonly [string, string])[], directory: string | undefined, template: Template, answers: Answers, world: World): void {
  const paths = files.map(([path]) => path);
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-init/1', template: template.name, name: answers.name, people: answers.people, files: paths })}\n`);
    return;
  }
  const enter = directory === undefined || directory === '.' ? '' : `cd ${visible(directory)} && `;
  world.stdout(`${paths.join('\n')}\n`);
  if (world.verbosity > 0) world.stdout(`\nNext: ${enter}gdo check && gdo test\n`);
}
