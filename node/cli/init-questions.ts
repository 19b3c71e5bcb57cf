// The questions of `gdo init` in a terminal, each with a default. Without a terminal a question is an error that names its flag.
import { UsageError } from './command.ts';
import { readName, readPeople, readZone } from './init-answers.ts';
import type { GivenAnswers } from './init-answers.ts';
import { Interrupted } from './interrupted.ts';
import { templates } from './templates/list.ts';
import type { World } from './world.ts';

/**
 * Asks what the flags left open. Cancelling ends the command with 130 and writes nothing.
 * @throws UsageError GDO5004 where there is no terminal
 */
export async function askAnswers(given: GivenAnswers, world: World): Promise<GivenAnswers> {
  if (given.template !== undefined && given.name !== undefined && given.people !== undefined) return { ...given };
  if (!world.interactive)
    throw new UsageError(
      'GDO5004',
      'gdo wants to ask who decides, and there is no terminal',
      'take the defaults with --yes, or give --template, --name and --people',
    );
  const { select, text } = await import('@clack/prompts');
  const ask = async (message: string, usual: string): Promise<string> => kept(await text({ message, defaultValue: usual, placeholder: usual }));
  const name = given.name ?? readName(await ask('What is your organization called?', 'Our Organization'));
  const options = templates.map((entry) => ({ value: entry.name, label: entry.shape }));
  const choice = given.template?.name ?? kept(await select({ message: 'Who decides? You can change this later.', options }));
  const template = templates.find((entry) => entry.name === choice);
  const people = given.people ?? readPeople(await ask('Who are the first people? Short names with commas.', (template?.people ?? []).join(',')));
  const zone = given.zone ?? readZone(await ask('Which time zone shall times be shown in?', 'UTC'));
  return { template, name, zone, people };
}

function kept(answer: string | symbol): string {
  if (typeof answer === 'symbol') throw new Interrupted();
  return answer;
}
