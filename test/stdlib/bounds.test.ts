// The standard library at the bounds of its parameters: the lowest and the highest value of each are rules without a finding and without a lock-out, and beyond them is GDO112.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileBylaws, facts } from '../../compiler/index.ts';
import { parseBylaws, type Diagnostic } from '../../language/index.ts';
import { standardModule } from '../../node/cli/modules.ts';
import { templates } from '../../node/cli/templates/list.ts';
import { judgeTexts } from '../../node/cli/tree-bylaws.ts';

const folder = fileURLToPath(new URL('../../stdlib/', import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.gdo$/, ''));

interface Bounds {
  readonly parameter: string;
  readonly from: string;
  readonly to: string;
}

/** The parameters of a module that have bounds, as they are written. */
function boundsOf(name: string): readonly Bounds[] {
  const text = readFileSync(join(folder, `${name}.gdo`), 'utf8');
  return [...text.matchAll(/^parameter (\S+) is \w+ from (.+) to (.+) default .+$/gm)].map(([, parameter = '', from = '', to = '']) => ({
    parameter,
    from,
    to,
  }));
}

/** The value next to a bound, outside: `7 days` is `6 days` or `8 days`, `1/4` is `1/5` or `2/4`. */
function beyond(bound: string, side: 'below' | 'above'): string {
  const [, share = '', whole = ''] = /^(\d+)\/(\d+)$/.exec(bound) ?? [];
  if (share !== '') return side === 'below' ? `${share}/${Number(whole) + 1}` : `${Number(share) + 1}/${whole}`;
  return bound.replace(/^\d+/, (digits) => String(Number(digits) + (side === 'below' ? -1 : 1)));
}

/** The bylaws of the template that imports a module, its parameters set. */
function bylawsWith(name: string, values: readonly (readonly [parameter: string, value: string])[]): string {
  const template = templates.find(({ modules }) => modules?.includes(name) === true);
  if (template === undefined) throw new Error(`no template has ${name}`);
  const text = template.bylaws({ name: 'Example', zone: 'UTC', people: template.people });
  const own = new RegExp(`^(import \\S+ from "std/${name}" [^]*?)^end$`, 'm');
  const set = own.exec(text)?.[1] ?? '';
  const kept = values.reduce((lines, [parameter]) => lines.replace(new RegExp(`^  set ${parameter} to .*\\n`, 'm'), ''), set);
  return text.replace(own, `${kept}${values.map(([parameter, value]) => `  set ${parameter} to ${value}\n`).join('')}end`);
}

const path = 'bylaws/README.gdo.md';
const grave = (found: readonly Diagnostic[]): readonly string[] => found.filter((one) => one.severity !== 'info').map((one) => `${one.code} ${one.message}`);

describe.each(names.toSorted())('the module %s (S74)', (name) => {
  const bounds = boundsOf(name);

  it.each([
    ['lowest', (one: Bounds) => one.from],
    ['highest', (one: Bounds) => one.to],
  ] as const)('has no finding and no lock-out at the %s values', (_words, valueOf) => {
    const text = bylawsWith(
      name,
      bounds.map((one) => [one.parameter, valueOf(one)]),
    );
    const { compiled, findings } = judgeTexts(new Map([[path, Buffer.from(text)]]));
    expect(grave(findings)).toEqual([]);
    if (compiled?.charter === undefined) throw new Error('it does not compile');
    // One person, or nobody, is left: what no rule can help.
    expect(facts(compiled.charter)[1]).toMatch(/^Can it get stuck\? {2}(no:|only when nobody holds|not while [2-5] people hold)/);
  });

  it.each(bounds)('takes $parameter from $from to $to, and is GDO112 one step beyond', ({ parameter, from, to }) => {
    for (const [value, codes] of [
      [from, []],
      [to, []],
      [beyond(from, 'below'), ['GDO112']],
      [beyond(to, 'above'), ['GDO112']],
    ] as const) {
      const { file } = parseBylaws({ path, text: bylawsWith(name, [[parameter, value]]) });
      const errors = compileBylaws([file], standardModule).diagnostics.filter((one) => one.severity === 'error');
      expect([value, errors.map((one) => one.code)]).toEqual([value, codes]);
      for (const { help } of errors) expect(help).toBe(`choose for \`${parameter}\` a value from ${from} to ${to}`);
    }
  });
});
