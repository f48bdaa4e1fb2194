import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';
import type { EventRow } from './event-columns.ts';
import type { SealedSecret } from './secrets.ts';

/** A delivery that one worker has in hand. */
export type Claimed = {
  id: string;
  endpointId: string;
  createdAt: Date;
  tries: number;
  url: string;
  secrets: SealedSecret[];
  event: EventRow | null;
};

type Claim = { endpointId: string; atMost: number; now: Date };

/** Longer than any try takes: a worker that died keeps others from a delivery no longer than this. */
const holdSeconds = 30;

/**
 * Takes in hand what is due for an endpoint, oldest first: of each case only its first delivery that is not done, so that
 * a case's events arrive in order. What another worker holds is left to it.
 */
export async function claimDeliveries(tx: Tx, { endpointId, atMost, now }: Claim): Promise<Claimed[]> {
  const { rows } = await sql<Row>`
    with due as (
      select id from webhook_deliveries waiting
      where endpoint_id = ${endpointId} and state = 'pending' and next_attempt_at <= ${now}
        and (taken_until is null or taken_until <= ${now})
        and not exists (
          select from webhook_deliveries earlier
          where earlier.endpoint_id = ${endpointId} and earlier.case_id = waiting.case_id
            and earlier.state = 'pending' and earlier.position < waiting.position)
        and (event_id is null or exists (select from webhook_endpoints where id = ${endpointId} and off_reason is null))
      order by next_attempt_at, position
      limit ${atMost}
      for update skip locked
    ), taken as (
      update webhook_deliveries set taken_until = ${now}::timestamptz + make_interval(secs => ${holdSeconds})
      from due where webhook_deliveries.id = due.id
      returning webhook_deliveries.*
    )
    select taken.id, taken.endpoint_id as "endpointId", taken.created_at as "createdAt", taken.tries, endpoint.url,
      (select coalesce(json_agg(json_build_object('id', id, 'sealed', encode(sealed_secret, 'hex'))
          order by expires_at desc nulls first), '[]')
        from webhook_secrets
        where endpoint_id = endpoint.id and (expires_at is null or expires_at > ${now})) as secrets,
      events.id as "eventId", events.type, events.case_id as "caseId", events.sequence, events.version, events.status,
      events.notification_type as "notificationType", events.mid, events.sid, events.institution_id as "institutionId",
      events.institution_reference as "institutionReference", events.at
    from taken join webhook_endpoints endpoint on endpoint.id = taken.endpoint_id
      left join events on events.id = taken.event_id
    order by taken.position`.execute(tx);
  return rows.map(({ id, endpointId: _, createdAt, tries, url, secrets, ...event }) => ({
    ...{ id, endpointId, createdAt, tries, url, secrets },
    event: event.eventId === null ? null : (event as EventRow),
  }));
}

type Row = Omit<Claimed, 'event'> & { [Column in keyof EventRow]: EventRow[Column] | null };

/** The endpoints for which something is due. */
export async function findDue(tx: Tx, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from webhook_endpoints
    where exists (select from webhook_deliveries
      where endpoint_id = webhook_endpoints.id and state = 'pending' and next_attempt_at <= ${now}
        and (off_reason is null or event_id is null))
    order by id`.execute(tx);
  return rows.map(({ id }) => id);
}
