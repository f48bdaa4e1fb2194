import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import type { DB } from '#src/platform/tables.ts';

type Tenancy = { mid: Expression<unknown>; sid: Expression<unknown>; institutionId: Expression<unknown> };

/** The one place that says which cases an actor may see: a condition on the columns that name a row's tenants. */
export function tenancyOf(
  actor: Actor | SystemActor,
  { mid, sid, institutionId }: Tenancy,
): Expression<SqlBool> {
  switch (actor.kind) {
    case 'merchant':
      return actor.sids === null
        ? sql<SqlBool>`${mid} = ${actor.mid}`
        : sql<SqlBool>`(${mid} = ${actor.mid} and ${sid} = any (${[...actor.sids]}))`;
    case 'institution':
      return sql<SqlBool>`${institutionId} = ${actor.institutionId}`;
    case 'operator':
    case 'system':
      return sql<SqlBool>`true`;
  }
}

/** Which rows of `cases` an actor may see. */
export const visibleTo = (actor: Actor | SystemActor) => (_: ExpressionBuilder<DB, 'cases'>) =>
  tenancyOf(actor, {
    mid: sql.ref('cases.mid'),
    sid: sql.ref('cases.sid'),
    institutionId: sql.ref('cases.institution_id'),
  });
