// How a layer in Zstandard is refused: with the code of every archive that breaks its rules.
import { tarRefusal } from '../chunks/tar-reader.ts';
import type { WorldError } from '../cli/command.ts';

/** GDO3012 for bytes that are no sound Zstandard. @param reason - a sentence without its end */
export function zstdRefusal(reason: string): WorldError {
  return tarRefusal(`a layer is no sound zstd: ${reason}`);
}
