import { sql } from 'kysely';
import { type MailParts, writeMail } from '#src/modules/mail/index.ts';
import { findAdmins } from '#src/modules/people/index.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { holdLetter } from './hold-letter.ts';

/** Puts a hold on all reminders and tells the PSP's admins; nothing when there is one already. */
export async function holdReminders(tx: Tx, jumpMs: number, how: MailParts): Promise<void> {
  const id = newId();
  const jumped = Math.round(jumpMs / 1000);
  const { rows } = await sql<{ putAt: Date }>`
    insert into reminder_holds (id, jumped_seconds) values (${id}, ${jumped})
    on conflict do nothing returning put_at as "putAt"`.execute(tx);
  const [put] = rows;
  if (!put) return;
  tx.record('reminders.hold', [id], { seconds: jumped });
  for (const { name, email, locale } of await findAdmins(tx, { mid: null, sids: null })) {
    const letter = holdLetter({ putAt: put.putAt, jumpMs }, { name, locale, sender: how.sender });
    await writeMail(tx, { to: { name, address: email }, letter, about: null, ...how });
  }
}
