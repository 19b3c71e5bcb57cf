// `gdo node receive`: the forced command of ssh, and what git calls for a push. A node that runs on this machine serves the line; without one it serves itself.
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { basename, delimiter, resolve } from 'node:path';
import { findGitDirectory } from '../git/git-place.ts';
import { whereServed } from '../ops/served-by.ts';
import { askedService, servePeer } from '../receive/door.ts';
import type { Service } from '../receive/serving.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Serves what ssh hands over. @returns git's exit status */
export async function receiveHere(path: string, world: World): Promise<number> {
  // Under ssh's forced command the member's wish stands in the environment; called by git it is always a push.
  const asked = world.env['SSH_ORIGINAL_COMMAND'];
  if (asked === undefined && isBareLogin(world.env))
    throw new UsageError('GDO5002', 'This key may only fetch and push here, and opens no session', 'git clone, git fetch or git push, with this address');
  const service = asked === undefined ? 'receive-pack' : askedService(asked);
  if (service === undefined)
    throw new UsageError(
      'GDO5002',
      `This key may only fetch and push here, not run \`${visible(asked ?? '').slice(0, 80)}\``,
      'git clone, git fetch or git push',
    );
  const place = resolve(world.cwd, path);
  const { stdin, stdout } = process;
  const line = await lineToNode(place, service, world);
  if (line === undefined) return servePeer(place, service, { input: stdin, output: stdout, say: (said) => world.stderr(`${said}\n`) });
  return new Promise((done) => {
    stdin.pipe(line).pipe(stdout);
    line.on('close', () => {
      stdin.destroy();
      done(0);
    });
    line.on('error', () => done(1));
  });
}

/**
 * Whether somebody typed `ssh` and no command. Who pushes by hand on a machine that they reached over ssh comes from git, which puts the folder of its
 * programs into the path.
 */
function isBareLogin({ SSH_CONNECTION, PATH = '' }: World['env']): boolean {
  return SSH_CONNECTION !== undefined && !PATH.split(delimiter).some((folder) => basename(folder) === 'git-core');
}

/** A line to the node that serves a repository, or undefined where none runs. */
function lineToNode(place: string, service: Service, world: World): Promise<Duplex | undefined> {
  const found = findGitDirectory(place);
  const served = found === undefined ? undefined : whereServed(found.gitDirectory);
  if (found === undefined || served === undefined) return Promise.resolve(undefined);
  const client = world.env['SSH_CLIENT']?.split(' ')[0];
  return new Promise((done) => {
    const asked = request({
      socketPath: served.socket,
      path: `/line/${served.name}/${service}`,
      headers: {
        connection: 'upgrade',
        upgrade: 'gdo-line',
        'x-gdo-peer': client !== undefined && /^[0-9A-Fa-f.:]{2,45}$/.test(client) ? `ssh:${client}` : 'ssh',
      },
    });
    asked.on('upgrade', (_answer, stream, head) => {
      stream.unshift(head);
      done(stream);
    });
    asked.on('response', (answer) => {
      answer.resume();
      done(undefined);
    });
    asked.on('error', () => done(undefined));
    asked.end();
  });
}
