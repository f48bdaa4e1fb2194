import { sql } from 'kysely';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { answerFormFor } from '#src/domain/answer-form.ts';
import {
  askedBySteps,
  type CaseStatus,
  type CaseStep,
  nextStatus,
  settledBy,
  untilExpiry,
} from '#src/domain/case-life.ts';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import { productMoment } from '#src/platform/product-clock.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { visibleTo } from './visible-to.ts';

/** A case that nobody else can change until the transaction ends. */
export type LockedCase = {
  id: string;
  status: CaseStatus;
  notificationType: NotificationCode;
  form: AnswerForm;
  /** What is personal of it is sealed with. */
  key: Sealing;
};

/** Locks a case for a change; another merchant's case does not exist. */
export async function lockCase(tx: Tx, actor: Actor | SystemActor, caseId: string): Promise<LockedCase> {
  const row = await tx
    .selectFrom('cases')
    .select([
      'id',
      'status',
      'notification_type',
      'goods',
      'product_name_known',
      'amount_currency',
      'erased_at',
    ])
    .select((eb) =>
      eb
        .selectFrom('case_keys')
        .select('wrapped_key')
        .whereRef('case_keys.case_id', '=', 'cases.id')
        .as('wrapped_key'),
    )
    .where('id', '=', caseId)
    .where(visibleTo(actor))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('case_not_found');
  if (row.erased_at) throw new Refusal('case_erased');
  if (!row.wrapped_key) throw new Error(`case ${caseId} has no key`);
  const facts = {
    goods: row.goods,
    productNameKnown: row.product_name_known,
    currency: row.amount_currency,
  };
  return {
    id: row.id,
    status: row.status,
    notificationType: row.notification_type,
    form: answerFormFor(row.notification_type, facts),
    key: tx.vault.caseKey(row.id, row.wrapped_key),
  };
}

/** A new due instant of a case, and the last moment that follows from it. */
export type NewDue = { dueAt: Date; expiresAt: Date };

export type Moved = { at: Date; late: boolean };

/**
 * Takes one step in the life of a case, writes it into the history and does what follows from it. The product's time, which is the
 * database's, says when, and whether an answer is still in time.
 */
export async function moveCase(
  tx: Tx,
  actor: Actor | SystemActor,
  found: LockedCase,
  { step, reason, due }: { step: CaseStep; reason?: string; due?: NewDue },
): Promise<Moved> {
  const status = nextStatus(found.status, step, actor.kind);
  const answers = step === 'register_answer';
  const asks = askedBySteps[step] ?? null;
  const sealedReason = reason === undefined ? null : await sealReason(tx, found, reason);
  const { rows } = await sql<Moved>`
    with moment as (select ${productMoment} as at),
    moved as (
      update cases set
        status = ${status},
        updated_at = moment.at,
        due_at = coalesce(${due?.dueAt ?? null}::timestamptz, due_at),
        expires_at = coalesce(${due?.expiresAt ?? null}::timestamptz, expires_at),
        answered_at = case when ${answers} then coalesce(answered_at, moment.at) else answered_at end,
        answered_late = case when ${answers} and answered_at is null then moment.at >= due_at else answered_late end
      from moment
      where id = ${found.id} and (not ${untilExpiry.has(step)} or moment.at < expires_at)
      returning moment.at, moment.at >= due_at as late, due_at
    ),
    written as (
      insert into case_events (case_id, sequence, action, from_status, to_status, actor_kind, actor_id, sealed_reason, due_at, at)
      select ${found.id}, (select count(*) + 1 from case_events where case_id = ${found.id}),
        ${step}, ${found.status}, ${status}, ${actor.kind}, ${actor.id}, ${sealedReason}::bytea, case when ${answers} or ${due !== undefined} then moved.due_at end, moved.at
      from moved
      returning sequence
    ),
    settled as (
      update merchant_requests set state = ${settledBy(step)}, decided_sequence = written.sequence
      from written
      where case_id = ${found.id} and state = 'open' and ${asks}::text is null
    ),
    asked as (
      insert into merchant_requests (case_id, kind, number, asked_by, asked_at, asked_sequence)
      select ${found.id}, ${asks}, (select count(*) + 1 from merchant_requests where case_id = ${found.id} and kind = ${asks}),
        ${actor.id}, moved.at, written.sequence
      from moved, written where ${asks}::text is not null
    )
    select at, late from moved`.execute(tx);
  const [moved] = rows;
  if (!moved) throw new Refusal('case_expired');
  tx.record(`case.${step}`, [found.id]);
  await tx.happened(step, [found.id]);
  return moved;
}

/** Sealed for its place in the history, which nobody else can take while the case is locked. */
async function sealReason(tx: Tx, { id, key }: LockedCase, reason: string): Promise<Buffer> {
  const { before } = await tx
    .selectFrom('case_events')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow();
  return key.seal(reason, placeOf('case_events.sealed_reason', id, before + 1));
}
