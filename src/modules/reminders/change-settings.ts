import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getReminderSettings } from './get-settings.ts';
import type { LadderChange, SendingTimesChange } from './reminder-schemas.ts';

type Named = Pick<Asked, 'ifMatch'>;

/** Puts a ladder in place, or takes it away. Open cases follow it with their next step; what was sent stays. */
export async function changeLadder(
  tx: Tx,
  _: OperatorActor,
  { category, institutionId, steps }: z.output<typeof LadderChange>,
  named: Named,
): Promise<void> {
  await requireVersion(tx, named);
  if (institutionId !== null) await requireInstitution(tx, institutionId);
  if (steps === null)
    await sql`
      delete from reminder_ladders
      where category is not distinct from ${category} and institution_id is not distinct from ${institutionId}`.execute(
      tx,
    );
  else
    await sql`
      insert into reminder_ladders values (${category}, ${institutionId}, ${JSON.stringify(steps)}::jsonb)
      on conflict (category, institution_id) do update set steps = excluded.steps`.execute(tx);
  await lookAgain(tx);
  const subjects = [category, institutionId].filter((id) => id !== null);
  tx.record('reminders.change_ladder', subjects, { steps: steps?.length ?? 0 });
}

/** Sets when reminders may be sent. */
export async function changeTimes(
  tx: Tx,
  _: OperatorActor,
  { opensAt, closesAt, onlyBusinessDays }: z.output<typeof SendingTimesChange>,
  named: Named,
): Promise<void> {
  await requireVersion(tx, named);
  await tx
    .updateTable('reminder_settings')
    .set({ opens_at: opensAt, closes_at: closesAt, only_business_days: onlyBusinessDays })
    .execute();
  await lookAgain(tx);
  tx.record('reminders.change_times', [], { opensAt, closesAt, onlyBusinessDays: String(onlyBusinessDays) });
}

/** That the settings are still as the one who changes them saw them; nobody else changes them until this is done. */
async function requireVersion(tx: Tx, { ifMatch }: Named): Promise<void> {
  if (ifMatch === undefined) throw new Refusal('version_required');
  await tx.selectFrom('reminder_settings').select('single').forUpdate().execute();
  const { version } = await getReminderSettings(tx);
  if (version !== ifMatch) throw new Refusal('changed_meanwhile');
}

async function requireInstitution(tx: Tx, id: string): Promise<void> {
  const known = await tx.selectFrom('institutions').select('id').where('id', '=', id).executeTakeFirst();
  if (!known) throw new Refusal('not_found');
}

/**
 * Has the next run find out anew when each open case is to be reminded. What the old rules did not ask for is not made up for: only
 * steps that are still ahead count.
 */
async function lookAgain(tx: Tx): Promise<void> {
  await sql`
    insert into reminder_plans (case_id, mid, next_at, since)
    select id, mid, product_now(), product_now() from cases where status in ('received', 'correcting')
    on conflict (case_id) do update set next_at = least(reminder_plans.next_at, excluded.next_at),
      since = case when reminder_plans.next_at > excluded.next_at then excluded.since else reminder_plans.since end`.execute(
    tx,
  );
}
