// Writes docs/charter.schema.json (JSON Schema 2020-12) from the types of the Charter in engine/, and checks documents against such a schema.
import { jsonLayout } from './json-layout.ts';
import { Node, Project, type InterfaceDeclaration, type TypeNode } from 'ts-morph';

/** A schema as plain data. */
export type Schema = { readonly [key: string]: unknown };

/** The text of docs/charter.schema.json. @param sources - the texts of engine/bylaws*.ts by name */
export function schemaText(sources: ReadonlyMap<string, string>): string {
  const project = new Project({ useInMemoryFileSystem: true, skipFileDependencyResolution: true, compilerOptions: { noLib: true } });
  for (const [name, text] of sources) project.createSourceFile(name, text);
  const interfaces = new Map(project.getSourceFiles().flatMap((file) => file.getInterfaces().map((one) => [one.getName(), one] as const)));
  const aliases = new Map(project.getSourceFiles().flatMap((file) => file.getTypeAliases().map((one) => [one.getName(), one] as const)));
  const needed = new Set<string>();
  const definitions = new Map<string, Schema>();
  const want = (name: string): Schema => {
    if (!needed.has(name)) {
      needed.add(name);
      const face = interfaces.get(name);
      const alias = aliases.get(name)?.getTypeNode();
      if (face === undefined && alias === undefined) throw new Error(`the Charter uses ${name}, which no file of engine/bylaws declares`);
      const description = (face ?? aliases.get(name))?.getJsDocs()[0]?.getDescription().trim().replaceAll(/\s+/g, ' ');
      const schema = face === undefined ? (alias === undefined ? {} : ofType(alias, want)) : ofInterface(face, interfaces, want);
      definitions.set(name, description === undefined || description === '' ? schema : { description, ...schema });
    }
    return { $ref: `#/$defs/${name}` };
  };
  want('Charter');
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Charter of gdo, version 1',
    $ref: '#/$defs/Charter',
    $defs: Object.fromEntries(sorted),
  };
  return jsonLayout(schema);
}

type Want = (name: string) => Schema;

function ofInterface(face: InterfaceDeclaration, interfaces: ReadonlyMap<string, InterfaceDeclaration>, want: Want): Schema {
  const inherited = face.getExtends().flatMap((parent) => interfaces.get(parent.getExpression().getText())?.getProperties() ?? []);
  return ofProperties(
    [...inherited, ...face.getProperties()].map((property) => ({
      name: property.getName(),
      optional: property.hasQuestionToken(),
      type: property.getTypeNode(),
    })),
    want,
  );
}

function ofProperties(properties: readonly { readonly name: string; readonly optional: boolean; readonly type: TypeNode | undefined }[], want: Want): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((one) => [one.name, one.type === undefined ? {} : ofType(one.type, want)])),
    required: properties.filter((one) => !one.optional).map((one) => one.name),
    additionalProperties: false,
  };
}

function ofType(type: TypeNode, want: Want): Schema {
  const text = type.getText();
  if (text === 'string') return { type: 'string' };
  if (text === 'number') return { type: 'integer' };
  if (text === 'boolean') return { type: 'boolean' };
  if (Node.isLiteralTypeNode(type)) return { const: JSON.parse(text.replace(/^'(.*)'$/s, '"$1"')) };
  if (Node.isParenthesizedTypeNode(type)) return ofType(type.getTypeNode(), want);
  if (Node.isTypeOperatorTypeNode(type)) return ofType(type.getTypeNode(), want);
  if (Node.isArrayTypeNode(type)) return { type: 'array', items: ofType(type.getElementTypeNode(), want) };
  if (Node.isUnionTypeNode(type)) {
    const parts = type.getTypeNodes().map((part) => ofType(part, want));
    return parts.every((part) => 'const' in part) ? { enum: parts.map((part) => part['const']) } : { oneOf: parts };
  }
  if (Node.isTypeLiteral(type)) {
    return ofProperties(
      type.getProperties().map((property) => ({ name: property.getName(), optional: property.hasQuestionToken(), type: property.getTypeNode() })),
      want,
    );
  }
  if (Node.isTypeReference(type)) return want(text);
  throw new Error(`no schema for ${text}`);
}

/** Where a value does not meet a schema of the kind written here: paths with a word each; empty where it does. Pure. */
export function offences(root: Schema, schema: Schema, value: unknown, path = ''): readonly string[] {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return offences(root, definition(root, reference), value, path);
  if ('const' in schema) return value === schema['const'] ? [] : [`${path} is not ${String(schema['const'])}`];
  const oneOf = schema['oneOf'];
  if (Array.isArray(oneOf)) {
    const fitting = oneOf.filter((part) => offences(root, Object(part), value, path).length === 0);
    return fitting.length === 1 ? [] : [`${path} fits ${fitting.length} of ${oneOf.length} forms`];
  }
  const allowed = schema['enum'];
  if (Array.isArray(allowed)) return allowed.includes(value) ? [] : [`${path} is none of ${allowed.join(', ')}`];
  switch (schema['type']) {
    case 'string':
      return typeof value === 'string' ? [] : [`${path} is no text`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path} is not true or false`];
    case 'integer':
      return Number.isSafeInteger(value) ? [] : [`${path} is no whole number`];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item: unknown, index) => offences(root, Object(schema['items']), item, `${path}/${index}`))
        : [`${path} is no list`];
    case 'object':
      return objectOffences(root, schema, value, path);
    default:
      return [`${path} has a schema of no known kind`];
  }
}

function objectOffences(root: Schema, schema: Schema, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  const properties = new Map<string, unknown>(Object.entries(Object(schema['properties'])));
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const missing = required.flatMap((name) => (Object.hasOwn(value, String(name)) ? [] : [`${path} lacks ${String(name)}`]));
  return [
    ...missing,
    ...Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
      properties.has(name) ? offences(root, Object(properties.get(name)), inner, `${path}/${name}`) : [`${path} has an unknown ${name}`],
    ),
  ];
}

function definition(root: Schema, reference: string): Schema {
  return Object(Object(root['$defs'])[reference.replace('#/$defs/', '')]);
}
