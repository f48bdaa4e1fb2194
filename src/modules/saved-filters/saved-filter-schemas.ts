import { z } from 'zod';
import { caseStatusCodes, requestKinds } from '#src/domain/case-life.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const { category, mid, sid } = apiValues;

/** Nobody finds anything among more. */
export const mostFilters = 30;

/** Codes with commas between them, as the list's address writes them. */
const codes = (known: readonly string[]) =>
  z
    .string()
    .max(1000)
    .refine((sent) => sent.split(',').every((code) => known.includes(code)))
    .meta({ description: 'Codes, separated by commas' });

/** The list's query without what was searched for, which may be personal, and without its page. */
const SavedQuery = z
  .strictObject({
    status: codes(caseStatusCodes),
    notificationType: codes(notificationCodes),
    category,
    mid,
    sid,
    due: z.enum(['overdue', 'today', 'this_week']),
    assignee: z.union([z.enum(['me', 'none']), z.uuid()]),
    asked: z.enum(requestKinds),
    sort: z.enum(['due', '-due', 'requested', '-requested']),
  })
  .partial()
  .meta({ id: 'SavedQuery', description: 'As `GET /cases` takes it' });

export const FilterWords = z.object({
  name: z.string().trim().min(1).pipe(prose(60)),
  query: SavedQuery,
});

export const SavedFilter = z
  .object({ id: z.uuid(), name: z.string(), query: SavedQuery })
  .meta({ id: 'SavedFilter' });

export const SavedFilters = z
  .object({ data: z.array(SavedFilter), most: z.int() })
  .meta({ id: 'SavedFilters', description: 'By name' });
