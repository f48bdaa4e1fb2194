import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type MayCall, requireCallable } from './callable-url.ts';
import type { EndpointSettings, WebhookEndpoint } from './endpoint-schemas.ts';
import { getEndpoint } from './find-endpoints.ts';
import { lockEndpoint } from './lock-endpoint.ts';

type Change = z.output<typeof EndpointSettings> & { endpointId: string };

/** Changes where an endpoint is and what it is told. What is on its way goes to the new address. */
export const changeEndpoint =
  (mayCall: MayCall) =>
  async (
    tx: Tx,
    actor: Actor,
    { endpointId, name, url, eventTypes }: Change,
  ): Promise<z.input<typeof WebhookEndpoint>> => {
    await lockEndpoint(tx, actor, endpointId);
    requireCallable(mayCall, url);
    await tx
      .updateTable('webhook_endpoints')
      .set({ name, url, event_types: eventTypes })
      .where('id', '=', endpointId)
      .execute();
    tx.record('webhook.change', [endpointId]);
    return getEndpoint(tx, actor, endpointId);
  };
