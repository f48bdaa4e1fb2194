import { sql } from 'kysely';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** A case as a reminder tells of it: no payment and nobody's name. */
export type DigestRow = {
  caseId: string;
  mid: string;
  sid: string;
  notificationType: NotificationCode;
  dueAt: Date;
  expiresAt: Date;
};

export type Digest = { now: Date; rows: DigestRow[] };

/** Those of the cases that still wait for an answer, locked so that none is closed before this transaction ends. */
export async function readDigest(tx: Tx, caseIds: readonly string[]): Promise<Digest> {
  const { rows } = await sql<DigestRow & { now: Date }>`
    select id as "caseId", mid, sid, notification_type as "notificationType", due_at as "dueAt", expires_at as "expiresAt",
      product_clock_timestamp() as now
    from cases where id = any (${[...caseIds]}) and status in ('received', 'correcting')
    order by id for share`.execute(tx);
  const urgent = rows.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  return { now: rows[0]?.now ?? new Date(), rows: urgent };
}
