import { factsOf } from './answer.ts';
import type { AnswerForm, FormSection } from './answer-form.ts';
import { fieldTypes } from './field-types.ts';
import type { Field, SectionRule } from './section-shape.ts';
import type { Locale } from './text.ts';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema (2020-12) of an answer that a form accepts. The order of days and the number of guests cannot be said in
 * JSON Schema; they stand in the sections' descriptions and are checked by the product.
 */
export function answerJsonSchema(form: AnswerForm, locale: Locale): JsonSchema {
  const always = form.sections.filter(({ askedWhen }) => !askedWhen);
  const conditions = form.sections.flatMap(sectionCondition);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(
      form.sections.map((section) => [section.name, sectionSchema(section, form, locale)]),
    ),
    required: always.map(({ name }) => name),
    additionalProperties: false,
    ...(conditions.length > 0 && { allOf: conditions }),
  };
}

function sectionCondition({ name, askedWhen }: FormSection): JsonSchema[] {
  if (!askedWhen) return [];
  const [section = '', field = ''] = askedWhen.field.split('.');
  const chosen = { properties: { [section]: chosenSchema(field, askedWhen.is) }, required: [section] };
  return presentOnlyWhen(chosen, name, true);
}

/** Says `if` and `then` in other words, because an object with a `then` looks like a promise. */
const presentOnlyWhen = (chosen: JsonSchema, name: string, required: boolean): JsonSchema[] => [
  { anyOf: [chosen, { properties: { [name]: false } }] },
  ...(required ? [{ anyOf: [{ not: chosen }, { required: [name] }] }] : []),
];

const chosenSchema = (field: string, is: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: { [field]: { enum: is } },
  required: [field],
});

function sectionSchema(section: FormSection, form: AnswerForm, locale: Locale): JsonSchema {
  const entry = entrySchema(section, form, locale);
  if (!section.repeats) return { title: section.title[locale], ...entry };
  return {
    title: section.title[locale],
    description: `${section.title[locale]} <= ${labelOf(section.repeats.within, form, locale)}.`,
    type: 'array',
    minItems: 1,
    maxItems: section.repeats.max,
    items: entry,
  };
}

function labelOf(sectionField: string, form: AnswerForm, locale: Locale): string {
  const [name, field = ''] = sectionField.split('.');
  return form.sections.find((section) => section.name === name)?.fields[field]?.label[locale] ?? sectionField;
}

function entrySchema(section: FormSection, form: AnswerForm, locale: Locale): JsonSchema {
  const fields = Object.entries(section.fields);
  const properties = fields.map(([name, field]) => [
    name,
    { title: field.label[locale], ...fieldTypes[field.type].schema(factsOf(field, form)) },
  ]);
  const conditions = [...fields.flatMap(fieldCondition), ...section.rules.flatMap(ruleSchema)];
  const description = section.rules.flatMap((rule) => ruleDescription(rule, section, locale)).join(' ');
  return {
    type: 'object',
    ...(description && { description }),
    properties: Object.fromEntries(properties),
    required: fields.filter(([, { required, askedWhen }]) => required && !askedWhen).map(([name]) => name),
    additionalProperties: false,
    ...(conditions.length > 0 && { allOf: conditions }),
  };
}

function fieldCondition([name, { askedWhen, required = false }]: [string, Field]): JsonSchema[] {
  return askedWhen ? presentOnlyWhen(chosenSchema(askedWhen.field, askedWhen.is), name, required) : [];
}

const ruleSchema = (rule: SectionRule): JsonSchema[] =>
  rule.rule === 'one_of' ? [{ anyOf: rule.fields.map((name) => ({ required: [name] })) }] : [];

function ruleDescription(rule: SectionRule, { fields }: FormSection, locale: Locale): string[] {
  if (rule.rule !== 'order') return [];
  const [earlier, later] = [fields[rule.earlier]?.label[locale], fields[rule.later]?.label[locale]];
  return [`${earlier} ${rule.strictly ? '<' : '<='} ${later}.`];
}
