import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { KeyScope, KeyState } from '#src/domain/api-keys.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { DB } from '#src/platform/tables.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { ApiKey, ApiKeyPage, KeyFilter } from './key-schemas.ts';

type Shown = z.input<typeof ApiKey>;

/** Which keys an actor looks after: their tenant's. Who is limited to some services sees those that reach no further. */
export const keysOf = (actor: Actor) => (eb: ExpressionBuilder<DB, 'api_keys'>) => {
  const own = tenancyOf(actor, {
    mid: sql.ref('api_keys.mid'),
    institutionId: sql.ref('api_keys.institution_id'),
  });
  if (actor.kind !== 'merchant' || actor.sids === null) return own;
  return eb.and([own, sql<SqlBool>`api_keys.sids <@ ${[...actor.sids]}::text[]`]);
};

/** A page of keys, newest first. */
export async function listKeys(
  db: Database,
  actor: Actor,
  { mid, institutionId, owner, limit, cursor }: z.output<typeof KeyFilter>,
): Promise<z.input<typeof ApiKeyPage>> {
  const rows = await selectKeys(db)
    .where(keysOf(actor))
    .$if(mid !== undefined, (query) => query.where('api_keys.mid', '=', mid ?? ''))
    .$if(institutionId !== undefined, (query) =>
      query.where('api_keys.institution_id', '=', institutionId ?? ''),
    )
    .$if(owner !== undefined, (query) =>
      query.where('api_keys.mid', 'is', null).where('api_keys.institution_id', 'is', null),
    )
    .$if(cursor !== undefined, (query) => query.where('api_keys.id', '<', cursor ?? ''))
    .orderBy('api_keys.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return { data: page.map(toKey), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** A key as it is shown; another tenant's is not found. */
export async function getKey(db: Database, actor: Actor, keyId: string): Promise<Shown> {
  const row = await selectKeys(db).where('api_keys.id', '=', keyId).where(keysOf(actor)).executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toKey(row);
}

const selectKeys = (db: Database) =>
  db
    .selectFrom('api_keys')
    .leftJoin('users', 'users.id', 'api_keys.created_by')
    .leftJoin('institutions', 'institutions.id', 'api_keys.institution_id')
    .leftJoin('merchants', 'merchants.mid', 'api_keys.mid')
    .select([
      'api_keys.id',
      'api_keys.name',
      'prefix',
      'rights',
      'api_keys.sids',
      'replaced_by as replacedBy',
    ])
    .select(['api_keys.mid', 'institution_id as institutionId', 'users.name as createdBy'])
    .select(sql<string | null>`coalesce(institutions.name, merchants.name)`.as('ownerName'))
    .select(['api_keys.created_at as createdAt', 'expires_at as expiresAt', 'last_used_at as lastUsedAt'])
    .select('api_keys.disabled_at as revokedAt')
    .select(
      sql<KeyState>`case when api_keys.disabled_at is not null then 'revoked' when expires_at <= now() then 'expired'
        when replaced_by is not null then 'replaced' else 'active' end`.as('state'),
    );

type Row = Awaited<ReturnType<ReturnType<typeof selectKeys>['executeTakeFirstOrThrow']>>;

function toKey({ rights, mid, institutionId, ...row }: Row): Shown {
  const { createdAt, expiresAt, lastUsedAt, revokedAt, ...rest } = row;
  return {
    ...rest,
    owner: ownerOf({ mid, institutionId }),
    // Whatever a key holds stands in the list of scopes: the database lets it manage nothing.
    scopes: rights as KeyScope[],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

/** Whose a key is, by its two columns. */
export function ownerOf({ mid, institutionId }: { mid: string | null; institutionId: string | null }) {
  if (institutionId !== null) return { kind: 'institution', institutionId } as const;
  return mid === null ? ({ kind: 'provider' } as const) : ({ kind: 'merchant', mid } as const);
}
