import { sql } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { z } from 'zod';
import { factsOf } from '#src/domain/answer.ts';
import { type AnswerForm, answerFormFor, type FormSection } from '#src/domain/answer-form.ts';
import { answerJsonSchema } from '#src/domain/answer-json-schema.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import {
  openPersonalData,
  type PersonalData,
  paymentColumns,
  possibleActionsFor,
  sealedColumns,
  selectCaseHeads,
  toCaseHead,
  toPayment,
  visibleTo,
} from '#src/modules/cases/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { Vault } from '#src/platform/vault.ts';
import type { AnswerFormView, Draft } from './answer-schemas.ts';
import { noDraft, toDraft } from './check-draft.ts';
import { openDraft } from './sealed-answers.ts';

/** Everything the form of a case shows, in one statement: the case and its payment, the sections and fields, the draft. */
export async function getAnswerForm(
  db: Reader,
  actor: Actor,
  { caseId }: { caseId: string },
  { locale }: Pick<Asked, 'locale'>,
): Promise<z.input<typeof AnswerFormView>> {
  const row = await selectForm(db, actor, caseId);
  const form = formOf(row);
  const personal = openPersonalData(db.vault, actor, row);
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
      supplement: personal.request.supplement,
      nextVersion: nextVersionOf(row, personal),
      payment: toPayment(row, personal.request),
    },
    personalData: personal.state,
    facts: form.facts,
    sections: form.sections.map((section) => toSection(form, section, locale)),
    schema: answerJsonSchema(form, locale),
    draft: toDraft(form, draftOf(db.vault, row), { locale, personalData: personal.state }),
    canAnswer:
      !row.erasedAt && possibleActionsFor(actor, status, row.isClosedByTime).includes('register_answer'),
  };
}

/** The draft of a case alone, to see whether a colleague has saved. */
export async function getDraft(
  db: Reader,
  actor: Actor,
  { caseId }: { caseId: string },
  { locale }: Pick<Asked, 'locale'>,
): Promise<z.input<typeof Draft>> {
  const row = await selectForm(db, actor, caseId);
  const { state } = openPersonalData(db.vault, actor, row);
  return toDraft(formOf(row), draftOf(db.vault, row), { locale, personalData: state });
}

async function selectForm(db: Database, actor: Actor, caseId: string) {
  const row = await selectCaseHeads(db)
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select([...paymentColumns, ...sealedColumns])
    .select(
      sql<boolean>`cases.status in ('received', 'correcting') and cases.expires_at <= ${productNow}`.as(
        'isClosedByTime',
      ),
    )
    .select((eb) =>
      jsonObjectFrom(
        eb
          .selectFrom('drafts')
          .leftJoin('users', 'users.id', 'drafts.saved_by')
          .select(['version', 'saved_at as savedAt', 'users.name as savedBy'])
          .select(sql<string | null>`encode(sealed_content, 'base64')`.as('sealedContent'))
          .whereRef('drafts.case_id', '=', 'cases.id'),
      ).as('draft'),
    )
    .select((eb) =>
      jsonObjectFrom(
        eb
          .selectFrom('case_events')
          .select(['sequence', 'action'])
          .select(sql<string | null>`encode(sealed_reason, 'base64')`.as('sealedReason'))
          .whereRef('case_events.case_id', '=', 'cases.id')
          .where('action', 'in', ['open_correction', 'ask_again'])
          .orderBy('sequence', 'desc')
          .limit(1),
      ).as('opened'),
    )
    .where('cases.id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!row) throw new Refusal('case_not_found');
  return row;
}

type FormRow = Awaited<ReturnType<typeof selectForm>>;

/** What the step that opened a case for its next version said. */
function nextVersionOf({ status, opened }: FormRow, personal: PersonalData) {
  if (status !== 'correcting' || !opened) return null;
  const because = opened.action === 'ask_again' ? ('follow_up' as const) : ('correction' as const);
  return { because, reason: personal.reason(opened.sequence, opened.sealedReason) };
}

function draftOf(vault: Vault, { id, draft, wrappedKey }: FormRow) {
  if (!draft || !wrappedKey || draft.sealedContent === null) return noDraft;
  const { sealedContent, ...rest } = draft;
  const sealed = Buffer.from(sealedContent, 'base64');
  const content = openDraft(vault.caseKey(id, wrappedKey), { caseId: id, version: draft.version, sealed });
  return { ...rest, content };
}

const formOf = ({ notificationType, goods, productNameKnown, amountCurrency }: FormRow): AnswerForm =>
  answerFormFor(notificationType, {
    goods,
    productNameKnown,
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
