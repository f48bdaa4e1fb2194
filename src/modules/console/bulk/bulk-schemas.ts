import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const { caseId, mid, sid, status, notificationType } = apiValues;

/** So many cases at once, so that all of them are seen before, and locked for seconds only. */
export const mostAtOnce = 100;

/** Why a case is left as it is. */
export const whyLeft = [
  'case_not_found',
  'case_erased',
  'action_not_possible',
  'no_change',
  'changed_meanwhile',
] as const;
export type WhyLeft = (typeof whyLeft)[number];

const why = z.enum(whyLeft).nullable();
const operatorId = z.uuid().nullable().meta({ description: 'Who looks after the cases; null for nobody' });
const reason = z.string().trim().min(1).pipe(prose(1000));

const caseIds = z.array(caseId).min(1).max(mostAtOnce);
const cases = z
  .array(
    z.object({
      caseId,
      version: z.string().max(100).meta({ description: 'From the preview: as what the case was seen' }),
    }),
  )
  .min(1)
  .max(mostAtOnce);

export const AssignmentPreview = z.object({ operatorId, caseIds });
export const Assignments = z.object({ operatorId, cases });
export const WithdrawalPreview = z.object({ caseIds });
export const Withdrawals = z.object({ reason, cases });

const count = z.number().int().nonnegative();

const PreviewedCase = z.object({
  caseId,
  version: z.string(),
  why: why.meta({ description: 'Why it would be left as it is; null when it would be changed' }),
  /** What is known of it; nothing of a case that does not exist. */
  found: z.object({ mid, sid, notificationType, status, assigneeName: z.string().nullable() }).nullable(),
});

export const BulkPreview = z
  .object({ cases: z.array(PreviewedCase), goes: count, stays: count })
  .meta({ id: 'BulkPreview', description: 'In the order of the request; nothing is changed' });

export const BulkResult = z
  .object({
    cases: z.array(
      z.object({
        caseId,
        why: why.meta({ description: 'Why it was left as it is; null when it was changed' }),
      }),
    ),
    done: count,
    left: count,
  })
  .meta({ id: 'BulkResult', description: 'In the order of the request' });
