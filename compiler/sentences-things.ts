// Roles, areas, measures, money, programs, rights, duties and protections restated. Processes are sentences-process.ts's. Pure.
import type {
  Charter,
  CharterAccount,
  CharterArea,
  CharterCertificate,
  CharterClaim,
  CharterCollaborator,
  CharterDapp,
  CharterDelegation,
  CharterDuty,
  CharterLoss,
  CharterMeasure,
  CharterOrganization,
  CharterPoints,
  CharterProperty,
  CharterProtection,
  CharterRole,
  CharterValue,
  Quantity,
} from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import { actWords, eventWords, limitSentence, pathWords } from './sentences-clauses.ts';
import { effectSentence, pointWords } from './sentences-process.ts';
import {
  actorWords,
  comparisonWords,
  dateText,
  durationText,
  everyText,
  list,
  many,
  one,
  quantityWords,
  quoted,
  sentence,
  somebody,
  spanText,
  spoken,
} from './sentences-words.ts';

/** `UTC-06:00` for an offset in minutes. Pure. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
}

/** The organization. Pure. Source: language.md S5, S92, S103, S106 */
export function organizationSentences(charter: Charter, organization: CharterOrganization): readonly string[] {
  const { witnessed } = organization;
  return [
    sentence(`these are the bylaws of ${organization.name === '' ? 'an organization without a name' : organization.name}`),
    ...(organization.timeZone === undefined ? [] : [sentence(`times are shown in the zone ${organization.timeZone}`)]),
    ...(organization.localTime === undefined ? [] : [sentence(`local time is ${list(organization.localTime.map(offsetText), 'or')}`)]),
    ...(organization.dayEnds === undefined ? [] : [sentence(`a deadline in days ends with the day at ${offsetText(organization.dayEnds)}`)]),
    ...(witnessed === undefined
      ? []
      : [
          sentence(
            `the ${many(charter, witnessed.role)} witness what is recorded, and it is final by ${witnessed.finality === 'one' ? 'one of them' : 'a quorum of them'}`,
          ),
        ]),
    ...(organization.stale === undefined ? [] : [sentence(`a device without news for ${durationText(organization.stale)} acts on nothing`)]),
    ...(organization.retention === undefined ? [] : [sentence(`records are kept for at least ${durationText(organization.retention)}`)]),
  ];
}

/** An area and its paths. Pure. */
export function areaSentences(area: CharterArea): readonly string[] {
  const except = area.except.length === 0 ? '' : `, except ${list(area.except.map(quoted))}`;
  return [sentence(`the area ${spoken(area.name)} covers ${list(area.covers.map(quoted))}${except}`)];
}

function heldSentence(role: CharterRole): string {
  const { held } = role;
  const name = one(role.name);
  if (held === undefined) return sentence(`the role ${name} may be held by any number of people`);
  const { least, most } = held;
  const number =
    most === undefined
      ? `at least ${least} ${least === 1 ? 'person' : 'people'}`
      : least === most
        ? `${least} ${least === 1 ? 'person' : 'people'}`
        : least === 0
          ? `at most ${most} ${most === 1 ? 'person' : 'people'}`
          : `${least} to ${most} people`;
  return sentence(`the role ${name} is held by ${number}${held.inOrder === undefined ? '' : ', in order'}`);
}

function lossWords(loss: CharterLoss): string {
  switch (loss.kind) {
    case 'inactivity':
      return `${durationText(loss.duration)} without activity`;
    case 'missed-votes':
      return `${loss.count} missed ${loss.count === 1 ? 'vote' : 'votes in a row'}`;
    case 'resignation':
      return 'resignation';
    case 'expiry':
      return 'the end of its time';
    case 'process':
      return spoken(loss.process);
    case 'report':
      return `${spoken(loss.report)} of ${durationText(loss.duration)}`;
    default:
      return unreachable(loss);
  }
}

/** A role, clause by clause. Pure. */
export function roleSentences(charter: Charter, role: CharterRole): readonly string[] {
  const open = list(
    role.openTo.map((row) => somebody(charter, row.role, row.who)),
    'or',
  );
  const { term, vacancy } = role;
  return [
    heldSentence(role),
    ...(role.firstHeldBy.length === 0 ? [] : [sentence(`it is first held by ${list(role.firstHeldBy)}`)]),
    ...(open === '' ? [] : [sentence(`it is open to ${open}`)]),
    ...(term === undefined
      ? []
      : [sentence(`its term is ${durationText(term.duration)}${term.staggeredGroups === undefined ? '' : `, in ${term.staggeredGroups} staggered groups`}`)]),
    ...(role.gainedThrough.length === 0 ? [] : [sentence(`it is gained through ${list(role.gainedThrough.map(spoken), 'or')}`)]),
    ...(role.lost.length === 0 ? [] : [sentence(`it is lost through ${list(role.lost.map(lossWords), 'or')}`)]),
    ...(role.lostWith === undefined ? [] : [sentence(`it is lost together with the role ${one(role.lostWith)}`)]),
    ...(vacancy === undefined ? [] : [sentence(`an empty seat is filled through ${spoken(vacancy.process)} within ${durationText(vacancy.within)}`)]),
    ...(role.whileShort === undefined ? [] : [sentence(`while too few people hold it, they may decide only cases of ${list(role.whileShort.map(spoken))}`)]),
    ...(role.succeededBy.length === 0
      ? []
      : [
          sentence(
            `while nobody holds it, the ${list(role.succeededBy.map(one), 'or').replaceAll(', ', ', then the ').replaceAll(' or ', ', then the ')} acts in its place`,
          ),
        ]),
    ...role.limits.map((limit) => limitSentence(charter, limit)),
  ];
}

