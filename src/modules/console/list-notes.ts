import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { maskedText } from '#src/domain/mask.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { CaseNotes } from './console-schemas.ts';

/** The internal notes of a case, the oldest first; none once it was erased, and masked for who may not read personal data. */
export async function listNotes(
  db: Reader,
  actor: OperatorActor,
  { caseId }: { caseId: string },
): Promise<z.input<typeof CaseNotes>> {
  const row = await db
    .selectFrom('cases')
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select('case_keys.wrapped_key as wrappedKey')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('case_notes')
          .leftJoin('users', 'users.id', 'case_notes.written_by')
          .select(['case_notes.id', 'users.name as writtenBy', 'case_notes.written_at as writtenAt'])
          .select(sql<string>`encode(case_notes.sealed_body, 'base64')`.as('sealed'))
          .whereRef('case_notes.case_id', '=', 'cases.id')
          .where('case_notes.sealed_body', 'is not', null)
          .orderBy('case_notes.id'),
      ).as('notes'),
    )
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  if (!row) throw new Refusal('case_not_found');
  if (!row.wrappedKey) return { caseId, data: [] };
  const key = db.vault.caseKey(caseId, row.wrappedKey);
  const isMasked = !actor.rights.has('read_personal_data');
  const data = row.notes.map(({ id, sealed, writtenBy, writtenAt }) => {
    const body = key.open(Buffer.from(sealed, 'base64'), placeOf('case_notes.sealed_body', id)).toString();
    const shown = isMasked ? (maskedText(body) ?? '') : body;
    return { id, body: shown, writtenBy, writtenAt: instantText(new Date(writtenAt)) };
  });
  return { caseId, data };
}
