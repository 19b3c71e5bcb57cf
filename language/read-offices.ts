// Reads the organization and what people can be or hold in it: roles, measures, points, certificates, delegation.
import { actor, allow, headcount, limit, maybeWho } from './read-people.ts';
import { amount, choice, comparison, duration, head, isComparison, names, path, text, texts, title, within } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { Int, isUnit, keyword, Param, phrase } from './tokens.ts';
import type {
  CertificateDeclaration,
  DelegationDeclaration,
  Loss,
  MeasureDeclaration,
  OrganizationDeclaration,
  PointsDeclaration,
  RoleClause,
  RoleDeclaration,
} from './tree.ts';

type OrganizationClause = OrganizationDeclaration['clauses'][number];
type PointsClause = PointsDeclaration['clauses'][number];
type CertificateClause = CertificateDeclaration['clauses'][number];
type DelegationClause = DelegationDeclaration['clauses'][number];

const say = {
  anyone: phrase('anyone'),
  by: phrase('by'),
  byEach: phrase('by each'),
  certificate: phrase('certificate'),
  close: phrase('close'),
  counts: phrase('counts'),
  dayEnds: phrase('day ends'),
  decay: phrase('decay'),
  delegation: phrase('delegation'),
  depth: phrase('depth'),
  earned: phrase('earned'),
  every: phrase('every'),
  finalBy: phrase('final by'),
  firstHeldBy: phrase('first held by'),
  for: phrase('for'),
  from: phrase('from'),
  gainedThrough: phrase('gained through'),
  heldBy: phrase('held by'),
  in: phrase('in'),
  inOrder: phrase('in order'),
  issued: phrase('issued'),
  lasts: phrase('lasts'),
  level: phrase('level'),
  localTime: phrase('local time'),
  lost: phrase('lost'),
  measure: phrase('measure'),
  missedVotesInARow: phrase('missed votes in a row'),
  of: phrase('of'),
  one: phrase('one'),
  openTo: phrase('open to'),
  opening: phrase('opening'),
  or: keyword('or'),
  organization: phrase('organization'),
  overTheLast: phrase('over the last'),
  overrideByVoting: phrase('override by voting'),
  points: phrase('points'),
  quorum: phrase('quorum'),
  reportedBy: phrase('reported by'),
  retention: phrase('retention'),
  revocableUntilThe: phrase('revocable until the'),
  revokedBy: phrase('revoked by'),
  role: phrase('role'),
  roundedDown: phrase('rounded down'),
  staggeredGroups: phrase('staggered groups'),
  staleAfter: phrase('stale after'),
  succeededBy: phrase('succeeded by'),
  term: phrase('term'),
  through: phrase('through'),
  timeZone: phrase('time zone'),
  to: phrase('to'),
  vacancyFilledThrough: phrase('vacancy filled through'),
  whileShortOnly: phrase('while short only'),
  with: phrase('with'),
  without: phrase('without'),
  withoutActivity: phrase('without activity'),
  witnessedBy: phrase('witnessed by'),
} as const;

/** `'organization' text {organizationClause} done`. */
export function organization(reader: Reader): OrganizationDeclaration {
  const start = reader.at;
  reader.words(say.organization);
  reader.open('organization', 'organizationClause', start);
  const name = text(reader);
  const clauses = reader.clauses('organizationClause', organizationClauses, undefined);
  return { kind: 'organization', name, clauses, span: reader.spanFrom(start) };
}

const organizationClauses: Lines<OrganizationClause> = linesOf<OrganizationClause>({
  time: timeZone,
  local: localTime,
  day: dayEnds,
  witnessed,
  stale,
  retention,
  allow,
});

function timeZone(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.timeZone);
  return { kind: 'time-zone', zone: text(reader), span: reader.spanFrom(start) };
}

function localTime(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.localTime);
  return { kind: 'local-time', offsets: texts(reader), span: reader.spanFrom(start) };
}

function dayEnds(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.dayEnds);
  return { kind: 'day-ends', offset: text(reader), span: reader.spanFrom(start) };
}

function witnessed(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.witnessedBy);
  const by = reader.name();
  reader.words(say.finalBy);
  const finality = reader.passes(say.one) ? 'one' : 'quorum';
  if (finality === 'quorum') reader.words(say.quorum);
  return { kind: 'witnessed', role: by, finality, span: reader.spanFrom(start) };
}

function stale(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.staleAfter);
  return { kind: 'stale', after: duration(reader), span: reader.spanFrom(start) };
}