/** What is counted for each person. Pure. Source: language.md S112 */
export function measureSentences(measure: CharterMeasure): readonly string[] {
  const over = measure.over === undefined ? '' : ` over the last ${spanText(measure.over)}`;
  const by = measure.reportedBy === undefined ? '' : `, as ${spoken(measure.reportedBy)} reports`;
  return [
    sentence(`the measure ${spoken(measure.name)} counts the ${spoken(measure.counts)} of each ${one(measure.each)}${over}${by}`),
    ...(measure.least === undefined ? [] : [sentence(`it counts as at least ${measure.least}`)]),
    ...(measure.most === undefined ? [] : [sentence(`it counts as at most ${measure.most}`)]),
  ];
}

/** How experience is earned and lost. Pure. Source: language.md S64 */
export function pointsSentences(charter: Charter, points: CharterPoints): readonly string[] {
  return [
    ...points.earned.map((row) =>
      sentence(
        `${row.amount} ${pointWords(charter, points.name, row.amount)} ${row.amount === 1 ? 'is' : 'are'} earned by ${actorWords(charter, row.by).text} when ${eventWords(row.for)}`,
      ),
    ),
    ...(points.decay === undefined ? [] : [sentence(`${quantityWords(points.decay.amount)} of it is lost ${everyText(points.decay.every)}, rounded down`)]),
    ...points.levels.map((level) => sentence(`the level ${spoken(level.name)} begins at ${level.from}`)),
    ...points.limits.map((limit) => limitSentence(charter, limit)),
  ];
}

/** Who gives a certificate to whom. Pure. */
export function certificateSentences(charter: Charter, certificate: CharterCertificate): readonly string[] {
  const to = list(
    certificate.issuedTo.map((row) => somebody(charter, row.role, row.who)),
    'or',
  );
  const by = list(
    certificate.issuedBy.map((actor) => actorWords(charter, actor).text),
    'or',
  );
  return [
    ...(by === '' ? [] : [sentence(`the certificate ${spoken(certificate.name)} is issued by ${by}${to === '' ? '' : ` to ${to}`}`)]),
    ...(by === '' && to !== '' ? [sentence(`the certificate ${spoken(certificate.name)} is issued to ${to}`)] : []),
    ...(certificate.lasts === undefined ? [] : [sentence(`it lasts ${durationText(certificate.lasts)}`)]),
    ...(certificate.revokedBy === undefined ? [] : [sentence(`it is revoked by ${actorWords(charter, certificate.revokedBy).text}`)]),
  ];
}

/** Who may vote for whom. Pure. Source: language.md S41 */
export function delegationSentences(charter: Charter, delegation: CharterDelegation): readonly string[] {
  const topics = delegation.for.length === 0 ? '' : ` in cases of ${list(delegation.for.map(spoken))}`;
  return [
    sentence(`the ${many(charter, delegation.by)} may let one another vote for them${topics}`),
    ...(delegation.depth === undefined ? [] : [sentence(`a vote is passed on at most ${delegation.depth === 1 ? 'once' : `${delegation.depth} times`}`)]),
    ...(delegation.override === undefined ? [] : ['Who votes in person votes for nobody but themselves and those who chose them.']),
    ...(delegation.revocableUntil === undefined ? [] : [sentence(`it can be taken back until the ${delegation.revocableUntil} of a vote`)]),
    ...(delegation.lasts === undefined ? [] : [sentence(`it lasts ${durationText(delegation.lasts)}`)]),
    ...delegation.limits.map((limit) => limitSentence(charter, limit)),
  ];
}

/** Money. Pure. */
export function accountSentences(charter: Charter, account: CharterAccount): readonly string[] {
  const kept = account.keptBy === undefined ? '' : ` and is kept by ${actorWords(charter, account.keptBy).text}`;
  return [sentence(`the account ${spoken(account.name)} is in ${account.currency}${kept}`), ...account.limits.map((limit) => limitSentence(charter, limit))];
}

/** A program that judges merges. Pure. Source: language.md S53, S104 */
export function dappSentences(charter: Charter, dapp: CharterDapp): readonly string[] {
  return [
    sentence(`the program ${spoken(dapp.name)} checks every change in ${list(dapp.checks.map(spoken))}, and nothing is merged there without its yes`),
    ...(dapp.answersWithin === undefined ? [] : [sentence(`it answers within ${durationText(dapp.answersWithin)}`)]),
    ...(dapp.endorsedBy === undefined ? [] : [sentence(`its answer is attested by ${actorWords(charter, dapp.endorsedBy).text}`)]),
    sentence(`its image is ${dapp.image}`),
  ];
}

