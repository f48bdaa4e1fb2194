import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { UndeliveredMails } from './mail-schemas.ts';
import { openLetter } from './sealed-letter.ts';

type Mail = z.input<typeof UndeliveredMails>['data'][number];

type Row = Omit<Mail, 'recipient' | 'subject' | 'queuedAt' | 'since'> & {
  sealed: Buffer | null;
  queuedAt: Date;
  since: Date;
};

/** So many of a mail's cases are named; a reminder can be about thousands. */
const namedCases = 20;

/** The mails that did not arrive and that no operator has dealt with, the newest first, from an index that holds no others. */
export async function listUndelivered(
  db: Reader,
  _: OperatorActor,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof UndeliveredMails>> {
  const before = cursor === undefined ? null : readCursor(cursor);
  const { rows } = await sql<Row>`
    select mails.id, mails.mid, mails.sid, merchants.name as "merchantName", sealed_letter as sealed, mails.created_at as "queuedAt",
      undelivered_since as since, why.kind, why.reply, contacts.email as "addressNow",
      case when contact_id is null then null else contacts.id is null end as "isContactGone",
      told.open, told.cases, told."caseIds"
    from mails
      left join merchants on merchants.mid = mails.mid
      left join contacts on contacts.id = contact_id
      left join lateral (
        select kind, reply from mail_events where mail_id = mails.id and kind in ('failed', 'bounced') order by id desc limit 1
      ) as why on true
      cross join lateral (
        select count(*)::int as cases, count(*) filter (where status in ('received', 'correcting'))::int as open,
          coalesce((array_agg(cases.id order by cases.id))[:${sql.lit(namedCases)}], '{}') as "caseIds"
        from mail_cases join cases on cases.id = case_id where mail_id = mails.id
      ) as told
    where undelivered_since is not null and state <> 'queued' and (${before}::uuid is null or mails.id < ${before}::uuid)
    order by mails.id desc limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    data: page.map((row) => toMail(db, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function toMail({ vault }: Reader, { sealed, queuedAt, since, ...row }: Row): Mail {
  const letter = sealed && openLetter(vault, row.id, sealed);
  return {
    ...row,
    queuedAt: instantText(queuedAt),
    since: instantText(since),
    recipient: letter && { name: letter.toName, address: letter.toAddress },
    subject: letter?.subject ?? null,
  };
}

function readCursor(cursor: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) return cursor;
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
