// `gdo node run`: starts the node and waits for the signal that ends it. The node itself is node/ops's.
import { resolve } from 'node:path';
import { UsageError, type OptionValue } from './command.ts';
import { programPath } from './hook.ts';
import type { World } from './world.ts';

/** Whoever started the node may wait for its end; what still hangs then is ended with it. */
const lingerMs = 1_000;

/** Runs until SIGTERM or Ctrl-C. Exits 0, and 3 where the lock was lost or the node could not start. */
export async function runTheNode(options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const file = options['config'];
  if (typeof file !== 'string')
    throw new UsageError('GDO5002', 'Which configuration?', 'gdo node run --config gdo-node.json   how to write one: docs/operators.md');
  const { openConfiguration } = await import('../ops/configuration-file.ts');
  const { mustRunHere, runNode } = await import('../ops/run-node.ts');
  mustRunHere();
  const configuration = openConfiguration(resolve(world.cwd, file));
  let [isAsked, isStarted] = [false, false];
  const stop = new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => {
        isAsked = true;
        done();
      });
  });
  // No work of a node is waited for by the one place where errors are reported: what nobody caught would else end it with a stack and exit 1.
  const fault = new Promise<never>((_done, fail) => {
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, fail);
  });
  fault.catch(() => undefined);
  try {
    const end = await runNode(configuration, {
      world,
      program: { nodePath: process.execPath, gdoPath: programPath() },
      isClockConfirmed: options['confirmClock'] === true,
      stop,
      fault,
      started: (port) => {
        isStarted = true;
        world.stdout(`${JSON.stringify({ schema: 'gdo-node-run/1', pid: process.pid, socket: configuration.socket, port: port ?? null })}\n`);
      },
    });
    return end === 'stopped' ? 0 : 3;
  } catch (error) {
    // A supervisor sends its signal to git's processes too: a start that fails by that was stopped, as asked.
    if (isAsked && !isStarted) return 0;
    throw error;
  } finally {
    // By then the exit code is set. A node that could not start ends too: whoever restarts it must see that it did not run.
    setTimeout(() => process.exit(process.exitCode ?? 3), lingerMs).unref();
  }
}
