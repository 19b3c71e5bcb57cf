// GDO416: one person who can stop what others have already decided.
import type { CharterActor, CharterProcess, CharterStage, CharterStep } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { actsOf, oneCanDo } from './acting.ts';
import type { PlacedAct } from './acting.ts';
import { amendingProcesses } from './group-reach.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { processSample } from './sample.ts';
import { outcomesOf } from './effects.ts';
import { reachable, targetsOf } from './stage-graph.ts';

/** People whose own case it is may stop it: that is withdrawing, not a veto. */
const ofTheCase: readonly string[] = ['author', 'starters', 'candidate', 'subject', 'raiser', 'winners'];

/** The stages that a vote of several, or a number of approvals, leads to: from there on it is decided. */
function afterSupport(process: CharterProcess): ReadonlySet<string> {
  const refusing = refusingNames(process);
  const decided = process.stages.flatMap((stage): readonly string[] => {
    if (stage.kind === 'vote') return stage.results.flatMap((line) => (line.result === 'failed' || line.result === 'inquorate' ? [] : [line.target]));
    if (stage.kind === 'joint') return stage.passes === undefined ? [] : [stage.passes.target];
    if (stage.kind !== 'step') return [];
    return stage.transitions.flatMap((line) =>
      line.kind === 'when' && line.acts.some((act) => act.verb === 'approve' || act.verb === 'endorse') && !line.acts.every((act) => oneCanDo(act.actor))
        ? [line.target]
        : [],
    );
  });
  return reachable(
    process,
    decided.filter((name) => !refusing.has(name)),
    (stage: CharterStage) => stage.kind === 'vote' || stage.kind === 'joint',
  );
}

function refusingNames(process: CharterProcess): ReadonlySet<string> {
  return new Set(outcomesOf(process).flatMap((outcome) => (outcome.accepts ? [] : [outcome.name])));
}

/** True for an act of one person after which the case can only be refused, where it might have been accepted. */
function stops(process: CharterProcess, placed: PlacedAct): boolean {
  const refusing = refusingNames(process);
  const others = targetsOf(placed.step).filter((name) => name !== placed.target);
  return refusing.has(placed.target) && others.some((name) => !refusing.has(name));
}

const decided = (objecting: string): string =>
  processSample(
    'vote ballot',
    '  voters keepers',
    '  open for 7 days',
    '  quorum at least 2/3 of keepers voting',
    '  passes when more than 1/2 of votes cast are yes',
    '  when passed go to waiting',
    '  otherwise go to refused',
    'end',
    'step waiting',
    `  unless ${objecting} within 3 days go to accepted`,
    '  otherwise go to refused',
    'end',
  );

/** The rule `single-veto`. */
export const singleVeto: LintRule = {
  code: 'GDO416',
  name: 'single-veto',
  what: 'One person can stop what others have decided',
  why: 'Whoever holds that office, or its key, decides in the end about everything that is decided here',
  fix: 'Ask for two, or for a reason and a second vote: `unless 2 keepers object within 3 days go to refused`',
  bad: decided('any keeper objects'),
  good: decided('2 keepers object'),
  check: (model) => [...objecting(model), ...amendingProcesses(model.charter).flatMap((process) => uncalled(model, process))],
};

/** A meeting on the bylaws that one officer alone can call: whoever wants no change only has to do nothing. */
function uncalled(model: Model, process: CharterProcess): readonly Diagnostic[] {
  const refusing = refusingNames(process);
  return process.stages.flatMap((stage) => {
    if (stage.kind !== 'meeting' || stage.called === undefined || stage.called.by.kind === 'count') return [];
    const office = model.charter.roles.find(({ name, held }) => name === actorRoles(stage.called?.by ?? { kind: 'the', role: '' })[0] && held?.most === 1);
    const unheld = stage.results.find((line) => line.result === 'inquorate')?.target ?? stage.otherwise;
    if (office === undefined || unheld === undefined || !refusing.has(unheld)) return [];
    return [
      finding('GDO416', placeIn(model, stage.called, stage), {
        message: `Only the \`${office.name}\` can call \`${stage.name}\`, and \`${process.name}\` is refused if nobody does`,
        label: 'one person is enough',
        why: 'An officer who wants no change of the bylaws only has to do nothing',
        help: 'let others call it as well, such as any of the board, or those who ask for it:  called by at least 1/5 of ... within 30 days',
      }),
    ];
  });
}

function objecting(model: Model): readonly Diagnostic[] {
  return model.charter.processes.flatMap((process) => {
    const decided = afterSupport(process);
    const stopping = [...actsOf(process), ...objections(process)]
      .filter((placed) => stops(process, placed))
      .map(({ step, act }) => ({ step, actor: act.actor, at: act }));
    const vetoes = [...stopping, ...openConcerns(process)].filter(
      ({ step, actor }) => decided.has(step.name) && oneCanDo(actor) && !actorRoles(actor).every((name) => ofTheCase.includes(name)),
    );
    return vetoes.slice(0, 1).map(({ step, actor, at }) =>
      finding('GDO416', placeIn(model, at, step), {
        message: `In \`${step.name}\` one \`${actorRoles(actor).join(', ')}\` can stop what \`${process.name}\` has decided`,
        label: 'one person is enough',
        why: 'Whoever holds that office, or its key, decides in the end about everything that is decided here',
        help: 'ask for two people, or let the objection lead to a second vote instead of the end',
      }),
    );
  });
}

/** An objection before which `unless` waits leads where `otherwise` says. */
function objections(process: CharterProcess): readonly PlacedAct[] {
  return process.stages.flatMap((step) => {
    if (step.kind !== 'step') return [];
    const otherwise = step.transitions.find((line) => line.kind === 'otherwise');
    if (otherwise === undefined) return [];
    return step.transitions.flatMap((transition) =>
      transition.kind === 'unless' ? transition.acts.map((act) => ({ step, transition, act, target: otherwise.target })) : [],
    );
  });
}

/** Concerns that only those who raised them resolve, in a step that only waits and is not left for an acceptance while one is open. */
function openConcerns(process: CharterProcess): readonly { readonly step: CharterStep; readonly actor: CharterActor; readonly at: object }[] {
  const refusing = refusingNames(process);
  return process.stages.flatMap((step) => {
    if (step.kind !== 'step') return [];
    const accepting = step.transitions.filter(({ target }) => !refusing.has(target));
    const waits = accepting.every((line) => line.kind === 'after' && line.without?.kind === 'concerns');
    if (accepting.length === 0 || !waits) return [];
    return step.concerns.flatMap((concern) =>
      concern.resolvedBy.every((actor) => actorRoles(actor).every((name) => name === 'raiser')) ? [{ step, actor: concern.by, at: concern }] : [],
    );
  });
}
