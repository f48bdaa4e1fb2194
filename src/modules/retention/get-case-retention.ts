import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { CaseRetention } from './retention-schemas.ts';

type Row = {
  wrappedKey: Buffer | null;
  erasedAt: Date | null;
  keptUntil: Date | null;
  holdId: string | null;
  sealedReason: Buffer | null;
  putAt: Date | null;
  putBy: string | null;
};

/** When a case ends to be kept: closed ones after their category's period. */
export const keptUntil = sql<Date | null>`
  case when cases.status in ('answered', 'withdrawn', 'expired') then
    closed_at(cases) + make_interval(days => (select days from retention_periods where category = cases.category)) end`;

/** How long the personal data of a case is kept, and the legal hold on it, in one statement. */
export async function getCaseRetention(
  db: Reader,
  _: OperatorActor,
  { caseId }: { caseId: string },
): Promise<z.input<typeof CaseRetention>> {
  const { rows } = await sql<Row>`
    select wrapped_key as "wrappedKey", erased_at as "erasedAt", ${keptUntil} as "keptUntil",
      legal_holds.id as "holdId", sealed_reason as "sealedReason", put_at as "putAt", users.name as "putBy"
    from cases
      left join case_keys on case_keys.case_id = cases.id
      left join legal_holds on legal_holds.case_id = cases.id and lifted_at is null
      left join users on users.id = put_by
    where cases.id = ${caseId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('case_not_found');
  return {
    hold: holdOf(db, caseId, row),
    keptUntil: row.keptUntil && instantText(row.keptUntil),
    erasedAt: row.erasedAt && instantText(row.erasedAt),
  };
}

type HoldRow = Pick<Row, 'wrappedKey' | 'holdId' | 'sealedReason' | 'putAt' | 'putBy'>;

/** The hold of a row, opened; null when there is none. */
export function holdOf({ vault }: Reader, caseId: string, row: HoldRow) {
  const { wrappedKey, holdId, sealedReason, putAt, putBy } = row;
  if (!holdId || !putAt || !wrappedKey || !sealedReason) return null;
  const place = placeOf('legal_holds.sealed_reason', holdId);
  const reason = vault.caseKey(caseId, wrappedKey).open(sealedReason, place).toString();
  return { reason, putBy, putAt: instantText(putAt) };
}
