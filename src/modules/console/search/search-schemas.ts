import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';

const { caseId, mid, sid, status, notificationType } = apiValues;

/** So many of each are shown; the lists have all of them. */
export const mostFound = 6;

export const SearchedFor = z.object({ q: z.string().trim().min(1).max(64) });

/** By what a case was found. */
export const foundBy = ['caseNumber', 'trackingId', 'orderId', 'reference', 'customerId'] as const;

export const Everything = z
  .object({
    cases: z.array(z.object({ id: caseId, mid, sid, notificationType, status, foundBy: z.enum(foundBy) })),
    merchants: z.array(z.object({ mid, name: z.string(), isStopped: z.boolean() })),
    institutions: z.array(z.object({ id: z.string(), name: z.string(), isRetired: z.boolean() })),
    users: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          email: z.string().nullable(),
          merchantName: z.string().nullable(),
        }),
      )
      .nullable()
      .meta({ description: 'null for who does not manage users' }),
  })
  .meta({ id: 'Everything', description: `Of each kind ${mostFound} at most` });
