import { z } from 'zod';
import { caseActions, requestKinds, requestStates } from '#src/domain/case-life.ts';
import { personalDataStates } from '#src/domain/data-classes.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { caseId, mid, sid, status, category, notificationType, instant, money, day } = apiValues;

/** How a payment was made (決済手段). */
export const paymentMethods = [
  'credit_card',
  'carrier_billing',
  'wallet',
  'bank_transfer',
  'convenience_store',
] as const;

/** What every view of a case says of it. */
const caseHead = {
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
  answeredAt: instant.nullable(),
  isOverdue: z
    .boolean()
    .meta({ description: 'Waits for an answer past its due instant, by the database\u2019s clock' }),
  answeredLate: z.boolean(),
  draftSavedAt: instant
    .nullable()
    .meta({ description: 'When a draft that is not registered was last saved' }),
};

/** Who of the operators looks after a case (担当者). */
const assignee = z
  .object({ id: z.uuid(), name: z.string() })
  .nullable()
  .optional()
  .meta({ description: 'Told to operators alone' });

/** One row of the list (依頼管理表). */
export const CaseRow = z
  .object({
    ...caseHead,
    assignee,
    paymentMethod: z.enum(paymentMethods),
    amount: money,
  })
  .meta({ id: 'CaseRow' });

export const CasePage = z
  .object({ data: z.array(CaseRow), nextCursor: z.string().nullable() })
  .meta({ id: 'CasePage' });

/** The payment a case is about (決済情報). */
export const Payment = z
  .object({
    trackingId: z.string().meta({ description: 'トラッキングID, 14 digits' }),
    method: z.enum(paymentMethods),
    amount: money,
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    paidAt: instant,
    productName: z.string().nullable(),
    goods: z.enum(goodsKinds),
    cardBrand: z.string().nullable(),
    cardLast4: z.string().nullable(),
  })
  .meta({ id: 'Payment' });

/** One entry of a case's history. People of the other side of the desk are shown by their kind, not by name. */
export const CaseEvent = z
  .object({
    sequence: z.number().int().positive(),
    action: z.enum(Object.keys(caseActions) as (keyof typeof caseActions)[]),
    fromStatus: status.nullable(),
    toStatus: status,
    actorKind: z.enum(['merchant', 'institution', 'operator', 'system']),
    actorName: z.string().nullable(),
    reason: z.string().nullable(),
    dueAt: instant
      .nullable()
      .meta({ description: 'The due instant that this step set; of an answer the one it was registered by' }),
    at: instant,
  })
  .meta({ id: 'CaseEvent' });

/** A correction or an extension that a merchant asked for. Its reasons stand in the history, at the places named. */
export const MerchantRequest = z
  .object({
    kind: z.enum(requestKinds),
    number: z.number().int().positive(),
    state: z.enum(requestStates).meta({ description: 'lapsed: the case moved on before anybody decided' }),
    askedSequence: z.number().int().positive(),
    decidedSequence: z.number().int().positive().nullable(),
  })
  .meta({ id: 'MerchantRequest' });

export const ShownAnswer = z
  .array(
    z.object({
      section: z.string(),
      title: z.string(),
      entries: z.array(
        z.object({
          title: z.string().nullable(),
          fields: z.array(z.object({ field: z.string(), label: z.string(), shown: z.string().nullable() })),
        }),
      ),
    }),
  )
  .meta({
    id: 'ShownAnswer',
    description: 'The questions and the answers as they were shown; null is 未入力',
  });

/** Whether what is personal is shown. */
export const PersonalDataState = z.enum(personalDataStates).meta({
  description:
    'shown; masked: each value that may be personal is ●●●●, as the caller lacks `read_personal_data`; erased: it is gone',
});

/** A registered answer, which never changes. */
export const RegisteredAnswer = z
  .object({
    version: z.number().int().positive(),
    draftVersion: z.number().int().positive(),
    content: z
      .record(z.string(), z.unknown())
      .meta({ description: 'By section and field; see the answer form\u2019s JSON Schema' }),
    document: ShownAnswer,
    sha256: z.string().nullable().meta({
      description:
        'SHA-256 of the canonical JSON of content and document as they were registered; null where they are masked',
    }),
    registeredAt: instant,
    registeredBy: z.string().nullable(),
    late: z.boolean(),
  })
  .meta({ id: 'RegisteredAnswer' });

/** A case, whole (案件管理票). */
export const Case = z
  .object({
    ...caseHead,
    assignee,
    institutionName: z.string(),
    institutionReference: z.string(),
    receivedAt: instant,
    expiresAt: instant.meta({ description: 'Until when a late answer is still accepted' }),
    personalData: PersonalDataState,
    erasedAt: instant.nullable().meta({ description: 'When its personal data was erased' }),
    supplement: z.string().nullable().meta({ description: '加盟店様への依頼補足事項' }),
    payment: Payment,
    events: z.array(CaseEvent),
    requests: z
      .array(MerchantRequest)
      .meta({ description: 'What the merchant asked of the PSP, the oldest first' }),
    answers: z.array(RegisteredAnswer),
    draft: z
      .object({ version: z.number().int(), savedAt: instant, savedBy: z.string().nullable() })
      .nullable(),
    possibleActions: z
      .array(
        z.enum([
          ...(['register_answer', 'request_extension', 'grant_extension', 'refuse_extension'] as const),
          ...(['request_correction', 'refuse_correction', 'open_correction', 'ask_again'] as const),
          ...(['end_correction', 'withdraw'] as const),
        ]),
      )
      .meta({ description: 'What the caller may do with the case now' }),
    whyNoAnswer: z
      .enum(['closed_answered', 'closed_withdrawn', 'closed_expired', 'no_right', 'not_merchant'])
      .nullable()
      .meta({ description: 'Why the caller cannot answer now' }),
  })
  .meta({ id: 'Case' });

export type CaseView = z.output<typeof Case>;

export const CaseCounts = z
  .object({
    categories: z.array(
      z.object({ category, counts: z.partialRecord(status, z.number().int().nonnegative()) }),
    ),
    waiting: z.object({
      overdue: z.number().int(),
      dueToday: z.number().int(),
      dueThisWeek: z.number().int().meta({ description: 'Due after today and until Sunday' }),
    }),
    answeredByWeek: z
      .array(z.object({ weekStartsOn: day, inTime: z.number().int(), late: z.number().int() }))
      .meta({ description: 'The last 8 weeks, Monday first, oldest first' }),
  })
  .meta({ id: 'CaseCounts' });

/** The filters of the list. Values that may be several are separated by commas. */
export const CaseFilter = z.object({
  status: list(status).optional(),
  notificationType: list(notificationType).optional(),
  category: category.optional(),
  mid: mid.optional(),
  sid: sid.optional(),
  due: z
    .enum(['overdue', 'today', 'this_week'])
    .optional()
    .meta({ description: 'Of the cases that wait for an answer' }),
  dueBefore: instant.optional(),
  updatedAfter: instant.optional(),
  assignee: z
    .union([z.enum(['me', 'none']), z.uuid()])
    .optional()
    .meta({
      description:
        'For operators: their own cases, those that nobody looks after, or another operator\u2019s',
    }),
  asked: z
    .enum(requestKinds)
    .optional()
    .meta({ description: 'Cases with such a request of the merchant that nobody has decided' }),
  q: z.string().trim().max(64).optional().meta({
    description:
      'Start of a case number, tracking id, order id or institution\u2019s reference, or a whole customer id',
  }),
  sort: z.enum(['due', '-due', 'requested', '-requested']).default('due'),
});

function list<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string()
    .transform((sent) => sent.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(50));
}
