import { z } from 'zod';
import { caseStatusCodes } from '#src/domain/case-life.ts';
import { categoryCodes } from '#src/domain/categories.ts';
import { maxAmount } from '#src/domain/money.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';

/** The values that more than one endpoint speaks, each with one schema and one description in the OpenAPI document. */
export const apiValues = {
  caseId: z
    .string()
    .regex(/^[0-9]{6}-[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/)
    .meta({ description: '依頼管理番号 (case number)', example: '261124-8F3-KQ2-ZN5' }),
  mid: z
    .string()
    .regex(/^[0-9]{5}$/)
    .meta({ description: 'MID: the merchant, 5 digits', example: '12345' }),
  sid: z
    .string()
    .regex(/^[0-9]{3}$/)
    .meta({ description: 'SID: a service of the merchant, 3 digits', example: '001' }),
  status: z.enum(caseStatusCodes).meta({ description: 'ステータス' }),
  category: z.enum(categoryCodes).meta({ description: '依頼カテゴリ' }),
  notificationType: z.enum(notificationCodes).meta({ description: '通知種別' }),
  instant: z.iso.datetime({ offset: true }).meta({ example: '2026-11-24T17:00:00+09:00' }),
  day: z.iso.date().meta({ example: '2026-11-24' }),
  money: z
    .strictObject({ value: z.number().int().min(0).max(maxAmount), currency: z.string().length(3) })
    .meta({ description: 'Amount in ISO 4217 minor units', example: { value: 12800, currency: 'JPY' } }),
  cursor: z.string().max(300).meta({ description: 'Opaque: the nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
} as const;
