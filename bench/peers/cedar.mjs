// Checks one small file of Cedar policies against its schema and ends, as a pull request would.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const answer = cedar.validate({
  validationSettings: { mode: 'strict' },
  schema: read('council.cedarschema'),
  policies: { staticPolicies: read('council.cedar') },
});
if (answer.type !== 'success' || answer.validationErrors.length > 0) throw new Error(JSON.stringify(answer));
console.log('no finding');
