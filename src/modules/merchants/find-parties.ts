import { sql } from 'kysely';
import type { DueRule } from '#src/domain/due.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';

export type Parties = {
  institution: { id: string; dueRule: DueRule | null; expiryDays: number; isRetired: boolean } | null;
  /** The services that exist among those asked for, as `12345-001`. */
  services: ReadonlySet<string>;
  /** Those of them for which nothing new is taken in. */
  stopped: ReadonlySet<string>;
  /** The product's time, by which requests are taken in. */
  now: Date;
};

type Asked = { institutionId: string; services: readonly { mid: string; sid: string }[] };

/** What an intake has to know of an institution and of the services its requests name, in one statement. */
export async function findParties(tx: Reader, { institutionId, services }: Asked): Promise<Parties> {
  const { rows } = await sql<{
    institution: Parties['institution'];
    services: string[];
    stopped: string[];
    now: Date;
  }>`
    select ${productNow} as now,
      (select json_build_object('id', id, 'dueRule', due_rule, 'expiryDays', expiry_days, 'isRetired', retired_at is not null)
       from institutions where id = ${institutionId}) as institution,
      coalesce(array_agg(name) filter (where name is not null), '{}') as services,
      coalesce(array_agg(name) filter (where is_stopped), '{}') as stopped
    from (
      select mid || '-' || sid as name, coalesce(services.stopped_at, merchants.stopped_at) is not null as is_stopped
      from services join merchants using (mid)
      where (mid, sid) in (select * from unnest(${services.map(({ mid }) => mid)}::text[],
                                                ${services.map(({ sid }) => sid)}::text[]))
    ) as found`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('looking for parties gave no row');
  return {
    institution: row.institution,
    services: new Set(row.services),
    stopped: new Set(row.stopped),
    now: row.now,
  };
}
