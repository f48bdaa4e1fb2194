import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import { eventColumns, toEvent } from './event-columns.ts';
import type { EventPage } from './event-schemas.ts';

type Page = { limit: number; cursor?: string | undefined };

/** What happened since a cursor, in order. Who goes on from the cursor given here skips nothing and reads nothing twice. */
export async function listEvents(
  db: Database,
  actor: Actor,
  { limit, cursor }: Page,
): Promise<z.input<typeof EventPage>> {
  const rows = await db
    .selectFrom('events')
    .select(eventColumns)
    .select('events.position')
    .where('events.position', '>', cursor === undefined ? 0 : readCursor(cursor))
    .where(
      tenancyOf(actor, {
        mid: sql.ref('events.mid'),
        sid: sql.ref('events.sid'),
        institutionId: sql.ref('events.institution_id'),
      }),
    )
    .orderBy('events.position')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.position;
  return {
    data: page.map(toEvent),
    nextCursor: last ? cursorOf(last) : (cursor ?? null),
    hasMore: rows.length > limit,
  };
}

const cursorOf = (position: number): string => Buffer.from(`e${position}`).toString('base64url');

function readCursor(cursor: string): number {
  const [, digits] = /^e(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
