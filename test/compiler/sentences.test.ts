// Sentences and `gdo:says` regions: bylaws text in, prose out. Grammar is held by goldens read by people and by rules that any sentence must meet.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { compileBylaws, diagramOf, markdownText, ownersText, sentencesOf, staleSays, writeSays } from '../../compiler/index.ts';
import { areaOf, matchesPattern } from '../../engine/index.ts';
import type { Charter } from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { compiled } from './bylaws-text.ts';

const council = readFileSync(fileURLToPath(new URL('../golden/charter-council.gdo', import.meta.url)), 'utf8');

function charterOf(text: string): Charter {
  const { charter, diagnostics } = compiled(text);
  if (charter === undefined) throw new Error(diagnostics.map((found) => `${found.code} ${found.message}`).join('; '));
  return charter;
}

/** Every sentence about the declarations of one text, one a line. */
function prose(text: string, name?: string): readonly string[] {
  return sentencesOf(charterOf(text), name).flatMap((one) => [...one.sentences, ...one.stages.flatMap((stage) => stage.sentences)]);
}

const people =
  'role member plural members\n held by anyone\n gained through joining\nend\nprocess joining\n started by any person\n step s\n STEP\n end\nend\n';
const step = (line: string): string =>
  `gdo 1\norganization "O"\nend\nrole chair\n held by 1 person\n first held by "ann"\nend\n${people.replace('STEP', line)}`;

describe('one clause becomes one sentence', () => {
  it.each([
    ['when 2 other members endorse go to accepted', 'When 2 other members endorse, it is accepted.'],
    ['when 1 member endorses go to accepted', 'When 1 member endorses, it is accepted.'],
    ['when at least 2/3 of members approve within 14 days go to accepted', 'When at least two thirds of the members approve within 14 days, it is accepted.'],
    ['when more than 1/2 of members approve go to accepted', 'When more than half of the members approve, it is accepted.'],
    ['when all but 1 of members approve go to accepted', 'When all but 1 of the members approve, it is accepted.'],
    ['when the chair declares "done" go to accepted', 'When the chair declares “done”, it is accepted.'],
    ['when the chair approves and 2 members endorse go to accepted', 'When the chair approves and 2 members endorse, it is accepted.'],
    ['unless a member objects within 1 week go to accepted', 'Unless any member objects within 1 week, it is accepted.'],
    ['after 30 days go to refused', 'After 30 days it is refused.'],
    ['after 1 day without any member objecting go to refused', 'After 1 day without any member objecting, it is refused.'],
    ['after 14 days without concerns go to refused', 'After 14 days, as soon as no concern is open, it is refused.'],
    ['lasts at least 72 hours since the start', 'It lasts at least 72 hours, counted from the start of the case.'],
    [
      'concerns by any member resolved by the raiser or the chair',
      'Concerns are raised by any member and resolved by the person who raised the concern or the chair.',
    ],
  ])('%s', (line, sentence) => {
    expect(prose(step(line), 'joining')).toContain(sentence);
  });

  it('asks all people for all of them, and not for at least all', () => {
    const quorum = (bound: string): string =>
      `gdo 1\norganization "O"\nend\n${people.replace(' step s\n STEP\n end\n', ` vote v\n  voters members\n  open for 7 days\n  quorum ${bound} voting\n  passes when no member says no\n end\n`)}`;
    expect(prose(quorum('at least all members'), 'joining')).toContain('For a quorum, all members must vote.');
    expect(prose(quorum('at least 1/2 of members'), 'joining')).toContain('For a quorum, at least half of the members must vote.');
  });

  it('says what a process without files decides: what its outcomes do, and never that it only records', () => {
    const about = (outcome: string): string | undefined => {
      const text = `gdo 1\norganization "O"\nend\n${people.replace('STEP', 'after 1 day go to done').replace(/end\n$/, ` outcome done\n${outcome} end\nend\n`)}account till in EUR with 2 decimals\nend\n`;
      return prose(text, 'joining').find((one) => one.startsWith('It merges'));
    };
    expect(about('  grant member to the candidate\n')).toBe('It merges no change: it decides who holds the role member.');
    expect(about('  remove member from the subject\n  grant member to the candidate\n')).toBe('It merges no change: it decides who holds the role member.');
    expect(about('  grant member to the candidate\n  pay the amount from till\n')).toBe(
      'It merges no change: it decides who holds the role member and about a payment from the account till.',
    );
    expect(about('  start joining\n')).toBe('It merges no change: it decides whether a case of joining starts.');
    expect(about('  accept the merge\n')).toBe('It merges no change, and its decision is recorded.');
  });

  it('says of a process of one outcome that it ends as soon as it starts', () => {
    const text = `gdo 1\norganization "O"\nend\n${people.replace(' step s\n STEP\n end\n', ' outcome joined\n  grant member to the candidate\n end\n')}`;
    expect(prose(text, 'joining')).toContain('As soon as it starts, it ends as joined.');
  });

  it('names roles, terms and losses', () => {
    const text =
      'gdo 1\nrole auditor plural auditors\n held by 2 to 3 people\n first held by "uma", "vic"\n term 1 year\n lost through resignation or expiry\nend\n';
    expect(prose(text, 'auditor')).toEqual([
      'The role auditor is held by 2 to 3 people.',
      'It is first held by uma and vic.',
      'Its term is 1 year.',
      'It is lost through resignation or the end of its time.',
    ]);
  });
});

