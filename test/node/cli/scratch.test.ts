import { it } from 'vitest';
import { makeBench } from './virtual-world.ts';
import { templates } from '../../../node/cli/templates/list.ts';
it('x', async () => {
  const b = makeBench();
  for (const t of templates) {
    await b.run('init', t.name, '--template', t.name, '--yes', '--name', 'Maple');
    const r = await b.run('-C', t.name, 'check'); console.log(t.name, r.exit, r.stdout, r.stderr);
  }
  for (const d of [process.cwd(), process.cwd()+'/examples/noisebridge']) {
    const r = await b.run('-C', d, 'check'); console.log(d, r.exit, r.stdout, r.stderr);
  const f = await b.run('-C', d, 'fmt', '--check'); console.log(d, f.exit, f.stdout, f.stderr);
  }
});
