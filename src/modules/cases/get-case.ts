import { sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { z } from 'zod';
import {
  betweenMerchantAndProvider,
  type CaseStatus,
  type CaseStep,
  type RequestKind,
  stepsFor,
  untilExpiry,
} from '#src/domain/case-life.ts';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Right } from '#src/domain/rights.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { assigneeColumn, type CaseHeadRow, selectCaseHeads, toCaseHead } from './case-columns.ts';
import type { Case, CaseEvent, Payment, RegisteredAnswer } from './case-schemas.ts';
import { openPersonalData, type PersonalData, type PersonalRequest } from './personal-data.ts';
import { visibleTo } from './visible-to.ts';

type CaseReply = z.input<typeof Case>;

/** A case, whole (案件管理票), in one statement: the case, its payment, its history, its answers and the mark of its draft. */
export async function getCase(db: Reader, actor: Actor, { caseId }: { caseId: string }): Promise<CaseReply> {
  const row = await selectWholeCases(db)
    .$if(actor.kind === 'operator', (query) => query.select(assigneeColumn))
    .where('cases.id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!row) throw new Refusal('case_not_found');
  const offered = row.erasedAt ? [] : possibleActionsFor(actor, row.status, row.isClosedByTime);
  const open = row.requests.find(({ state }) => state === 'open');
  const possibleActions = offered.filter((step) => isOffered(step, open?.kind));
  const personal = openPersonalData(db.vault, actor, row);
  return {
    ...toCaseHead(row),
    ...(row.assignee !== undefined && { assignee: row.assignee }),
    institutionName: row.institutionName,
    institutionReference: row.institutionReference,
    receivedAt: instantText(row.receivedAt),
    expiresAt: instantText(row.expiresAt),
    personalData: personal.state,
    erasedAt: row.erasedAt && instantText(row.erasedAt),
    supplement: personal.request.supplement,
    payment: toPayment(row, personal.request),
    events: row.events.map((event) => toEvent(actor, personal, event)),
    requests: row.requests,
    answers: row.answers.map((answer) => toRegisteredAnswer(actor, openAnswer(personal, answer))),
    draft: row.draft && {
      version: row.draft.version,
      savedAt: instantText(new Date(row.draft.savedAt)),
      savedBy: seesPeople(actor) ? row.draft.savedBy : null,
    },
    possibleActions,
    whyNoAnswer: possibleActions.includes('register_answer') ? null : whyNoAnswer(actor, row.status),
  };
}

const userName = (idColumn: string) =>
  sql<string | null>`(select users.name from users where users.id = ${sql.ref(idColumn)})`;

/** Bytes as JSON can carry them. */
const base64 = (column: string) => sql<string | null>`encode(${sql.ref(column)}, 'base64')`;

/** The columns that a payment is told from, beside those of every view of a case. */
export const paymentColumns = [
  'cases.tracking_id as trackingId',
  'cases.order_id as orderId',
  'cases.paid_at as paidAt',
  'cases.product_name_known as productNameKnown',
  'cases.goods',
] as const;

/** The columns that `openPersonalData` opens, with the case's key beside them. */
export const sealedColumns = [
  'cases.sealed_request as sealedRequest',
  'cases.erased_at as erasedAt',
  'case_keys.wrapped_key as wrappedKey',
] as const;

const selectWholeCases = (db: Database) =>
  selectCaseHeads(db)
    .innerJoin('institutions', 'institutions.id', 'cases.institution_id')
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select([
      'institutions.name as institutionName',
      'cases.institution_reference as institutionReference',
      'cases.received_at as receivedAt',
      'cases.expires_at as expiresAt',
      ...paymentColumns,
      ...sealedColumns,
      sql<boolean>`cases.status in ('received', 'correcting') and cases.expires_at <= ${productNow}`.as(
        'isClosedByTime',
      ),
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('case_events')
          .select(['sequence', 'action', 'from_status as fromStatus', 'to_status as toStatus'])
          .select([
            'actor_kind as actorKind',
            base64('case_events.sealed_reason').as('sealedReason'),
            'at',
            'due_at as dueAt',
            userName('case_events.actor_id').as('actorName'),
          ])
          .whereRef('case_events.case_id', '=', 'cases.id')
          .orderBy('sequence'),
      ).as('events'),
      jsonArrayFrom(
        eb
          .selectFrom('answers')
          .select(['version', 'draft_version as draftVersion', 'sha256', 'late'])
          .select(base64('answers.sealed_answer').as('sealedAnswer'))
          .select(['registered_at as registeredAt', userName('answers.registered_by').as('registeredBy')])
          .whereRef('answers.case_id', '=', 'cases.id')
          .orderBy('version'),
      ).as('answers'),
      jsonArrayFrom(
        eb
          .selectFrom('merchant_requests')
          .select(['merchant_requests.kind', 'merchant_requests.number', 'merchant_requests.state'])
          .select(['asked_sequence as askedSequence', 'decided_sequence as decidedSequence'])
          .whereRef('merchant_requests.case_id', '=', 'cases.id')
          .orderBy('asked_sequence'),
      ).as('requests'),
      jsonObjectFrom(
        eb
          .selectFrom('drafts')
          .select(['version', 'saved_at as savedAt', userName('drafts.saved_by').as('savedBy')])
          .whereRef('drafts.case_id', '=', 'cases.id'),
      ).as('draft'),
    ]);

