import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { EndpointWithSecret } from './endpoint-schemas.ts';
import { getEndpoint } from './find-endpoints.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { addSecret } from './secrets.ts';

/**
 * Gives an endpoint a new secret. Until the overlap is over deliveries are signed with the one before as well. Without an overlap
 * every other secret ends at once; with one, none of two that sign may be cut short.
 */
export const rotateSecret =
  (sealing: Sealing) =>
  async (
    tx: Tx,
    actor: Actor,
    { endpointId, overlapHours }: { endpointId: string; overlapHours: number },
  ): Promise<z.input<typeof EndpointWithSecret>> => {
    await lockEndpoint(tx, actor, endpointId);
    const { secretsUntil } = await getEndpoint(tx, actor, endpointId);
    if (overlapHours > 0 && secretsUntil.length > 1) throw new Refusal('secrets_overlap');
    await sql`
      update webhook_secrets set expires_at = least(expires_at, now() + make_interval(hours => ${overlapHours}))
      where endpoint_id = ${endpointId}`.execute(tx);
    const secret = await addSecret(tx, sealing, endpointId);
    tx.record('webhook.rotate_secret', [endpointId], { overlapHours });
    return { endpoint: await getEndpoint(tx, actor, endpointId), secret };
  };
