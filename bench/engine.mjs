// Prints one table of the engine's figures beside its peers', all of one run. A benchmark, never a test: it fails on no machine.
// Some of it: `engine.mjs steps --voters 10,1000`, `engine.mjs chains --rows own,verify`.
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('node bench/engine.mjs [steps [--voters N,N]] [rules] [chains [--rows own,edr,js,verify,again,unsigned]]');
  process.exit(0);
}
// The peers are there after `npm --prefix bench ci` only.
const { chainRows } = await import('./chains.mjs');
const { ruleRows } = await import('./rules.mjs');
const { stepRows } = await import('./steps.mjs');

const print = (what, rate, ratio, goal, met) => console.log(`${what.padEnd(40)} ${rate.padStart(10)} ${ratio.padStart(8)}  ${goal.padEnd(8)} ${met}`);
const rateText = (rate) => (rate >= 100_000 ? `${(rate / 1000).toFixed(0)} k` : rate.toFixed(0));

/** One line a row: how many in a second of CPU time, how many times gdo does of it, and what the goal is. */
function printRows(rows) {
  for (const { what, rate, ratio, goal } of rows) {
    const reached = ratio === undefined || goal === undefined ? '' : ratio >= goal ? 'met' : 'MISSED';
    print(what, rateText(rate), ratio === undefined ? '' : ratio.toFixed(2), goal === undefined ? '' : `>= ${goal}`, reached);
  }
}

const only = words.filter((word) => ['steps', 'rules', 'chains'].includes(word));
const wanted = (part) => only.length === 0 || only.includes(part);
/** What stands behind an option, cut at commas; undefined where the option is not given. */
const listed = (option) => (words.includes(option) ? words[words.indexOf(option) + 1].split(',') : undefined);
console.log('each second of CPU time of the process, collection of garbage with it; ratio: gdo over the peer, or over its own rate with 10 voters');
print('', 'per second', 'ratio', 'goal', '');
if (wanted('rules')) printRows(await ruleRows());
if (wanted('steps')) printRows(await stepRows(listed('--voters')?.map(Number)));
if (wanted('chains')) printRows(await chainRows(listed('--rows')));
// EDR's own threads keep a process alive.
process.exit(0);