describe('a plural that names a body (S139)', () => {
  const board =
    'gdo 1\norganization "O"\nend\nattribute firm certified by any board-member\nrole board-member plural PLURAL\n held by 2 to 9 people\n first held by "ann", "ben"\n limit 2 PLURAL per firm\n limit 3 terms per firm in a row\nend\n';

  it('is read as the people in it', () => {
    expect(prose(board.replaceAll('PLURAL', 'board'), 'board-member')).toContain('At most 2 members of the board may share one firm.');
    expect(prose(board.replaceAll('PLURAL', 'board-members'), 'board-member')).toContain('At most 2 board members may share one firm.');
  });

  it('counts terms for each value of an attribute', () => {
    expect(prose(board.replaceAll('PLURAL', 'board'), 'board-member')).toContain('There may be at most 3 terms in a row for each firm.');
  });
});

describe('the sentences of real bylaws', () => {
  const golden = fileURLToPath(new URL('../golden/sentences-council.md', import.meta.url));

  it('are those of golden/sentences-council.md', () => {
    const now = sentencesOf(charterOf(council))
      .map(
        (one) =>
          `## ${one.kind}: ${one.title}\n\n${one.sentences.join('\n')}\n${one.stages.map((stage) => `\n### ${stage.title}\n\n${stage.sentences.join('\n')}\n`).join('')}`,
      )
      .join('\n');
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, now);
    expect(now).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
  });

  itShared('design/language-samples', 'begin with a capital, end with one stop, and hold no word of a program', (folder) => {
    const module = readFileSync(`${folder}/module-elections.gdo`, 'utf8');
    const samples = readdirSync(folder).filter((name) => name.endsWith('.gdo') && !name.startsWith('module-'));
    const sentences = samples.flatMap((name) => {
      const { file } = parseBylaws({ path: name, text: readFileSync(`${folder}/${name}`, 'utf8') });
      const pinned = /pinned "([^"]+)"/.exec(file.text)?.[1] ?? '';
      const { charter } = compileBylaws([file], () => ({ text: module, digest: pinned }));
      expect(charter, name).toBeDefined();
      return charter === undefined ? [] : sentencesOf(charter).flatMap((one) => [...one.sentences, ...one.stages.flatMap((stage) => stage.sentences)]);
    });
    expect(sentences.length).toBeGreaterThan(500);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[\p{Lu}\d“].*[.!?]”?$/su);
      expect(sentence).not.toMatch(
        /undefined|NaN|\[object|null| {2}|\.\.| ,| a [aeio]|\ban [bcdfgjklmnpqrtvwxz]|\b1 (?:days|weeks|months|years|people|members)\b/,
      );
    }
  });
});

