import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { ReminderHold, ReminderSettings } from './reminder-schemas.ts';

type View = z.input<typeof ReminderSettings>;
type Hold = z.input<typeof ReminderHold>['hold'];
type Row = Pick<View, 'times' | 'ladders' | 'institutions'> & { lastRunAt: Date | null; hold: Hold };

const openHold = sql<Hold>`(
  select json_build_object('putAt', put_at, 'jumpedSeconds', jumped_seconds,
    'waiting', (select count(*) from reminder_plans where next_at <= (select product_now())))
  from reminder_holds where ended_at is null)`;

/** How reminders are sent, and whether they are held, in one statement. */
export async function getReminderSettings(db: Reader): Promise<View> {
  const { rows } = await sql<Row>`
    select json_build_object('opensAt', opens_at, 'closesAt', closes_at, 'onlyBusinessDays', only_business_days) as times,
      last_run_at as "lastRunAt", ${openHold} as hold,
      coalesce((select json_agg(json_build_object('category', category, 'institutionId', institution_id,
          'institutionName', institutions.name, 'steps', steps) order by category nulls first, institution_id nulls first)
        from reminder_ladders left join institutions on institutions.id = institution_id), '[]') as ladders,
      coalesce((select json_agg(json_build_object('id', id, 'name', name) order by id) from institutions), '[]') as institutions
    from reminder_settings`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the settings of reminders have no row');
  const lastRunAt = row.lastRunAt && instantText(row.lastRunAt);
  return { ...row, hold: shown(row.hold), lastRunAt, version: versionOf(row) };
}

/** What tells one state of the ladders and sending times from another. */
function versionOf({ times, ladders }: Pick<Row, 'times' | 'ladders'>): string {
  const told = ladders.map(({ category, institutionId, steps }) => [category, institutionId, steps]);
  return createHash('sha256')
    .update(JSON.stringify([times, told]))
    .digest('hex')
    .slice(0, 16);
}

/** Whether reminders are held since the clock jumped. */
export async function getReminderHold(db: Reader): Promise<{ hold: Hold }> {
  const { rows } = await sql<{ hold: Hold }>`select ${openHold} as hold`.execute(db);
  return { hold: shown(rows[0]?.hold ?? null) };
}

const shown = (hold: Hold): Hold => hold && { ...hold, putAt: instantText(new Date(hold.putAt)) };
