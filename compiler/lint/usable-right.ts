// Whether anybody can pass a right at all: role lines, denials and facts together, over what follows from holding a role. It knows no state and no hours.
import type { Charter, CharterFact, CharterRight, CharterRole } from '../../engine/index.ts';
import { matchesPattern } from '../../engine/index.ts';

/** True for a role that everybody has (S87). */
function isEverybodys(role: CharterRole | undefined): boolean {
  return role !== undefined && role.held === undefined && role.gainedThrough.length === 0;
}

/** The roles whoever holds a role surely holds too: those it is lost with, and those its facts ask for at every moment. Pure. Source: language.md S111 */
function impliedBy(charter: Charter, name: string): ReadonlySet<string> {
  const implied = new Set<string>([name]);
  for (const found of implied) {
    const above = charter.roles.find((role) => role.name === found)?.lostWith;
    if (above !== undefined) implied.add(above);
  }
  for (const role of charter.roles) if (isEverybodys(role)) implied.add(role.name);
  return implied;
}

/** True where two patterns can stand for one thing, as far as can be seen without listing all things. Pure. */
export function mayMeet(left: string, right: string): boolean {
  return left === right || matchesPattern(left, right) || matchesPattern(right, left);
}

/** True where two rights can cover one thing. Pure. */
export function shareThing(left: CharterRight, right: CharterRight): boolean {
  return left.covers.some((one) => right.covers.some((other) => mayMeet(one, other) && !left.except.includes(other) && !right.except.includes(one)));
}

/** Why nobody passes one line of a right; undefined where somebody may. */
function lineObstacle(charter: Charter, right: CharterRight, role: string, who: readonly CharterFact[]): string | undefined {
  const declared = charter.roles.find((one) => one.name === role);
  if (declared?.held?.most === 0) return `nobody may hold \`${role}\``;
  const held = who.find((fact) => fact.kind === 'holds' && charter.roles.some((one) => one.name === fact.name && one.held?.most === 0));
  if (held?.kind === 'holds') return `nobody may hold \`${held.name}\``;
  const has = new Set([...impliedBy(charter, role), ...who.flatMap((fact) => (fact.kind === 'holds' ? [...impliedBy(charter, fact.name)] : []))]);
  // A denial shuts every thing of its right, so a right over some of the same things is shut only where all of its things are (S90).
  const denials = charter.rights.filter(
    (other) =>
      other === right || right.covers.every((thing) => other.covers.some((one) => one === thing || matchesPattern(one, thing)) && other.except.length === 0),
  );
  const denied = denials.flatMap((other) => other.denied.flatMap((line) => line.roles)).find((name) => has.has(name));
  if (denied !== undefined) return `\`${denied}\` is denied, and everybody of \`${role}\` who could pass is one`;
  const missing = who.find((fact) => fact.kind === 'does-not-hold' && has.has(fact.name));
  if (missing?.kind === 'does-not-hold')
    return missing.name === role ? `it asks them not to hold \`${role}\`` : `whoever holds \`${role}\` also holds \`${missing.name}\``;
  return unmetAmount(who);
}

/** Facts about one number that no number meets. */
function unmetAmount(who: readonly CharterFact[]): string | undefined {
  const names = new Set(who.flatMap((fact) => (fact.kind === 'has' ? [fact.name] : [])));
  for (const name of names) {
    let [least, most] = [0, Number.MAX_SAFE_INTEGER];
    for (const fact of who) {
      if (fact.kind !== 'has' || fact.name !== name || fact.amount.kind !== 'count') continue;
      const { value } = fact.amount;
      if (fact.comparison === 'at-least' || fact.comparison === 'exactly') least = Math.max(least, value);
      if (fact.comparison === 'more-than') least = Math.max(least, value + 1);
      if (fact.comparison === 'at-most' || fact.comparison === 'exactly') most = Math.min(most, value);
      if (fact.comparison === 'fewer-than') most = Math.min(most, value - 1);
    }
    if (least > most) return `no number of \`${name}\` is both`;
  }
  return undefined;
}

/** The lines that say who holds a right, each with why nobody passes it; none is said of a line that somebody may pass. Pure. */
export function deadLines(charter: Charter, right: CharterRight): readonly { readonly line: object; readonly role: string; readonly reason: string }[] {
  return right.heldBy.flatMap((line) =>
    line.roles.flatMap((role) => {
      const reason = lineObstacle(charter, right, role, line.who);
      return reason === undefined ? [] : [{ line, role, reason }];
    }),
  );
}

/** Why nobody at all passes a right; undefined where somebody may. Pure. Source: language.md S90, check.md 3.9 */
export function whyNobody(charter: Charter, right: CharterRight): string | undefined {
  const dead = deadLines(charter, right);
  if (dead.length < right.heldBy.reduce((sum, line) => sum + line.roles.length, 0)) {
    return right.limits.some((limit) => limit.amount.kind === 'count' && limit.amount.value === 0) ? 'it allows no use at all' : undefined;
  }
  return dead[0]?.reason ?? 'no line says who holds it';
}
