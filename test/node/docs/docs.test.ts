// `gdo docs`, `gdo graph` and `gdo compile` on real files: what is written, what is refused, and that no text of the bylaws becomes markup.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createMachine, getInitialSnapshot } from 'xstate';
import { toDirectedGraph } from 'xstate/graph';
import { diagramOf } from '../../../compiler/index.ts';
import { dotText, mermaidText } from '../../../node/docs/graph-text.ts';
import { loadDraw } from '../../../node/docs/svg.ts';
import { svgInRows } from '../../../node/docs/svg-rows.ts';
import { displayWidth } from '../../../node/cli/terminal.ts';
import { compiled } from '../../compiler/bylaws-text.ts';
import { makeBench } from '../cli/virtual-world.ts';

const council = readFileSync(fileURLToPath(new URL('../../golden/charter-council.gdo', import.meta.url)), 'utf8');
const hostile = [
  'gdo 1',
  'organization "<script>alert(1)</script> & \'sons\'"',
  'end',
  'area bylaws covers "bylaws/**"',
  'process amendment',
  '  governs bylaws',
  '  started by any constructor',
  '  step notice',
  '    when 2 other constructors endorse go to accepted',
  '    after 30 days go to refused',
  '  end',
  'end',
  'role constructor plural constructors "</title><img src=x onerror=alert(1)>"',
  '  held by anyone',
  '  gained through proto',
  'end',
  'process proto "|--|`[x](javascript:alert(1))`"',
  '  started by any person',
  '  step end-of-it "]]></text></svg>"',
  '    when 1 constructor declares "--> %% </svg>" go to done',
  '    after 1 day go to refused',
  '  end',
  '  outcome done',
  '    grant constructor to the candidate',
  '  end',
  'end',
  '',
].join('\n');

describe('gdo docs', () => {
  it('writes the same two documents twice, which --check then finds in order', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    expect(await bench.run('docs')).toMatchObject({ exit: 0, stdout: 'written: docs/bylaws.md\nwritten: docs/bylaws.html\n' });
    const first = readFileSync(join(bench.directory, 'docs/bylaws.html'), 'utf8');
    await bench.run('docs');
    expect(readFileSync(join(bench.directory, 'docs/bylaws.html'), 'utf8')).toBe(first);
    expect(await bench.run('docs', '--check')).toMatchObject({ exit: 0, stdout: '' });
  });

  it('can be read on a dark screen, and reached by the keyboard and a screen reader wherever it scrolls by itself', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    await bench.run('docs');
    const html = readFileSync(join(bench.directory, 'docs/bylaws.html'), 'utf8');
    expect(html).toContain('@media screen and (prefers-color-scheme: dark)');
    // No colour is said twice: each is a variable, which the dark screen sets anew.
    const rules = html.slice(html.indexOf('body {'), html.indexOf('@media screen'));
    expect(rules).not.toMatch(/#[0-9a-f]{3,6}\b/);
    const scrolling = [...html.matchAll(/<[a-z]+ class="wide"[^>]*>/g)].map(([tag]) => tag);
    expect(scrolling.length).toBe((html.match(/<table>|<svg /g) ?? []).length);
    expect(scrolling.length).toBeGreaterThan(2);
    for (const tag of scrolling) expect(tag).toMatch(/ role="group" tabindex="0" aria-label="(?:Table|Picture): [^"]+"/);
    expect(html.match(/<main>[\s\S]*<\/main>/g)).toHaveLength(1);
  });

  it('names those whom a case makes what they are as its sentences do', async () => {
    const offer = `process offer
  started by any person
  about members
  step answer
    when the subject accepts go to done
    when the author withdraws go to refused
    after 7 days go to refused
  end
  outcome done
    grant member to the subject
  end
end
`;
    const bench = makeBench({ 'bylaws/a.gdo': `${council.replace('gained through admission', 'gained through admission or offer')}\n${offer}` });
    await bench.run('docs');
    const page = readFileSync(join(bench.directory, 'docs/bylaws.md'), 'utf8');
    expect(page).toContain('| The person concerned | accept | Offer |');
    expect(page).toContain('| Whoever started the case | withdraw | Offer |');
    expect(page).toContain('It merges no change: it decides who holds the role member.');
  });

  it('says with --check which document is out of date, and changes nothing', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    await bench.run('docs', '--out', 'public');
    const before = readFileSync(join(bench.directory, 'public/bylaws.md'), 'utf8');
    bench.write('bylaws/a.gdo', council.replace('14 days', '15 days'));
    const { exit, stdout } = await bench.run('docs', '--out', 'public', '--check');
    expect(exit).toBe(1);
    expect(stdout).toContain('error[GDO5030]: public/bylaws.md');
    expect(readFileSync(join(bench.directory, 'public/bylaws.md'), 'utf8')).toBe(before);
  });

  it('finds nothing out of date where no document was ever written', async () => {
    expect((await makeBench({ 'bylaws/a.gdo': council }).run('docs', '--check')).exit).toBe(0);
  });

  it('writes nothing for bylaws with errors, and shows them', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council.replace('voters councillors', 'voters councilors') });
    const { exit, stderr } = await bench.run('docs');
    expect(exit).toBe(1);
    expect(stderr).toContain('councilors');
    expect(existsSync(join(bench.directory, 'docs'))).toBe(false);
  });

  it('writes no file outside its folder, by a path or through a link', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    expect((await bench.run('docs', '--out', '../elsewhere')).exit).toBe(2);
    symlinkSync(join(bench.directory, '..'), join(bench.directory, 'link'));
    expect((await bench.run('docs', '--out', 'link/elsewhere')).exit).toBe(2);
    expect(existsSync(join(bench.directory, '../elsewhere'))).toBe(false);
  });

  it('shows text of the bylaws as text, whatever it holds', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': hostile });
    expect(await bench.run('docs')).toMatchObject({ exit: 0 });
    const html = readFileSync(join(bench.directory, 'docs/bylaws.html'), 'utf8');
    expect(html).not.toMatch(/<script|<img|<\/title></);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;sons&#39;');
    expect(html.match(/<svg /g)?.length).toBe(html.match(/<\/svg>/g)?.length);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    const markdown = readFileSync(join(bench.directory, 'docs/bylaws.md'), 'utf8');
    expect(markdown).not.toMatch(/<script|<img|<\/svg>/);
    expect(markdown).not.toMatch(/[^\\]\]\(javascript/);
  });
});

