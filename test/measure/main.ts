// The measures of the language as one program: `node test/measure/run.mjs rules`. Each measure is a file of its own; this only picks one.
import { printRules } from '../rules/citations.ts';

const [name = '', ...words] = process.argv.slice(2);
const print = (line: string): void => console.log(line);

switch (name) {
  case 'rules':
    process.exitCode = printRules(print);
    break;
  default:
    print(`There is no measure \`${name}\`${words.length > 0 ? ` (${words.join(' ')})` : ''}; there are: rules`);
    process.exitCode = 2;
}
