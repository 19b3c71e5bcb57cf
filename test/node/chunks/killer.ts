// Ends a process at a chosen call: text of a module that is loaded before the program.

/** Kills with -9 where the process calls a function of node:fs or node:child_process with words in which a pattern is found. @param spared - calls before the one at which it does */
export const killer = (module: string, name: string, pattern: string, spared = 0): string =>
  `const m = require('node:${module}'); const call = m.${name}; let spared = ${spared};
   m.${name} = (...given) => { if (new RegExp(${JSON.stringify(pattern)}).test(given.map(String).join(' ')) && (spared -= 1) < 0) process.kill(process.pid, 'SIGKILL'); return call(...given); };`;
