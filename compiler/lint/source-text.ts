// The words in which a part of the Charter was written, for rules about what the Charter no longer holds.
import type { Model } from './rule.ts';

/** The text of a part of the Charter; empty where it was never written. Pure. */
export function writtenText(model: Model, part: object): string {
  const place = model.sources.get(part);
  const file = place === undefined ? undefined : model.files.find((one) => one.path === place.file);
  return place === undefined || file === undefined ? '' : file.text.slice(place.span.start, place.span.end);
}
