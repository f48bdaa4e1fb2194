import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { ReplyState } from '#src/domain/replies.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Reply, ReplyPage } from './reply-schemas.ts';

type Filter = {
  adapterId?: string | undefined;
  state?: ReplyState | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** A page of the answers that are sent to providers, the newest first. */
export async function listReplies(
  db: Database,
  actor: Actor,
  { adapterId, state, limit, cursor }: Filter,
): Promise<z.input<typeof ReplyPage>> {
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await selectReplies(db, actor)
    .$if(adapterId !== undefined, (query) => query.where('reply.adapter_id', '=', adapterId ?? ''))
    .$if(state !== undefined, (query) => query.where('reply.state', '=', state ?? 'failed'))
    .$if(before !== undefined, (query) =>
      query.where(
        sql<boolean>`(reply.created_at, reply.id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`,
      ),
    )
    .orderBy('reply.created_at', 'desc')
    .orderBy('reply.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(toReply),
    nextCursor: rows.length > limit && last ? `${last.exactly} ${last.id}` : null,
  };
}

export async function getReply(db: Database, actor: Actor, replyId: string): Promise<z.input<typeof Reply>> {
  const row = await selectReplies(db, actor).where('reply.id', '=', replyId).executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return toReply(row);
}

/** Sent again is what failed, or what nobody could have sent yet; never a version that is not the last. */
const canSendAgain = sql<boolean>`
  (reply.state = 'failed' and reply.reason is distinct from 'erased'
    or reply.state = 'none' and reply.reason = 'replies_off')
  and not exists (select from adapter_replies later
    where later.case_id = reply.case_id and later.version > reply.version)`;

export const selectReplies = (db: Database, actor: Actor) =>
  db
    .selectFrom('adapter_replies as reply')
    .innerJoin('adapters', 'adapters.id', 'reply.adapter_id')
    .selectAll('reply')
    .select(['adapters.name as adapterName', canSendAgain.as('canSendAgain')])
    .select(
      sql<string>`to_char(reply.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
        'exactly',
      ),
    )
    .where(tenancyOf(actor, { institutionId: sql.ref('reply.institution_id') }));

type Selected = Awaited<ReturnType<ReturnType<typeof selectReplies>['executeTakeFirstOrThrow']>>;
type Instants = 'next_attempt_at' | 'created_at' | 'ended_at' | 'taken_until';

/** A row of it, also as PostgreSQL writes one in JSON. */
export type ReplyRow = Omit<Selected, Instants> & {
  [Column in Instants]: string | Selected[Column];
};

export const toReply = (row: ReplyRow): z.input<typeof Reply> => ({
  id: row.id,
  adapterId: row.adapter_id,
  adapterName: row.adapterName,
  caseId: row.case_id,
  version: row.version,
  reference: row.reference,
  state: row.state,
  reason: row.reason,
  providerReference: row.provider_reference,
  tries: row.tries,
  nextAttemptAt: row.state === 'waiting' ? instantText(new Date(row.next_attempt_at)) : null,
  createdAt: instantText(new Date(row.created_at)),
  endedAt: row.ended_at && instantText(new Date(row.ended_at)),
  canSendAgain: row.canSendAgain,
});

function readCursor(cursor: string): { at: string; id: string } {
  const form =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
  const [, at, id] = form.exec(cursor) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
