import { sql } from 'kysely';
import type { PersonalNews } from '#src/domain/personal-news.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { linkMinutes, newLink } from './links.ts';
import { Telling, tellQueue } from './tell-person.ts';

export type Recipient = { name: string; address: string; locale: Locale };

/** Writes a mail; `main/` says how. */
export type WriteToPerson = (tx: Tx, recipient: Recipient, news: PersonalNews) => Promise<void>;

type Parts = { inTransaction: InTransaction; write: WriteToPerson; invitationHours: number };

/** The job that writes to people about their own account. A link is made here, so that its secret is in the mail and nowhere else. */
export const peopleQueues = ({ inTransaction, write, invitationHours }: Parts): Queue[] => [
  {
    name: tellQueue,
    retries: 20,
    retryAfterSeconds: 5,
    // Somebody sits before the screen and waits for the mail.
    pollSeconds: 0.5,
    work: async (data) => {
      const telling = Telling.parse(data);
      await inTransaction(async (tx) => {
        for (const { news, ...recipient } of await newsOf(tx, telling, invitationHours))
          await write(tx, recipient, news);
      });
    },
  },
];

type Addressed = Recipient & { news: PersonalNews };

async function newsOf(tx: Tx, telling: Telling, invitationHours: number): Promise<Addressed[]> {
  if (telling.kind === 'invitation') return invitationNews(tx, telling.invitationId, invitationHours);
  if (telling.userId === null) return [];
  const person = await findPerson(tx, telling.userId);
  if (!person) return [];
  const { userId, addressBefore, addressWanted, ...recipient } = person;
  const minutes = linkMinutes;
  switch (telling.kind) {
    case 'password_reset': {
      const path = await newResetLink(tx, telling.userId);
      return [{ ...recipient, news: { kind: telling.kind, path, minutes, userId } }];
    }
    case 'email_confirmation': {
      if (!addressWanted) return [];
      const path = await newConfirmationLink(tx, telling.userId);
      return [{ ...recipient, address: addressWanted, news: { kind: telling.kind, path, minutes } }];
    }
    case 'email_changed': {
      const addresses = addressBefore ? [addressBefore, recipient.address] : [recipient.address];
      await tx
        .deleteFrom('email_changes')
        .where('user_id', '=', telling.userId)
        .where('token_hash', 'is', null)
        .execute();
      return addresses.map((address) => ({ ...recipient, address, news: telling }));
    }
    default:
      return [{ ...recipient, news: telling }];
  }
}

type Person = Recipient & { userId: string; addressBefore: string | null; addressWanted: string | null };

/** A person who has a mail address. One that waits for its proof has time left; one from before a change has not. */
async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select name, users.email as address, locale, login_id as "userId",
      case when expires_at <= now() then email_changes.email end as "addressBefore",
      case when expires_at > now() then email_changes.email end as "addressWanted"
    from users left join email_changes on email_changes.user_id = users.id
    where users.id = ${id} and users.email is not null and disabled_at is null`.execute(tx);
  return rows[0];
}

async function invitationNews(tx: Tx, id: string, hours: number): Promise<Addressed[]> {
  const { path, hash } = newLink('/invitation');
  const { rows } = await sql<Recipient & { merchantName: string | null }>`
    update invitations set token_hash = ${hash}, expires_at = now() + make_interval(hours => ${hours})
    where id = ${id}
    returning name, email as address, locale,
      (select merchants.name from merchants where merchants.mid = invitations.mid) as "merchantName"`.execute(
    tx,
  );
  return rows.map(({ merchantName, ...recipient }) => ({
    ...recipient,
    news: { kind: 'invitation', path, hours, merchantName },
  }));
}

/** A person has one live link: a new one takes the place of the one before. */
async function newResetLink(tx: Tx, userId: string): Promise<string> {
  const { path, hash } = newLink('/reset-password');
  await sql`
    insert into password_resets (user_id, token_hash, expires_at)
    values (${userId}, ${hash}, now() + make_interval(mins => ${linkMinutes}))
    on conflict (user_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`.execute(
    tx,
  );
  return path;
}

async function newConfirmationLink(tx: Tx, userId: string): Promise<string> {
  const { path, hash } = newLink('/confirm-email');
  await tx.updateTable('email_changes').set({ token_hash: hash }).where('user_id', '=', userId).execute();
  return path;
}
