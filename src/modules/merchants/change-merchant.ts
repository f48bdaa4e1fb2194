import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getMerchant } from './list-merchants.ts';
import type { MerchantChange, NewMerchant, ServiceChange } from './merchant-schemas.ts';

type Change = z.output<typeof MerchantChange> & { mid: string; version: number };
type Service = z.output<typeof ServiceChange>;

/** Adds a merchant with its services. */
export async function addMerchant(
  tx: Tx,
  actor: Actor,
  { mid, name, services }: z.output<typeof NewMerchant>,
) {
  refuseTwins(services);
  const added = await tx
    .insertInto('merchants')
    .values({ mid, name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('mid')
    .executeTakeFirst();
  if (!added) throw new Refusal('merchant_exists');
  await putServices(tx, mid, services);
  tx.record('merchant.add', [mid], { services: services.length });
  return getMerchant(tx, actor, { mid });
}

/** Changes a merchant and its services together, if they are still as the one who changes them saw them. None is removed. */
export async function changeMerchant(
  tx: Tx,
  actor: Actor,
  { mid, version, name, isStopped, services }: Change,
) {
  const found = await tx
    .selectFrom('merchants')
    .select('version')
    .where('mid', '=', mid)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (found.version !== version) throw new Refusal('changed_meanwhile');
  refuseTwins(services);
  await requireAll(tx, mid, services);
  await tx
    .updateTable('merchants')
    .set({ name, version: version + 1 })
    .set({ stopped_at: isStopped ? sql<Date>`coalesce(stopped_at, now())` : null })
    .where('mid', '=', mid)
    .execute();
  await putServices(tx, mid, services);
  const stopped = services.filter((each) => each.isStopped).length;
  tx.record('merchant.change', [mid], {
    version: version + 1,
    services: services.length,
    stopped,
    isStopped,
  });
  return getMerchant(tx, actor, { mid });
}

function refuseTwins(services: readonly Service[]): void {
  const twin = services.findIndex(({ sid }, index) => services.findIndex((each) => each.sid === sid) < index);
  if (twin < 0) return;
  throw new Refusal('invalid_request', {}, [{ pointer: `/services/${twin}/sid`, code: 'service_twice' }]);
}

async function requireAll(tx: Tx, mid: string, services: readonly Service[]): Promise<void> {
  const named = new Set(services.map(({ sid }) => sid));
  const known = await tx.selectFrom('services').select('sid').where('mid', '=', mid).execute();
  if (known.every(({ sid }) => named.has(sid))) return;
  throw new Refusal('invalid_request', {}, [{ pointer: '/services', code: 'service_missing' }]);
}

async function putServices(tx: Tx, mid: string, services: readonly Service[]): Promise<void> {
  const rows = services.map(({ sid, name, goods, linksProductNames, isStopped }) => ({
    ...{ mid, sid, name, goods },
    links_product_names: linksProductNames,
    stopped_at: isStopped ? sql<Date>`now()` : null,
  }));
  await tx
    .insertInto('services')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['mid', 'sid']).doUpdateSet({
        name: sql`excluded.name`,
        goods: sql`excluded.goods`,
        links_product_names: sql`excluded.links_product_names`,
        stopped_at: sql`case when excluded.stopped_at is null then null else coalesce(services.stopped_at, excluded.stopped_at) end`,
      }),
    )
    .execute();
}