describe('gdo graph', () => {
  it('prints mermaid, and writes the format that the file name ends in', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    const { exit, stdout } = await bench.run('graph', 'amendment');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^flowchart TD\n {2}s0\["/);
    expect((await bench.run('graph', 'amendment', '--out', 'a.svg')).exit).toBe(0);
    expect(readFileSync(join(bench.directory, 'a.svg'), 'utf8')).toMatch(/^<svg /);
    expect(JSON.parse((await bench.run('graph', '--format', 'json')).stdout)).toMatchObject({ schema: 'gdo-graph/1' });
  });

  it('suggests a process for a misspelt name', async () => {
    const { exit, stderr } = await makeBench({ 'bylaws/a.gdo': council }).run('graph', 'amendmnt');
    expect(exit).toBe(2);
    expect(stderr).toContain('did you mean amendment?');
  });

  const { charter } = compiled(hostile);
  const process = charter?.processes.find((one) => one.name === 'proto');
  if (charter === undefined || process === undefined) throw new Error('the hostile bylaws compile');
  const diagram = diagramOf(charter, process);

  it('lets no text end a label of mermaid or dot', () => {
    expect(mermaidText(diagram)).not.toMatch(/%%|-->\s%|<|]]>/);
    expect(
      mermaidText(diagram)
        .split('\n')
        .filter((line) => line.includes('-->|')),
    ).toHaveLength(2);
    expect(
      dotText(diagram)
        .split('\n')
        .every((line) => (line.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 0),
    ).toBe(true);
  });

  const processes = compiled(council).charter?.processes ?? [];
  const council1 = compiled(council).charter ?? charter;

  /** The texts of an SVG with their places. */
  function textsOf(svg: string): readonly { readonly x: number; readonly y: number; readonly words: string }[] {
    return [...svg.matchAll(/<text [^>]*?\bx="(-?[\d.]+)" y="(-?[\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, words]) => ({
      x: Number(x),
      y: Number(y),
      words: words ?? '',
    }));
  }

  it('draws rows with every text inside the picture, and texts of different rows apart', () => {
    for (const one of processes) {
      const svg = svgInRows(diagramOf(council1, one));
      const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
      const texts = textsOf(svg);
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text.x + displayWidth(text.words) * 7.5).toBeLessThan(width);
      const places = texts.map((text) => `${text.x} ${text.y}`);
      expect(new Set(places).size).toBe(places.length);
    }
  });

  it('draws a flow chart with every stage and every label whole, the same bytes twice', async () => {
    const draw = await loadDraw();
    for (const one of processes) {
      const picture = diagramOf(council1, one);
      const svg = draw(picture);
      expect(draw(picture)).toBe(svg);
      const words = textsOf(svg)
        .map((text) => text.words.replaceAll('\u00a0', ' ').trim())
        .join(' ');
      for (const stage of picture.stages) expect(words).toContain(stage.label);
      for (const arrow of picture.arrows) expect(words).toContain(arrow.label);
      expect(svg).not.toMatch(/xlink|<!--|<a /);
      // Dark words stand on a ground of their own, also on a dark page.
      expect(svg).toMatch(/<(?:polygon|rect) [^>]*fill="white"/);
    }
  });

  it('draws a process too wide for a page as rows', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `    when 1 other constructor endorses "${index}" go to s${index}`).join('\n');
    const steps = Array.from({ length: 12 }, (_, index) => `  step s${index}\n    after 1 day go to refused\n  end`).join('\n');
    const wide = compiled(
      `${hostile}process wide\n  started by any person\n  step first\n${many}\n    after 1 day go to refused\n  end\n${steps}\nend\n`,
    ).charter;
    const found = wide?.processes.find((one) => one.name === 'wide');
    if (wide === undefined || found === undefined) throw new Error('the wide process compiles');
    const picture = diagramOf(wide, found);
    expect((await loadDraw())(picture)).toBe(svgInRows(picture));
  });

  it('lets no text of the bylaws become markup in a flow chart', async () => {
    const svg = (await loadDraw())(diagram);
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg).toContain('%% &lt;/svg&gt;');
  });
});

