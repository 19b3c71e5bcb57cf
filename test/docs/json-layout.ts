// JSON as the formatter of this project lays it out, so that a generated file passes the format check as it is written.

const widthMax = 160;

/** The text of a JSON value with one line end after it: what fits on a line stands on one. Pure. */
export function jsonLayout(value: unknown): string {
  return `${laid(value, '', 0)}\n`;
}

/** @param used - columns of the line that stand before the value and after it */
function laid(value: unknown, indent: string, used: number): string {
  const flat = inline(value);
  if (!breaks(value) && indent.length + used + flat.length <= widthMax) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item: unknown) => `${inner}${laid(item, inner, 1)}`).join(',\n')}\n${indent}]`;
  if (typeof value !== 'object' || value === null) return flat;
  const rows = Object.entries(value).map(([key, item]: [string, unknown]) => {
    const head = `${JSON.stringify(key)}: `;
    return `${inner}${head}${laid(item, inner, head.length + 1)}`;
  });
  return `{\n${rows.join(',\n')}\n${indent}}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const rows = Object.entries(value).map(([key, item]: [string, unknown]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return rows.length === 0 ? '{}' : `{ ${rows.join(', ')} }`;
}

/** Whether a value stands on several lines even where one would do: lists of objects that say more than one thing. */
function breaks(value: unknown): boolean {
  if (Array.isArray(value)) return (value.length > 1 && value.every((item) => size(item) > 1)) || value.some(breaks);
  return typeof value === 'object' && value !== null && Object.values(value).some(breaks);
}

function size(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
