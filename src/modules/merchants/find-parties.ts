import { sql } from 'kysely';
import type { DueRule } from '#src/domain/due.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';

/** What an intake goes by of a service. */
export type IntakeService = {
  /** What it sells, if that is one kind of goods. */
  goods: Goods | null;
  /** Whether detailed product names come with its payments (詳細商品名連携). */
  linksProductNames: boolean;
  /** Whether nothing new is taken in for it. */
  isStopped: boolean;
};

export type Parties = {
  institution: { id: string; dueRule: DueRule | null; expiryDays: number; isRetired: boolean } | null;
  /** The services that exist among those asked for, by `12345-001`. */
  services: ReadonlyMap<string, IntakeService>;
  /** The product's time, by which requests are taken in. */
  now: Date;
};

type Asked = { institutionId: string; services: readonly { mid: string; sid: string }[] };

/** What an intake has to know of an institution and of the services its requests name, in one statement. */
export async function findParties(tx: Reader, { institutionId, services }: Asked): Promise<Parties> {
  const { rows } = await sql<{
    institution: Parties['institution'];
    services: Record<string, IntakeService>;
    now: Date;
  }>`
    select ${productNow} as now,
      (select json_build_object('id', id, 'dueRule', due_rule, 'expiryDays', expiry_days, 'isRetired', retired_at is not null)
       from institutions where id = ${institutionId}) as institution,
      (select coalesce(jsonb_object_agg(mid || '-' || sid, jsonb_build_object('goods', goods, 'linksProductNames', links_product_names,
         'isStopped', coalesce(services.stopped_at, merchants.stopped_at) is not null)), '{}')
       from services join merchants using (mid)
       where (mid, sid) in (select * from unnest(${services.map(({ mid }) => mid)}::text[],
                                                 ${services.map(({ sid }) => sid)}::text[]))) as services`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('looking for parties gave no row');
  return {
    institution: row.institution,
    services: new Map(Object.entries(row.services)),
    now: row.now,
  };
}
