import { z } from 'zod';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { answerJsonSchema } from '#src/domain/answer-json-schema.ts';
import { notificationKindCodes } from '#src/domain/notification-kinds.ts';
import {
  askOf,
  categoryOf,
  type NotificationCode,
  notificationCodes,
  notificationType,
} from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import type { Locale } from '#src/domain/text.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';

const tag = 'Catalogue';

const NotificationType = z
  .object({
    code: apiValues.notificationType,
    category: apiValues.category,
    kind: z.enum(notificationKindCodes),
    label: z.string(),
    labelNote: z.string().nullable(),
    reason: z.string().meta({ description: '主な発生理由' }),
    ask: z.string().meta({ description: 'ご依頼事項' }),
    guidance: z.string().nullable(),
  })
  .meta({ id: 'NotificationType' });

const Schemas = z.object({
  goods: z.enum(goodsKinds),
  productNameKnown: z.boolean(),
  schema: z.record(z.string(), z.unknown()),
});

const NotificationTypeWithSchemas = NotificationType.extend({
  answerSchemas: z
    .array(Schemas)
    .meta({ description: 'JSON Schema 2020-12 of an answer, for amounts in JPY' }),
}).meta({ id: 'NotificationTypeWithSchemas' });

const toNotificationType = (code: NotificationCode, locale: Locale): z.input<typeof NotificationType> => {
  const { kind, label, labelNote, reason, guidance } = notificationType(code);
  return {
    code,
    category: categoryOf(code),
    kind,
    label: label[locale],
    labelNote: labelNote?.[locale] ?? null,
    reason: reason[locale],
    ask: askOf(code)[locale],
    guidance: guidance?.[locale] ?? null,
  };
};

const schemasOf = (code: NotificationCode, locale: Locale): z.input<typeof Schemas>[] =>
  goodsKinds.flatMap((goods) =>
    [true, false].map((productNameKnown) => ({
      goods,
      productNameKnown,
      schema: answerJsonSchema(answerFormFor(code, { goods, productNameKnown, currency: 'JPY' }), locale),
    })),
  );

/** Reading the catalogue. */
export const catalogueEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/notification-types',
    summary: 'List the notification types',
    tag,
    access: 'anyone',
    status: 200,
    reply: z.object({ data: z.array(NotificationType) }).meta({ id: 'NotificationTypes' }),
    refusals: [],
    tell: (_, __, { locale }) => ({
      data: notificationCodes.map((code) => toNotificationType(code, locale)),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/notification-types/:code',
    summary: 'Read a notification type with the JSON Schemas of its answers',
    tag,
    access: 'anyone',
    params: z.object({ code: apiValues.notificationType }),
    status: 200,
    reply: NotificationTypeWithSchemas,
    refusals: ['invalid_request'],
    tell: (_, { code }, { locale }) => ({
      ...toNotificationType(code, locale),
      answerSchemas: schemasOf(code, locale),
    }),
  }),
];
