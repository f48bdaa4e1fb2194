import { sql } from 'kysely';
import type { MailEventKind } from '#src/domain/mail-events.ts';
import type { Tx } from '#src/platform/transaction.ts';

export type NewMailEvent = {
  mailId: string;
  kind: MailEventKind;
  /** The code the server replied with, or what was wrong with the connection. */
  reply: string | null;
  host: string | null;
};

/** Adds to the delivery log and tells how many lines. What stands in it is never changed; a report that comes twice is one line. */
export async function noteEvents(tx: Tx, events: readonly NewMailEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const { numAffectedRows } = await sql`
    insert into mail_events (mail_id, kind, reply, host)
    select "mailId", kind, reply, host
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given ("mailId" uuid, kind text, reply text, host text)
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows);
}
