import { sql } from 'kysely';
import { awaitsAnswer } from '#src/domain/case-life.ts';
import { type Turn, turnOf } from '#src/domain/reminders.ts';
import type { MailParts } from '#src/modules/mail/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { atOnce, type DueTurn, lockDue } from './find-due.ts';
import { type Gathered, gatherRecipients } from './gather-recipients.ts';
import type { Rules } from './load-rules.ts';
import { writeDigest } from './write-digest.ts';

type Order = { mid: string; rules: Rules; how: MailParts };

/**
 * Takes the steps that are due for a merchant's cases: what was done, when to look again and the mails, all in this transaction or
 * nothing of it. Cases that no longer wait for an answer are looked at no more. Tells how many reminders there were, and whether
 * there may be more.
 */
export async function remindMerchant(tx: Tx, { mid, rules, how }: Order) {
  const found = await lockDue(tx, mid);
  const turns = found.map((each) => ({
    ...each,
    turn: awaitsAnswer(each.status) ? turnOf(rules.planOf(each), { ...each, done: new Set(each.done) }) : {},
  }));
  await planNext(tx, turns);
  const due = turns.flatMap(({ turn, ...each }) => (turn.send ? [{ ...each, send: turn.send }] : []));
  if (due.length > 0) {
    const gathered = await gatherRecipients(tx, mid, due);
    await noteReminders(tx, due, gathered);
    for (const order of gathered.orders) await writeDigest(tx, order, how);
  }
  return { reminders: due.length, more: found.length === atOnce };
}

async function planNext(tx: Tx, turns: readonly { caseId: string; turn: Turn }[]): Promise<void> {
  const ahead = turns.flatMap(({ caseId, turn }) => (turn.nextAt ? [{ caseId, nextAt: turn.nextAt }] : []));
  const over = turns.filter(({ turn }) => !turn.nextAt).map(({ caseId }) => caseId);
  if (ahead.length > 0)
    await sql`
      update reminder_plans set next_at = new_next
      from unnest(${ahead.map(({ caseId }) => caseId)}::text[],
        ${ahead.map(({ nextAt }) => nextAt.toISOString())}::timestamptz[]) as new(id, new_next)
      where case_id = id`.execute(tx);
  if (over.length > 0)
    await tx.deleteFrom('reminder_plans').where('case_id', '=', sql<string>`any (${over})`).execute();
}

/** A step that stands there already fails the transaction: it was taken by somebody else, and so were its mails. */
async function noteReminders(tx: Tx, due: readonly DueTurn[], { counts }: Gathered): Promise<void> {
  const rows = due.flatMap(({ caseId, dueAt, send }) => {
    const { contacts, merchantAdmins, waitsForOperators } = counts.get(caseId) ?? {
      ...{ contacts: 0, merchantAdmins: 0, waitsForOperators: false },
    };
    const row = { case_id: caseId, due_at: dueAt };
    return [
      ...send.covered.map((step) => ({ ...row, step, outcome: 'covered' as const })),
      {
        ...row,
        step: send.step.code,
        outcome: 'sent' as const,
        contacts,
        merchant_admins: merchantAdmins,
        waits_for_operators: waitsForOperators,
      },
    ];
  });
  await tx.insertInto('reminders').values(rows).execute();
}
