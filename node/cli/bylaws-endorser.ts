// `gdo-check` as the gate asks for it: do the bylaws of a candidate tree compile to the Charter that the case adopts, without errors?
import { sha256Hex, utf8Encode } from '../../engine/index.ts';
import type { Endorse } from '../gate/steward.ts';
import { judgeTexts } from './tree-bylaws.ts';
import { version } from './version.ts';

/** Makes the endorser of bylaws. It compiles; consensus does not (node.md section 4). A `reject` says why in one sentence (GDO2013). */
export function bylawsEndorser(): Endorse {
  return ({ adopts, files }) => {
    const { compiled, findings } = judgeTexts(new Map(files.map((file) => [file.path, file.bytes])));
    const error = findings.find((finding) => finding.severity === 'error');
    const reason =
      error !== undefined
        ? `${error.code} ${error.message}`
        : compiled?.hash === undefined
          ? 'The proposed tree holds no bylaws that compile'
          : adopts === undefined
            ? 'The proposal changes bylaws and does not name the ones it adopts'
            : compiled.hash === adopts
              ? undefined
              : 'The text of the proposed bylaws does not compile to the rules that the proposal names';
    const digest = sha256Hex(utf8Encode(`gdo-check ${reason ?? adopts ?? ''}`));
    const manifest = sha256Hex(utf8Encode(`gdo-check ${version}`));
    return Promise.resolve({
      verdict: reason === undefined ? 'accept' : 'reject',
      output: digest,
      reasons: reason === undefined ? [] : [reason],
      manifest,
      image: 'built-in',
      platform: 'any',
    });
  };
}
