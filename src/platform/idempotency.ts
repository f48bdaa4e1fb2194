import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import { placeOf } from './sealed-columns.ts';
import type { Tx } from './transaction.ts';

type Call = { actorKey: string; route: string; key: string; requestSha256: Buffer };

/** How long a retry is recognised. */
export const keptDays = 31;

/**
 * What this call was answered before, or undefined when it is the first. Calls with one key wait for each other, so that
 * two at the same time are one. The same key with another request is refused.
 */
export async function replayed(tx: Tx, { actorKey, route, key, requestSha256 }: Call): Promise<unknown> {
  const name = JSON.stringify([actorKey, route, key]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
  const before = await tx
    .selectFrom('idempotency_keys')
    .select(['request_fingerprint', 'sealed_body'])
    .where('actor_key', '=', actorKey)
    .where('route', '=', route)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!before) return undefined;
  const fingerprint = fingerprintOf(tx, requestSha256);
  if (!before.request_fingerprint.equals(fingerprint)) throw new Refusal('idempotency_key_reused');
  return JSON.parse(tx.vault.open(before.sealed_body, placeOfBody({ actorKey, route, key })).toString());
}

/** Keeps what a call was answered, in the transaction that did what it asked. */
export async function remember(tx: Tx, call: Call, status: number, result: unknown): Promise<void> {
  const { actorKey, route, key, requestSha256 } = call;
  await tx
    .insertInto('idempotency_keys')
    .values({
      actor_key: actorKey,
      route,
      key,
      request_fingerprint: fingerprintOf(tx, requestSha256),
      status,
      sealed_body: tx.vault.seal(JSON.stringify(result ?? null), placeOfBody(call)),
    })
    .execute();
}

/** With the vault's key, as a bare hash of a short request could be guessed. */
const fingerprintOf = ({ vault }: Tx, requestSha256: Buffer): Buffer =>
  vault.indexOf('idempotency_keys.request', requestSha256);

const placeOfBody = ({ actorKey, route, key }: Omit<Call, 'requestSha256'>): string =>
  placeOf('idempotency_keys.sealed_body', actorKey, route, key);

/** Forgets the keys that are older than promised. */
export async function forgetOldKeys(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<Date>`now() - make_interval(days => ${keptDays})`)
    .execute();
}
