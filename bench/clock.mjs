// How a part of the bench is timed: CPU time of this process, collection of garbage with it, the parts in turn so that whatever else the machine does meets all.

/** CPU seconds that a function takes; waits for it where it answers later. */
export async function cpuSeconds(run) {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Runs every runner in turn, `rounds` times after a warm-up of a third as many, and gives each one's lower quartile: the machine's other work only adds. */
export function lowerQuartiles(runners, rounds) {
  const times = runners.map(() => []);
  for (let round = -Math.ceil(rounds / 3); round < rounds; round += 1) {
    runners.forEach(({ prepare, run }, index) => {
      const input = prepare();
      globalThis.gc?.({ type: 'minor' });
      const before = process.cpuUsage();
      run(input);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[index].push((user + system) / 1e6);
    });
  }
  return times.map((values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)]);
}
