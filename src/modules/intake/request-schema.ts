import { z } from 'zod';
import { isCurrency, maxAmount } from '#src/domain/money.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { paymentMethods } from '#src/modules/cases/index.ts';
import { prose } from '#src/platform/http/prose.ts';

/** A check that tells its problem by a code of ours. */
const wrong = (code: string, values?: Record<string, string | number>) => ({
  params: { code, ...(values && { values }) },
});

/** An id of somebody else's: visible half-width characters. */
const halfWidthId = (max: number) => prose(max).pipe(z.string().regex(/^[\x20-\x7e]*\S[\x20-\x7e]*$/));

const notificationType = z.string().superRefine((value, context) => {
  if (!notificationCodes.some((code) => code === value)) {
    context.addIssue({ code: 'custom', message: 'unknown', ...wrong('unknown_notification_type') });
  }
});

const instant = z.iso.datetime({ offset: true });

const amount = z.strictObject({
  value: z.number().superRefine((value, context) => {
    if (!Number.isInteger(value) || value < 0 || value > maxAmount) {
      context.addIssue({ code: 'custom', message: 'amount', ...wrong('not_minor_units') });
    }
  }),
  currency: z.string().refine(isCurrency, wrong('unknown_currency')),
});

/** What was paid. Optional parts may be left out or null. */
const RequestPayment = z.strictObject({
  trackingId: z.string().regex(/^\d{14}$/),
  method: z.enum(paymentMethods),
  amount,
  customerId: halfWidthId(64).nullish(),
  orderId: halfWidthId(38).nullish(),
  paidAt: instant,
  productName: prose(500).nullish(),
  goods: z.enum(goodsKinds).nullish().meta({ description: 'Left out or null: what its service sells' }),
  cardBrand: prose(30).nullish(),
  cardLast4: z
    .string()
    .regex(/^\d{4}$/)
    .nullish(),
});

/** A request of an institution (依頼), as `POST /cases` and every line of a batch take it. */
export const CaseRequest = z
  .strictObject({
    institutionId: z
      .string()
      .max(32)
      .optional()
      .meta({ description: 'For operators, who act for an institution' }),
    institutionReference: halfWidthId(64).meta({ example: 'JCB-2026-000123' }),
    notificationType: notificationType.meta({
      enum: [...notificationCodes],
      example: 'inquiry.unrecognized',
    }),
    mid: z.string().regex(/^\d{5}$/),
    sid: z.string().regex(/^\d{3}$/),
    requestedAt: instant,
    dueAt: instant.nullish().meta({ description: 'null: computed by the institution\u2019s rule' }),
    supplement: prose(4000).nullish().meta({ description: '加盟店様への依頼補足事項' }),
    payment: RequestPayment,
  })
  .meta({ id: 'CaseRequest' });

export type CaseRequest = z.output<typeof CaseRequest>;
