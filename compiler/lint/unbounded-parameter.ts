// GDO412: a protected vote whose length may be changed to anything (S60).
import type { CharterProtection } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The vote a path of a protection speaks of, as a whole or for its length; `bounds` reaches nothing else of a stage. */
function guardedVote(model: Model, path: readonly string[]): readonly [process: string, vote: string] | undefined {
  const [processName, ...rest] = path;
  const process = model.charter.processes.find((one) => one.name === processName);
  const inner = rest.at(-1) === 'open' ? rest.slice(0, -1) : rest;
  const vote = process === undefined ? undefined : votesOf(process).find((placed) => placed.vote.name === inner.at(-1));
  return process === undefined || vote === undefined ? undefined : [process.name, vote.vote.name];
}

function isBounded(protections: readonly CharterProtection[], [process, vote]: readonly [process: string, vote: string]): boolean {
  return protections.some(
    (one) =>
      one.bounds.some(({ path }) => path[0] === process && path.at(-1) === 'open' && path.at(-2) === vote) ||
      (one.neverChanged === true && one.paths.some((path) => path[0] === process && (path.length === 1 || path.includes(vote)))),
  );
}

/** The rule `unbounded-parameter`. */
export const unboundedParameter: LintRule = {
  code: 'GDO412',
  name: 'unbounded-parameter',
  what: 'A vote is protected, and its length may still be set to anything',
  why: 'One accepted change makes the vote a minute long, and whoever sleeps has no say any more',
  fix: 'Say what is allowed: `bounds amendment.ballot.open from 7 days to 60 days`',
  bad: 'protect amendment.ballot\n  changed through amendment\nend\n',
  good: 'protect amendment.ballot\n  changed through amendment\n  bounds amendment.ballot.open from 7 days to 60 days\nend\n',
  check: (model) =>
    model.charter.protections.flatMap((protection) => {
      if (protection.neverChanged === true) return [];
      const open = protection.paths.flatMap((path) => {
        const vote = guardedVote(model, path);
        return vote === undefined || isBounded(model.charter.protections, vote) ? [] : [vote];
      });
      const [first] = open;
      if (first === undefined) return [];
      return [
        finding('GDO412', placeIn(model, protection, protection), {
          message: `\`${first.join('.')}\` is protected, and nothing bounds how long it is open`,
          label: 'no `bounds` for its length',
          why: 'One accepted change makes the vote a minute long, and whoever sleeps has no say any more',
          help: `say what is allowed:  bounds ${first.join('.')}.open from 7 days to 60 days`,
        }),
      ];
    }),
};
