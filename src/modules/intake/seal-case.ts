import { sql } from 'kysely';
import { customerIndex, sealRequest } from '#src/modules/cases/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { CaseRequest } from './request-schema.ts';

type SealedCase = {
  id: string;
  wrappedKey: Buffer;
  columns: { sealed_request: Buffer; customer_index: Buffer | null };
};

/** Makes a key for a new case and seals with it what is personal of the request. */
export function sealCase({ vault }: Tx, { id, request }: { id: string; request: CaseRequest }): SealedCase {
  const { customerId = null, cardBrand = null, cardLast4 = null } = request.payment;
  const { key, wrapped } = vault.newCaseKey(id);
  const productName = request.payment.productName?.trim() || null;
  const supplement = request.supplement ?? null;
  const personal = { supplement, customerId, productName, cardBrand, cardLast4 };
  return {
    id,
    wrappedKey: wrapped,
    columns: {
      sealed_request: sealRequest(key, id, personal),
      customer_index: customerId === null ? null : customerIndex(vault, customerId),
    },
  };
}

/** Stores the keys of the cases that were made; without its key a case could never be read. */
export async function insertKeys(tx: Tx, made: readonly SealedCase[]): Promise<void> {
  if (made.length === 0) return;
  await sql`
    insert into case_keys (case_id, wrapped_key)
    select * from unnest(${made.map(({ id }) => id)}::text[], ${made.map(({ wrappedKey }) => wrappedKey)}::bytea[])`.execute(
    tx,
  );
}
