// The smallest program that a hook can call: bundled by the hub tests, so that they need no built command line.
import { readFileSync } from 'node:fs';
import { runPreReceive } from '../../../node/receive/pre-receive.ts';

const answer = await runPreReceive(process.cwd(), process.env, readFileSync(0, 'utf8'));
process.stderr.write(answer.text);
process.exit(answer.code);
