// GDO220: a vote on candidates or options that no step took before (S121).
import type { CharterProcess, CharterStage } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { effectsOf } from './effects.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';
import { reachable, votesOf } from './stage-graph.ts';

/** The rule `nobody-nominates`: some way leads to the vote past every step that takes nominations, or options. */
export const nobodyNominates: LintRule = {
  code: 'GDO220',
  name: 'nobody-nominates',
  what: 'A vote on candidates or options can open without any',
  why: 'There is nobody and nothing to vote for, so nobody is ever elected',
  fix: 'Put a step with `nominations of ...` or `options by ...` before the vote, on every way to it',
  bad: `process board
  started by any keeper
  vote ballot
    voters keepers
    choices the candidates
    counted by approval
    elects 1 keeper
    open for 7 days
    quorum at least 1/2 of keepers voting
    tie lot
    when elected go to accepted
    otherwise go to refused
  end
end
`,
  good: `process board
  started by any keeper
  step nominating
    nominations of keepers
    after 14 days go to ballot
  end
  vote ballot
    voters keepers
    choices the candidates
    counted by approval
    elects 1 keeper
    open for 7 days
    quorum at least 1/2 of keepers voting
    tie lot
    when elected go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const [first] = process.stages;
      if (first === undefined) return [];
      const unnamed = unnamedCandidate(model, process);
      if (unnamed !== undefined) return [unnamed];
      return votesOf(process).flatMap(({ stage, vote }) => {
        const kind = vote.choices.kind;
        if (kind === 'list' || !reachable(process, [first.name], (passed) => takes(passed, kind)).has(stage.name)) return [];
        return [
          finding('GDO220', placeIn(model, vote.choices, vote), {
            message: `\`${vote.name}\` can open without any ${kind}`,
            label: `where do the ${kind} come from?`,
            why: 'There is nothing to vote for, so nothing is ever decided',
            help:
              kind === 'candidates'
                ? 'add a step before it with a line such as:  nominations of members'
                : 'add a step before it with a line such as:  options by any member',
          }),
        ];
      });
    }),
};

function takes(stage: CharterStage, kind: 'candidates' | 'options'): boolean {
  return stage.kind === 'step' && (kind === 'candidates' ? stage.nominations.length > 0 : stage.options !== undefined);
}

/** A case that the calendar or an empty seat starts has no candidate, so what its outcome gives to the candidate nobody gets; a warning where people can start one too. */
function unnamedCandidate(model: Model, process: CharterProcess): Diagnostic | undefined {
  const alone = process.starts.filter((start) => start.kind === 'when' || start.kind === 'every');
  const given = effectsOf(process).find(({ effect }) => effect.kind === 'grant' && effect.to === 'candidate');
  if (alone.length === 0 || given === undefined || process.stages.some((stage) => takes(stage, 'candidates'))) return undefined;
  return finding('GDO220', placeIn(model, given.effect, process), {
    severity: alone.length < process.starts.length ? 'warning' : 'error',
    message: `\`${process.name}\` can start by itself, and then has no candidate who could be given anything`,
    label: 'who is that?',
    why: 'Everybody votes, it passes, and nobody has the office',
    help: 'let people be nominated, and give it to them:  nominations of members ... grant ... to the winners',
  });
}
