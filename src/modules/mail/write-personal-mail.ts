import type { PersonalNews } from '#src/domain/personal-news.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { personalLetter } from './personal-letter.ts';
import { type MailParts, writeMail } from './write-mail.ts';

type Recipient = { name: string; address: string; locale: Locale };

/** Writes to somebody about their own account. The mail belongs to no service and to no case. */
export const writePersonalMail =
  (how: MailParts) =>
  async (tx: Tx, { name, address, locale }: Recipient, news: PersonalNews): Promise<void> => {
    const letter = personalLetter(news, name, { sender: how.sender, locale });
    await writeMail(tx, { to: { name, address }, letter, about: null, ...how });
  };
