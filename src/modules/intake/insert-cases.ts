import { sql } from 'kysely';
import { instantText } from '#src/domain/days.ts';
import { categoryOf, type NotificationCode } from '#src/domain/notification-types.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { CaseRequest } from './request-schema.ts';
import { insertKeys, sealCase } from './seal-case.ts';

/** A request that is right, and what is known of the case that it becomes. */
export type Valid = {
  id: string;
  request: CaseRequest;
  /** As the request says, or what its service sells. */
  goods: Goods;
  /** Its service links detailed product names, and it has none. */
  lacksProductName: boolean;
  fingerprint: Buffer;
  dueAt: Date;
  expiresAt: Date;
};

/** Who stands in the history of a case as having sent it in. */
export type Sender = Pick<Actor | SystemActor, 'kind' | 'id'>;

/**
 * What a new case is made of, and of which type: each column goes to the database as one array, so that the statement is the same
 * for any number of cases and is not read anew for each of their values.
 */
const columns = {
  ...{ id: 'text', institution_id: 'text', institution_reference: 'text', request_fingerprint: 'bytea' },
  ...{ category: 'text', notification_type: 'text', status: 'text', mid: 'text', sid: 'text' },
  ...{ requested_at: 'timestamptz', due_at: 'timestamptz', expires_at: 'timestamptz' },
  ...{ tracking_id: 'text', payment_method: 'text', amount_value: 'bigint', amount_currency: 'text' },
  ...{ order_id: 'text', paid_at: 'timestamptz', product_name_known: 'boolean', goods: 'text' },
  ...{ sealed_request: 'bytea', customer_index: 'bytea' },
} as const;

type Column = keyof typeof columns;
type Row = Record<Exclude<Column, 'sealed_request' | 'customer_index'>, unknown>;

const names = Object.keys(columns) as Column[];

/** Stores requests as cases with their keys; tells which were not there before. */
export async function insertCases(
  tx: Tx,
  institutionId: string,
  valid: readonly Valid[],
): Promise<Set<string>> {
  const sealed = valid.map((each) => sealCase(tx, each));
  const made: Record<Column, unknown>[] = valid.flatMap((each, index) => {
    const own = sealed[index];
    return own ? [{ ...toRow(institutionId, each), ...own.columns }] : [];
  });
  const arrays = names.map((name) => sql`${made.map((row) => row[name])}::${sql.raw(columns[name])}[]`);
  const { rows } = await sql<{ id: string }>`
    insert into cases (${sql.join(names.map((name) => sql.ref(name)))}) select * from unnest(${sql.join(arrays)})
    on conflict (institution_id, institution_reference) do nothing returning id`.execute(tx);
  const created = new Set(rows.map(({ id }) => id));
  await insertKeys(
    tx,
    sealed.filter(({ id }) => created.has(id)),
  );
  return created;
}

function toRow(institutionId: string, { id, request, goods, fingerprint, dueAt, expiresAt }: Valid): Row {
  const { payment } = request;
  const notificationType = request.notificationType as NotificationCode;
  return {
    id,
    institution_id: institutionId,
    institution_reference: request.institutionReference,
    request_fingerprint: fingerprint,
    category: categoryOf(notificationType),
    notification_type: notificationType,
    status: 'received' as const,
    mid: request.mid,
    sid: request.sid,
    requested_at: instantText(new Date(request.requestedAt)),
    due_at: dueAt,
    expires_at: expiresAt,
    tracking_id: payment.trackingId,
    payment_method: payment.method,
    amount_value: payment.amount.value,
    amount_currency: payment.amount.currency,
    order_id: payment.orderId ?? null,
    paid_at: instantText(new Date(payment.paidAt)),
    product_name_known: Boolean(payment.productName?.trim()),
    goods,
  };
}

/** Writes into the history of cases that they came in. */
export async function writeReceived(tx: Tx, { kind, id }: Sender, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`
    insert into case_events (case_id, sequence, action, to_status, actor_kind, actor_id)
    select case_id, 1, 'receive', 'received', ${kind}, ${id} from unnest(${[...caseIds]}::text[]) as made (case_id)`.execute(
    tx,
  );
}
