import { it } from 'vitest';
import { makeBench } from './virtual-world.ts';
it('x', async () => {
  const b = makeBench();
  for (const d of [process.cwd(), process.cwd()+'/examples/noisebridge']) {
  const f = await b.run('-C', d, 'fmt'); console.log(d, f.exit, f.stdout, f.stderr);
  const c = await b.run('-C', d, 'check'); console.log(d, c.exit, c.stdout, c.stderr);
  const t = await b.run('-C', d, 'test'); console.log(d, t.exit, t.stdout, t.stderr);
  }
});