/** A program that reports or acts. Pure. */
export function collaboratorSentences(charter: Charter, collaborator: CharterCollaborator): readonly string[] {
  return [
    sentence(`${actorWords(charter, collaborator.keptBy).text} answers for the program ${spoken(collaborator.name)}`),
    ...(collaborator.reports.length === 0 ? [] : [sentence(`it reports ${list(collaborator.reports.map(quoted), 'or')}`)]),
    ...(collaborator.actsOn.length === 0 ? [] : [sentence(`it acts when ${list(collaborator.actsOn.map(eventWords), 'or')}`)]),
  ];
}

/** Who owes what by when. Pure. Source: language.md S65 */
export function dutySentences(charter: Charter, duty: CharterDuty): readonly string[] {
  const who = duty.owedBy === undefined ? 'somebody' : actorWords(charter, duty.owedBy).text;
  const within = duty.within === undefined ? '' : `, within ${durationText(duty.within.duration)} after ${eventWords(duty.within.of)}`;
  const every = duty.every === undefined ? '' : `, ${everyText(duty.every.duration)} from ${dateText(duty.every.from)}`;
  return [
    sentence(`the duty ${spoken(duty.name)} is owed by ${who}${within}${every}`),
    ...(duty.done === undefined ? [] : [sentence(`it is done when ${actWords(charter, duty.done)}`)]),
    ...(duty.otherwise === undefined
      ? []
      : [sentence(`if it is not done, ${effectSentence(charter, duty.otherwise).replace(/^[A-Z]/, (first) => first.toLowerCase())}`)]),
  ];
}

function valueWords(value: CharterValue): string {
  switch (value.kind) {
    case 'quantity':
      return quantityWords(value.quantity);
    case 'duration':
      return durationText(value.duration);
    case 'date':
      return dateText(value.date);
    case 'text':
      return quoted(value.text);
    case 'name':
      return spoken(value.name);
    default:
      return unreachable(value);
  }
}

/** A rule about changing rules. Pure. Source: language.md S59, S60 */
export function protectionSentences(protection: CharterProtection): readonly string[] {
  const what = list(protection.paths.map(pathWords));
  const { lapses } = protection;
  const renewed = lapses?.renewedThrough === undefined ? '' : ` unless it is renewed through ${spoken(lapses.renewedThrough)}`;
  return [
    ...(protection.changedThrough === undefined ? [] : [sentence(`${what} may be changed only through ${spoken(protection.changedThrough)}`)]),
    ...(protection.neverChanged === undefined ? [] : [sentence(`${what} may never be changed`)]),
    ...protection.bounds.map((row) => sentence(`${pathWords(row.path)} stays from ${valueWords(row.from)} to ${valueWords(row.to)}`)),
    ...(lapses === undefined
      ? []
      : [
          sentence(
            `${protection.paths.every((path) => path.length === 1) ? '' : 'this protection of '}${what} lapses ${lapses.after === undefined ? `on ${dateText(lapses.on ?? '')}` : `after ${durationText(lapses.after)}`}${renewed}`,
          ),
        ]),
  ];
}

/** What the authors believe, as a sentence. Pure. Source: language.md S67 */
export function propertySentences(charter: Charter, property: CharterProperty): readonly string[] {
  const claim = claimWords(charter, property.claim);
  const modes = { forbid: `it must never happen that ${claim}`, always: `it must always hold that ${claim}`, possible: `it must be possible that ${claim}` };
  return [sentence(modes[property.mode])];
}

function claimWords(charter: Charter, claim: CharterClaim): string {
  const people = (amount: Quantity, role: string): string =>
    amount.kind === 'count' && amount.value === 1
      ? `1 ${one(role)}`
      : `${quantityWords(amount)}${amount.kind === 'share' ? ' of the' : ''} ${many(charter, role)}`;
  switch (claim.kind) {
    case 'merge':
      return `a change in ${spoken(claim.area)} is merged with ${comparisonWords(claim.comparison)} ${people(claim.amount, claim.role)} approving`;
    case 'holds': {
      const single = claim.amount.kind === 'count' && claim.amount.value === 1;
      return `${comparisonWords(claim.comparison)} ${people(claim.amount, claim.people)} ${single ? 'holds' : 'hold'} the role ${one(claim.role)}`;
    }
    case 'reaches': {
      const given = claim.with === undefined ? '' : ` with ${comparisonWords(claim.with.comparison)} ${people(claim.with.amount, claim.with.role)}`;
      const within = claim.within === undefined ? '' : ` within ${durationText(claim.within)}`;
      return `a case of ${list(claim.path.map(spoken))} reaches ${spoken(claim.outcome)}${given}${within}`;
    }
    default:
      return unreachable(claim);
  }
}
