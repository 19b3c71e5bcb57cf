// `gdo-check` as the gate asks for it: do the bylaws of a candidate tree compile to the Charter that the case adopts, without errors?
import type { ContentFile } from '../git/content.ts';
import type { Repository } from '../git/repository.ts';
import { treeBylaws } from './tree-bylaws.ts';

/** What is asked: all files of the candidate, and the hash that the proposal named. */
export interface BylawsQuestion {
  readonly repository: Repository;
  readonly files: readonly ContentFile[];
  readonly adopts: string | undefined;
}

/** The answer; a `reject` says why in one sentence (GDO2013). */
export interface BylawsAnswer {
  readonly kind: 'accept' | 'reject';
  readonly reason: string;
}

/** Makes the attestor. It compiles; consensus does not (node.md section 4). */
export function bylawsAttestor(): (question: BylawsQuestion) => Promise<BylawsAnswer> {
  return async ({ repository, files, adopts }) => {
    const { compiled, findings } = await treeBylaws(repository, files);
    const error = findings.find((finding) => finding.severity === 'error');
    if (error !== undefined) return { kind: 'reject', reason: `${error.code} ${error.message}` };
    if (compiled?.hash === undefined) return { kind: 'reject', reason: 'The proposed tree holds no bylaws that compile' };
    if (adopts === undefined) return { kind: 'reject', reason: 'The proposal changes bylaws and does not name the ones it adopts' };
    return compiled.hash === adopts
      ? { kind: 'accept', reason: '' }
      : { kind: 'reject', reason: 'The text of the proposed bylaws does not compile to the rules that the proposal names' };
  };
}
