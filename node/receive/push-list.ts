// The list of refs that git asks for before a push over HTTP (gitprotocol-http(5)). Git's own would start four programs for it; names and ids are one program's answer.
import { gitOutput } from '../git/child.ts';
import { flushPacket, packetOf } from '../git/packet.ts';
import type { RefList } from './http-door.ts';
import { servedDirectory } from './serving.ts';

/** What push-request.ts and http-push.ts do. Deleting is understood, so that whoever tries hears why not. */
const abilities = 'report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta object-format=sha1 agent=gdo';

const headers = {
  'content-type': 'application/x-git-receive-pack-advertisement',
  'cache-control': 'no-cache, max-age=0, must-revalidate',
} as const;

/** Lists the refs of a repository for somebody who pushes. @throws WorldError as `servedDirectory`, and GDO5024 where git does not answer */
export async function listForPush(path: string): Promise<RefList> {
  const gitDirectory = servedDirectory(path, 'receive-pack');
  const output = await gitOutput({ gitDirectory, arguments: ['for-each-ref', '--format=%(objectname) %(refname)'] });
  const [first = `${'0'.repeat(40)} capabilities^{}`, ...others] = output.toString('utf8').split('\n').filter(Boolean);
  const lines = [`${first}\0${abilities}\n`, ...others.map((line) => `${line}\n`)];
  const bytes = Buffer.concat([packetOf('# service=git-receive-pack\n'), flushPacket, packetsOf(lines), flushPacket]);
  return { status: 200, headers, bytes };
}

/** Many short packets at once: a town has ten thousand refs. */
function packetsOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${(Buffer.byteLength(line) + 4).toString(16).padStart(4, '0')}${line}`).join(''), 'utf8');
}
