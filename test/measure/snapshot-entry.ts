// What a start-up snapshot of Node would hold: the parser built and warmed up, the compiler, and `gdo check`. Only the measure of the start uses it.
import { writeFileSync } from 'node:fs';
import { startupSnapshot } from 'node:v8';
import { checkBylaws, compileBylaws, framed } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { checkCommand } from '../../node/cli/check.ts';
import type { World } from '../../node/cli/world.ts';

const { file } = parseBylaws({ path: 'a.gdo', text: framed('') });
printBylaws(file);
checkBylaws(compileBylaws([file]));

startupSnapshot.setDeserializeMainFunction(() => {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(3, [userCPUTime + systemCPUTime, maxRSS].join(' '));
  });
  const world: World = {
    cwd: process.cwd(),
    env: process.env,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    stdin: async () => undefined,
    clockMs: () => Date.now(),
    randomBytes: (count) => new Uint8Array(count),
    color: false,
    columns: 120,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  };
  void checkCommand.run(process.argv.slice(2), {}, world).then((exit) => {
    process.exitCode = exit;
  });
});
