import { type Expression, type SqlBool, sql } from 'kysely';
import type { Actor, SystemActor } from './actor.ts';

/** The columns that name a row's tenants; those a table lacks are left out. */
export type Tenancy = {
  mid?: Expression<unknown>;
  sid?: Expression<unknown>;
  institutionId?: Expression<unknown>;
};

/** The tenants of one thing. */
export type Tenants = { mid: string; sid: string; institutionId: string };

/** What `tenancyOf` says of rows, of one thing that is at hand. */
export function maySee(actor: Actor | SystemActor, { mid, sid, institutionId }: Tenants): boolean {
  switch (actor.kind) {
    case 'merchant':
      return actor.mid === mid && (actor.sids === null || actor.sids.includes(sid));
    case 'institution':
      return actor.institutionId === institutionId;
    case 'operator':
    case 'system':
      return true;
  }
}

/**
 * The one place that says which rows an actor may see, by the columns that name their tenants: the application's own wall,
 * before row-level security. A tenant that a table has no column for sees nothing of it.
 */
export function tenancyOf(
  actor: Actor | SystemActor,
  { mid, sid, institutionId }: Tenancy,
): Expression<SqlBool> {
  switch (actor.kind) {
    case 'merchant': {
      if (!mid) return sql<SqlBool>`false`;
      const ofMerchant = sql<SqlBool>`${mid} = ${actor.mid}`;
      if (actor.sids === null || !sid) return ofMerchant;
      return sql<SqlBool>`(${ofMerchant} and ${sid} = any (${[...actor.sids]}))`;
    }
    case 'institution':
      return institutionId ? sql<SqlBool>`${institutionId} = ${actor.institutionId}` : sql<SqlBool>`false`;
    case 'operator':
    case 'system':
      return sql<SqlBool>`true`;
  }
}