/** Names of the merchant's people are for the merchant and the PSP. */
const seesPeople = (actor: Actor): boolean => actor.kind !== 'institution';

type PaymentRow = CaseHeadRow &
  Pick<z.input<typeof Payment>, 'trackingId' | 'orderId' | 'goods'> & { paidAt: Date };

/** The payment's columns as the API tells them. */
export const toPayment = (
  row: PaymentRow,
  { customerId, productName, cardBrand, cardLast4 }: PersonalRequest,
): z.input<typeof Payment> => ({
  trackingId: row.trackingId,
  method: row.paymentMethod as z.input<typeof Payment>['method'],
  amount: { value: row.amountValue, currency: row.amountCurrency },
  customerId,
  orderId: row.orderId,
  paidAt: instantText(row.paidAt),
  productName,
  goods: row.goods,
  cardBrand,
  cardLast4,
});

type EventRow = Omit<z.input<typeof CaseEvent>, 'at' | 'dueAt' | 'reason'> & {
  at: Date | string;
  dueAt: Date | string | null;
  sealedReason: string | null;
};

function toEvent(
  actor: Actor,
  personal: PersonalData,
  { sealedReason, ...event }: EventRow,
): z.input<typeof CaseEvent> {
  const own = actor.kind === 'operator' || event.actorKind === actor.kind;
  const isTheirs = actor.kind === 'institution' && betweenMerchantAndProvider.has(event.action);
  const reason = isTheirs ? null : personal.reason(event.sequence, sealedReason);
  const dueAt = event.dueAt && instantText(new Date(event.dueAt));
  const at = instantText(new Date(event.at));
  return { ...event, reason, at, dueAt, actorName: own ? event.actorName : null };
}

type AnswerRow = Omit<z.input<typeof RegisteredAnswer>, 'registeredAt' | 'content'> & {
  registeredAt: Date | string;
  content: object;
};
type SealedAnswerRow = Omit<AnswerRow, 'content' | 'document'> & { sealedAnswer: string | Buffer | null };

/** A row of `answers` with its content opened, as far as the actor may see it. Its hash could be guessed from, so it goes too. */
export const openAnswer = (personal: PersonalData, { sealedAnswer, ...row }: SealedAnswerRow): AnswerRow => ({
  ...row,
  ...personal.answer(row.draftVersion, sealedAnswer),
  sha256: personal.state === 'masked' ? null : row.sha256,
});

/** A registered answer as the API tells it to this actor. */
export const toRegisteredAnswer = (actor: Actor, row: AnswerRow): z.input<typeof RegisteredAnswer> => ({
  ...row,
  content: { ...row.content },
  registeredAt: instantText(new Date(row.registeredAt)),
  registeredBy: seesPeople(actor) ? row.registeredBy : null,
});

/** A merchant asks for one thing at a time, and what nobody asked for is not decided. */
function isOffered(step: CaseStep, open: RequestKind | undefined): boolean {
  if (step === 'request_correction' || step === 'request_extension') return open === undefined;
  if (step === 'grant_extension' || step === 'refuse_extension') return open === 'extension';
  return step !== 'refuse_correction' || open === 'correction';
}

const rightFor = {
  register_answer: 'answer_cases',
  request_correction: 'answer_cases',
  request_extension: 'answer_cases',
  refuse_correction: 'open_corrections',
  ask_again: 'open_corrections',
  end_correction: 'open_corrections',
  grant_extension: 'open_corrections',
  refuse_extension: 'open_corrections',
  open_correction: 'open_corrections',
  withdraw: 'withdraw_cases',
} as const satisfies Partial<Record<string, Right>>;

/** The steps that this caller may take with a case now. */
export function possibleActionsFor(
  actor: Actor,
  status: CaseStatus,
  isClosedByTime: boolean,
): CaseReply['possibleActions'] {
  return stepsFor(status, actor.kind)
    .filter((step) => step !== 'expire')
    .filter((step) => actor.rights.has(rightFor[step]) && !(untilExpiry.has(step) && isClosedByTime));
}

function whyNoAnswer(actor: Actor, status: CaseStatus): CaseReply['whyNoAnswer'] {
  if (status === 'answered') return 'closed_answered';
  if (status === 'withdrawn') return 'closed_withdrawn';
  if (actor.kind !== 'merchant') return 'not_merchant';
  if (!actor.rights.has('answer_cases')) return 'no_right';
  return 'closed_expired';
}
