// The public surface: every name the five doors export, with its signature, compared with golden/api.md, so that a change of it is reviewed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Node, Project, type ExportedDeclarations, type SourceFile } from 'ts-morph';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = `${root}test/golden/api.md`;
const doors = ['language', 'compiler', 'engine', 'node', 'browser'];
/** The second door of node/. */
const places: Readonly<Record<string, string>> = { browser: 'node/browser.ts' };

/** The text of a node before its body, so a change inside a function is no change of the surface. */
function head(node: Node): string {
  const body = Node.isBodyable(node) || Node.isBodied(node) ? node.getBody()?.getText() : undefined;
  return body === undefined ? node.getText() : node.getText().slice(0, -body.length);
}

/** One line of a declaration as its reader sees it: no body and no comment. Exports carry their types in the text (`isolatedDeclarations`). */
function signature(declaration: ExportedDeclarations): string {
  const shown = Node.isVariableDeclaration(declaration)
    ? `const ${declaration.getName()}: ${declaration.getTypeNode()?.getText() ?? '?'}`
    : Node.isClassDeclaration(declaration)
      ? `class ${declaration.getName()} { ${declaration.getMembers().map(head).join(' ')} }`
      : head(declaration);
  return shown
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replace(/^export (declare )?/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function surface(door: SourceFile): readonly string[] {
  const entries = [...door.getExportedDeclarations()].flatMap(([name, declarations]) =>
    declarations.map((declaration) => [name, signature(declaration)] as const),
  );
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([name, text]) => `- \`${name}\`: \`\`${text}\`\``);
}

it('exports exactly the names and signatures of golden/api.md from each door', () => {
  const project = new Project({
    compilerOptions: { allowImportingTsExtensions: true, module: 199, moduleResolution: 99, noLib: true, types: [] },
    skipAddingFilesFromTsConfig: true,
  });
  for (const door of doors) if (existsSync(`${root}${door}`)) project.addSourceFilesAtPaths(`${root}${door}/**/*.ts`);
  const sections = doors.map((name) => {
    const door = project.getSourceFile(`${root}${places[name] ?? `${name}/index.ts`}`);
    return `## gdo/${name}\n\n${door === undefined ? '(no door)' : surface(door).join('\n')}\n`;
  });
  const now = `# The public surface\n\nWritten by \`npm run golden\`; a change here is reviewed for its shape.\n\n${sections.join('\n')}`;
  if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, now);
  expect(now).toBe(readFileSync(golden, 'utf8'));
});
