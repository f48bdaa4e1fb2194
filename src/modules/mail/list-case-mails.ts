import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { CaseMails } from './mail-schemas.ts';
import { openLetter } from './sealed-letter.ts';

type Log = z.input<typeof CaseMails>;
type Mail = Log['mails'][number];

type Row = Omit<Mail, 'queuedAt' | 'recipient' | 'subject' | 'id'> & {
  contacts: Log['contacts'];
  /** Null in the one row of a case that no mail tells of. */
  id: string | null;
  sealed: Buffer | null;
  queuedAt: Date;
};

/** The delivery log of a case: its mails, the first one first, each with what became of it. */
export async function listCaseMails(
  db: Reader,
  _: OperatorActor,
  { caseId }: { caseId: string },
): Promise<Log> {
  const { rows } = await sql<Row>`
    select mails.id, message_id as "messageId", sealed_letter as sealed, state, mails.created_at as "queuedAt", tries, copy_of as "copyOf",
      encode(text_sha256, 'hex') as sha256, reach.contacts,
      coalesce((
        select jsonb_agg(jsonb_build_object('at', at, 'kind', kind, 'reply', reply, 'host', host, 'by', users.name)
          order by mail_events.id)
        from mail_events left join users on users.id = user_id where mail_id = mails.id), '[]') as events
    from cases
      left join mail_cases on mail_cases.case_id = cases.id
      left join mails on mails.id = mail_id
      cross join lateral (
        select jsonb_build_object('all', count(distinct lower(email)),
          'unreachable', count(distinct lower(email)) filter (where unreachable_since is not null)) as contacts
        from contacts
        where contacts.mid = cases.mid and contacts.category = cases.category
          and (contacts.sid = cases.sid or contacts.sid is null)
      ) as reach
    where cases.id = ${caseId}
    order by mails.id`.execute(db);
  const [first] = rows;
  if (!first) throw new Refusal('case_not_found');
  return {
    contacts: first.contacts,
    mails: rows.flatMap((row) => (row.id === null ? [] : [toMail(db, row.id, row)])),
  };
}

function toMail({ vault }: Reader, id: string, { sealed, queuedAt, events, contacts: _, ...row }: Row): Mail {
  const letter = sealed && openLetter(vault, id, sealed);
  return {
    ...row,
    id,
    queuedAt: instantText(queuedAt),
    recipient: letter && { name: letter.toName, address: letter.toAddress },
    subject: letter?.subject ?? null,
    events: events.map((event) => ({ ...event, at: instantText(new Date(event.at)) })),
  };
}
