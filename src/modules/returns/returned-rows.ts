import { sql } from 'kysely';
import type { z } from 'zod';
import {
  openAnswer,
  openPersonalData,
  type RegisteredAnswer,
  sealedColumns,
  toRegisteredAnswer,
} from '#src/modules/cases/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Reader } from '#src/platform/transaction.ts';

/** Registered answers with what they answer, at their places in the feed; whose and from where on is for who asks. */
export const selectReturned = (db: Database) =>
  db
    .selectFrom('events')
    .innerJoin('answers', (join) =>
      join.onRef('answers.case_id', '=', 'events.case_id').onRef('answers.version', '=', 'events.version'),
    )
    .innerJoin('cases', 'cases.id', 'events.case_id')
    .leftJoin('case_keys', 'case_keys.case_id', 'events.case_id')
    .leftJoin('users', 'users.id', 'answers.registered_by')
    .where('events.type', '=', sql.lit('case.answered'))
    .where('events.position', 'is not', null)
    .select(['events.position', 'events.case_id as caseId', 'events.institution_id as institutionId'])
    .select(['events.institution_reference as institutionReference', 'events.mid', 'events.sid'])
    .select(['events.notification_type as notificationType', ...sealedColumns])
    .select(['cases.tracking_id as trackingId', 'cases.order_id as orderId'])
    .select(['cases.amount_value as amountValue', 'cases.amount_currency as amountCurrency'])
    .select(['answers.version', 'answers.draft_version as draftVersion', 'answers.sha256', 'answers.late'])
    .select(['answers.sealed_answer as sealedAnswer', 'answers.registered_at as registeredAt'])
    .select('users.name as registeredBy');

export type ReturnedRow = Awaited<ReturnType<ReturnType<typeof selectReturned>['execute']>>[number];

/** An answer of such a row, opened as far as the actor may see it. */
export function openReturned(db: Reader, actor: Actor, row: ReturnedRow) {
  const { caseId, sealedRequest, wrappedKey, version, draftVersion, sha256, late, sealedAnswer } = row;
  const personal = openPersonalData(db.vault, actor, { id: caseId, sealedRequest, wrappedKey });
  const { registeredAt, registeredBy } = row;
  const answer = { version, draftVersion, sha256, late, sealedAnswer, registeredAt, registeredBy };
  return { ...toRegisteredAnswer(actor, openAnswer(personal, answer)), personalData: personal.state };
}

/** The same as the institution sees it that asked, for the files that the product itself writes to it. */
export const openForInstitution = (db: Reader, row: ReturnedRow): z.input<typeof RegisteredAnswer> =>
  openReturned(
    db,
    { kind: 'institution', id: '', name: '', rights: new Set(), institutionId: row.institutionId },
    row,
  );
