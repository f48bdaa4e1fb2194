import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { SealingError } from '#src/platform/sealing.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Acting, Reader } from '#src/platform/transaction.ts';
import type { ReturnedAnswerPage } from './return-schemas.ts';
import { openReturned, type ReturnedRow, selectReturned } from './returned-rows.ts';

type Filter = {
  limit: number;
  cursor?: string | undefined;
  since?: string | undefined;
  institutionId?: string | undefined;
};
type Page = z.input<typeof ReturnedAnswerPage>;

export type ReadParts = { log: FastifyBaseLogger };

/**
 * The answers registered since a cursor, every version of each, in the order of the feed of events: who goes on from the cursor
 * given here skips nothing and reads nothing twice. A page that shows answers is recorded with it; an empty one shows nothing.
 */
export const readAnswers = (
  { inTransaction }: Acting,
  actor: Actor,
  filter: Filter,
  { log }: ReadParts,
): Promise<Page> =>
  inTransaction(async (tx) => {
    const page = await listAnswers(tx, actor, filter);
    const unreadable = page.data.filter(({ personalData }) => personalData === 'unreadable');
    for (const { caseId, version } of unreadable) log.error({ caseId, version }, 'an answer does not open');
    if (page.data.length > 0) {
      const cases = [...new Set(page.data.map(({ caseId }) => caseId))];
      const isMasked = page.data.some(({ personalData }) => personalData === 'masked');
      tx.record('answer.fetch', cases, {
        answers: page.data.length,
        personalData: isMasked ? 'masked' : 'shown',
        ...(unreadable.length > 0 && { unreadable: unreadable.length }),
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

function toReturned(db: Reader, actor: Actor, row: ReturnedRow): Page['data'][number] {
  const { caseId, institutionId, institutionReference, mid, sid, notificationType, version } = row;
  return {
    ...{ caseId, institutionId, institutionReference, mid, sid, notificationType },
    ...openAsFarAsItDoes(db, actor, row),
    previousVersion: version > 1 ? version - 1 : null,
  };
}

/**
 * One answer whose values were damaged keeps nobody from the others. It has its place in the feed, empty and marked: left out it
 * would be lost without a word.
 */
function openAsFarAsItDoes(db: Reader, actor: Actor, row: ReturnedRow) {
  try {
    return openReturned(db, actor, row);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    const nothing = openReturned(db, actor, { ...row, sealedRequest: null, wrappedKey: null });
    return { ...nothing, personalData: 'unreadable' as const };
  }
}

const cursorOf = (position: number): string => Buffer.from(`a${position}`).toString('base64url');

function readCursor(cursor: string): number {
  const [, digits] = /^a(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
