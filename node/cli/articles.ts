// Articles: which heading of the governed bylaws a process, role or area stands under, to be quoted beside a decision. Never judged.
import { treeBylaws } from './tree-bylaws.ts';
import type { Session } from './session.ts';

/** `Article 5 (bylaws/README.gdo.md)` for a declaration of the bylaws on main, or undefined where it stands under no heading. */
export async function articleOf(session: Session, name: string): Promise<string | undefined> {
  const { compiled } = await treeBylaws(session.repository, session.view.mainFiles);
  const found = compiled?.articles.find((article) => article.name === name);
  return found === undefined ? undefined : `"${found.heading}" (${found.file}:${found.line})`;
}
