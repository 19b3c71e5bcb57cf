// Looks for a name in a part of a Charter. It knows no meaning of what it finds.

/** Says whether a name stands anywhere in a part of the Charter. Pure. */
export function mentionedIn(part: unknown, name: string): boolean {
  if (part === name) return true;
  if (Array.isArray(part)) return part.some((inner) => mentionedIn(inner, name));
  return typeof part === 'object' && part !== null && Object.values(part).some((inner) => mentionedIn(inner, name));
}
