// Findings about names and types that need the whole Charter: equal patterns, unreported facts, unused declarations. Structure is lint/'s.
import type { Charter } from '../engine/index.ts';
import { codes, suggest } from '../language/index.ts';
import type { Diagnostic } from '../language/index.ts';
import { compareText, finding, labelled } from './finding.ts';
import { declared } from './modules.ts';
import type { Unit } from './modules.ts';
import { lacksModules } from './resolve.ts';
import type { Context, NameKind } from './scope.ts';
import { globalName, placeOf } from './scope.ts';

/** Reports two areas with one pattern (GDO107): nobody could say which of them owns the path. */
export function reportEqualPatterns(context: Context, charter: Charter): readonly Diagnostic[] {
  const owners = new Map<string, string>();
  const found: Diagnostic[] = [];
  for (const area of charter.areas) {
    const place = context.sources.get(area);
    for (const pattern of area.covers) {
      const earlier = owners.get(pattern);
      const other = charter.areas.find((candidate) => candidate.name === earlier);
      const otherPlace = other === undefined ? undefined : context.sources.get(other);
      if (earlier === undefined) owners.set(pattern, area.name);
      else if (place !== undefined) {
        found.push(
          finding('GDO107', place, {
            message: `The areas \`${earlier}\` and \`${area.name}\` both cover "${pattern}"`,
            label: 'covers it again',
            why: 'A file under it would belong to both, and two processes could claim the right to change it',
            help: 'leave the pattern in one of them',
            related: otherPlace === undefined ? [] : [labelled(otherPlace, 'covers it first')],
          }),
        );
      }
    }
  }
  return found;
}

/** Reports `lost through X of D` without a collaborator that reports both `X` and `no X` (GDO117, S102). */
export function reportUnreportedFacts(context: Context, charter: Charter): readonly Diagnostic[] {
  return charter.roles.flatMap((role) =>
    role.lost.flatMap((loss) => {
      if (loss.kind !== 'report') return [];
      if (charter.collaborators.some((program) => program.reports.includes(loss.report) && program.reports.includes(`no ${loss.report}`))) return [];
      const place = context.sources.get(loss) ?? context.sources.get(role);
      if (place === undefined) return [];
      return [
        finding('GDO117', place, {
          message: `Nobody reports \`${loss.report}\`, so the role \`${role.name}\` is never lost by it`,
          label: 'never reported',
          why: 'The text threatens a loss that cannot happen, and nobody is named to say who is concerned',
          help: `add a collaborator with:  reports "${loss.report}", "no ${loss.report}"`,
        }),
      ];
    }),
  );
}

/** Reports a measure whose collaborator reports other things than what it counts (GDO119, S112). */
export function reportUnreportedCounts(context: Context, units: readonly Unit[], charter: Charter): readonly Diagnostic[] {
  return units.flatMap((unit) =>
    declared(unit, 'measure').flatMap(({ name, counts }) => {
      const measure = charter.measures.find((lowered) => lowered.name === globalName(unit.scope, name.text));
      const program = charter.collaborators.find((collaborator) => collaborator.name === measure?.reportedBy);
      if (program === undefined || program.reports.length === 0 || program.reports.includes(counts.text)) return [];
      const [meant] = suggest(counts.text, program.reports);
      return [
        finding('GDO119', placeOf({ ...context, scope: unit.scope }, counts.span), {
          message: `\`${program.name}\` does not report \`${counts.text}\``,
          label: 'counted by nobody',
          why: 'Everybody would have a weight of 0, whatever is reported',
          help: meant === undefined ? `let it report that:  reports "${counts.text}"` : `did you mean \`${meant}\`?`,
        }),
      ];
    }),
  );
}

const judged: readonly NameKind[] = ['role', 'attribute', 'measure', 'points', 'certificate', 'account', 'action'];

/** Reports declarations that nothing refers to (GDO113); names that stand beside a misspelling are left alone (S72). */
export function reportUnused(context: Context, suggested: ReadonlySet<string>): readonly Diagnostic[] {
  // What an unreadable module would have used is unknown.
  if (lacksModules(context)) return [];
  return [...context.names].flatMap(([spelling, entry]) => {
    if (spelling !== entry.name || !judged.includes(entry.kind) || context.used.has(entry.name) || suggested.has(entry.name)) return [];
    return [
      finding('GDO113', entry.place, {
        message: `Nothing refers to the ${entry.kind} \`${entry.name}\``,
        label: 'not used',
        why: 'A reader would believe that it decides something',
        help: 'delete it, or name it where it should matter',
      }),
    ];
  });
}

/** Reports `allow` lines for rules that do not exist (GDO101): a misspelt one would allow nothing. */
export function reportUnknownRules(context: Context): readonly Diagnostic[] {
  const known = codes.filter((entry) => /^GDO[0-9]{3}$/.test(entry.code)).map((entry) => entry.name);
  return context.allowances.flatMap(({ clause, file }) => {
    if (known.includes(clause.rule.text)) return [];
    const meant = suggest(clause.rule.text, [...known].sort(compareText));
    return [
      finding(
        'GDO101',
        { file, span: clause.rule.span },
        {
          message: `No rule is called \`${clause.rule.text}\`, so nothing is allowed here`,
          label: 'no such rule',
          why: 'The finding it is meant for would still be reported',
          help:
            meant.length > 0
              ? `did you mean ${meant.map((word) => `\`${word}\``).join(' or ')}?`
              : 'the name of a rule stands in brackets behind its finding; `gdo explain --list` shows all',
        },
      ),
    ];
  });
}
