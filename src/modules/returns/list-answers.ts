import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import { openAnswer, openPersonalData, sealedColumns, toRegisteredAnswer } from '#src/modules/cases/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Acting, Reader } from '#src/platform/transaction.ts';
import type { ReturnedAnswerPage } from './return-schemas.ts';

type Filter = {
  limit: number;
  cursor?: string | undefined;
  since?: string | undefined;
  institutionId?: string | undefined;
};
type Page = z.input<typeof ReturnedAnswerPage>;

/**
 * The answers registered since a cursor, every version of each, in the order of the feed of events: who goes on from the cursor
 * given here skips nothing and reads nothing twice. A page that shows answers is recorded with it; an empty one shows nothing.
 */
export const readAnswers = ({ inTransaction }: Acting, actor: Actor, filter: Filter): Promise<Page> =>
  inTransaction(async (tx) => {
    const page = await listAnswers(tx, actor, filter);
    if (page.data.length > 0) {
      const cases = [...new Set(page.data.map(({ caseId }) => caseId))];
      const isMasked = page.data.some(({ personalData }) => personalData === 'masked');
      tx.record('answer.fetch', cases, {
        answers: page.data.length,
        personalData: isMasked ? 'masked' : 'shown',
      });
    }
    return page;
  });

async function listAnswers(db: Reader, actor: Actor, filter: Filter): Promise<Page> {
  const { limit, cursor, since, institutionId } = filter;
  const rows = await selectReturned(db)
    .where('events.position', '>', cursor === undefined ? 0 : readCursor(cursor))
    .where(tenancyOf(actor, tenants))
    .$if(since !== undefined, (query) => query.where('answers.registered_at', '>=', new Date(since ?? 0)))
    .$if(institutionId !== undefined, (query) =>
      query.where('events.institution_id', '=', institutionId ?? ''),
    )
    .orderBy('events.position')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.position;
  return {
    data: page.map((row) => toReturned(db, actor, row)),
    nextCursor: last ? cursorOf(last) : (cursor ?? null),
    hasMore: rows.length > limit,
  };
}

const tenants = {
  mid: sql.ref('events.mid'),
  sid: sql.ref('events.sid'),
  institutionId: sql.ref('events.institution_id'),
};

const selectReturned = (db: Database) =>
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
    .select(['answers.version', 'answers.draft_version as draftVersion', 'answers.sha256', 'answers.late'])
    .select(['answers.sealed_answer as sealedAnswer', 'answers.registered_at as registeredAt'])
    .select('users.name as registeredBy');

type Row = Awaited<ReturnType<ReturnType<typeof selectReturned>['execute']>>[number];

function toReturned(db: Reader, actor: Actor, row: Row): Page['data'][number] {
  const { caseId, institutionId, institutionReference, mid, sid, notificationType } = row;
  const { sealedRequest, wrappedKey, version, draftVersion, sha256, late, sealedAnswer } = row;
  const personal = openPersonalData(db.vault, actor, { id: caseId, sealedRequest, wrappedKey });
  const { registeredAt, registeredBy } = row;
  const answer = { version, draftVersion, sha256, late, sealedAnswer, registeredAt, registeredBy };
  return {
    ...{ caseId, institutionId, institutionReference, mid, sid },
    notificationType: notificationType as Page['data'][number]['notificationType'],
    ...toRegisteredAnswer(actor, openAnswer(personal, answer)),
    previousVersion: version > 1 ? version - 1 : null,
    personalData: personal.state,
  };
}

const cursorOf = (position: number): string => Buffer.from(`a${position}`).toString('base64url');

function readCursor(cursor: string): number {
  const [, digits] = /^a(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
