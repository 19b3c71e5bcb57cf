// GDO517: a device that goes on by itself for longer than the time after which a role is lost.
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { duesSample, rightSample } from './sample.ts';

const duesOf = (offline: string): string => `${duesSample(5)}\n${rightSample('held by members', `offline for at most ${offline}`)}`;

/** The rule `offline-outlives-loss`. */
export const offlineOutlivesLoss: LintRule = {
  code: 'GDO517',
  name: 'offline-outlives-loss',
  what: 'A door goes on without news for longer than it takes to lose the role',
  why: 'Who stopped paying, or was thrown out, keeps the door as long as the cable is unplugged',
  fix: 'Shorten it: `offline for at most 3 days`',
  bad: duesOf('7 days'),
  good: duesOf('3 days'),
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const { offline } = right;
      if (offline === undefined) return [];
      const losses = right.heldBy.flatMap(({ roles }) =>
        roles.flatMap((name) => {
          const role = model.charter.roles.find((one) => one.name === name);
          return (role?.lost ?? []).flatMap((loss) => (loss.kind === 'report' || loss.kind === 'inactivity' ? [{ name, loss }] : []));
        }),
      );
      const shorter = losses.find(({ loss }) => shortest(offline) > longest(loss.duration));
      if (shorter === undefined) return [];
      return [
        finding('GDO517', placeIn(model, offline, right), {
          message: `\`${right.name}\` works for ${durationText(offline)} without news, and \`${shorter.name}\` is lost after ${durationText(shorter.loss.duration)}`,
          label: 'longer than the loss',
          why: 'Whoever has lost the role keeps the door as long as the cable is unplugged',
          help: `shorten it:  offline for at most ${durationText(shorter.loss.duration)}`,
        }),
      ];
    }),
};
