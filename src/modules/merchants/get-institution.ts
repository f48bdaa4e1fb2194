import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Institution } from './institution-schemas.ts';
import { waitingOf } from './list-institutions.ts';

type View = z.input<typeof Institution>;

/** An institution with what is set up for it in other places, in one statement. Only operators ask. */
export async function getInstitution(
  db: Database,
  _: Actor,
  { institutionId }: { institutionId: string },
): Promise<View> {
  const { rows } = await sql<Omit<View, 'retiredAt'> & { retiredAt: Date | null }>`
    select id, name, kind, version, due_rule as "dueRule", expiry_days as "expiryDays", second_person_corrects as "secondPersonCorrects", retired_at as "retiredAt",
      ${waitingOf} as waiting,
      (select count(*)::integer from closing_periods where institution_id = institutions.id) as "closingPeriods",
      coalesce((select json_agg(json_build_object('id', adapters.id, 'name', adapters.name, 'kind', adapters.kind, 'isOn', is_on)
        order by adapters.name) from adapters where institution_id = institutions.id), '[]') as adapters,
      (select count(*)::integer from api_keys where institution_id = institutions.id and disabled_at is null
        and (expires_at is null or expires_at > now())) as keys,
      (select json_build_object('isOn', is_on, 'times', times) from return_channels
        where institution_id = institutions.id) as "returnChannel",
      (select count(*)::integer from webhook_endpoints where institution_id = institutions.id and off_at is null) as webhooks
    from institutions where id = ${institutionId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('not_found');
  return { ...row, retiredAt: row.retiredAt && instantText(row.retiredAt) };
}
