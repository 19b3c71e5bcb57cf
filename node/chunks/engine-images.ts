// Images in and out of a container engine, as archives. Nothing is pulled; whatever an image is called here, its digest is asked of the engine.
import type { Readable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { digestOf, fieldsOf } from './image-config.ts';

/** What of an engine is needed to keep its images. */
export interface EngineImages {
  /** SHA-256 of the configuration of an image by its name or digest, or undefined where the engine has none. */
  readonly digestOf: (name: string) => Promise<string | undefined>;
  readonly save: (name: string) => Promise<NodeJS.ReadableStream>;
  /** Gives an archive to the engine and waits until it has taken it. */
  readonly load: (archive: Readable) => Promise<void>;
}

/** Connects to the engine that DOCKER_HOST or the usual socket names. @throws WorldError GDO3001 where none answers */
export async function engineImages(host: string | undefined): Promise<EngineImages> {
  const { default: Client } = await import('dockerode');
  const docker = host?.startsWith('unix://') === true ? new Client({ socketPath: host.slice('unix://'.length) }) : new Client();
  try {
    await docker.ping();
  } catch (error) {
    throw new WorldError('GDO3001', 'There is no container engine here', 'start one, or name its socket with DOCKER_HOST', error);
  }
  return {
    digestOf: async (name) => {
      try {
        return digestOf((await docker.getImage(name).inspect()).Id);
      } catch (error) {
        if (fieldsOf(error)['statusCode'] === 404) return undefined;
        throw error;
      }
    },
    save: (name) => docker.getImage(name).get(),
    load: async (archive) => {
      const failed = new Promise<never>((_, reject) => archive.once('error', reject));
      const answer = await Promise.race([docker.loadImage(archive, {}), failed]);
      // The engine answers while it works: it is done when it has said everything.
      for await (const _ of answer) continue;
    },
  };
}
