import { z } from 'zod';
import { isClosingPeriod } from '#src/domain/closing-days.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

export const institutionId = z
  .string()
  .regex(/^[A-Z0-9-]{2,32}$/)
  .meta({ example: 'JCB-DEMO' });

const edge = z
  .string()
  .regex(/^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$/)
  .meta({ description: 'A day, or MM-DD of every year', example: '12-31' });

const period = { from: edge, to: edge };

/** Days on which the PSP (null) or an institution is closed. */
export const NewClosingPeriod = z
  .strictObject({
    institutionId: institutionId.nullable().meta({ description: 'null: the PSP' }),
    name: z.string().trim().min(1).pipe(prose(100)),
    ...period,
  })
  .refine(isClosingPeriod, { path: ['to'], params: { code: 'not_in_order' } })
  .meta({ id: 'NewClosingPeriod' });

export type NewClosingPeriod = z.output<typeof NewClosingPeriod>;

export const ClosingPeriodView = z
  .object({ id: z.uuid(), name: z.string(), ...period })
  .meta({ id: 'ClosingPeriod' });

const dueRule = z
  .strictObject({
    days: z.number().int().min(0).max(365),
    of: z.enum(['calendar_days', 'business_days']),
  })
  .meta({ id: 'DueRule' });

/** How an institution's requests fall due, and for how long after it an answer is still taken. */
export const DueTerms = z
  .strictObject({
    dueRule: dueRule.nullable().meta({ description: 'null: every request names its due instant' }),
    expiryDays: z
      .number()
      .int()
      .min(0)
      .max(3650)
      .meta({ description: 'Days after the due day until a case expires' }),
  })
  .meta({ id: 'DueTerms' });

export type DueTerms = z.output<typeof DueTerms>;

const kept = { dueRule: dueRule.nullable(), expiryDays: z.number().int() };

export const InstitutionTerms = z
  .object({
    id: z.string(),
    name: z.string(),
    ...kept,
    version: z.string(),
    closingPeriods: z.array(ClosingPeriodView),
  })
  .meta({ id: 'InstitutionTerms' });

export const ChangedTerms = z.object({ ...kept, version: z.string() }).meta({ id: 'ChangedTerms' });

export const year = z.number().int().min(2007).max(2050);

export const Calendar = z
  .object({
    today: apiValues.day.meta({ description: 'By the product’s time, in Japan' }),
    closingPeriods: z.array(ClosingPeriodView).meta({ description: 'Of the PSP' }),
    institutions: z.array(InstitutionTerms),
    confirmedYears: z.array(
      z.object({ year, confirmedAt: apiValues.instant, confirmedBy: z.string().nullable() }),
    ),
    yearsToConfirm: z.array(year).meta({
      description: 'Not confirmed, and needed soon: due instants through them cannot be computed',
    }),
  })
  .meta({ id: 'Calendar' });

/** What the screens count business days by: the PSP's closing days. */
export const ClosingDaysView = z
  .object({ periods: z.array(z.object(period)), confirmedYears: z.array(z.number().int()) })
  .meta({ id: 'ClosingDays' });
