import type { Refresh, Sender } from '#src/modules/mail/index.ts';
import { digestLetter } from './digest-letter.ts';
import { readDigest } from './read-digest.ts';
import { aboutPlace } from './write-digest.ts';

/**
 * What a reminder has to say when it is handed over: the cases that still wait, locked. A case that was answered, withdrawn or closed
 * since it was written drops out, and a reminder of nothing is not sent.
 */
export const refreshReminder =
  (sender: Sender): Refresh =>
  async (tx, { id, writtenAs, toName }) => {
    const mail = await tx
      .selectFrom('reminder_mails')
      .innerJoin('mails', 'mails.id', 'reminder_mails.mail_id')
      .select(['audience', 'locale', 'mid', 'sid'])
      .where('mail_id', '=', writtenAs)
      .executeTakeFirst();
    if (!mail) return undefined;
    const told = await tx
      .selectFrom('mail_cases')
      .select('case_id')
      .where('mail_id', '=', writtenAs)
      .execute();
    const caseIds = told.map((row) => row.case_id);
    const digest = await readDigest(tx, caseIds);
    const left = new Set(digest.rows.map(({ caseId }) => caseId));
    const dropped = caseIds.filter((caseId) => !left.has(caseId));
    // The history of these cases must not say that somebody was told. What the first mail said stays true when it is sent again.
    if (dropped.length > 0 && id === writtenAs)
      await tx.updateTable('reminder_mails').set({ dropped }).where('mail_id', '=', writtenAs).execute();
    const [first] = digest.rows;
    if (!first) return 'over';
    const about = await aboutPlace(tx, mail, first.sid);
    return digestLetter(about, digest, { name: toName, locale: mail.locale, sender });
  };
