import type { DataClass } from './data-classes.ts';
import type { FieldType } from './field-types.ts';
import type { ProblemCode } from './problems.ts';
import { type Text, text } from './text.ts';

export const goodsKinds = ['physical', 'digital', 'subscription', 'lodging'] as const;

/** What was paid for: goods that are sent (物品販売), digital goods, a subscription (継続商品) or lodging (宿泊サービス). */
export type Goods = (typeof goodsKinds)[number];

/** What is known of a case before its form is opened, and decides which sections it asks for. */
export type Facts = { goods: Goods; productNameKnown: boolean; currency: string };

/** Holds when a choice made in the answer is one of these. The field stands in the same section unless written `section.field`. */
export type Choice = { field: string; is: readonly string[] };

export type Field = {
  label: Text;
  type: FieldType;
  /** What its values may tell of a person. All of an answer is sealed; who may not read personal data sees the rest masked. */
  holds: DataClass;
  required?: boolean;
  askedWhen?: Choice;
  options?: Readonly<Record<string, Text>>;
  maxLength?: number;
  /** Why the institution wants it, shown on request. */
  why?: Text;
};

/** A rule over several fields of one section. */
export type SectionRule =
  | { rule: 'one_of'; fields: readonly string[] }
  | { rule: 'order'; earlier: string; later: string; strictly?: true }
  | { rule: 'warn_order'; earlier: string; later: string; warning: ProblemCode }
  | { rule: 'warn_empty'; fields: readonly string[]; when: Choice; warning: ProblemCode };

export type Section = {
  title: Text;
  note?: Text;
  askedFor?: { goods?: readonly Goods[]; productNameKnown?: boolean };
  askedWhen?: Choice;
  fields: Readonly<Record<string, Field>>;
  rules?: readonly SectionRule[];
  /** Several entries of the same fields; `within` names the count they may not exceed. */
  repeats?: { max: number; item: Text; within: string };
};

export const name: Field = {
  label: text('氏名', 'Name'),
  type: 'text',
  holds: 'personal',
  required: true,
  maxLength: 100,
};
export const address: Field = {
  label: text('住所', 'Address'),
  type: 'text',
  holds: 'personal',
  maxLength: 300,
};
export const email: Field = {
  label: text('メールアドレス', 'Mail address'),
  type: 'email',
  holds: 'personal',
};
export const phone: Field = { label: text('電話番号', 'Phone'), type: 'phone', holds: 'personal' };
export const day = (ja: string, en: string): Field => ({ label: text(ja, en), type: 'day', holds: 'none' });
export const required = (field: Field): Field => ({ ...field, required: true });

/** One of these is enough to reach somebody. */
export const reachable = ['address', 'email', 'phone'];
