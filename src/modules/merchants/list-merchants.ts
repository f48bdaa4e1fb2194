import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Merchant, MerchantFilter, MerchantPage, MerchantRow } from './merchant-schemas.ts';

type Wanted = z.output<typeof MerchantFilter> & { limit: number; cursor?: string | undefined };
type Row = Omit<z.input<typeof MerchantRow>, 'stoppedAt'> & { stoppedAt: Date | null };
type Services = z.input<typeof Merchant>['services'];

/** The merchants by their MIDs. Only operators ask. */
export async function listMerchants(
  db: Database,
  _: Actor,
  { limit, cursor, q, state }: Wanted,
): Promise<z.input<typeof MerchantPage>> {
  const conditions: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`true`,
    ...(cursor === undefined ? [] : [sql<SqlBool>`mid > ${cursor}`]),
    ...(q ? [found(q)] : []),
    ...(state === undefined ? [] : [sql<SqlBool>`(stopped_at is not null) = ${state === 'stopped'}`]),
  ];
  const { rows } = await sql<Row>`
    select ${columns}, (select count(*)::integer from services where services.mid = merchants.mid) as services
    from merchants where ${sql.join(conditions, sql` and `)} order by mid limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    data: page.map(({ stoppedAt, ...row }) => ({ ...row, stoppedAt: stoppedAt && instantText(stoppedAt) })),
    nextCursor: rows.length > limit ? (page.at(-1)?.mid ?? null) : null,
  };
}

/** One of them with its services. */
export async function getMerchant(
  db: Database,
  _: Actor,
  { mid }: { mid: string },
): Promise<z.input<typeof Merchant>> {
  const { rows } = await sql<Omit<Row, 'services'> & { version: number; services: Services }>`
    select ${columns}, version, coalesce((
      select json_agg(json_build_object('sid', sid, 'name', name, 'goods', goods, 'linksProductNames', links_product_names,
        'stoppedAt', stopped_at) order by sid) from services where services.mid = merchants.mid), '[]') as services
    from merchants where mid = ${mid}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('not_found');
  return {
    ...row,
    stoppedAt: row.stoppedAt && instantText(row.stoppedAt),
    services: row.services.map((each) => ({
      ...each,
      stoppedAt: each.stoppedAt && instantText(new Date(each.stoppedAt)),
    })),
  };
}

const columns = sql`mid, name, stopped_at as "stoppedAt",
  (select count(*)::integer from memberships join users on users.id = memberships.user_id
   where memberships.mid = merchants.mid and memberships.disabled_at is null and users.disabled_at is null) as users,
  (select count(*)::integer from contacts where contacts.mid = merchants.mid) as contacts,
  (select coalesce(sum(count), 0)::integer from case_counts
   where case_counts.mid = merchants.mid and status in ('received', 'correcting')) as waiting`;

const found = (q: string) =>
  sql<SqlBool>`(position(lower(${q}) in lower(name)) > 0 or starts_with(mid, ${q}))`;
