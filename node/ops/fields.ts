// Fields of a strict configuration: each reads a value, notes what is wrong with it, and says its own JSON Schema. It knows no configuration.

/** A JSON Schema (2020-12) as data. */
export type FieldSchema = Readonly<Record<string, unknown>>;

/** One thing that is wrong, and where: `organizations[0].peers[1].address`; empty for the whole document. */
export interface FieldFault {
  readonly at: string;
  readonly reason: string;
}

/** A kind of value. `read` answers `otherwise` where it notes a fault, so that every fault of a document is found at once. */
export interface Field<T> {
  readonly schema: FieldSchema;
  readonly otherwise: T;
  readonly read: (value: unknown, at: string, faults: FieldFault[]) => T;
}

/** Asks for the members of an object, once each. */
export interface Members {
  readonly must: <T>(name: string, about: string, field: Field<T>) => T;
  readonly may: <T, U>(name: string, about: string, field: Field<T>, absent: U) => T | U;
}

/** Texts that are longer are no names, paths or addresses. */
const textLengthMax = 4_096;

/** A text of one form. @param form - `what` completes the sentence "must be ..." */
export function textField(form: { readonly pattern: RegExp; readonly what: string; readonly otherwise: string }): Field<string> {
  return {
    schema: { type: 'string', pattern: form.pattern.source, maxLength: textLengthMax },
    otherwise: form.otherwise,
    read: (value, at, faults) => {
      if (typeof value === 'string' && value.length <= textLengthMax && form.pattern.test(value)) return value;
      faults.push({ at, reason: `must be ${form.what}` });
      return form.otherwise;
    },
  };
}

/** One of a few words. */
export function wordField<const W extends string>(words: readonly [W, ...W[]]): Field<W> {
  return {
    schema: { enum: words },
    otherwise: words[0],
    read: (value, at, faults) => {
      const found = words.find((word) => word === value);
      if (found === undefined) faults.push({ at, reason: `must be one of ${words.map((word) => `"${word}"`).join(', ')}` });
      return found ?? words[0];
    },
  };
}

/** A whole number within bounds, both included. */
export function numberField(least: number, most: number): Field<number> {
  return {
    schema: { type: 'integer', minimum: least, maximum: most },
    otherwise: least,
    read: (value, at, faults) => {
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
      faults.push({ at, reason: `must be a whole number from ${least} to ${most}` });
      return least;
    },
  };
}

/** True or false. */
export const flagField: Field<boolean> = {
  schema: { type: 'boolean' },
  otherwise: false,
  read: (value, at, faults) => {
    if (typeof value === 'boolean') return value;
    faults.push({ at, reason: 'must be true or false' });
    return false;
  },
};

/** A list of one kind. @param bounds.key - two entries with one key are a fault */
export function listField<T>(
  item: Field<T>,
  bounds: { readonly least: number; readonly most: number; readonly key: (entry: T) => string },
): Field<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, minItems: bounds.least, maxItems: bounds.most },
    otherwise: [],
    read: (value, at, faults) => {
      if (!Array.isArray(value) || value.length < bounds.least || value.length > bounds.most) {
        faults.push({ at, reason: `must be a list of ${bounds.least} to ${bounds.most}` });
        return [];
      }
      const before = faults.length;
      const read = value.map((entry: unknown, index) => item.read(entry, `${at}[${index}]`, faults));
      const keys = read.map(bounds.key);
      if (faults.length === before)
        for (const [index, key] of keys.entries()) if (keys.indexOf(key) < index) faults.push({ at: `${at}[${index}]`, reason: `names ${key} a second time` });
      return read;
    },
  };
}

/** An object with the members that `build` asks for, and no others. `build` also runs once by itself, to learn the schema. */
export function objectField<T>(build: (members: Members) => T): Field<T> {
  const properties: Record<string, FieldSchema> = {};
  const required: string[] = [];
  const otherwise = build({
    must: (name, about, field) => {
      properties[name] = { description: about, ...field.schema };
      required.push(name);
      return field.otherwise;
    },
    may: (name, about, field, absent) => {
      properties[name] = { description: about, ...field.schema };
      return absent;
    },
  });
  const names = Object.keys(properties);
  return {
    schema: { type: 'object', properties, required, additionalProperties: false },
    otherwise,
    read: (value, at, faults) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        faults.push({ at, reason: 'must be an object' });
        return otherwise;
      }
      const given = new Map<string, unknown>(Object.entries(value));
      const below = (name: string): string => (at === '' ? name : `${at}.${name}`);
      for (const name of given.keys())
        if (!names.includes(name)) faults.push({ at: below(name.slice(0, 80)), reason: `is no known key here; known are ${names.join(', ')}` });
      return build({
        must: (name, _about, field) => {
          if (given.has(name)) return field.read(given.get(name), below(name), faults);
          faults.push({ at: below(name), reason: 'is missing' });
          return field.otherwise;
        },
        may: (name, _about, field, absent) => (given.has(name) ? field.read(given.get(name), below(name), faults) : absent),
      });
    },
  };
}
