// What git answers to a push, read packet by packet (gitprotocol-pack(5)): where git itself refuses, a sentence with a gdo code is put before its report.
import { packetBytesMax, packetOf } from '../git/packet.ts';

/** Kept of what was said to the person: enough for git's last sentences. */
const saidMax = 4096;

/** What a refusal by git itself means, and in which words; the first that fits. */
const meanings: readonly (readonly [words: RegExp, code: `GDO${string}`, sentence: string])[] = [
  // Nothing of this is the peer's fault, and it must not look for one in its push.
  [
    /No space left on device|Disk quota exceeded|Read-only file system|unable to create temporary|Input\/output error/,
    'GDO4021',
    'the disk of this node is full or cannot be written to; tell its operator',
  ],
  [
    /exceeds maximum allowed size|attempting to allocate|too large to fit|[Oo]ut of memory|died of signal|File too large/,
    'GDO4011',
    'the pack is over the budgets of a push',
  ],
  [
    /in tree |tree [0-9a-f]{40}|(hasDot|hasDotdot|hasDotgit|nullSha1|fullPathname|emptyName|zeroPaddedFilemode|badFilemode|duplicateEntries|treeNotSorted|badTree|gitmodules|largePathname)/,
    'GDO2014',
    'a tree breaks the tree policy',
  ],
  [
    /missing necessary objects|unresolved delta|did not receive expected object|object of unexpected type/,
    'GDO1022',
    'something that the push needs is in neither place',
  ],
  [/funny refname|deletion prohibited|deny/, 'GDO1030', 'this repository takes only logs and proposals'],
  [/failed to (update ref|lock)|cannot lock ref|reference already exists|fetch first|non-fast-forward/, 'GDO1043', 'the ref has moved meanwhile'],
];

/** Why git refused, with a code. @param words - git's own, for reading only: they are not repeated */
export function meaningOf(words: string): string {
  const known = meanings.find(([pattern]) => pattern.test(words));
  return known === undefined ? 'GDO1010 the push was not accepted: git cannot read it.' : `${known[1]} the push was not accepted: ${known[2]}.`;
}

/** Reads an answer as it streams by. */
export interface CodedReport {
  readonly take: (part: Buffer) => void;
  /** Passes on what is left when git has ended. */
  readonly end: () => void;
  /** True iff a code has been said to the peer. */
  readonly isCoded: () => boolean;
  /** The sentence for a git that ended without a report. */
  readonly lastWords: (errors: string) => string;
}

/** Passes an answer on to `send` unchanged, with the sentences put in. The list of refs that comes first holds no sentence and passes as it is. */
export function codedReport(send: (bytes: Uint8Array) => void): CodedReport {
  let rest: Buffer = Buffer.alloc(0);
  let said = '';
  let coded = false;
  const packet = (whole: Buffer): void => {
    const band = whole[4];
    const text = whole.subarray(5).toString('latin1');
    if (band === 2) {
      said = (said + text).slice(-saidMax);
      coded ||= /GDO\d{4}/.test(text);
    }
    // A report inside of band 1 is packets again: `unpack <how>`, then `ok <ref>` or `ng <ref> <why>`.
    const refused = band === 1 ? /unpack (?!ok)[^\n]*|ng \S+ [^\n]*/.exec(text)?.[0] : undefined;
    if (refused !== undefined && !coded) {
      coded = true;
      send(onBandTwo(meaningOf(`${said}\n${refused}`)));
    }
    send(whole);
  };
  return {
    take: (part) => {
      rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
      while (rest.length >= 4) {
        const digits = rest.subarray(0, 4).toString('latin1');
        const size = /^[0-9a-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : packetBytesMax + 1;
        // What is no packet is passed on as it is: it is git that speaks here, not the peer.
        const length = size > packetBytesMax ? rest.length : Math.max(size, 4);
        if (rest.length < length) return;
        packet(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    },
    end: () => {
      if (rest.length > 0) send(rest);
    },
    isCoded: () => coded,
    lastWords: (errors) => meaningOf(`${said}\n${errors}`),
  };
}

function onBandTwo(sentence: string): Uint8Array {
  return packetOf(`\u0002${sentence}\n`);
}

/** The packet that ends a conversation before it began: git shows it as the error of the other side. */
export function errorPacket(sentence: string): Uint8Array {
  return packetOf(`ERR ${sentence}\n`);
}
