import { sql } from 'kysely';
import { type Actor, theSystem } from '#src/platform/actor.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { lockCase, moveCase } from './move-case.ts';

type Reasoned = { caseId: string; reason: string };

/** Takes a request back (依頼取下げ): for the institution that sent it, or the PSP on its behalf. */
export async function withdrawCase(tx: Tx, actor: Actor, { caseId, reason }: Reasoned): Promise<void> {
  const found = await lockCase(tx, actor, caseId);
  await moveCase(tx, actor, found, { step: 'withdraw', reason });
}

/** Opens an answered case for a correction (回答訂正): the registered answer stays, the merchant adds the next version. */
export async function openCorrection(tx: Tx, actor: Actor, { caseId, reason }: Reasoned): Promise<void> {
  const found = await lockCase(tx, actor, caseId);
  await moveCase(tx, actor, found, { step: 'open_correction', reason });
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
    // Somebody may have answered or withdrawn it since it was found.
    if (found.status === 'received') await moveCase(tx, theSystem, found, { step: 'expire' });
  });

const findDue = (inTransaction: InTransaction, failed: readonly string[]): Promise<{ id: string }[]> =>
  inTransaction((tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      .where('status', '=', 'received')
      .where('expires_at', '<=', productNow)
      .where(sql<boolean>`id <> all(${failed}::text[])`)
      .orderBy('expires_at')
      .limit(atOnce)
      .execute(),
  );
