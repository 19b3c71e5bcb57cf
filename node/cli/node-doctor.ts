// `gdo node doctor` and `gdo node check-config`: says how a node, or a clone, stands. Looking is node/ops's.
import { resolve } from 'node:path';
import { openConfiguration } from '../ops/configuration-file.ts';
import { examineClone, examineNode } from '../ops/doctor.ts';
import type { Finding, Level } from '../ops/finding.ts';
import { UsageError, type OptionValue } from './command.ts';
import { chosenKeyPath } from './own-key.ts';
import { alignRows, counted } from './table.ts';
import { note, paint, plainText, visible, type Style } from './terminal.ts';
import type { World } from './world.ts';

const marks: Readonly<Record<Level, readonly [mark: string, style: Style]>> = { good: ['✓', 'green'], attention: ['⚠', 'yellow'], fault: ['✗', 'red'] };

/** Looks at everything and says it, one line per thing. Exits 0, and 1 where something must be mended. */
export async function runDoctor(options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const file = options['config'];
  const question = { clockMs: world.clockMs, environment: world.env };
  const findings =
    typeof file === 'string'
      ? await examineNode(openConfiguration(resolve(world.cwd, file)), question)
      : await examineClone(world.cwd, chosenKeyPath(world), question);
  const faults = findings.filter((one) => one.level === 'fault').length;
  const exit = faults === 0 ? 0 : 1;
  if (world.json) {
    const shown = findings.map(({ level, subject, found, code, help }) => ({ level, subject, found, code: code ?? null, help: help ?? null }));
    world.stdout(`${JSON.stringify({ schema: 'gdo-doctor/1', findings: shown, exit })}\n`);
    return exit;
  }
  const text = `${[...lines(findings, world), '', summary(findings)].join('\n')}\n`;
  world.stdout(world.plain ? plainText(text) : text);
  return exit;
}

function lines(findings: readonly Finding[], world: World): readonly string[] {
  const rows = alignRows(findings.map(({ subject, found, code }) => [visible(subject), visible(code === undefined ? found : `${code} ${found}`)]));
  return findings.flatMap(({ level, help }, index) => {
    const [mark, style] = marks[level];
    return [`${paint(world, style, mark)} ${rows[index] ?? ''}`, ...(help === undefined ? [] : note('help:', visible(help), world))];
  });
}

function summary(findings: readonly Finding[]): string {
  const count = (level: Level): number => findings.filter((one) => one.level === level).length;
  const [faults, attentions] = [count('fault'), count('attention')];
  if (faults + attentions === 0) return 'Everything is as it should be.';
  return [...(faults === 0 ? [] : [`${counted(faults, 'thing')} must be mended`]), ...(attentions === 0 ? [] : [`${counted(attentions, 'thing')} to know`])]
    .join(', ')
    .concat('.');
}

/** Reads a configuration and says what it comes to. Exits 0, and 2 with every slip in it. @throws UsageError GDO5010 */
export function runCheckConfig(path: string | undefined, options: Readonly<Record<string, OptionValue>>, world: World): number {
  const file = typeof options['config'] === 'string' ? options['config'] : path;
  if (file === undefined) throw new UsageError('GDO5002', 'Which configuration?', 'gdo node check-config gdo-node.json');
  const configuration = openConfiguration(resolve(world.cwd, file));
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-check-config/1', configuration })}\n`);
    return 0;
  }
  const rows = configuration.organizations.map(({ name, role, repository, peers }) => [name, role, visible(repository), counted(peers.length, 'peer')]);
  const { http } = configuration;
  const listens = http === undefined ? `the local socket ${visible(configuration.socket)}` : `${http.host}:${http.port}`;
  world.stdout(`${[`✓ ${visible(configuration.file)} can be used; the node listens on ${listens}.`, ...alignRows(rows, 2)].join('\n')}\n`);
  return 0;
}
