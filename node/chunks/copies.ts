// Which other repositories have a content, as they say themselves. A copy that is asked for is one with a ref of the same commit: equal bytes have equal commits everywhere.
import { runGit } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';
import { listRemote, pushRefs, type Remote } from '../git/transport.ts';
import { WorldError } from '../cli/command.ts';
import { originOf, personalRemote } from '../sync/origin.ts';
import type { NamedContent } from './contents.ts';

/** One other repository and what it answered. `holds`: the content is there; `silent`: why it did not answer. */
export interface AskedCopy {
  readonly address: string;
  readonly answer: 'holds' | 'lacks' | 'silent';
  readonly reason: string;
}

/** The other repositories that a clone knows, and those named. @param environment - that of the person who asks */
export async function otherCopies(
  repository: Repository,
  named: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly Remote[]> {
  const origin = await originOf(repository, environment);
  const known =
    repository.adapter === 'portable'
      ? []
      : (await runGit({ gitDirectory: repository.gitDirectory, arguments: ['config', '--local', '--get-regexp', '^remote\\..*\\.url$'] })).output
          .toString('utf8')
          .split('\n')
          .flatMap((line) => /^remote\.(?!origin\.)\S+\.url (.+)$/.exec(line)?.[1] ?? []);
  const addresses = new Set([...(origin === undefined ? [] : [origin.address]), ...known, ...named]);
  return [...addresses].map((address) => personalRemote(address, environment));
}

/** Asks each of them for a content. Those that do not answer are no copies. */
export async function askCopies(repository: Repository, remotes: readonly Remote[], content: NamedContent): Promise<readonly AskedCopy[]> {
  const asked: AskedCopy[] = [];
  for (const remote of remotes) {
    const answer = await answering(async () => (await listRemote(repository, remote)).some(({ ref, id }) => ref === content.ref && id === content.commit));
    asked.push({
      address: remote.address,
      ...(typeof answer === 'boolean' ? { answer: answer ? 'holds' : 'lacks', reason: '' } : { answer: 'silent', reason: answer.message }),
    });
  }
  return asked;
}

/** Gives a content to another repository. @returns why it did not take it, or undefined */
export async function giveContent(repository: Repository, remote: Remote, content: NamedContent): Promise<string | undefined> {
  const answer = await answering(() => pushRefs(repository, remote, [`${content.ref}:${content.ref}`]));
  if (answer instanceof WorldError) return answer.message;
  const [moved] = answer.refs;
  return moved?.accepted === true ? undefined : (answer.messages[0] ?? moved?.reason ?? 'it said nothing');
}

async function answering<Value>(act: () => Promise<Value>): Promise<Value | WorldError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4002') return error;
    throw error;
  }
}
