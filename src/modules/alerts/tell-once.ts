import { sql } from 'kysely';
import { type Letter, type MailParts, writeMail } from '#src/modules/mail/index.ts';
import type { Admin } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';

export type Alert = {
  kind: 'year_not_confirmed' | 'import_failed' | 'contact_unreachable';
  subject: string;
  to: readonly Admin[];
  letterFor: (person: Admin) => Letter;
};

/** Writes a mail to each of them, once for good however often and wherever it is asked for. Waits until there is somebody to tell. */
export async function tellOnce(
  tx: Tx,
  { kind, subject, to, letterFor }: Alert,
  how: MailParts,
): Promise<boolean> {
  if (to.length === 0) return false;
  const { rows } = await sql`
    insert into alerts (kind, subject, people) values (${kind}, ${subject}, ${to.length})
    on conflict do nothing returning kind`.execute(tx);
  if (rows.length === 0) return false;
  for (const person of to) {
    const { name, email } = person;
    await writeMail(tx, { to: { name, address: email }, letter: letterFor(person), about: null, ...how });
  }
  return true;
}

/** Of what somebody was told already, so that it need not be looked at again one by one. */
export async function subjectsTold(tx: Tx, kind: Alert['kind']): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject: string }>`
    select subject from alerts where kind = ${kind} and told_at > now() - interval '30 days'`.execute(tx);
  return new Set(rows.map(({ subject }) => subject));
}
