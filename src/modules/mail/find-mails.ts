import type { Database } from '#src/platform/database.ts';

/** A mail as a line of the list. */
export type ListedMail = {
  id: string;
  subject: string;
  toName: string;
  toAddress: string;
  state: 'queued' | 'sent' | 'failed' | 'kept';
  createdAt: Date;
};

/** A mail with all there is to see. */
export type ShownMail = ListedMail & { messageId: string; text: string; html: string };

/** A page of the list, and after which mail the next one begins. */
export type MailPage = { mails: ListedMail[]; older: string | undefined };

const pageSize = 50;

/** The newest mails, or those before one. */
export async function listMails(db: Database, before: string | undefined): Promise<MailPage> {
  // Ids sort by time.
  let mails = db
    .selectFrom('mails')
    .select(listedColumns)
    .orderBy('id', 'desc')
    .limit(pageSize + 1);
  if (before) mails = mails.where('id', '<', before);
  const rows = await mails.execute();
  const shown = rows.slice(0, pageSize);
  return { mails: shown, older: rows.length > pageSize ? shown.at(-1)?.id : undefined };
}

/** A mail with its text, if there is one of this id. */
export async function findMail(db: Database, id: string | undefined): Promise<ShownMail | undefined> {
  if (id === undefined) return undefined;
  return db
    .selectFrom('mails')
    .select([...listedColumns, 'message_id as messageId', 'text_body as text', 'html_body as html'])
    .where('id', '=', id)
    .executeTakeFirst();
}

const listedColumns = [
  'id',
  'subject',
  'to_name as toName',
  'to_address as toAddress',
  'state',
  'created_at as createdAt',
] as const;
