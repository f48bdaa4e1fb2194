import { z } from 'zod';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { Payment, PersonalDataState, ShownAnswer } from '#src/modules/cases/index.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { ProblemItem } from '#src/platform/http/problem.ts';

const { caseId, mid, sid, status, category, notificationType, instant } = apiValues;

/** What was typed so far, by section and field. Values may be half-typed; a registered answer is read from them. */
export const DraftContent = z
  .record(z.string(), z.unknown())
  .meta({ id: 'DraftContent', example: { purchaser: { name: '山田 花子', email: 'hanako@example.jp' } } });

/** A draft with what it would be as an answer: the check page shows `check.document` and nothing else. */
export const Draft = z
  .object({
    version: z.number().int().nonnegative().meta({ description: '0 when nothing was saved yet' }),
    content: DraftContent,
    savedAt: instant.nullable(),
    savedBy: z.string().nullable(),
    personalData: PersonalDataState,
    check: z.object({
      document: ShownAnswer,
      sha256: z.string().nullable().meta({ description: 'null where the draft is masked' }),
      problems: z.array(ProblemItem).meta({ description: 'What keeps it from being registered' }),
      warnings: z.array(ProblemItem).meta({ description: 'What the merchant should look at again' }),
    }),
  })
  .meta({ id: 'Draft' });

export type DraftView = z.output<typeof Draft>;

const ShownField = z.object({
  field: z.string(),
  label: z.string(),
  type: z.enum(['text', 'long_text', 'email', 'phone', 'url', 'day', 'amount', 'count', 'choice']),
  required: z.boolean(),
  maxLength: z.number().int(),
  why: z.string().nullable(),
  options: z.array(z.object({ code: z.string(), label: z.string() })),
  askedWhen: z.object({ field: z.string(), is: z.array(z.string()) }).nullable(),
});

/** The sections and fields a case asks for, with everything its form shows. */
export const AnswerFormView = z
  .object({
    case: z.object({
      id: caseId,
      mid,
      sid,
      merchantName: z.string(),
      serviceName: z.string(),
      category,
      notificationType,
      status,
      requestedAt: instant,
      dueAt: instant,
      isOverdue: z.boolean(),
      supplement: z.string().nullable(),
      nextVersion: z
        .object({ because: z.enum(['correction', 'follow_up']), reason: z.string().nullable() })
        .nullable()
        .meta({
          description: 'Why the registered answer is followed by another: a correction or a further question',
        }),
      payment: Payment,
    }),
    personalData: PersonalDataState,
    facts: z.object({ goods: z.enum(goodsKinds), productNameKnown: z.boolean(), currency: z.string() }),
    sections: z.array(
      z.object({
        section: z.string(),
        title: z.string(),
        note: z.string().nullable(),
        askedWhen: z.object({ field: z.string(), is: z.array(z.string()) }).nullable(),
        repeats: z.object({ max: z.number().int(), item: z.string() }).nullable(),
        fields: z.array(ShownField),
      }),
    ),
    schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema 2020-12 of an answer' }),
    draft: Draft,
    canAnswer: z.boolean(),
  })
  .meta({ id: 'AnswerForm' });
