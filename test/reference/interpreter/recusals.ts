// Who takes no part: by an attribute, or because somebody asked and another decided it (S42, S134, decision 0053).
import type { CharterActor, CharterRecusal, CharterStage, CharterVote } from '../../../engine/index.ts';
import { meetsBound, sharesOf } from './bounds.ts';
import { attributeOf } from './records.ts';
import { holders, peopleOf } from './rosters.ts';
import type { Act, Case, OpenVote, Opening, Recused, Refusal, RecusalRequest, Roll } from './world.ts';

/** The recusal lines of a vote: its own before those of the process. */
export function recusalLines(subject: Case, vote: CharterVote): readonly CharterRecusal[] {
  return [...vote.recusals, ...subject.process.recusals];
}

/** The recusal lines of a stage with the entry each is for, those of its votes first; those of the process are for the whole case. */
export function recusalRules(subject: Case, opening: Opening): readonly { readonly line: CharterRecusal; readonly entry: number }[] {
  const own = opening.votes.flatMap(({ vote, entry }) => vote.recusals.map((line) => ({ line, entry })));
  return [...own, ...subject.process.recusals.map((line) => ({ line, entry: 0 }))];
}

/** Who shares an attribute with the author, a candidate or a subject when a stage opens, themselves included. */
export function recusedBy(subject: Case, roll: Roll, lines: readonly CharterRecusal[]): readonly Recused[] {
  const parties = [subject.author, ...subject.candidates, ...subject.subjects];
  return [...roll.joined.keys()].flatMap((person) => {
    const shares = (attribute: string): boolean => {
      const value = attributeOf(roll, attribute, person);
      return value !== undefined && parties.some((party) => attributeOf(roll, attribute, party) === value);
    };
    const line = lines.find((one) => one.for.some(shares));
    return line === undefined ? [] : [{ person, ...(line.countsAs === undefined ? {} : { countsAs: line.countsAs }) }];
  });
}

function decidedFor(subject: Case, entry: number): readonly Recused[] {
  return subject.requests.filter((one) => one.decided && (one.entry === 0 || one.entry === entry));
}

/** Everybody who is recused from a vote. */
export function recusedIn(subject: Case, { recused, entry }: OpenVote): readonly Recused[] {
  return [...recused, ...decidedFor(subject, entry)];
}

/** Everybody who is recused from a step. */
export function recusedInStep(subject: Case, { recused, entry }: Opening): readonly Recused[] {
  return [...recused, ...decidedFor(subject, entry)];
}

/** S127: a request that nobody has decided keeps a vote open. */
export function awaitsRecusal(subject: Case, { entry }: OpenVote): boolean {
  return subject.requests.some((one) => !one.decided && (one.entry === 0 || one.entry === entry));
}

/** The names that a stage reads rosters by. */
function rolesIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]) => (key === 'role' && typeof inner === 'string' ? [inner] : rolesIn(inner)));
}

/** Decision 0053: of those who share an attribute, everybody in the rosters of a step. */
export function recusedFromStep(subject: Case, stage: CharterStage, roll: Roll): readonly Recused[] {
  // The people of a case are no roster: or an author who shares with themselves could never be asked.
  const asked = rolesIn(stage).flatMap((role) =>
    roll.charter.roles.some(({ name }) => name === role) || role === 'person' ? holders(roll, role) : (subject.drawn.get(role) ?? []),
  );
  return recusedBy(subject, roll, subject.process.recusals).filter(({ person }) => asked.includes(person));
}

/** Who may ask, and be asked about: voters, whoever is on a roster of the step, and the parties of the case. */
function takesPart(subject: Case, { stage, votes, roll }: Opening, person: string): boolean {
  if ([...subject.starters, ...subject.candidates, ...subject.subjects].includes(person)) return true;
  // S42: who is recused has left the roster, unless they count there all the same.
  if (votes.length > 0)
    return votes.some((open) => open.frozen.includes(person) && !recusedIn(subject, open).some((one) => one.person === person && one.countsAs === undefined));
  return rolesIn(stage).some((role) => peopleOf(roll, subject, role).includes(person));
}

/** Those a line names as deciders now: neither who asked nor whom it is about. */
function deciders(now: Roll, subject: Case, by: CharterActor): readonly string[] {
  if (by.kind === 'count') return sharesOf(by.bound).flatMap((share) => peopleOf(now, subject, share.role));
  const people = peopleOf(now, subject, by.role);
  return by.kind === 'the' && by.order !== undefined ? people.slice(0, 1) : people;
}

function areEnough(now: Roll, by: CharterActor, count: number): boolean {
  return by.kind !== 'count' || meetsBound(BigInt(count), by.comparison, by.bound, (share) => BigInt(holders(now, share.role).length));
}

/** Takes the act `recuse`: a request, or a voice for one. With several lines the first by which somebody may decide is the one that binds. */
export function recusalRefusal(subject: Case, opening: Opening, act: Act, now: Roll): Refusal {
  const rules = recusalRules(subject, opening);
  // S42: before the close.
  if (opening.votes.length > 0 && opening.votes.every(({ phase }) => phase !== 'open'))
    return { codes: ['GDO1050', 'GDO1051'], reason: 'nobody votes any more' };
  const entries = [0, opening.entry, ...opening.votes.map(({ entry }) => entry)];
  const [person = act.person] = act.about;
  const shared = [...opening.recused, ...opening.votes.flatMap(({ recused }) => recused)];
  const asked = subject.requests.find((one) => one.person === person && entries.includes(one.entry));
  // What somebody has asked for is for the whole case, so it may be decided although an attribute keeps that person out of this stage.
  if (asked?.decided === true || (asked === undefined && shared.some((one) => one.person === person)))
    return { codes: ['GDO1052'], reason: 'is recused already' };
  if (asked === undefined) {
    if (!takesPart(subject, opening, act.person) || !takesPart(subject, opening, person))
      return { codes: ['GDO1040'], reason: 'people who take part ask, about people who take part' };
    subject.requests = [...subject.requests, { person, askedBy: act.person, entry: rules[0]?.entry ?? 0, deciders: [], decided: false }];
    return undefined;
  }
  // S134: who is recused decides nothing; in a joint, who is from one of its votes.
  const decidedHere = subject.requests.filter((one) => one.decided && entries.includes(one.entry));
  const isOut = [...shared, ...decidedHere].some((one) => one.person === act.person);
  const mayDecide = !isOut && act.person !== asked.person && act.person !== asked.askedBy;
  const rule = mayDecide ? rules.find(({ line }) => deciders(now, subject, line.decidedBy).includes(act.person)) : undefined;
  if (rule === undefined) return { codes: ['GDO1040'], reason: 'another decides who is recused' };
  const saying = [...new Set([...asked.deciders, act.person])];
  const { line, entry } = rule;
  const decided: RecusalRequest = areEnough(now, line.decidedBy, saying.length)
    ? { ...asked, entry, deciders: saying, decided: true, ...(line.countsAs === undefined ? {} : { countsAs: line.countsAs }) }
    : { ...asked, deciders: saying };
  subject.requests = subject.requests.map((one) => (one === asked ? decided : one));
  return undefined;
}
