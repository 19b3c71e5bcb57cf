// How git's hook asks the node that started it: a socket that git's children inherit as descriptor 3. No second program is started for a push, and without an
// answer there is no push. The other end is the hook of node/receive/hook.ts.
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Quarantine } from '../git/quarantine.ts';
import type { WaitingObjects } from '../git/waiting-objects.ts';
import { parseUpdates, refusalText, type PushedUpdate, type PushVerdict } from './pre-receive.ts';

/** A push of 1,000 refs with the longest names is smaller. */
const askedBytesMax = 1_048_576;

/** What git tells its hook of one push. */
export interface AskedPush {
  readonly quarantine: Quarantine;
  readonly updates: readonly PushedUpdate[];
  /** The objects, where they are few and whoever unpacked them has read them. */
  readonly waiting?: WaitingObjects | undefined;
}

/** Decides a push that waits in quarantine. */
export type JudgePush = (asked: AskedPush) => Promise<PushVerdict>;

/** The variable that tells the hook that somebody listens. */
export const channelEnvironment: Readonly<Record<string, string>> = { GDO_DOOR: '3' };

/**
 * Answers the hook on its socket: `0`, or `1` and the text for the person who pushed. Git then goes on or gives up.
 * @param gitDirectory - what git's relative paths are relative to
 * @returns what was thrown while judging, if anything: then the push was refused without a reason
 */
export function answerHook(socket: Duplex, gitDirectory: string, judge: JudgePush): Promise<Error | undefined> {
  return new Promise((done) => {
    let asked = '';
    const answer = async (): Promise<void> => {
      const [objects = '', alternates = '', ...lines] = asked.split('\n');
      const absolute = alternates.split(':').map((path) => (path === '' ? '' : resolve(gitDirectory, path)));
      const quarantine = { objectDirectory: resolve(gitDirectory, objects), alternates: absolute.join(':') };
      const verdict = await judge({ quarantine, updates: parseUpdates(lines.join('\n')) });
      socket.end(verdict.kind === 'accepted' ? '0\n' : `1\n${refusalText(verdict.refusals)}`);
    };
    socket.on('data', (part: Buffer) => {
      asked += part.toString('utf8');
      // An empty line ends the question; after it the hook only listens.
      if (asked.length > askedBytesMax) socket.destroy();
      else if (asked.endsWith('\n\n')) {
        answer().then(
          () => done(undefined),
          (error: unknown) => {
            socket.destroy();
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }
    });
    socket.on('error', () => done(undefined));
    socket.on('close', () => done(undefined));
  });
}
