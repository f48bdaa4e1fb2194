import type { Audience } from '#src/domain/reminder-ladder.ts';
import type { Locale } from '#src/domain/text.ts';
import { type MailParts, writeMail } from '#src/modules/mail/index.ts';
import { nameService } from '#src/modules/merchants/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type About, digestLetter } from './digest-letter.ts';
import { readDigest } from './read-digest.ts';

/** `id` where it is a contact. */
export type Recipient = { id?: string; name: string; email: string; locale: Locale };

type Place = { audience: Audience; mid: string | null; sid: string | null };

export type DigestOrder = Place & { to: readonly Recipient[]; caseIds: readonly string[] };

/** Writes one mail to each recipient about those of the cases that still wait; nothing when none does. */
export async function writeDigest(tx: Tx, order: DigestOrder, how: MailParts): Promise<void> {
  const digest = await readDigest(tx, order.caseIds);
  if (digest.rows.length === 0) return;
  const about = await aboutPlace(tx, order, digest.rows[0]?.sid);
  const caseIds = digest.rows.map(({ caseId }) => caseId);
  for (const { id, name, email, locale } of order.to) {
    const letter = digestLetter(about, digest, { name, locale, sender: how.sender });
    const mailId = await writeMail(tx, {
      to: { name, address: email, ...(id !== undefined && { contactId: id }) },
      letter,
      about: { mid: order.mid, sid: order.sid, caseIds },
      isRefreshed: true,
      ...how,
    });
    await tx
      .insertInto('reminder_mails')
      .values({ mail_id: mailId, audience: order.audience, locale })
      .execute();
  }
}

/** What the place is called that a digest is about. */
export async function aboutPlace(tx: Tx, { audience, mid, sid }: Place, anySid?: string): Promise<About> {
  const service = sid ?? anySid;
  const names = mid && service ? await nameService(tx, { mid, sid: service }) : undefined;
  return {
    ...{ audience, mid, sid },
    merchantName: names?.merchant ?? null,
    serviceName: (sid && names?.service) || null,
  };
}
