import { sql } from 'kysely';
import type { z } from 'zod';
import type { Problem } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { toProblemItem } from '#src/platform/http/problem.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type {
  AdapterMessage,
  AdapterMessageInFull,
  AdapterMessagePage,
  outcomes,
} from './adapter-schemas.ts';

type Outcome = (typeof outcomes)[number];
type Filter = {
  adapterId?: string | undefined;
  outcome?: Outcome | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** A page of what providers sent, the newest first. */
export async function listMessages(
  db: Database,
  actor: Actor,
  { adapterId, outcome, limit, cursor }: Filter,
  locale: Locale,
): Promise<z.input<typeof AdapterMessagePage>> {
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await selectMessages(db, actor)
    .$if(adapterId !== undefined, (query) => query.where('adapter_id', '=', adapterId ?? ''))
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
    // Ids are made in the order of time.
    .$if(before !== undefined, (query) => query.where('adapter_messages.id', '<', before ?? ''))
    .orderBy('adapter_messages.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return {
    data: page.map((row) => toMessage(row, locale)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One message with what was sent, to the byte. */
export async function getMessage(
  db: Reader,
  actor: Actor,
  messageId: string,
  locale: Locale,
): Promise<z.input<typeof AdapterMessageInFull>> {
  const row = await selectMessages(db, actor)
    .select('sealed_body')
    .where('adapter_messages.id', '=', messageId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  const place = placeOf('adapter_messages.sealed_body', messageId);
  const body = row.sealed_body && db.vault.open(row.sealed_body, place).toString();
  return { ...toMessage(row, locale), body };
}

const selectMessages = (db: Database, actor: Actor) =>
  db
    .selectFrom('adapter_messages')
    .innerJoin('adapters', 'adapters.id', 'adapter_messages.adapter_id')
    .select([
      ...(['adapter_messages.id', 'adapter_id', 'adapters.name', 'adapter_messages.institution_id'] as const),
      ...(['event_key', 'reference', 'outcome', 'problems', 'case_id', 'times', 'received_at'] as const),
      sql<boolean>`outcome = 'refused' and sealed_body is not null`.as('canRunAgain'),
    ])
    .where(tenancyOf(actor, { institutionId: sql.ref('adapter_messages.institution_id') }));

type Row = Awaited<ReturnType<ReturnType<typeof selectMessages>['executeTakeFirstOrThrow']>>;

const toMessage = (row: Row, locale: Locale): z.input<typeof AdapterMessage> => ({
  id: row.id,
  adapterId: row.adapter_id,
  adapterName: row.name,
  institutionId: row.institution_id,
  eventKey: row.event_key,
  reference: row.reference,
  outcome: row.outcome as Outcome,
  errors: (row.problems as unknown as Problem[]).map((problem) => toProblemItem(problem, locale)),
  caseId: row.case_id,
  times: row.times,
  receivedAt: row.received_at.toISOString(),
  canRunAgain: row.canRunAgain,
});

function readCursor(cursor: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) return cursor;
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}
