import fc from 'fast-check';
import { anyJson, hostileText } from './hostile.ts';

export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  examples?: unknown[];
  example?: unknown;
  format?: string;
  pattern?: string;
};

type Schemas = Record<string, JsonSchema>;

/** Values that fit a schema more or less: right in their form most of the time, wrong in one place or another. */
export function valuesOf(schema: JsonSchema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> {
  const fitting = fittingOf(schema, schemas, depth);
  return fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: anyJson });
}

function fittingOf(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return anyJson;
  const { $ref, enum: values, anyOf, oneOf, allOf, example } = schema;
  if ($ref) return fittingOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (values) return fc.constantFrom(...values);
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, schemas, depth + 1)));
  const ofType = ofTypes(schema, schemas, depth);
  return example === undefined ? ofType : fc.oneof(fc.constant(example), ofType);
}

function ofTypes(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, schemas, depth)));
}

function ofType(type: string, schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectOf(schema, schemas, depth);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, schemas, depth + 1), { maxLength: 4 });
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer(), fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 1, 0, 1));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textOf(schema);
    default:
      return anyJson;
  }
}

function objectOf({ properties = {} }: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, valuesOf(field, schemas, depth + 1)] as const,
  );
  const whole = fc.record(Object.fromEntries(fields));
  const some = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const withMore = fc.tuple(some, hostileText, anyJson).map(([given, name, more]) => ({
    ...given,
    ...Object.fromEntries([[name, more]]),
  }));
  return fc.oneof(
    { weight: 4, arbitrary: whole },
    { weight: 1, arbitrary: some },
    { weight: 1, arbitrary: withMore },
  );
}

function textOf({ format, maxLength = 20 }: JsonSchema): fc.Arbitrary<unknown> {
  const text = fc.oneof(
    hostileText,
    fc.string({ maxLength: Math.min(maxLength, 50) }),
    fc.constantFrom('001', '12345'),
  );
  if (format === 'date') return fc.oneof(fc.constant('2026-11-24'), text);
  if (format === 'date-time') return fc.oneof(fc.constant('2026-11-24T17:00:00+09:00'), text);
  return text;
}