/** A Charter with one number, unit, comparison or goal of one declaration changed, for each of them: `path` says where. */
function changes(value: unknown, path: readonly string[] = []): readonly (readonly [path: string, change: (root: unknown) => void])[] {
  const at = (root: unknown, keys: readonly string[]): Record<string, unknown> => keys.reduce((inner, key) => Object(inner)[key], Object(root));
  const set =
    (key: string, next: unknown) =>
    (root: unknown): void =>
      void Reflect.set(at(root, path), key, next);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const where = [...path, key].join('.');
    if (typeof inner === 'number') return [[where, set(key, inner + 1)] as const];
    if (key === 'unit') return [[where, set(key, inner === 'day' ? 'week' : 'day')] as const];
    if (key === 'ballots') return [[where, set(key, inner === 'final' ? 'may-change' : 'final')] as const];
    if (key === 'comparison') return [[where, set(key, inner === 'exactly' ? 'at-most' : 'exactly')] as const];
    if (typeof inner === 'string' && ['target', 'role', 'verb', 'name', 'process', 'account', 'otherwise', 'result', 'default', 'method'].includes(key))
      return [[where, set(key, 'zebra')] as const];
    if (inner === true) return [[where, (root: unknown): void => void Reflect.deleteProperty(at(root, path), key)] as const];
    return changes(inner, [...path, key]);
  });
}

describe('no clause is left out', () => {
  itShared('design/language-samples', 'every number, unit, comparison, name and goal of a declaration changes what its sentences say', (folder) => {
    const unsaid: string[] = [];
    let tried = 0;
    for (const name of ['council', 'assembly', 'doors', 'treasury', 'steering', 'resolution', 'rfc', 'makerspace', 'monarchy', 'democracy']) {
      const whole = charterOf(readFileSync(`${folder}/${name}.gdo`, 'utf8'));
      const said = (charter: Charter): string => JSON.stringify(sentencesOf(charter));
      const before = said(whole);
      for (const [path, change] of changes(whole)) {
        // Derived from other clauses: the order in the window, and what a merge already says.
        if (/^v$|\.class$|\.accepts$/.test(path)) continue;
        const copy = structuredClone(whole);
        change(copy);
        tried += 1;
        if (said(copy) === before) unsaid.push(`${name} ${path}`);
      }
    }
    expect(unsaid).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
  });
});

describe('a gdo:says region', () => {
  const literate = (body: string): string => `# Bylaws\n\n<!-- gdo:says amendment -->${body}<!-- /gdo:says -->\n\n\`\`\`gdo\n${council}\`\`\`\n`;
  const charter = charterOf(council);

  it('is written from the Charter, and writing it again changes nothing', () => {
    const written = writeSays(literate('\nold words\n'), charter);
    expect(written).toContain('A case of amendment is started by');
    expect(written).not.toContain('old words');
    expect(writeSays(written, charter)).toBe(written);
    expect(staleSays('bylaws/a.gdo.md', written, charter)).toEqual([]);
  });

  it('that is out of date is GDO903 with a safe fix', () => {
    const [found, ...others] = staleSays('bylaws/a.gdo.md', literate('\nold words\n'), charter);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'GDO903', severity: 'error', fixes: [{ safety: 'safe' }] });
  });

  it('that names nothing is GDO903 and is left alone', () => {
    const text = literate('\nold words\n').replace('says amendment', 'says amendmnt');
    expect(staleSays('a.gdo.md', text, charter)).toMatchObject([{ code: 'GDO903', help: 'did you mean `amendment`' }]);
    expect(writeSays(text, charter)).toBe(text);
  });

  it('inside a fence is an example and no region', () => {
    const text = '~~~~\n<!-- gdo:says amendment -->\nold\n<!-- /gdo:says -->\n~~~~\n';
    expect(writeSays(text, charter)).toBe(text);
  });

  it('keeps the line ends of its file, and everything outside byte for byte', () => {
    const text = literate('\nold words\n').replaceAll('\n', '\r\n');
    const written = writeSays(text, charter);
    expect(written.replaceAll('\r\n', '')).not.toContain('\n');
    expect(written.startsWith(text.slice(0, text.indexOf('old')))).toBe(true);
    expect(written.endsWith(text.slice(text.indexOf('<!-- /gdo:says')))).toBe(true);
  });

  it('is written the same twice, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<!-- gdo:says amendment -->', '<!-- /gdo:says -->', '```', '~~~~', 'words', '', '# H', '    <!-- gdo:says x -->'), {
          maxLength: 20,
        }),
        (lines) => {
          const text = lines.join('\n');
          const once = writeSays(text, charter);
          expect(writeSays(once, charter)).toBe(once);
          expect(staleSays('a', once, charter).filter((found) => found.fixes.length > 0)).toEqual([]);
        },
      ),
    );
  });
});

