import { sql } from 'kysely';
import type { CaseStatus } from '#src/domain/case-life.ts';
import { type Actor, theSystem } from '#src/platform/actor.ts';
import { productMoment, productNow } from '#src/platform/product-clock.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { lockCase, moveCase } from './move-case.ts';

type Reasoned = { caseId: string; reason: string };

/** Takes a request back (依頼取下げ): for the institution that sent it, or the PSP on its behalf. */
export async function withdrawCase(tx: Tx, actor: Actor, { caseId, reason }: Reasoned): Promise<void> {
  const found = await lockCase(tx, actor, caseId);
  await moveCase(tx, actor, found, { step: 'withdraw', reason });
}

/** Ends a correction that does not come (訂正の終了): the version registered before stands. */
export async function endCorrection(tx: Tx, actor: Actor, { caseId, reason }: Reasoned): Promise<void> {
  const found = await lockCase(tx, actor, caseId);
  await moveCase(tx, actor, found, { step: 'end_correction', reason });
}

const atOnce = 500;

/**
 * Closes the cases whose time to answer is over (回答期限超過), each in a transaction of its own: one that cannot be closed keeps
 * no other open, and is told of in the end.
 */
export async function expireCases(inTransaction: InTransaction): Promise<void> {
  const failures = new Map<string, unknown>();
  const next = () => findDue(inTransaction, [...failures.keys()]);
  for (let due = await next(); due.length > 0; due = await next())
    for (const { id } of due)
      await expireCase(inTransaction, id).catch((error: unknown) => failures.set(id, error));
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `not expired: ${[...failures.keys()].join(', ')}`);
}

const expireCase = (inTransaction: InTransaction, id: string): Promise<void> =>
  inTransaction(async (tx) => {
    const found = await lockCase(tx, theSystem, id);
    // Somebody may have answered it since it was found, or withdrawn it, or opened it anew with time ahead.
    if (!(await isOver(tx, id))) return;
    if (found.status === 'received') await moveCase(tx, theSystem, found, { step: 'expire' });
    if (found.status === 'correcting') await moveCase(tx, theSystem, found, { step: 'end_correction' });
  });

async function isOver(tx: Tx, caseId: string): Promise<boolean> {
  const { isOver } = await tx
    .selectFrom('cases')
    .select(sql<boolean>`expires_at <= ${productMoment}`.as('isOver'))
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return isOver;
}

const overAs = (status: CaseStatus) =>
  sql<boolean>`(status = ${sql.lit(status)} and expires_at <= ${productNow})`;

const findDue = (inTransaction: InTransaction, failed: readonly string[]): Promise<{ id: string }[]> =>
  inTransaction((tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      // Each status has an index of its own.
      .where((eb) => eb.or([overAs('received'), overAs('correcting')]))
      .where(sql<boolean>`id <> all(${failed}::text[])`)
      .orderBy('expires_at')
      .limit(atOnce)
      .execute(),
  );
