import { sql } from 'kysely';
import type { MailParts } from '#src/modules/mail/index.ts';
import { findOperators } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { writeDigest } from './write-digest.ts';

const atMost = 5_000;

/** Writes one mail to each operator about all cases that came to them in this run (エスカレーション). */
export async function tellOperators(tx: Tx, how: MailParts): Promise<void> {
  const { rows } = await sql<{ caseId: string }>`
    select case_id as "caseId" from reminders where waits_for_operators
    order by case_id limit ${atMost} for update skip locked`.execute(tx);
  if (rows.length === 0) return;
  const caseIds = rows.map(({ caseId }) => caseId);
  const to = await findOperators(tx);
  await writeDigest(tx, { audience: 'operators', mid: null, sid: null, to, caseIds }, how);
  await sql`
    update reminders set waits_for_operators = false, operators = ${to.length}, operators_told_at = product_now()
    where waits_for_operators and case_id = any (${caseIds})`.execute(tx);
}
