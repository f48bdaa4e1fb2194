import { z } from 'zod';
import {
  openPersonalData,
  Payment,
  paymentColumns,
  sealedColumns,
  selectCaseHeads,
  toPayment,
  visibleTo,
} from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import type { Reader } from '#src/platform/transaction.ts';

export const KnownPayment = z
  .object({
    caseId: apiValues.caseId.nullable().meta({ description: 'The latest case about the payment' }),
    payment: Payment.nullable(),
  })
  .meta({ id: 'KnownPayment' });

type Asked = { mid: string; trackingId: string };

/** A payment as an earlier case of that merchant knows it, in one statement; nothing of another merchant's, and nothing erased. */
export async function findKnownPayment(
  db: Reader,
  actor: OperatorActor,
  { mid, trackingId }: Asked,
): Promise<z.input<typeof KnownPayment>> {
  const row = await selectCaseHeads(db)
    .innerJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select([...paymentColumns, ...sealedColumns])
    .where('cases.mid', '=', mid)
    .where('cases.tracking_id', '=', trackingId)
    .where(visibleTo(actor))
    .orderBy('cases.received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { caseId: null, payment: null };
  return { caseId: row.id, payment: toPayment(row, openPersonalData(db.vault, actor, row).request) };
}
