import { type ExpressionBuilder, sql } from 'kysely';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import type { DB } from '#src/platform/tables.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';

/** Which rows of `cases` an actor may see. */
export const visibleTo = (actor: Actor | SystemActor) => (_: ExpressionBuilder<DB, 'cases'>) =>
  tenancyOf(actor, {
    mid: sql.ref('cases.mid'),
    sid: sql.ref('cases.sid'),
    institutionId: sql.ref('cases.institution_id'),
  });
