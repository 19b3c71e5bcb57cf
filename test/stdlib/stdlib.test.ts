// The standard library: modules that are formatted, bounded and offered, found by whoever imports them, and held to their pins.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { atLeastText, smallestGroup, unopposed, type Coalition } from '../../compiler/analysis/coalition.ts';
import type { CharterOutcome } from '../../engine/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { standardModule } from '../../node/cli/modules.ts';
import { templates } from '../../node/cli/templates/list.ts';
import { judgeTexts } from '../../node/cli/tree-bylaws.ts';
import { makeBench } from '../node/cli/virtual-world.ts';

const folder = fileURLToPath(new URL('../../stdlib/', import.meta.url));
const names = readdirSync(folder)
  .map((file) => file.replace(/\.gdo$/, ''))
  .toSorted();

function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.gdo`), 'utf8');
}

describe.each(names)('the module %s', (name) => {
  const { file, diagnostics } = parseBylaws({ path: `stdlib/${name}.gdo`, text: textOf(name) });

  it('is named like its file, formatted, and read without a finding', () => {
    expect(diagnostics).toEqual([]);
    expect(printBylaws(file)).toBe(textOf(name));
    expect(file.declarations.flatMap((one) => (one.kind === 'module' ? [one.name.text] : []))).toEqual([name]);
  });

  it('bounds every number, share and time that an importer may choose, S74', () => {
    const parameters = file.declarations.flatMap((one) => (one.kind === 'parameter' ? [one] : []));
    expect(parameters.length).toBeGreaterThan(1);
    const chosen = parameters.filter((one) => one.type !== 'name');
    expect(chosen.filter((one) => one.from === undefined || one.to === undefined || one.default === undefined).map((one) => one.name.text)).toEqual([]);
    expect(chosen.length).toBeGreaterThan(0);
  });

  it('is in what a template of `gdo init` writes', () => {
    expect(templates.filter((template) => template.modules?.includes(name) === true)).not.toEqual([]);
  });
});

describe('an import of the standard library', () => {
  it('says in `gdo check` how many people can change the bylaws together', async () => {
    const bench = makeBench();
    await bench.run('init', 'demo', '--template', 'market', '--yes');
    expect((await bench.run('-C', 'demo', 'check')).stdout).toMatch(/Who can change the bylaws\? {2}at least \d people together/);
  });

  it('needs no copy in the repository, S73', async () => {
    const bench = makeBench();
    await bench.run('init', 'demo', '--template', 'treasury', '--yes');
    const text = readFileSync(join(bench.directory, 'demo/bylaws/README.gdo.md'));
    const { compiled, findings } = judgeTexts(new Map([['bylaws/README.gdo.md', text]]));
    expect(findings.filter((found) => found.severity !== 'info')).toEqual([]);
    expect(compiled?.charter?.processes.some((process) => process.name === 'treasury-petty-cash')).toBe(true);
  });

  it('refuses a copy whose bytes are not the pinned ones, S73, GDO111', async () => {
    const bench = makeBench();
    await bench.run('init', 'demo', '--template', 'treasury', '--yes');
    const text = readFileSync(join(bench.directory, 'demo/bylaws/README.gdo.md'));
    const forged = Buffer.from(textOf('treasury').replace('2000.00', '9000.00'));
    const { findings } = judgeTexts(
      new Map([
        ['bylaws/README.gdo.md', text],
        ['bylaws/std/treasury.gdo', forged],
      ]),
    );
    expect(findings.filter((found) => found.severity === 'error').map((found) => found.code)).toContain('GDO111');
  });

  it('refuses a value outside of the bounds, S74, GDO112', async () => {
    const bench = makeBench();
    await bench.run('init', 'demo', '--template', 'emergency', '--yes');
    const text = readFileSync(join(bench.directory, 'demo/bylaws/README.gdo.md'), 'utf8');
    const wide = text.replace('set work to systems', 'set work to systems\n  set deadline to 31 days');
    expect(wide).not.toBe(text);
    const { findings } = judgeTexts(new Map([['bylaws/README.gdo.md', Buffer.from(wide)]]));
    expect(findings.filter((found) => found.severity === 'error').map((found) => found.code)).toEqual(['GDO112']);
  });

  it('leads to no file outside of the library', () => {
    for (const path of ['std/../package', 'std/', 'std/nowhere', 'elections', 'std/elections.gdo', 'std//elections'])
      expect([path, standardModule(path)]).toEqual([path, undefined]);
  });
});

describe('docs/standard-library.md', () => {
  const page = new URL('../../docs/standard-library.md', import.meta.url);

  /** A value of a parameter as it is written. */
  const written = (text: string, name: string): string => new RegExp(`^parameter ${name} is (.*)$`, 'm').exec(text)?.[1] ?? '';

  /** An outcome after which something is otherwise than before. */
  const acts = (outcome: CharterOutcome): boolean => outcome.accepts || outcome.effects.length > 0;

  /** What each process of a module costs whoever wants to have their way in it, with the first people of the template that uses it. */
  const takeover = (name: string): string => {
    const template = templates.find(({ modules }) => modules?.includes(name) === true);
    const text = template?.bylaws({ name: 'Example', zone: 'UTC', people: template.people }) ?? '';
    const { charter } = judgeTexts(new Map([['bylaws/README.gdo.md', Buffer.from(text)]])).compiled ?? {};
    if (charter === undefined) throw new Error(`no template with ${name} compiles`);
    const cost = (group: Coalition | undefined): string =>
      group === undefined
        ? 'no group worked out, since a lot or a count of several seats decides'
        : `${group.people} ${group.people === 1 ? 'person' : 'people'} ${atLeastText(group.way.minutes)}`;
    const own = charter.processes.filter((process) => process.name === name || process.name.startsWith(`${name}-`));
    const costs = own.map((process) => {
      const [opposed, unseen] = [cost(smallestGroup(charter, process, acts)), cost(smallestGroup(charter, process, acts, unopposed))];
      return `\`${process.name}\` ${opposed}${unseen === opposed ? '' : `, or ${unseen} if nobody objects`}`;
    });
    return `Takeover, with the ${template?.people.length} people of \`gdo init --template ${template?.name}\`: ${costs.join('; ')}.`;
  };

  const section = (name: string): string => {
    const text = textOf(name);
    const { file } = parseBylaws({ path: `${name}.gdo`, text });
    const title = file.declarations.flatMap((one) => (one.kind === 'module' ? [one.title?.text ?? name] : []))[0];
    const said = [...text.matchAll(/^-- (.*)$/gm)].map((line) => line[1]).join(' ');
    const parameters = file.declarations.flatMap((one) => (one.kind === 'parameter' ? [`| \`${one.name.text}\` | ${written(text, one.name.text)} |`] : []));
    const processes = file.declarations.flatMap((one) => (one.kind === 'process' ? [`\`${one.name.text === name ? name : `${name}-${one.name.text}`}\``] : []));
    const pin = standardModule(`std/${name}`)?.digest;
    return `## ${name}: ${title}\n\n${said}\n\nProcesses: ${processes.join(', ')}. Pin: \`${pin}\`\n\n${takeover(name)}\n\n| parameter | is |\n|---|---|\n${parameters.join('\n')}\n`;
  };

  it('shows each module with its bounds, the pin of its bytes, and what a takeover costs', () => {
    const intro = `# The standard library

Rules that need not be written again. A module is imported by name and pinned to its exact bytes, so nobody can change it under you; what it leaves
open is a parameter with bounds. Takeover is what it costs to have one's way against everybody else: how many people together, and how fast.
\`gdo init --template NAME\` writes bylaws that use it, \`gdo docs\` prints them in sentences with a diagram.
This page is written by a test.
`;
    const text = [intro, ...names.map(section)].join('\n');
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(page, text);
    expect(readFileSync(page, 'utf8')).toBe(text);
  });
});
