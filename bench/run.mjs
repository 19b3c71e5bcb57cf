// Times lexing, parsing and tree building of gdo against three parser generators on the same texts, in one run. A benchmark, never a test: it fails on no machine.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forLangium, forPeggy, ownGrammar } from './equal-grammar.mjs';

if (process.argv.includes('--help')) {
  console.log('node bench/run.mjs [ROUNDS]');
  process.exit(0);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(path, 'utf8');

/** A module cannot stand between other texts, and peggy, which chooses without looking ahead, cannot read `the first heir accepts`. */
const leftOut = ['module-elections.gdo', 'monarchy.gdo'];

/** The sample texts of the design papers, whose figures docs/measures.md gives; in a clone that stands alone the bylaws of the examples, which are much alike. */
function bodiesOf() {
  const folder = `${root}../shared/design/language-samples/`;
  if (existsSync(folder)) {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.gdo') && !leftOut.includes(name))
      .map((name) => read(folder + name));
  }
  const examples = readdirSync(`${root}examples`, { recursive: true }).filter((name) => name.endsWith('README.gdo.md'));
  return examples.toSorted().map((name) => [...read(`${root}examples/${name}`).matchAll(/^```gdo\n([^]*?)^```$/gm)].map(([, text]) => text).join('\n'));
}

/** Texts one after the other, their first lines left out, up to the number of lines of performance.md section 3. */
function texts() {
  const bodies = bodiesOf().map((text) => text.replace(/^(?:\s*--[^\n]*\n|\s*\n)*gdo 1\n/, ''));
  let text = 'gdo 1\n\n';
  for (let index = 0; text.split('\n').length < 2000; index += 1) text += `${bodies[index % bodies.length]}\n`;
  return text;
}

async function parsers() {
  const { parseBylaws } = await import(`${root}dist/language.js`);
  const own = await ownGrammar();
  const peggy = await import('peggy');
  const { buildParser } = await import('@lezer/generator');
  const { createServicesForGrammar } = await import('langium/grammar');
  const peg = peggy.default.generate(forPeggy(own));
  const lezer = buildParser(read(`${here}gdo.lezer`)).configure({ strict: true });
  const langium = (await createServicesForGrammar({ grammar: forLangium(own) })).parser.LangiumParser;
  return [
    { name: 'gdo', goal: undefined, parse: (text) => parseBylaws({ path: 'a.gdo', text }).diagnostics.map(({ code, message }) => `${code} ${message}`) },
    { name: 'peggy', goal: 1.2, parse: (text) => (peg.parse(text) ? [] : ['nothing']) },
    { name: 'lezer', goal: 1.5, parse: (text) => (lezer.parse(text).length === text.length ? [] : ['cut short']) },
    { name: 'langium', goal: 8, parse: (text) => faults(langium.parse(text)) },
  ];
}

const faults = ({ lexerErrors, parserErrors }) => [...lexerErrors, ...parserErrors].map(({ message }) => message);

function cpuMs(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const text = texts();
const entries = await parsers();
for (const { name, parse } of entries) {
  const found = parse(text);
  if (found.length > 0) console.log(`${name} does not accept the texts: ${found.slice(0, 3).join('; ')}`);
}
const rounds = Number(process.argv[2] ?? 15);
const times = entries.map(() => []);
// In turn, so that whatever else the machine does meets all alike; the first rounds warm the compilers of the runtime up and are not counted.
for (let round = -5; round < rounds; round += 1) {
  entries.forEach(({ parse }, index) => {
    const ms = cpuMs(() => parse(text));
    if (round >= 0) times[index].push(ms);
  });
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const own = median(times[0]);
console.log(`${text.split('\n').length} lines, ${(text.length / 1024).toFixed(0)} KiB, median of ${rounds} rounds, CPU time with collection`);
console.log("peggy and langium read gdo's own grammar; lezer, which is LR, a small one of blocks and lines; gdo also checks values, clauses and labels");
console.log('parser     ms    MB/s  ratio  goal');
entries.forEach(({ name, goal }, index) => {
  const ms = median(times[index]);
  const ratio = goal === undefined ? '' : (ms / own).toFixed(2);
  console.log(
    `${name.padEnd(8)} ${ms.toFixed(1).padStart(6)} ${(text.length / 1000 / ms).toFixed(2).padStart(6)} ${ratio.padStart(6)} ${goal === undefined ? '' : `>= ${goal}  ${ms / own >= goal ? 'met' : 'MISSED'}`}`,
  );
});
