import { sql } from 'kysely';
import type { Shokai } from '#src/main/shokai.ts';
import { openLetter } from '#src/modules/mail/sealed-letter.ts';
import type { Database } from '#src/platform/database.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';

type Opening = Pick<Shokai, 'vault'> & { db: Database };

/** The mails of a merchant, or with null of nobody's, as they are handed over, with the cases each tells of. */
export async function mailsOf({ db, vault }: Opening, mid: string | null) {
  const rows = await db
    .selectFrom('mails')
    .select(['id', 'state', 'message_id', 'sealed_letter'])
    .select((eb) =>
      eb
        .selectFrom('mail_cases')
        .select(sql<string[]>`array_agg(case_id order by case_id)`.as('ids'))
        .whereRef('mail_id', '=', 'mails.id')
        .as('caseIds'),
    )
    .where('mid', 'is not distinct from', mid)
    .execute();
  return rows
    .map(({ sealed_letter, ...row }) => {
      const { toAddress, toName, ...letter } = openLetter(vault, row.id, sealed_letter);
      return { ...row, ...letter, to: toAddress, toName };
    })
    .sort((a, b) => (a.to < b.to ? -1 : 1));
}

type SealedRow = { case_id: string; wrapped_key: Buffer | null; sealed: Buffer | null };

/** What stands sealed in a draft or an answer; null once it was erased. */
export function openedJson(
  { vault }: Opening,
  { case_id, wrapped_key, sealed }: SealedRow,
  place: ['drafts.sealed_content' | 'answers.sealed_answer', number],
): any {
  if (!wrapped_key || !sealed) return null;
  const key = vault.caseKey(case_id, wrapped_key);
  return JSON.parse(key.open(sealed, placeOf(place[0], case_id, place[1])).toString());
}
