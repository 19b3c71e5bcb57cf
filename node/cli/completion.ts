// `gdo completion`: a script for bash, zsh or fish that completes names of commands and of files. It asks gdo nothing while completing.
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { commands } from './program.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo completion`. Exits 0, 2. */
export const completionCommand: CommandDefinition = {
  name: 'completion',
  group: 'keep',
  summary: 'completion for bash, zsh or fish',
  arguments: 'SHELL',
  options: [],
  examples: ['gdo completion bash > ~/.local/share/bash-completion/completions/gdo', 'gdo completion fish > ~/.config/fish/completions/gdo.fish'],
  run: runCompletion,
};

async function runCompletion(positional: readonly string[], _options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const shell = positional[0] ?? '';
  const script = scripts.get(shell);
  if (script === undefined) throw new UsageError('GDO5003', `There is no completion for \`${visible(shell)}\``, `shells: ${[...scripts.keys()].join(', ')}`);
  world.stdout(script());
  return 0;
}

const scripts: ReadonlyMap<string, () => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

function bash(): string {
  const names = commands.map((entry) => entry.name).join(' ');
  return `_gdo() {
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names}" -- "\${COMP_WORDS[1]}"))
  fi
}
complete -o default -F _gdo gdo
`;
}

function zsh(): string {
  const names = commands.map((entry) => `    '${entry.name}:${entry.summary}'`).join('\n');
  return `#compdef gdo
_gdo() {
  local -a names
  names=(
${names}
  )
  if (( CURRENT == 2 )); then _describe command names; else _files; fi
}
_gdo "$@"
`;
}

function fish(): string {
  return commands.map((entry) => `complete -c gdo -n __fish_use_subcommand -a ${entry.name} -d '${entry.summary}'\n`).join('');
}
