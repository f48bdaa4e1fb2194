import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { Replayed, WebhookDelivery, WebhookDeliveryInFull, WebhookDeliveryPage } from './endpoint-schemas.ts';
import { deliveryExport } from './export-deliveries.ts';
import { getDeliveryInFull, listDeliveries } from './find-deliveries.ts';
import { replayDead, replayDelivery } from './replay-deliveries.ts';
import { sendTest } from './send-test.ts';

const tag = 'Webhooks';
const managers = { kinds: ['merchant', 'institution', 'operator'], right: 'manage_webhooks' } as const;
const endpointParams = z.object({ endpointId: z.uuid() });
const deliveryParams = z.object({ deliveryId: z.uuid() });
const refusals = ['invalid_request', 'not_found', 'cross_site'] as const;

/** Looking at deliveries, trying an endpoint, and sending again. */
export const deliveryEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/webhook-endpoints/:endpointId/deliveries',
    summary: 'List the deliveries of a webhook endpoint',
    description:
      'Newest first. What arrived is kept for 30 days, what did not until the endpoint is removed.',
    tag,
    access: managers,
    params: endpointParams,
    query: z.object({
      state: z.enum(['pending', 'delivered', 'dead']).optional(),
      limit: apiValues.limit,
      cursor: apiValues.cursor.optional(),
    }),
    status: 200,
    reply: WebhookDeliveryPage,
    refusals: ['invalid_request', 'not_found'],
    read: listDeliveries,
  }),
  ...exportEndpoints({
    path: '/webhook-endpoints/:endpointId/deliveries',
    name: 'webhook-deliveries',
    summary: 'The deliveries of a webhook endpoint as a file',
    tag,
    access: managers,
    params: endpointParams,
    query: z.object({ state: z.enum(['pending', 'delivered', 'dead']).optional() }),
    refusals: ['invalid_request', 'not_found'],
    shape: deliveryExport,
  }),
  endpoint({
    method: 'POST',
    path: '/webhook-endpoints/:endpointId/test-events',
    summary: 'Send a test to a webhook endpoint',
    description: 'Its type is webhook.test. It is sent once, also to an endpoint that is switched off.',
    tag,
    access: managers,
    stepUp: true,
    params: endpointParams,
    status: 201,
    reply: WebhookDelivery,
    refusals: [...refusals, 'test_under_way'],
    change: sendTest,
  }),
  endpoint({
    method: 'POST',
    path: '/webhook-endpoints/:endpointId/replay',
    summary: 'Send again all that was given up for a webhook endpoint',
    tag,
    access: managers,
    stepUp: true,
    params: endpointParams,
    status: 200,
    reply: Replayed,
    refusals,
    change: replayDead,
  }),
  endpoint({
    method: 'GET',
    path: '/webhook-deliveries/:deliveryId',
    summary: 'Read a webhook delivery with its requests and responses',
    tag,
    access: managers,
    params: deliveryParams,
    status: 200,
    reply: WebhookDeliveryInFull,
    refusals: ['invalid_request', 'not_found'],
    read: getDeliveryInFull,
  }),
  endpoint({
    method: 'POST',
    path: '/webhook-deliveries/:deliveryId/replay',
    summary: 'Send one webhook delivery again',
    tag,
    access: managers,
    stepUp: true,
    params: deliveryParams,
    status: 200,
    reply: WebhookDelivery,
    refusals,
    change: replayDelivery,
  }),
];
