import type { Reader } from '#src/platform/transaction.ts';
import { openLetter } from './sealed-letter.ts';

/** A mail as a line of the list. */
export type ListedMail = {
  id: string;
  subject: string;
  toName: string;
  toAddress: string;
  state: 'queued' | 'sent' | 'failed' | 'kept' | 'cancelled';
  createdAt: Date;
};

/** A mail with all there is to see. */
export type ShownMail = ListedMail & { messageId: string; text: string; html: string };

/** A page of the list, and after which mail the next one begins. */
export type MailPage = { mails: ListedMail[]; older: string | undefined };

const pageSize = 50;

/** The newest mails, or those before one. */
export async function listMails(db: Reader, before: string | undefined): Promise<MailPage> {
  // Ids sort by time.
  let mails = db
    .selectFrom('mails')
    .select(listedColumns)
    .where('sealed_letter', 'is not', null)
    .orderBy('id', 'desc')
    .limit(pageSize + 1);
  if (before) mails = mails.where('id', '<', before);
  const rows = await mails.execute();
  const shown = rows.slice(0, pageSize).map((row) => opened(db, row));
  return { mails: shown, older: rows.length > pageSize ? shown.at(-1)?.id : undefined };
}

/** A mail with its text, if there is one of this id. */
export async function findMail(db: Reader, id: string | undefined): Promise<ShownMail | undefined> {
  if (id === undefined) return undefined;
  const row = await db
    .selectFrom('mails')
    .select([...listedColumns, 'message_id as messageId'])
    .where('id', '=', id)
    .where('sealed_letter', 'is not', null)
    .executeTakeFirst();
  return row && opened(db, row);
}

/** A row with its letter opened. */
function opened<Row extends Sealed>({ vault }: Reader, row: Row) {
  const { sealed, ...rest } = row;
  return { ...rest, ...openLetter(vault, row.id, sealed) };
}

type Sealed = { id: string; sealed: Buffer | null };

const listedColumns = ['id', 'sealed_letter as sealed', 'state', 'created_at as createdAt'] as const;
