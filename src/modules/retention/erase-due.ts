import { sql } from 'kysely';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';

export type Erased = { cases: number; mails: number };

const casesAtOnce = 200;
const mailsAtOnce = 1_000;

/**
 * Erases the personal data whose time is over, and the texts of old mails, piece by piece; what a legal hold keeps stays. The
 * database decides what is due, by its own clock.
 */
export async function eraseDue(inTransaction: InTransaction): Promise<Erased> {
  const erased: Erased = { cases: 0, mails: 0 };
  for (let ids = await inTransaction(eraseCases); ids.length > 0; ids = await inTransaction(eraseCases)) {
    erased.cases += ids.length;
  }
  for (let count = await inTransaction(eraseMails); count > 0; count = await inTransaction(eraseMails)) {
    erased.mails += count;
  }
  return erased;
}

async function eraseCases(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select erase_due_cases(${casesAtOnce}) as ids`.execute(tx);
  const ids = rows[0]?.ids ?? [];
  if (ids.length > 0) tx.record('case.erase', ids, { count: ids.length });
  return ids;
}

async function eraseMails(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select erase_due_mails(${mailsAtOnce}) as count`.execute(tx);
  const count = rows[0]?.count ?? 0;
  if (count > 0) tx.record('mail.erase', [], { count });
  return count;
}