describe('gdo compile', () => {
  it('prints the bytes that are hashed, and the hash beside them', async () => {
    const { exit, stdout, stderr } = await makeBench({ 'bylaws/a.gdo': council }).run('compile');
    const { hash, bytes } = compiled(council);
    expect(exit).toBe(0);
    expect(stdout).toBe(new TextDecoder().decode(bytes));
    expect(stderr).toBe(`bylaws ${hash ?? ''}\n`);
  });

  it('writes one machine for each process, which stock xstate and its graph package load', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    expect((await bench.run('compile', '--emit', 'xstate', '--out', 'machines')).exit).toBe(0);
    for (const process of compiled(council).charter?.processes ?? []) {
      const config: unknown = JSON.parse(readFileSync(join(bench.directory, `machines/${process.name}.json`), 'utf8'));
      const machine = createMachine(Object(config));
      expect(getInitialSnapshot(machine).value).toBe(`stage:${process.stages[0]?.name ?? ''}`);
      expect(Object.keys(machine.states).sort()).toEqual(process.stages.map((stage) => `stage:${stage.name}`).sort());
      expect(
        toDirectedGraph(machine)
          .children.map((child) => child.stateNode.key)
          .sort(),
      ).toEqual(Object.keys(machine.states).sort());
    }
  });

  it('writes TypeScript with the names of the bylaws that compiles strictly', async () => {
    const { stdout } = await makeBench({ 'bylaws/a.gdo': council }).run('compile', '--emit', 'ts');
    expect(stdout).toMatch(/export type Role = .*'councillor'/);
    const { Project } = await import('ts-morph');
    const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { strict: true, lib: ['lib.es2022.d.ts'] } });
    project.createSourceFile('organization.ts', stdout);
    project.createSourceFile(
      'use.ts',
      "import type { Case } from './organization';\nexport const a: Case = { process: 'amendment', id: '1', phase: 'open', stage: 'ballot' };\n// @ts-expect-error no such stage\nexport const b: Case = { process: 'amendment', id: '1', phase: 'open', stage: 'nowhere' };\n",
    );
    expect(project.getPreEmitDiagnostics().map((found) => project.formatDiagnosticsWithColorAndContext([found]))).toEqual([]);
  });

  it('writes whom to ask, and the access list', async () => {
    const bench = makeBench({ 'bylaws/a.gdo': council });
    expect((await bench.run('compile', '--emit', 'owners')).stdout).toMatch(/^\/bylaws\/\*\* @/m);
    expect(JSON.parse((await bench.run('compile', '--emit', 'access')).stdout)).toMatchObject({ schema: 'gdo-access/1', rights: [] });
    expect((await bench.run('compile', '--emit', 'nonsense')).exit).toBe(2);
  });
});

describe('gdo fmt and gdo check with gdo:says regions', () => {
  const literate = `# Bylaws\n\n<!-- gdo:says amendment -->\nold\n<!-- /gdo:says -->\n\n\`\`\`gdo\n${council}\`\`\`\n`;

  it('check fails on stale sentences, fmt writes them, and then both are content', async () => {
    const bench = makeBench({ 'bylaws/README.gdo.md': literate });
    const stale = await bench.run('check');
    expect(stale.exit).toBe(1);
    expect(stale.stdout).toContain('GDO903');
    expect((await bench.run('fmt')).exit).toBe(0);
    expect(readFileSync(join(bench.directory, 'bylaws/README.gdo.md'), 'utf8')).toContain('A case of amendment is started by');
    expect((await bench.run('fmt', '--check')).exit).toBe(0);
    expect((await bench.run('check')).exit).toBe(0);
  });

  it('check --fix writes them too', async () => {
    const bench = makeBench({ 'bylaws/README.gdo.md': literate });
    expect((await bench.run('check', '--fix')).exit).toBe(0);
  });

  it('fmt restates a process that stands in another file', async () => {
    const bench = makeBench({
      'bylaws/rules.gdo': council,
      'bylaws/words.gdo.md': '# Words\n\n<!-- gdo:says amendment -->\n<!-- /gdo:says -->\n\n```gdo\ngdo 1\n```\n',
    });
    expect((await bench.run('fmt', 'bylaws/words.gdo.md')).exit).toBe(0);
    expect(readFileSync(join(bench.directory, 'bylaws/words.gdo.md'), 'utf8')).toContain('A case of amendment');
  });
});
