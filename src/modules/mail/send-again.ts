import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { CategoryCode } from '#src/domain/categories.ts';
import { findContact, type TestedContact } from '#src/modules/merchants/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Mails } from '#src/platform/tables.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { SentAgain } from './mail-schemas.ts';
import { openLetter } from './sealed-letter.ts';
import { storeMail } from './store-mail.ts';
import type { MailParts } from './write-mail.ts';

type Result = z.input<typeof SentAgain>['results'][number];

/**
 * Sends mails again that did not arrive, each as a new mail with a log of its own, to the address that its contact has by now. The
 * one that did not arrive stays as it was in its log. What does not wait any more is not sent twice.
 */
export const sendAgain =
  (how: MailParts) =>
  async (
    tx: Tx,
    actor: OperatorActor,
    { mailIds }: { mailIds: readonly string[] },
  ): Promise<{ results: Result[] }> => {
    const waiting = new Map((await takeWaiting(tx, mailIds)).map((row) => [row.id, row]));
    const results: Result[] = [];
    for (const mailId of new Set(mailIds)) {
      const row = waiting.get(mailId);
      results.push(row ? await sendOne(tx, row, how) : { mailId, outcome: 'not_waiting', copyId: null });
    }
    await noteSent(tx, actor, results);
    return { results };
  };

type Waiting = Selectable<Mails> & { categories: CategoryCode[]; cases: number; open: number };

async function takeWaiting(tx: Tx, mailIds: readonly string[]): Promise<Waiting[]> {
  const { rows } = await sql<{ id: string }>`
    select id from mails where id = any(${[...mailIds]}::uuid[]) and undelivered_since is not null and state <> 'queued'
    order by id for update`.execute(tx);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return tx.selectFrom('mails').selectAll().select(told).where('id', 'in', ids).execute();
}

const ofMail = (what: RawBuilder<unknown>) =>
  sql`(select ${what} from mail_cases join cases on cases.id = case_id where mail_id = mails.id)`;

/** What a mail tells of. */
const told = [
  sql<CategoryCode[]>`${ofMail(sql`coalesce(array_agg(distinct category), '{}')`)}`.as('categories'),
  sql<number>`${ofMail(sql`count(*)::int`)}`.as('cases'),
  sql<number>`${ofMail(sql`count(*) filter (where status in ('received', 'correcting'))::int`)}`.as('open'),
] as const;

async function sendOne(tx: Tx, row: Waiting, how: MailParts): Promise<Result> {
  const contact = row.contact_id === null ? undefined : await findContact(tx, row.contact_id);
  const obstacle = obstacleOf(row, contact);
  if (obstacle || !contact) return { mailId: row.id, outcome: obstacle ?? 'no_contact', copyId: null };
  const copyId = await sendCopy(tx, row, { ...how, toAddress: contact.email });
  return { mailId: row.id, outcome: 'sent_again', copyId };
}

/**
 * Why a mail is not sent again: it goes to a contact, and only while that one is told of such cases and there is something left
 * to do.
 */
function obstacleOf(row: Waiting, contact: TestedContact | undefined): Result['outcome'] | undefined {
  if (row.sealed_letter === null) return 'erased';
  if (row.contact_id === null) return 'no_contact';
  const isToldOf = (category: CategoryCode): boolean => category === contact?.category;
  const isOfService = contact?.mid === row.mid && (contact?.sid === null || contact?.sid === row.sid);
  if (!isOfService || !row.categories.every(isToldOf)) return 'contact_gone';
  return row.cases > 0 && row.open === 0 ? 'nothing_left' : undefined;
}

async function sendCopy(
  tx: Tx,
  row: Waiting,
  { toAddress, ...how }: MailParts & { toAddress: string },
): Promise<string> {
  const letter = openLetter(tx.vault, row.id, row.sealed_letter);
  const copyId = await storeMail(tx, {
    ...how,
    ...{ mid: row.mid, sid: row.sid, contactId: row.contact_id, isRefreshed: row.is_refreshed },
    copyOf: row.copy_of ?? row.id,
    // The link names the mail it stands in.
    letterOf: (id) => ({
      ...letter,
      toAddress,
      text: letter.text.replaceAll(row.id, id),
      html: letter.html.replaceAll(row.id, id),
    }),
  });
  await sql`insert into mail_cases (mail_id, case_id)
    select ${copyId}, case_id from mail_cases where mail_id = ${row.id}`.execute(tx);
  return copyId;
}

async function noteSent(tx: Tx, { id: userId }: OperatorActor, results: readonly Result[]): Promise<void> {
  const sent = results.flatMap(({ mailId, copyId }) => (copyId === null ? [] : [mailId]));
  await sql`
    with sent as (update mails set undelivered_since = null where id = any(${sent}::uuid[]) returning id)
    insert into mail_events (mail_id, kind, user_id) select id, 'sent_again', ${userId} from sent`.execute(
    tx,
  );
  const copies = results.flatMap(({ copyId }) => copyId ?? []);
  tx.record('mail.send_again', [...sent, ...copies], { asked: results.length, sent: sent.length });
}
