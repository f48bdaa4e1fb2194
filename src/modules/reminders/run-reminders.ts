import { sql } from 'kysely';
import { isQuiet } from '#src/domain/sending-times.ts';
import type { MailParts } from '#src/modules/mail/index.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { merchantsDue } from './find-due.ts';
import { holdReminders } from './hold-reminders.ts';
import { loadRules, type Rules } from './load-rules.ts';
import { remindMerchant } from './remind-merchant.ts';
import { tellOperators } from './tell-operators.ts';
import type { WatchClock } from './watch-clock.ts';

export type RunParts = { inTransaction: InTransaction; watch: WatchClock; how: MailParts };

export type Run = { outcome: 'done' | 'held' | 'quiet'; reminders: number };

/**
 * Sends all reminders that are due, in a transaction for each merchant; any number of runs at one time, anywhere, send each once.
 * Nothing is sent in quiet hours, nor after a jump of the clock until an operator says so.
 */
export async function runReminders({ inTransaction, watch, how }: RunParts): Promise<Run> {
  const began = await inTransaction((tx) => begin(tx, watch, how));
  if (began.outcome !== 'done') return { outcome: began.outcome, reminders: 0 };
  const failures: unknown[] = [];
  let reminders = 0;
  for (const mid of await merchantsDue(inTransaction)) {
    const remind = () => inTransaction((tx) => remindMerchant(tx, { mid, rules: began.rules, how }));
    // One merchant's trouble keeps no other from being reminded.
    await untilNoMore(remind).then(
      (sent) => (reminders += sent),
      (error: unknown) => failures.push(error),
    );
  }
  await inTransaction((tx) => tellOperators(tx, how));
  if (failures.length > 0) throw new AggregateError(failures, 'some merchants were not reminded');
  return { outcome: 'done', reminders };
}

async function untilNoMore(remind: () => Promise<{ reminders: number; more: boolean }>): Promise<number> {
  let sent = 0;
  for (let more = true; more; ) {
    const done = await remind();
    sent += done.reminders;
    more = done.more;
  }
  return sent;
}

async function begin(
  tx: Tx,
  watch: WatchClock,
  how: MailParts,
): Promise<{ outcome: Run['outcome']; rules: Rules }> {
  const { rows } = await sql<{ realNow: Date; now: Date; isHeld: boolean }>`
    update reminder_settings set last_run_at = now()
    returning clock_timestamp() as "realNow", product_now() as now,
      exists (select from reminder_holds where ended_at is null) as "isHeld"`.execute(tx);
  const [seen] = rows;
  if (!seen) throw new Error('the settings of reminders have no row');
  const jumpMs = watch(seen.realNow);
  if (jumpMs > 0) await holdReminders(tx, jumpMs, how);
  const rules = await loadRules(tx);
  const isHeld = seen.isHeld || jumpMs > 0;
  if (isHeld) return { outcome: 'held', rules };
  return { outcome: isQuiet(seen.now, rules) ? 'quiet' : 'done', rules };
}
