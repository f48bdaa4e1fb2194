import { sql } from 'kysely';
import type { z } from 'zod';
import type { CategoryCode } from '#src/domain/categories.ts';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Audience, StepPlace } from '#src/domain/reminder-ladder.ts';
import { turnOf } from '#src/domain/reminders.ts';
import { nextOpen } from '#src/domain/sending-times.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { loadRules } from './load-rules.ts';
import type { CaseReminders } from './reminder-schemas.ts';

type View = z.input<typeof CaseReminders>;
type Sent = Omit<View['sent'][number], 'step'> & { step: string; written: number };
type Row = {
  category: CategoryCode;
  institutionId: string;
  dueAt: Date;
  expiresAt: Date;
  now: Date;
  since: Date | null;
  sent: Sent[];
};

/** The mails of a step from which the case dropped out before they left. */
const dropped = (audience: Audience) => sql`(
  select count(*)::int from mail_cases join reminder_mails using (mail_id)
  where mail_cases.case_id = cases.id and cases.id = any (dropped) and audience = ${audience}
    and written_at = ${audience === 'operators' ? sql`operators_told_at` : sql`at`})`;

/** The reminders of a case, the oldest first, and the next one that is ahead. Only operators ask. */
export async function listCaseReminders(db: Reader, _: Actor, { caseId }: { caseId: string }): Promise<View> {
  const { rows } = await sql<Row>`
    select category, institution_id as "institutionId", due_at as "dueAt", expires_at as "expiresAt", product_now() as now,
      (select since from reminder_plans where case_id = cases.id and cases.status in ('received', 'correcting')) as since,
      coalesce((select json_agg(json_build_object('at', at, 'dueAt', due_at, 'step', step, 'outcome', outcome,
          'contacts', contacts - ${dropped('contacts')}, 'merchantAdmins', merchant_admins - ${dropped('merchant_admins')},
          'operators', operators - ${dropped('operators')}, 'written', contacts + merchant_admins + operators)
          order by at, outcome)
        from reminders where case_id = cases.id), '[]') as sent
    from cases where id = ${caseId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('case_not_found');
  const sent = row.sent.map(({ written, ...each }) => ({
    ...each,
    outcome: written > 0 && toldOf(each) === 0 ? ('dropped' as const) : each.outcome,
    at: instantText(new Date(each.at)),
    dueAt: instantText(new Date(each.dueAt)),
    step: stepOf(each.step),
  }));
  return { sent, next: row.since ? await nextOf(db, row, row.since) : null };
}

const toldOf = ({ contacts, merchantAdmins, operators }: Omit<Sent, 'written'>): number =>
  contacts + merchantAdmins + operators;

async function nextOf(db: Reader, row: Row, since: Date): Promise<View['next']> {
  const rules = await loadRules(db);
  const planned = rules.planOf(row);
  const ofThisDue = row.sent.filter((each) => new Date(each.dueAt).getTime() === row.dueAt.getTime());
  const done = new Set(ofThisDue.map(({ step }) => step));
  const { send } = turnOf(planned, { now: row.now, since, done });
  const step = send?.step ?? planned.find(({ moment, code }) => moment > row.now && !done.has(code));
  if (!step) return null;
  const at = send ? nextOpen(row.now, rules) : step.moment;
  return { at: instantText(at), step: { at: step.at, days: step.days } };
}

function stepOf(code: string): { at: StepPlace; days: number } {
  const [at, days] = code.split('-');
  return { at: at as StepPlace, days: Number(days) };
}
