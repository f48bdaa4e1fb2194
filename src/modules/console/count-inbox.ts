import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { type Inbox, mostCounted } from './console-schemas.ts';

type Counts = Omit<z.input<typeof Inbox>, 'mostCounted'>;

/** Rows of a part of the inbox, as far as they are counted; each comes from an index that holds what waits and little else. */
const counted = (rows: RawBuilder<unknown>) =>
  sql<number>`(select count(*)::int from (${rows} limit ${sql.lit(mostCounted)}) as waits)`;

const waiting = sql`cases.status in ('received', 'correcting')`;
const lately = sql`now() - interval '30 days'`;

/** What waits for an operator (受信箱), as numbers, in one statement. */
export async function countInbox(db: Reader, { id }: OperatorActor): Promise<z.input<typeof Inbox>> {
  const { rows } = await sql<Counts>`select
    ${counted(sql`select from cases where ${waiting} and assignee is null`)} as unassigned,
    ${counted(sql`select from cases where ${waiting} and assignee = ${id}`)} as mine,
    ${counted(sql`select from cases where ${waiting} and due_at <= ${productNow}`)} as overdue,
    ${counted(sql`select from merchant_requests where state = 'open' and kind = 'correction'`)} as corrections,
    ${counted(sql`select from merchant_requests where state = 'open' and kind = 'extension'`)} as extensions,
    ${counted(sql`select from announcements join cases on cases.id = case_id where outcome = 'nobody' and ${waiting}`)} as "nobodyTold",
    ${counted(sql`select from mails where undelivered_since is not null`)} as "mailsUndelivered",
    ${counted(sql`select from webhook_deliveries where state = 'dead'`)} as "webhooksDead",
    ${counted(sql`select from webhook_endpoints where off_reason in ('gone', 'failing')`)} as "webhooksOff",
    ${counted(sql`select from adapter_messages where outcome = 'refused' and received_at > ${lately}`)} as "messagesRefused",
    ${counted(sql`select from adapter_replies where state = 'failed'`)} as "repliesFailed",
    ${counted(sql`select from adapter_outlets where is_on and broken_at is not null`)} as "outletsBroken",
    ${counted(sql`select from imports where uploaded_at > ${lately} and (state = 'failed' or refused > 0)`)} as "importsWithErrors"`.execute(
    db,
  );
  const [counts] = rows;
  if (!counts) throw new Error('counting gave no row');
  return { ...counts, mostCounted };
}
