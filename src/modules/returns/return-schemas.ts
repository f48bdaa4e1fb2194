import { z } from 'zod';
import { PersonalDataState, RegisteredAnswer } from '#src/modules/cases/index.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { caseId, mid, sid, notificationType } = apiValues;

/** A registered answer on its way back to who asked, with what it answers. */
export const ReturnedAnswer = RegisteredAnswer.extend({
  caseId,
  institutionId: z.string(),
  institutionReference: z.string(),
  mid,
  sid,
  notificationType,
  previousVersion: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'The version that this one corrects; null for the first' }),
  personalData: z.enum([...PersonalDataState.options, 'unreadable']).meta({
    description: 'As of a case; unreadable: what is stored of this answer does not open, and the PSP is told',
  }),
}).meta({ id: 'ReturnedAnswer' });

/** A piece of the feed of answers. */
export const ReturnedAnswerPage = z
  .object({
    data: z.array(ReturnedAnswer),
    nextCursor: z.string().nullable().meta({
      description: 'Where to read on, now or later; null only as long as there is no answer at all',
    }),
    hasMore: z.boolean(),
  })
  .meta({ id: 'ReturnedAnswerPage' });
