// placeholder while runScenarios is being written
import type { CommandDefinition } from './command.ts';
/** x */
export const testCommand: CommandDefinition = { name: 'test', group: 'write', summary: 'play the scenarios of the bylaws', options: [], examples: ['gdo test', 'gdo test'], run: async () => 0 };
