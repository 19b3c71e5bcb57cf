// What eslint is asked for on one small file: the rules of its own recommended list that find mistakes of names and of flow.
const rules = [
  'no-undef',
  'no-unused-vars',
  'no-dupe-keys',
  'no-dupe-args',
  'no-unreachable',
  'no-redeclare',
  'no-fallthrough',
  'no-self-assign',
  'use-isnan',
  'valid-typeof',
];

export default [
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: Object.fromEntries(rules.map((rule) => [rule, 'error'])),
  },
];