function retention(reader: Reader): OrganizationClause {
  const start = reader.at;
  reader.words(say.retention);
  return { kind: 'retention', duration: duration(reader), span: reader.spanFrom(start) };
}

/** `'role' head {roleClause} done`. */
export function role(reader: Reader): RoleDeclaration {
  const start = reader.at;
  reader.words(say.role);
  reader.open('role', 'roleClause', start);
  const named = head(reader);
  const clauses = reader.clauses('roleClause', roleClauses, named.name);
  return { kind: 'role', head: named, clauses, span: reader.spanFrom(start) };
}

const roleClauses: Lines<RoleClause> = linesOf<RoleClause>({
  held: heldBy,
  first: firstHeld,
  open: openTo,
  term,
  gained,
  lost,
  vacancy,
  while: whileShort,
  succeeded,
  limit,
  allow,
});

function heldBy(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.heldBy);
  if (reader.passes(say.anyone)) return { kind: 'held', by: 'anyone', inOrder: false, span: reader.spanFrom(start) };
  const by = headcount(reader);
  const inOrder = reader.passes(say.inOrder);
  return { kind: 'held', by, inOrder, span: reader.spanFrom(start) };
}

function firstHeld(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.firstHeldBy);
  return { kind: 'first-held', people: texts(reader), span: reader.spanFrom(start) };
}

function openTo(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.openTo);
  const named = reader.name();
  const who = maybeWho(reader);
  return { kind: 'open-to', role: named, who, span: reader.spanFrom(start) };
}

function term(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.term);
  const length = duration(reader);
  const staggeredGroups = reader.passes(say.in) ? reader.integer() : undefined;
  if (staggeredGroups !== undefined) reader.words(say.staggeredGroups);
  return { kind: 'term', duration: length, ...(staggeredGroups !== undefined && { staggeredGroups }), span: reader.spanFrom(start) };
}

function gained(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.gainedThrough);
  return { kind: 'gained', through: choice(reader), span: reader.spanFrom(start) };
}

function lost(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.lost);
  if (reader.passes(say.with)) return { kind: 'lost-with', role: reader.name(), span: reader.spanFrom(start) };
  reader.words(say.through);
  return { kind: 'lost', through: reader.list(loss, say.or), span: reader.spanFrom(start) };
}

function loss(reader: Reader): Loss {
  const start = reader.at;
  if ((reader.is(Int) && isUnit(reader.kindAhead(1))) || (reader.is(Param) && reader.beginsAhead(1, say.without))) {
    const length = duration(reader);
    reader.words(say.withoutActivity);
    return { kind: 'inactivity', duration: length, span: reader.spanFrom(start) };
  }
  if (reader.is(Int)) {
    const count = reader.integer();
    reader.words(say.missedVotesInARow);
    return { kind: 'missed-votes', count, span: reader.spanFrom(start) };
  }
  const name = reader.name();
  const of = reader.passes(say.of) ? duration(reader) : undefined;
  return { kind: 'named', name, ...(of && { of }), span: reader.spanFrom(start) };
}

function vacancy(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.vacancyFilledThrough);
  const through = reader.name();
  return { kind: 'vacancy', through, within: within(reader), span: reader.spanFrom(start) };
}

function whileShort(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.whileShortOnly);
  return { kind: 'while-short', processes: names(reader), span: reader.spanFrom(start) };
}

function succeeded(reader: Reader): RoleClause {
  const start = reader.at;
  reader.words(say.succeededBy);
  return { kind: 'succeeded', by: names(reader), span: reader.spanFrom(start) };
}

/** What is counted, by whom, over which time. */
export function measure(reader: Reader): MeasureDeclaration {
  const start = reader.at;
  reader.words(say.measure);
  reader.open('measure', 'measureBound', start);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.counts);
  const counts = reader.name();
  reader.words(say.byEach);
  const each = reader.name();
  const over = reader.passes(say.overTheLast) ? duration(reader) : undefined;
  const reportedBy = reader.passes(say.reportedBy) ? reader.name() : undefined;
  const bounds: MeasureDeclaration['bounds'][number][] = [];
  while (isComparison(reader)) {
    reader.mark('measureBound');
    bounds.push(measureBound(reader));
  }
  reader.close(name);
  const tail = { ...(over && { over }), ...(reportedBy && { reportedBy }) };
  return { kind: 'measure', name, ...titled, counts, each, ...tail, bounds, span: reader.spanFrom(start) };
}

