import { sql } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { z } from 'zod';
import { factsOf } from '#src/domain/answer.ts';
import { type AnswerForm, answerFormFor, type FormSection } from '#src/domain/answer-form.ts';
import { answerJsonSchema } from '#src/domain/answer-json-schema.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import {
  possibleActionsFor,
  selectCaseHeads,
  toCaseHead,
  toPayment,
  visibleTo,
} from '#src/modules/cases/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { AnswerFormView, Draft } from './answer-schemas.ts';
import { noDraft, toDraft } from './check-draft.ts';

/** Everything the form of a case shows, in one statement: the case and its payment, the sections and fields, the draft. */
export async function getAnswerForm(
  db: Database,
  actor: Actor,
  { caseId }: { caseId: string },
  { locale }: Pick<Asked, 'locale'>,
): Promise<z.input<typeof AnswerFormView>> {
  const row = await selectForm(db, actor, caseId);
  const form = formOf(row);
  const {
    id,
    mid,
    sid,
    merchantName,
    serviceName,
    category,
    notificationType,
    status,
    requestedAt,
    dueAt,
    isOverdue,
  } = toCaseHead(row);
  return {
    case: {
      ...{
        id,
        mid,
        sid,
        merchantName,
        serviceName,
        category,
        notificationType,
        status,
        requestedAt,
        dueAt,
        isOverdue,
      },
      supplement: row.supplement,
      payment: toPayment(row),
    },
    facts: form.facts,
    sections: form.sections.map((section) => toSection(form, section, locale)),
    schema: answerJsonSchema(form, locale),
    draft: toDraft(form, row.draft ?? noDraft, locale),
    canAnswer: possibleActionsFor(actor, status, row.isClosedByTime).includes('register_answer'),
  };
}

/** The draft of a case alone, to see whether a colleague has saved. */
export async function getDraft(
  db: Database,
  actor: Actor,
  { caseId }: { caseId: string },
  { locale }: Pick<Asked, 'locale'>,
): Promise<z.input<typeof Draft>> {
  const row = await selectForm(db, actor, caseId);
  return toDraft(formOf(row), row.draft ?? noDraft, locale);
}

async function selectForm(db: Database, actor: Actor, caseId: string) {
  const row = await selectCaseHeads(db)
    .select(['cases.supplement', 'cases.tracking_id as trackingId', 'cases.customer_id as customerId'])
    .select([
      'cases.order_id as orderId',
      'cases.paid_at as paidAt',
      'cases.product_name as productName',
      'cases.goods',
    ])
    .select(['cases.card_brand as cardBrand', 'cases.card_last4 as cardLast4'])
    .select(sql<boolean>`cases.status = 'received' and cases.expires_at <= now()`.as('isClosedByTime'))
    .select((eb) =>
      jsonObjectFrom(
        eb
          .selectFrom('drafts')
          .leftJoin('users', 'users.id', 'drafts.saved_by')
          .select(['version', 'content', 'saved_at as savedAt', 'users.name as savedBy'])
          .whereRef('drafts.case_id', '=', 'cases.id'),
      ).as('draft'),
    )
    .where('cases.id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!row) throw new Refusal('case_not_found');
  return row;
}

type FormRow = Awaited<ReturnType<typeof selectForm>>;

const formOf = ({ notificationType, goods, productName, amountCurrency }: FormRow): AnswerForm =>
  answerFormFor(notificationType, {
    goods,
    productNameKnown: productName !== null,
    currency: amountCurrency,
  });

type ShownSection = z.input<typeof AnswerFormView>['sections'][number];

/** A section of the form in the caller's language. */
export const toSection = (form: AnswerForm, section: FormSection, locale: Locale): ShownSection => ({
  section: section.name,
  title: section.title[locale],
  note: section.note?.[locale] ?? null,
  askedWhen: section.askedWhen ? { field: section.askedWhen.field, is: [...section.askedWhen.is] } : null,
  repeats: section.repeats ? { max: section.repeats.max, item: section.repeats.item[locale] } : null,
  fields: Object.entries(section.fields).map(([name, field]) => ({
    field: name,
    label: field.label[locale],
    type: field.type,
    required: field.required ?? false,
    maxLength: factsOf(field, form).maxLength,
    why: field.why?.[locale] ?? null,
    options: Object.entries(field.options ?? {}).map(([code, label]) => ({ code, label: label[locale] })),
    askedWhen: field.askedWhen ? { field: field.askedWhen.field, is: [...field.askedWhen.is] } : null,
  })),
});
