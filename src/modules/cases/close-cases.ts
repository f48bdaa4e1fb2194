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

/** Closes the cases whose time to answer is over (回答期限超過). Each is closed in a transaction of its own. */
export async function expireCases(inTransaction: InTransaction): Promise<void> {
  for (let due = await findDue(inTransaction); due.length > 0; due = await findDue(inTransaction)) {
    for (const { id } of due) {
      await inTransaction(async (tx) => {
        const found = await lockCase(tx, theSystem, id);
        // Somebody may have answered or withdrawn it since it was found.
        if (found.status === 'received') await moveCase(tx, theSystem, found, { step: 'expire' });
      });
    }
  }
}

const findDue = (inTransaction: InTransaction): Promise<{ id: string }[]> =>
  inTransaction((tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      .where('status', '=', 'received')
      .where('expires_at', '<=', productNow)
      .orderBy('expires_at')
      .limit(atOnce)
      .execute(),
  );