function measureBound(reader: Reader): MeasureDeclaration['bounds'][number] {
  const start = reader.at;
  const compared = comparison(reader);
  return { comparison: compared, value: reader.integer(), span: reader.spanFrom(start) };
}

/** `'points' head {pointsClause} done`. */
export function points(reader: Reader): PointsDeclaration {
  const start = reader.at;
  reader.words(say.points);
  reader.open('points', 'pointsClause', start);
  const named = head(reader);
  return { kind: 'points', head: named, clauses: reader.clauses('pointsClause', pointsClauses, named.name), span: reader.spanFrom(start) };
}

const pointsClauses: Lines<PointsClause> = linesOf<PointsClause>({ earned, decay, level, limit, allow });

function earned(reader: Reader): PointsClause {
  const start = reader.at;
  reader.words(say.earned);
  const count = reader.integer();
  reader.words(say.by);
  const by = actor(reader);
  reader.words(say.for);
  return { kind: 'earned', amount: count, by, for: path(reader), span: reader.spanFrom(start) };
}

function decay(reader: Reader): PointsClause {
  const start = reader.at;
  reader.words(say.decay);
  const share = amount(reader);
  reader.words(say.every);
  const every = duration(reader);
  reader.words(say.roundedDown);
  return { kind: 'decay', amount: share, every, span: reader.spanFrom(start) };
}

function level(reader: Reader): PointsClause {
  const start = reader.at;
  reader.words(say.level);
  const name = reader.name();
  reader.words(say.from);
  return { kind: 'level', name, from: reader.integer(), span: reader.spanFrom(start) };
}

/** `'certificate' head {certificateClause} done`. */
export function certificate(reader: Reader): CertificateDeclaration {
  const start = reader.at;
  reader.words(say.certificate);
  reader.open('certificate', 'certificateClause', start);
  const named = head(reader);
  const clauses = reader.clauses('certificateClause', certificateClauses, named.name);
  return { kind: 'certificate', head: named, clauses, span: reader.spanFrom(start) };
}

const certificateClauses: Lines<CertificateClause> = linesOf<CertificateClause>({ issued, lasts: lastsFor, revoked, allow });

function issued(reader: Reader): CertificateClause {
  const start = reader.at;
  reader.words(say.issued);
  if (reader.passes(say.by)) return { kind: 'issued-by', actor: actor(reader), span: reader.spanFrom(start) };
  reader.words(say.to);
  const holder = reader.name();
  const who = maybeWho(reader);
  return { kind: 'issued-to', role: holder, who, span: reader.spanFrom(start) };
}

function lastsFor(reader: Reader): CertificateClause & DelegationClause {
  const start = reader.at;
  reader.words(say.lasts);
  return { kind: 'lasts', duration: duration(reader), span: reader.spanFrom(start) };
}

function revoked(reader: Reader): CertificateClause {
  const start = reader.at;
  reader.words(say.revokedBy);
  return { kind: 'revoked', actor: actor(reader), span: reader.spanFrom(start) };
}

/** `'delegation' name [text] 'by' name {delegationClause} done`. */
export function delegation(reader: Reader): DelegationDeclaration {
  const start = reader.at;
  reader.words(say.delegation);
  reader.open('delegation', 'delegationClause', start);
  const name = reader.name();
  const titled = title(reader);
  reader.words(say.by);
  const by = reader.name();
  const clauses = reader.clauses('delegationClause', delegationClauses, name);
  return { kind: 'delegation', name, ...titled, by, clauses, span: reader.spanFrom(start) };
}

const delegationClauses: Lines<DelegationClause> = linesOf<DelegationClause>({
  for: delegationFor,
  depth,
  override,
  revocable,
  lasts: lastsFor,
  limit,
  allow,
});

function delegationFor(reader: Reader): DelegationClause {
  const start = reader.at;
  reader.words(say.for);
  return { kind: 'for', processes: names(reader), span: reader.spanFrom(start) };
}

function depth(reader: Reader): DelegationClause {
  const start = reader.at;
  reader.words(say.depth);
  return { kind: 'depth', depth: reader.integer(), span: reader.spanFrom(start) };
}

function override(reader: Reader): DelegationClause {
  const start = reader.at;
  reader.words(say.overrideByVoting);
  return { kind: 'override', span: reader.spanFrom(start) };
}

function revocable(reader: Reader): DelegationClause {
  const start = reader.at;
  reader.words(say.revocableUntilThe);
  const until = reader.passes(say.opening) ? 'opening' : 'close';
  if (until === 'close') reader.words(say.close);
  return { kind: 'revocable', until, span: reader.spanFrom(start) };
}
