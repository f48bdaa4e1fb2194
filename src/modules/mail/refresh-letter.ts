import type { Tx } from '#src/platform/transaction.ts';
import type { Letter } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { type SealedLetter, sealLetter } from './sealed-letter.ts';
import { textHash } from './text-hash.ts';

type Waiting = { id: string; toName: string };

/**
 * Asked just before a mail is handed over, in the transaction that takes it in hand, what it has to say by now: nothing more
 * (`over`), something else, or (undefined) what was written. What it looks at it locks.
 */
export type Refresh = (tx: Tx, mail: Waiting) => Promise<Letter | 'over' | undefined>;

/** The letter as it is to leave now; unset when it has nothing more to say, and then its mail is cancelled. */
export async function refreshLetter(
  tx: Tx,
  { id, letter, refresh }: { id: string; letter: SealedLetter; refresh: Refresh },
): Promise<SealedLetter | undefined> {
  const now = await refresh(tx, { id, toName: letter.toName });
  if (now === undefined) return letter;
  if (now === 'over') {
    await tx
      .updateTable('mails')
      .set({ state: 'cancelled', taken_until: null })
      .where('id', '=', id)
      .execute();
    return undefined;
  }
  const written = { ...letter, subject: now.subject, text: letterText(now), html: letterHtml(now) };
  await tx
    .updateTable('mails')
    .set({ sealed_letter: sealLetter(tx.vault, id, written), text_sha256: textHash(written.text) })
    .where('id', '=', id)
    .execute();
  return written;
}
