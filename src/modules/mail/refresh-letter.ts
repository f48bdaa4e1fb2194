import type { Tx } from '#src/platform/transaction.ts';
import type { Letter } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { withMailId } from './link-of-mail.ts';
import { type SealedLetter, sealLetter } from './sealed-letter.ts';
import { textHash } from './text-hash.ts';

/** `writtenAs`: the mail that reminded first, where this one is sent again for it; else itself. */
type Waiting = { id: string; writtenAs: string; toName: string };

type Refreshed = { id: string; mid: string | null; copy_of: string | null; letter: SealedLetter };

/**
 * Asked just before a mail is handed over, in the transaction that takes it in hand, what it has to say by now: nothing more
 * (`over`), something else, or (undefined) what was written. What it looks at it locks.
 */
export type Refresh = (tx: Tx, mail: Waiting) => Promise<Letter | 'over' | undefined>;

/** The letter as it is to leave now; unset when it has nothing more to say, and then its mail is cancelled. */
export async function refreshLetter(
  tx: Tx,
  { id, mid, copy_of, letter }: Refreshed,
  refresh: Refresh,
): Promise<SealedLetter | undefined> {
  const now = await refresh(tx, { id, writtenAs: copy_of ?? id, toName: letter.toName });
  if (now === undefined) return letter;
  if (now === 'over') {
    await tx
      .updateTable('mails')
      .set({ state: 'cancelled', taken_until: null })
      .where('id', '=', id)
      .execute();
    return undefined;
  }
  const said = mid === null ? now : withMailId(now, id);
  const written = { ...letter, subject: said.subject, text: letterText(said), html: letterHtml(said) };
  await tx
    .updateTable('mails')
    .set({ sealed_letter: sealLetter(tx.vault, id, written), text_sha256: textHash(written.text) })
    .where('id', '=', id)
    .execute();
  return written;
}
