// The second half of the maker space's story: what breaks, what is contested, what changes, and who leaves.
import type { Stage } from './stage.ts';
import type { SpaceProps } from './space.ts';
import { playBooks } from './books.ts';
import { flipOneByte } from './flip.ts';
import { change, days, door, everybody, fetchAll, home, hub, node, rootOf, round } from './space.ts';

/** Plays steps 11 to 18. @returns the last line of the story */
export async function later(stage: Stage, props: SpaceProps): Promise<string> {
  await altered(stage, props);
  await judged(stage, props.books);
  await contest(stage);
  await interest(stage);
  await quorum(stage, props);
  await bypass(stage, props);
  await fire(stage);
  return leave(stage);
}

async function altered(stage: Stage, props: SpaceProps): Promise<void> {
  stage.chapter('A record on the disk of the door is altered, and named');
  props.copy(door, 'altered-door');
  flipOneByte(stage.place('altered-door', '.git'));
  const { out } = await stage.unseen('dee', 'altered-door', ['audit'], 1);
  // Which object it is, and what git says of it, depends on how this machine's git packs.
  if (!/^ *object {2}[0-9a-f]{40}$/m.test(out)) throw new Error(`the audit did not name the object:\n${out}`);
  stage.note('✗ GDO1010 The ledger is not sound; the audit names the object, the ref and the file.');
  stage.tell('The true bytes come from another node.');
  stage.git('dee', '.', ['clone', '-q', '--mirror', hub, 'mended-door.git']);
  await stage.gdo('dee', 'mended-door.git', ['audit']);
}

async function judged(stage: Stage, books: SpaceProps['books']): Promise<void> {
  const title = 'A program judges the books, and runs out of memory';
  if (books.kind === 'missing') {
    stage.chapter(`${title} (left out here)`);
    stage.tell(`It needs a container engine and an image: ${books.reason}.`);
    return;
  }
  stage.chapter(title);
  await playBooks(stage, books.books);
}

async function contest(stage: Stage): Promise<void> {
  stage.chapter('Dee contests a charge: the money waits, another officer settles');
  const books = stage.git('dee', 'dee', ['show', 'main:books/2026.journal']);
  change(stage, 'dee', 'too-much', { 'books/2026.journal': `${books}\n2026-12-14 * (L-1R) Dee  ; refund: L-1\n    Income:Laser  4.00 EUR\n    Assets:Cash\n` });
  stage.tell('More than a hundred euros is no matter of one officer.');
  await stage.gdo('dee', 'dee', ['start', 'contest', '--amount', '100.01', '--to', 'dee', '--title', 'All of it back']);
  await round(stage, ['dee']);
  await stage.gdo('dee', 'dee', ['log', '--person', 'dee']);
  await stage.gdo('dee', 'dee', ['start', 'contest', '--amount', '4.00', '--to', 'dee', '--title', 'The tube was broken for 20 minutes']);
  home(stage, 'dee');
  await round(stage, ['bo', 'dee']);
  await stage.gdo('dee', 'dee', ['status', '10'], 4);
  await stage.gdo('bo', 'bo', ['act', '10', 'approve']);
  await node(stage);
  await stage.gdo('ana', hub, ['merge', '10']);
  await round(stage, ['ana', 'bo', 'dee']);
}

async function interest(stage: Stage): Promise<void> {
  stage.chapter('Nobody settles their own case');
  const books = stage.git('bo', 'bo', ['show', 'main:books/2026.journal']);
  change(stage, 'bo', 'own-case', { 'books/2026.journal': `${books}\n2026-12-15 * (L-2R) Bo  ; refund: L-2\n    Income:Laser  5.00 EUR\n    Assets:Cash\n` });
  await stage.gdo('bo', 'bo', ['start', 'contest', '--amount', '5.00', '--to', 'bo', '--title', 'Mine too']);
  home(stage, 'bo');
  await round(stage, ['bo']);
  await stage.gdo('bo', 'bo', ['act', '11', 'approve']);
  await round(stage, ['bo']);
  await stage.gdo('bo', 'bo', ['log', '11']);
  await stage.gdo('bo', 'bo', ['status', '11'], 4);
}

async function quorum(stage: Stage, props: SpaceProps): Promise<void> {
  stage.chapter('The quorum is raised: what changes, what would have been, who decides');
  const [bylaws] = props.bylaws;
  if (bylaws === undefined) throw new Error('the story has no bylaws');
  const raised = bylaws.text.replaceAll('quorum at least 1/3 of members voting', 'quorum at least 1/2 of members voting');
  change(stage, 'dee', 'quorum', { [bylaws.path]: raised });
  await stage.gdo('dee', 'dee', ['diff', 'main..quorum']);
  await stage.gdo('dee', 'dee', ['diff', 'main..quorum', '--retally']);
  await stage.gdo('dee', 'dee', ['start', 'amendment', '--title', 'Half of us, not a third']);
  home(stage, 'dee');
  await round(stage, ['ana']);
  await stage.gdo('ana', 'ana', ['act', '12', 'endorse']);
  await round(stage, ['ana', 'dee']);
  for (const voter of ['ana', 'dee']) await stage.gdo(voter, voter, ['vote', '12', 'yes']);
  await node(stage);
  await days(stage, 7);
  await fetchAll(stage, ['bo']);
  stage.tell('Bo was away and votes after the close.');
  await stage.gdo('bo', 'bo', ['vote', '12', 'no'], 1);
  await stage.gdo('ana', hub, ['merge', '12'], 0);
  await round(stage, everybody);
  stage.tell('Case 11 began before: it keeps the rules it began under.');
  await stage.gdo('bo', 'bo', ['status', '11'], 4);
}

async function bypass(stage: Stage, props: SpaceProps): Promise<void> {
  stage.chapter('Somebody pushes to main directly');
  await fetchAll(stage, ['ana']);
  props.copy('ana', 'host-without-gate');
  stage.git('ana', 'host-without-gate', ['switch', '-q', 'main']);
  stage.write('host-without-gate', 'books/2026.journal', '; nothing to see here\n');
  stage.git('ana', 'host-without-gate', ['commit', '-q', '-a', '-m', 'Tidy up the books']);
  stage.tell('The gate of the office does not let it in.');
  stage.git('ana', 'host-without-gate', ['push', '-q', `../${hub}`, 'main'], 'fails');
  stage.tell('A host without the gate takes it, and every node that looks sees it.');
  await stage.gdo('dee', 'host-without-gate', ['verify', 'main'], 1);
}

async function fire(stage: Stage): Promise<void> {
  stage.chapter('The office burns down: the copy of a door is complete');
  await fetchAll(stage, [door]);
  const before = await rootOf(stage, hub);
  stage.git(door, '.', ['clone', '-q', '--mirror', door, 'new-office.git']);
  await stage.gdo('ana', 'new-office.git', ['audit']);
  if ((await rootOf(stage, 'new-office.git')) !== before) throw new Error('the copy of the door is not complete');
  stage.note(`state root of the new office: ${before}`);
}

async function leave(stage: Stage): Promise<string> {
  stage.chapter('The wood group leaves with its tools');
  await fetchAll(stage, ['chi', 'dee']);
  await stage.gdo('chi', 'chi', ['fork', 'chi', '--into', '../wood']);
  await stage.gdo('chi', 'wood', ['verify', '--all']);
  await stage.gdo('ana', hub, ['verify', '--all']);
  return `state root ${await rootOf(stage, hub)}`;
}
