// The housekeeping of a node: looks once an hour how many files its ledgers have, and packs them where they are many. Removing what is there twice waits for the pushes that
// are taken in and lets those that come wait: it is the only part of it that does.
import { clutterOf, isCluttered, packLooseObjects, removeDuplicates } from '../git/maintenance.ts';
import type { Log } from './log.ts';
import { failureFields } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Organization } from './organization.ts';

const everyMs = 3_600_000;
/** Rounds of one look: a repository that was left alone for years takes the next look too. */
const roundsMax = 16;

/** A node's housekeeping of one organization. */
export interface Housekeeping {
  /** Ends after the round that runs. */
  readonly stop: () => Promise<void>;
}

/** Begins with a look at once: whoever was killed in the middle of packing goes on here. */
export function keepTidy(organization: Organization, ports: { readonly log: Log; readonly metrics: Metrics }): Housekeeping {
  const stopped = new AbortController();
  const look = async (): Promise<void> => {
    try {
      await tidy(organization, ports, stopped.signal);
    } catch (error) {
      if (stopped.signal.aborted) return;
      // A ledger in many files is slow, and no reason to serve nobody.
      ports.metrics.add('gdo_failures_total', { org: organization.name, code: failureFields(error).code });
      ports.log('error', { what: 'could not pack', org: organization.name, ...failureFields(error) });
    }
  };
  let running = look();
  const timer = setInterval(() => {
    running = running.then(look);
  }, everyMs);
  return {
    stop: async () => {
      stopped.abort();
      clearInterval(timer);
      await running;
    },
  };
}

async function tidy(organization: Organization, { log, metrics }: { readonly log: Log; readonly metrics: Metrics }, stopped: AbortSignal): Promise<void> {
  const { name, repository } = organization;
  const { gitDirectory } = repository;
  const labels = { org: name };
  let clutter = clutterOf(gitDirectory);
  for (let round = 0; round < roundsMax && isCluttered(clutter) && !stopped.aborted; round += 1) {
    const started = performance.now();
    log('debug', { what: 'packing', org: name, ...clutter });
    const packed = await packLooseObjects(gitDirectory, stopped);
    await organization.between(() => removeDuplicates(gitDirectory));
    const seconds = (performance.now() - started) / 1000;
    metrics.add('gdo_packed_objects_total', labels, packed);
    metrics.observe('gdo_pack_seconds', labels, seconds);
    clutter = clutterOf(gitDirectory);
    log('info', { what: 'packed', org: name, objects: packed, ...clutter, seconds: Math.round(seconds) });
  }
  metrics.set('gdo_loose_objects', labels, clutter.looseObjects);
  metrics.set('gdo_loose_refs', labels, clutter.looseRefs);
  metrics.set('gdo_packs', labels, clutter.packs);
}
