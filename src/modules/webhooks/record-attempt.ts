import { sql } from 'kysely';
import { longestFailureSeconds, waitAfter } from '#src/domain/webhook-schedule.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Claimed } from './claim-deliveries.ts';
import type { Attempt } from './send-delivery.ts';
import type { StoppedBecause } from './stopped-news.ts';

export type Recorded = {
  state: 'pending' | 'delivered' | 'dead';
  /** Why the endpoint was switched off by this try. */
  stopped?: StoppedBecause | undefined;
};

type Made = { delivery: Claimed; attempt: Attempt; chance: number };

/** Writes down what a try came to: done, to be tried again, or given up; and what it says of the endpoint. */
export async function recordAttempt(tx: Tx, { delivery, attempt, chance }: Made): Promise<Recorded> {
  // The endpoint may have been removed since.
  const still = await tx
    .selectFrom('webhook_deliveries')
    .select('state')
    .where('id', '=', delivery.id)
    .forUpdate()
    .executeTakeFirst();
  if (!still) return { state: 'dead' };
  await keepAttempt(tx, delivery.id, attempt);
  const isDelivered = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
  const isGone = attempt.status === 410;
  const tries = delivery.tries + 1;
  const asked = attempt.retryAfter;
  const wait = delivery.event && !isDelivered ? waitAfter({ tries, asked, chance }) : undefined;
  const failed = wait !== undefined || (isGone && delivery.event) ? 'pending' : 'dead';
  const state = isDelivered ? 'delivered' : failed;
  await tx
    .updateTable('webhook_deliveries')
    .set({
      ...{ state, tries, taken_until: null },
      next_attempt_at: new Date(attempt.at.getTime() + Math.round((wait ?? 0) * 1000)),
    })
    .where('id', '=', delivery.id)
    .execute();
  if (isDelivered) await noteDelivered(tx, delivery.endpointId, attempt.at);
  else if (delivery.event) {
    const stopped = await noteFailed(tx, delivery, { attempt, isGone, isGivenUp: state === 'dead' });
    return { state, stopped };
  }
  return { state };
}

async function keepAttempt(tx: Tx, deliveryId: string, attempt: Attempt): Promise<void> {
  await tx
    .insertInto('webhook_attempts')
    .values({
      id: newId(),
      delivery_id: deliveryId,
      at: attempt.at,
      url: attempt.url,
      signature: attempt.signature,
      status: attempt.status ?? null,
      reason: attempt.reason ?? null,
      response_body: attempt.status === undefined ? null : attempt.responseBody,
      milliseconds: attempt.milliseconds,
    })
    .execute();
}

/** Noted once a minute, or many deliveries at once would wait for this one row. */
async function noteDelivered(tx: Tx, endpointId: string, at: Date): Promise<void> {
  await sql`
    update webhook_endpoints set delivered_at = ${at}, failing_since = null
    where id = ${endpointId}
      and (failing_since is not null or delivered_at is null or delivered_at < ${at}::timestamptz - interval '1 minute')`.execute(
    tx,
  );
}

type Failure = { attempt: Attempt; isGone: boolean; isGivenUp: boolean };

/** Switches the endpoint off when it says that it is gone, or when it has accepted nothing for as long as a delivery is tried. */
async function noteFailed(
  tx: Tx,
  { endpointId, url }: Claimed,
  { attempt: { at }, isGone, isGivenUp }: Failure,
): Promise<StoppedBecause | undefined> {
  await sql`
    update webhook_endpoints set failing_since = ${at} where id = ${endpointId} and failing_since is null`.execute(
    tx,
  );
  if (!isGone && !isGivenUp) return undefined;
  const { rows } = await sql<{ reason: StoppedBecause }>`
    update webhook_endpoints set off_reason = ${isGone ? 'gone' : 'failing'}, off_at = ${at}
    where id = ${endpointId} and off_reason is null and url = ${url}
      and (${isGone} or failing_since <= ${at}::timestamptz - make_interval(secs => ${longestFailureSeconds}))
    returning off_reason as reason`.execute(tx);
  const stopped = rows[0]?.reason;
  if (stopped) tx.record('webhook.switch_off', [endpointId], { reason: stopped });
  return stopped;
}
