import { sql } from 'kysely';
import type { z } from 'zod';
import type { AdapterKind, AdapterSettings } from '#src/domain/adapter-settings.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Adapter, Adapters } from './adapter-schemas.ts';

/** The adapters, in the order they were made. */
export async function listAdapters(db: Database, actor: Actor): Promise<z.input<typeof Adapters>> {
  const rows = await selectAdapters(db, actor).orderBy('adapters.id').limit(1000).execute();
  return { data: rows.map(toAdapter) };
}

export async function getAdapter(
  db: Database,
  actor: Actor,
  adapterId: string,
): Promise<z.input<typeof Adapter>> {
  const row = await selectAdapters(db, actor).where('adapters.id', '=', adapterId).executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toAdapter(row);
}

const mostCounted = 1000;

const selectAdapters = (db: Database, actor: Actor) =>
  db
    .selectFrom('adapters')
    .innerJoin('institutions', 'institutions.id', 'adapters.institution_id')
    .leftJoin('adapter_outlets as outlet', 'outlet.adapter_id', 'adapters.id')
    .selectAll('adapters')
    .select(['outlet.is_on as sends', 'outlet.settings as outletSettings', 'secret_set_at', 'broken_at'])
    .select([
      'institutions.name as institutionName',
      sql<number>`(select count(*)::int from (select from adapter_messages
        where adapter_id = adapters.id and outcome = 'refused' limit ${sql.lit(mostCounted)}) as each)`.as(
        'refused',
      ),
      sql<Date | null>`(select max(received_at) from adapter_messages where adapter_id = adapters.id)`.as(
        'receivedAt',
      ),
      sql<
        (string | null)[] | null
      >`(select array_agg(to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        order by expires_at desc) from adapter_secrets
        where adapter_id = adapters.id and (expires_at is null or expires_at > now()))`.as('secretsUntil'),
    ])
    .where(tenancyOf(actor, { institutionId: sql.ref('adapters.institution_id') }));

type Row = Awaited<ReturnType<ReturnType<typeof selectAdapters>['executeTakeFirstOrThrow']>>;

const toAdapter = (row: Row): z.input<typeof Adapter> => ({
  id: row.id,
  institutionId: row.institution_id,
  institutionName: row.institutionName,
  kind: row.kind as AdapterKind,
  name: row.name,
  isOn: row.is_on,
  settings: row.settings as unknown as z.input<typeof Adapter>['settings'],
  // Postgres cannot give an array of nothing.
  secretsUntil: row.secretsUntil ?? [],
  refused: row.refused,
  receivedAt: row.receivedAt?.toISOString() ?? null,
  outlet: row.outletSettings && {
    ...{ isOn: row.sends ?? false, settings: row.outletSettings },
    secretSetAt: row.secret_set_at?.toISOString() ?? null,
    brokenAt: row.broken_at?.toISOString() ?? null,
  },
});

/** What reading a message needs of its adapter. */
export type AdapterRules = {
  id: string;
  institutionId: string;
  name: string;
  kind: AdapterKind;
  settings: AdapterSettings;
  isOn: boolean;
};

export async function getRules(db: Database, adapterId: string): Promise<AdapterRules> {
  const rules = await findRules(db, adapterId);
  if (!rules) throw new Refusal('not_found');
  return rules;
}

export async function findRules(db: Database, adapterId: string): Promise<AdapterRules | undefined> {
  const row = await db.selectFrom('adapters').selectAll().where('id', '=', adapterId).executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    institutionId: row.institution_id,
    name: row.name,
    kind: row.kind as AdapterKind,
    settings: row.settings as unknown as AdapterSettings,
    isOn: row.is_on,
  };
}
