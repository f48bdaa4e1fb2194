import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';

const { caseId, category, instant } = apiValues;

const hold = {
  reason: z.string(),
  putBy: z.string().nullable(),
  putAt: instant,
};

/** How long the personal data of one case is kept, and whether a legal hold keeps it longer. */
export const CaseRetention = z
  .object({
    hold: z.object(hold).nullable(),
    keptUntil: instant.nullable().meta({
      description: 'From when on its personal data is erased, unless it is held; null while the case is open',
    }),
    erasedAt: instant.nullable(),
  })
  .meta({ id: 'CaseRetention' });

/** What is kept for how long, what is due to be erased, and what is held (設定 › 保存期間). */
export const Retention = z
  .object({
    periods: z.array(
      z.object({
        category,
        days: z.number().int(),
        dueSoon: z.number().int().meta({ description: 'Cases to be erased within 30 days' }),
        erased: z.number().int().meta({ description: 'Cases whose personal data is gone' }),
      }),
    ),
    mailDays: z.number().int().nullable(),
    due: z
      .array(z.object({ category, closedIn: z.number().int(), count: z.number().int() }))
      .meta({ description: 'Cases to be erased the next night, by the year in which they were closed' }),
    mailsDue: z.number().int(),
    held: z.array(z.object({ ...hold, caseId, category, keptUntil: instant.nullable(), isDue: z.boolean() })),
    heldCount: z.number().int(),
  })
  .meta({ id: 'Retention' });
