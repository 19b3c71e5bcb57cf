// A Charter as plain sentences, declaration by declaration. Sentences are output only: no prose is ever parsed (language.md section 2).
import type { Charter, CharterProcess, CharterStage } from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import { outcomeSentences, processSentences, stepSentences } from './sentences-process.ts';
import { rightSentences } from './sentences-rights.ts';
import {
  accountSentences,
  areaSentences,
  certificateSentences,
  collaboratorSentences,
  dappSentences,
  delegationSentences,
  dutySentences,
  measureSentences,
  organizationSentences,
  pointsSentences,
  propertySentences,
  protectionSentences,
  roleSentences,
} from './sentences-things.ts';
import { drawSentences, jointSentences, meetingSentences, voteSentences } from './sentences-vote.ts';
import { actorWords, sentence, spoken } from './sentences-words.ts';

/** What a declaration is called in documents. */
export type RestatedKind =
  | 'organization'
  | 'area'
  | 'attribute'
  | 'role'
  | 'action'
  | 'measure'
  | 'points'
  | 'certificate'
  | 'delegation'
  | 'account'
  | 'dapp'
  | 'collaborator'
  | 'process'
  | 'right'
  | 'duty'
  | 'protection'
  | 'property';

/** One stage in sentences; `title` is what it is called aloud. Votes of a joint follow it as stages of their own. */
export interface RestatedStage {
  readonly name: string;
  readonly kind: CharterStage['kind'];
  readonly title: string;
  readonly sentences: readonly string[];
}

/** One declaration in sentences. `name` is its name in the bylaws, `title` what it is called aloud; only processes have stages. Texts are not escaped. */
export interface Restated {
  readonly kind: RestatedKind;
  readonly name: string;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly stages: readonly RestatedStage[];
}

/**
 * Restates every clause of a Charter as a grammatical English sentence, in the Charter's order; clauses that only say the default may be left out. Pure.
 * @param name - only the declarations of this name; none where there is none
 */
export function sentencesOf(charter: Charter, name?: string): readonly Restated[] {
  const plain = (kind: RestatedKind, thing: { readonly name: string; readonly title?: string }, sentences: readonly string[]): Restated => ({
    kind,
    name: thing.name,
    title: titled(thing),
    sentences,
    stages: [],
  });
  const all: readonly Restated[] = [
    { ...plain('organization', charter.organization, organizationSentences(charter, charter.organization)), title: charter.organization.name },
    ...charter.areas.map((area) => plain('area', area, areaSentences(area))),
    ...charter.attributes.map((row) =>
      plain('attribute', row, [sentence(`${spoken(row.name)} is a fact about people that is certified by ${actorWords(charter, row.certifiedBy).text}`)]),
    ),
    ...charter.roles.map((role) => plain('role', role, roleSentences(charter, role))),
    ...charter.actions.map((row) => plain('action', row, [sentence(`the action ${spoken(row.name)} is taken by ${actorWords(charter, row.by).text}`)])),
    ...charter.measures.map((measure) => plain('measure', measure, measureSentences(measure))),
    ...charter.points.map((points) => plain('points', points, pointsSentences(charter, points))),
    ...charter.certificates.map((certificate) => plain('certificate', certificate, certificateSentences(charter, certificate))),
    ...charter.delegations.map((delegation) => plain('delegation', delegation, delegationSentences(charter, delegation))),
    ...charter.accounts.map((account) => plain('account', account, accountSentences(charter, account))),
    ...charter.dapps.map((dapp) => plain('dapp', dapp, dappSentences(charter, dapp))),
    ...charter.collaborators.map((collaborator) => plain('collaborator', collaborator, collaboratorSentences(charter, collaborator))),
    ...charter.processes.map((process) => ({
      ...plain('process', process, processSentences(charter, process)),
      stages: process.stages.flatMap((stage) => stagesOf(charter, process, stage)),
    })),
    ...charter.rights.map((right) => plain('right', right, rightSentences(charter, right))),
    ...charter.duties.map((duty) => plain('duty', duty, dutySentences(charter, duty))),
    ...charter.protections.map((protection) => {
      const path = protection.paths[0]?.join('.') ?? '';
      return plain('protection', { name: path, title: protection.title ?? path }, protectionSentences(protection));
    }),
    ...charter.properties.map((property) => plain('property', { name: property.title, title: property.title }, propertySentences(charter, property))),
  ];
  return name === undefined ? all : all.filter((restated) => restated.name === name);
}

function titled(thing: { readonly name: string; readonly title?: string }): string {
  const words = thing.title ?? spoken(thing.name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Sentences speak of a stage by its name, so a title of its own words has the name beside it. */
function stageTitle(stage: CharterStage): string {
  return stage.title === undefined ? titled(stage) : `${titled(stage)} (${spoken(stage.name)})`;
}

function stagesOf(charter: Charter, process: CharterProcess, stage: CharterStage): readonly RestatedStage[] {
  const restated: RestatedStage = { name: stage.name, kind: stage.kind, title: stageTitle(stage), sentences: stageSentences(charter, process, stage) };
  return stage.kind === 'joint' ? [restated, ...stage.votes.flatMap((vote) => stagesOf(charter, process, vote))] : [restated];
}

function stageSentences(charter: Charter, process: CharterProcess, stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return stepSentences(charter, process, stage);
    case 'vote':
      return voteSentences(charter, process, stage);
    case 'joint':
      return jointSentences(process, stage);
    case 'meeting':
      return meetingSentences(charter, process, stage);
    case 'draw':
      return drawSentences(charter, process, stage);
    case 'outcome':
      return outcomeSentences(charter, stage);
    default:
      return unreachable(stage);
  }
}
