import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { mayChange } from './find-contacts.ts';

/** Refuses a merchant that is not the actor's as not found, and a service it does not have as a mistake of the input. */
export async function requireService(
  tx: Tx,
  actor: Actor,
  { mid, sid }: { mid: string; sid: string | null },
): Promise<void> {
  const merchant = await tx
    .selectFrom('merchants')
    .leftJoin('services', (join) =>
      join.onRef('services.mid', '=', 'merchants.mid').on('services.sid', '=', sid ?? ''),
    )
    .select('services.sid')
    .where('merchants.mid', '=', mid)
    .where(tenancyOf(actor, { mid: sql.ref('merchants.mid') }))
    .executeTakeFirst();
  if (!merchant) throw new Refusal('not_found');
  if (mayChange(actor, sid) && (sid === null || merchant.sid === sid)) return;
  // A service of the merchant that the actor may not touch looks like one that it does not have.
  throw new Refusal('invalid_request', {}, [{ pointer: '/sid', code: 'unknown_service' }]);
}

/** Has those who add and change a merchant's contacts wait for each other, so that no two become the same. */
export async function holdContacts(tx: Tx, mid: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts:${mid}`}, 0))`.execute(tx);
}
