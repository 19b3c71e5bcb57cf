// GDO407: a few allies who admit others until they change the bylaws alone (check.md 3.2).
import type { Charter, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { smallestAmending, smallestGranting, smallestOf } from '../analysis/coalition.ts';
import { withHolders } from '../analysis/holders.ts';
import { delegatedTakeovers } from '../analysis/delegated-takeover.ts';
import type { DelegatedTakeover } from '../analysis/delegated-takeover.ts';
import { takeovers, withNewcomers } from '../analysis/takeover.ts';
import type { Motion, Takeover } from '../analysis/takeover.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { allies, castOfGroup, deed, deedsAlong, matterOf, waitingFor, waitingOut } from '../history-of-way.ts';
import { counted, daysText, peopleText } from '../number-words.ts';
import type { Witness, WitnessEvent } from '../witness.ts';
import { expels } from './effects.ts';
import { quickestWay } from './group-reach.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `takeover`. An error for one person, and below a third of the body, else a note (docs/decisions/0075); what new members have to wait for is time in which the others
 * can act, and what depends on weights that the text does not fix is only likely (docs/decisions/0102). */
export const takeover: LintRule = {
  code: 'GDO407',
  name: 'takeover',
  what: 'A few allies can admit others until they change the bylaws alone',
  why: 'No rule is broken on the way, and those who were there before find out at the end',
  fix: 'Make admission as hard as what the admitted may decide, or let new members wait: `who joined at least 90 days ago`',
  bad: `role keeper plural keepers
  held by 5 to 30 people
  first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal", "ivy"
  gained through keeping
  lost through removal or resignation
  vacancy filled through keeping within 60 days
  while short only keeping, removal, amendment
end

process keeping
  started by any keeper
  step support
    when 1 other keeper endorses go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end
`,
  good: roleSample({}),
  late: true,
  witness: (model) =>
    firstWitness(byWeight(takeovers(model.charter)), (way) => takenOver(model, way)) ??
    firstWitness(delegatedTakeovers(model.charter), (way) => givenAway(model, way)),
  check: (model) => [
    ...delegatedTakeovers(model.charter, model.analyses.reach).map((way) => delegatedFinding(model, way)),
    ...takeovers(model.charter, model.analyses.reach).flatMap((way) => {
      // Many who let most of the others be struck could have changed the bylaws in their sleep as well.
      if (way.bySilence && !isByFew(way)) return [];
      const role = model.charter.roles.find((candidate) => candidate.name === way.role);
      return [
        finding('GDO407', placeIn(model, role ?? model.charter.organization, model.charter.organization), {
          severity: severityOf(way),
          message: `${way.allies} of ${way.body} people in \`${way.role}\` can take it over: they ${motionsText(way)}, and then change the bylaws without anybody else${way.isWeighted ? ', if all weigh the same' : ''}${way.bySilence ? ', while those who go say nothing' : ''}`,
          label: `${way.allies === 1 ? peopleText(1) : `${way.allies} allies`}, ${motionsLabel(way)}`,
          why: `It takes ${daysText(way.minutes)} or more, through ${[...way.through, way.amendedThrough].map((name) => `\`${name}\``).join(' and ')}, if nobody else acts`,
          help: way.bySilence
            ? 'let nobody be removed by silence: ask for a vote, or for several people who approve'
            : 'make admission as hard as what the admitted may decide, or let them wait:  who joined at least 90 days ago',
        }),
      ];
    }),
  ],
};

/** The others give their ballots to the allies in turn, and then the allies alone act; only where nobody is admitted before. */
function givenAway({ charter }: Model, way: DelegatedTakeover): Witness | undefined {
  if (way.admitted > 0) return undefined;
  const group = allies(way.allies);
  const given = castOfGroup(charter, group, new Map([[way.role, way.body]]));
  const others = given.flatMap((fact) => (fact.kind === 'holders' && fact.role === way.role ? fact.people.filter((name) => !group.includes(name)) : []));
  const gifts = others
    .slice(0, way.carried)
    .map((name, index) => deed(0, [name], 'delegate', { names: [way.delegation.name], to: group[index % group.length] ?? '' }));
  const found = quickestWay(charter, way.process, { people: way.allies, silent: false, carried: way.carried });
  const deeds = found === undefined ? undefined : deedsAlong(charter, way.process, found, group, 1);
  if (deeds === undefined) return undefined;
  return { title: `${way.allies} of ${way.body} decide with ${counted(way.carried, 'ballot')} of others`, given, events: [...gifts, ...waitingOut(deeds)] };
}

/** Ballots are given by people who trust somebody: a warning only where a few are enough and nobody can take theirs back (docs/decisions/0101). */
function delegatedFinding(model: Model, way: DelegatedTakeover): Diagnostic {
  const { allies: few, admitted, carried, body, role, delegation, process } = way;
  const others = carried === 1 ? 'the ballot of another' : `the ballots of ${carried} others`;
  return finding('GDO407', placeIn(model, delegation, process), {
    severity: way.isHeld && few * 3 < body ? 'warning' : 'info',
    message: `${few} of ${body} people in \`${role}\` who ${admitted === 0 ? '' : `admit ${admitted === 1 ? 'another' : `${admitted} others`} and `}are given ${others} through \`${delegation.name}\` change the bylaws without anybody else`,
    label: way.isHeld ? 'given away until the vote is over' : 'given away, and can be taken back',
    why: `It takes ${daysText(way.minutes)} or more, through \`${process.name}\`, if nobody else acts`,
    help: delegatedHelp(model, way),
  });
}

/** What the text does not say yet: what is there is not advised again. */
function delegatedHelp({ charter }: Model, { delegation, role, allies: few, admitted }: DelegatedTakeover): string {
  const plural = charter.roles.find(({ name }) => name === role)?.plural ?? role;
  const isBound = delegation.limits.some(({ per }) => per.some((one) => one.kind === 'each' && one.name === 'delegate'));
  const least = admitted === 0 && few > 1 ? `, so that ${few} of them do not come to enough` : '';
  return [
    isBound ? `lower what one may be given, the limit of \`${delegation.name}\`${least}` : `bound what one may be given:  limit 1/10 of ${plural} per delegate`,
    ...(delegation.override === true ? [] : ['let people vote themselves:  override by voting']),
    ...(delegation.revocableUntil === 'opening' ? ['let them take it back:  revocable until the close'] : []),
  ].join('; ');
}

/** Whether it takes one person only, or fewer than a third of the body. */
function isByFew({ allies: few, body, isLone }: Takeover): boolean {
  return isLone || few * 3 < body;
}

function severityOf(way: Takeover): 'error' | 'warning' | 'info' {
  const { waitMinutes } = way;
  if (!isByFew(way) || waitMinutes > 0) return 'info';
  // Whoever is removed by silence could have spoken.
  return way.isWeighted || way.bySilence ? 'warning' : 'error';
}

/** The gravest first: that is the history which somebody wants to see. */
function byWeight(ways: readonly Takeover[]): readonly Takeover[] {
  const ranks = ['error', 'warning', 'info'];
  return ways.toSorted((left, right) => ranks.indexOf(severityOf(left)) - ranks.indexOf(severityOf(right)));
}

function countOf(way: Takeover, motion: Motion): number {
  return way.motions.filter((one) => one === motion).length;
}

function motionsText(way: Takeover): string {
  const [admitted, removed] = [countOf(way, 'admit'), countOf(way, 'remove')];
  return [...(admitted > 0 ? [`admit ${admitted === 1 ? 'another' : `${admitted} others`}`] : []), ...(removed > 0 ? [`remove ${removed}`] : [])].join(' and ');
}

function motionsLabel(way: Takeover): string {
  const [admitted, removed] = [countOf(way, 'admit'), countOf(way, 'remove')];
  const count = (number: number, one: string): readonly string[] => (number === 0 ? [] : [counted(number, one)]);
  return [...count(admitted, 'admission'), ...count(removed, 'removal')].join(', ');
}

/** Every motion in its turn, and then the change of the bylaws, while nobody else does anything. */
function takenOver(model: Model, way: Takeover): Witness | undefined {
  const { charter } = model;
  // What weighs in the end is earned or reported, and a history begins without either.
  if (way.isWeighted) return undefined;
  const group = [...allies(way.allies)];
  const given = castOfGroup(charter, group, new Map([[way.role, way.body]]));
  const others = given.flatMap((fact) => (fact.kind === 'holders' && fact.role === way.role ? fact.people.filter((name) => !group.includes(name)) : []));
  const events: WitnessEvent[] = [];
  const used = charter.processes.filter(({ name }) => [...way.through, way.amendedThrough].includes(name));
  // The allies are there long enough for all that asks how long somebody has been.
  let [minute, body, admitted] = [Math.max(0, ...used.map(waitingFor)), way.body, 0];
  for (const motion of way.motions) {
    const friend = `friend-${body}`;
    const now = withHolders(charter, way.role, body);
    const kind = { ...withNewcomers(charter, way.role, admitted), silent: motion === 'remove' && way.bySilence };
    const found =
      motion === 'admit'
        ? smallestGranting(now, way.role, group.length, kind)
        : smallestOf(now, charter.processes, (process) => removing(charter, process, way.role), group.length, kind);
    const matter =
      found === undefined
        ? {}
        : { ...matterOf(charter, found.process, friend, others.at(-1) ?? friend), about: motion === 'admit' ? friend : (others.at(-1) ?? friend) };
    const deeds = found === undefined ? undefined : deedsAlong(now, found.process, found.way, [...group], minute, matter);
    if (deeds === undefined) return undefined;
    events.push(...deeds.events);
    minute = deeds.until + 2;
    body += motion === 'admit' ? 1 : -1;
    admitted += motion === 'admit' ? 1 : 0;
    if (motion === 'admit') group.push(friend);
    else others.pop();
  }
  const then = withHolders(charter, way.role, body);
  const amending = smallestAmending(then, group.length, withNewcomers(charter, way.role, admitted));
  const deeds = amending === undefined ? undefined : deedsAlong(then, amending.process, amending.way, group, minute + way.waitMinutes);
  if (deeds === undefined) return undefined;
  return {
    title: `${way.allies} of ${way.body} take ${way.role} over`,
    given,
    events: waitingOut({ events: [...events, ...deeds.events], until: deeds.until }),
  };
}

function removing(charter: Charter, process: CharterProcess, role: string): (outcome: CharterOutcome) => boolean {
  return (outcome) => outcome.effects.some((effect) => expels(charter, process, effect, role));
}
