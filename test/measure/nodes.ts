// Plays the story of a proposal across three real nodes again and again, and kills each node at each step, and then at random moments inside of steps.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playAcross, steps, victim } from '../nodes/proposal-story.ts';
import { sshServerPath } from '../nodes/ssh-server.ts';
import { startThree } from '../nodes/three.ts';
import { Dice } from '../vectors/dice.ts';

/** Most that a kill waits inside of a step. */
const waitMsMost = 3_000;

/** Plays `rounds` stories: the first three kill every node at every step once, the others at random. @returns the exit code */
export async function printNodes(request: { readonly seed: number; readonly rounds: number }, print: (line: string) => void): Promise<number> {
  if (sshServerPath === undefined) {
    print('No ssh server is installed, and one of the nodes is reached over ssh: install openssh-server.');
    return 2;
  }
  const dice = new Dice(request.seed);
  const restarts: number[] = [];
  const wrong: string[] = [];
  let killed = 0;
  for (let round = 0; round < request.rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'gdo-nodes-'));
    const nodes = await startThree(folder);
    const plan = steps.map((_, step) => ({ name: round < 3 ? victim(step, round) : victim(dice.below(3), 0), waitMs: round < 3 ? 0 : dice.below(waitMsMost) }));
    try {
      mkdirSync(join(folder, 'members'));
      const end = await playAcross(nodes, join(folder, 'members'), async (step) => {
        const kill = plan[step];
        if (kill === undefined) return;
        await new Promise((resolve) => setTimeout(resolve, kill.waitMs));
        restarts.push(await nodes.killAndStart(kill.name));
        killed += 1;
      });
      for (const one of end.wrong) wrong.push(`story ${round + 1} (${plan.map(({ name, waitMs }) => `${name}+${waitMs}`).join(' ')}): ${one}`);
      print(
        `story ${round + 1}: ${plan.map(({ name }) => name).join(' ')} killed; ${end.wrong.length === 0 ? `all equal at ${(end.lines[0] ?? '').slice(0, 12)}` : 'WRONG'}`,
      );
    } finally {
      await nodes.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const sorted = restarts.toSorted((left, right) => left - right);
  print(`${request.rounds} stories over HTTP and ssh, ${killed} kills with -9 at ${steps.length} steps: ${wrong.length} wrong`);
  print(`restart until it listens: median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms, slowest ${Math.round(sorted.at(-1) ?? 0)} ms`);
  for (const one of wrong) print(one);
  return wrong.length === 0 ? 0 : 1;
}