it('escapes every text of the author in Markdown', () => {
  expect(markdownText('<script>*a* [b](c) `d` | e_f\n# g')).toBe('&lt;script&gt;\\*a\\* \\[b\\](c) \\`d\\` \\| e\\_f \\# g');
  expect(markdownText('1. not a list')).toBe('1\\. not a list');
});

it('draws every arrow of a process to a stage that is there', () => {
  for (const process of charterOf(council).processes) {
    const diagram = diagramOf(charterOf(council), process);
    const names = diagram.stages.map((stage) => stage.name);
    expect(diagram.arrows.filter((arrow) => !names.includes(arrow.to) || !names.includes(arrow.from))).toEqual([]);
  }
});

describe('a CODEOWNERS file', () => {
  const areas = (lines: string): Charter =>
    charterOf(
      `gdo 1\n${lines}\n${['one', 'two', 'three'].map((name) => `role ${name}s plural ${name}ss\n held by 1 to 2 people\n first held by "${name}"\n gained through p${name}\nend\nprocess p${name}\n governs ${name}\n started by the ${name}s\n outcome done accepts\nend\n`).join('')}`,
    );
  /** Who a forge asks about a path: the last line that matches. */
  const asked = (text: string, path: string): string | undefined =>
    text
      .split('\n')
      .filter((line) => line.startsWith('/'))
      .map((line) => line.split(' '))
      .findLast(([pattern = '']) => matchesPattern(pattern.slice(1), path))?.[1];

  it('asks the owners of the area that owns a path, for random paths and patterns', () => {
    const segment = fc.constantFrom('a', 'b', 'c', 'ab');
    const pattern = fc
      .tuple(fc.array(segment, { minLength: 1, maxLength: 2 }), fc.constantFrom('/**', '/*', ''))
      .map(([parts, tail]) => `${parts.join('/')}${tail}`);
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { minLength: 3, maxLength: 3 }), path, ([one, two, three], where) => {
        const charter = areas(`area one covers "${one}"\narea two covers "${two}"\narea three covers "${three}"`);
        const owner = areaOf(charter, where);
        expect(asked(ownersText(charter, new Map(charter.roles.map((role) => [role.name, role.firstHeldBy]))), where)).toBe(
          owner === undefined ? undefined : `@${owner}`,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('gives the paths of an exception to whoever owns them otherwise', () => {
    const charter = areas('area one covers "docs/**" except "docs/drafts/**"\narea two covers "**"\narea three covers "src/**" except "src/gen/**"');
    const text = ownersText(charter, new Map(charter.roles.map((role) => [role.name, role.firstHeldBy])));
    expect(['docs/a', 'docs/drafts/a', 'src/a', 'src/gen/a'].map((path) => asked(text, path))).toEqual(['@one', '@two', '@three', '@two']);
  });
});
