import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { addEndpoint, type EndpointParts } from './add-endpoint.ts';
import { changeEndpoint } from './change-endpoint.ts';
import { deliveryEndpoints } from './delivery-routes.ts';
import {
  EndpointSettings,
  EndpointWithSecret,
  NewEndpoint,
  SecretRotation,
  WebhookEndpoint,
  WebhookEndpointPage,
} from './endpoint-schemas.ts';
import { EventPage } from './event-schemas.ts';
import { getEndpoint, listEndpoints } from './find-endpoints.ts';
import { listEvents } from './list-events.ts';
import { removeEndpoint } from './remove-endpoint.ts';
import { rotateSecret } from './rotate-secret.ts';
import { switchOff, switchOn } from './switch-endpoint.ts';

const tag = 'Webhooks';
const kinds = ['merchant', 'institution', 'operator'] as const;
const managers = { kinds, right: 'manage_webhooks' } as const;
const endpointParams = z.object({ endpointId: z.uuid() });
const refusals = ['invalid_request', 'not_found', 'cross_site'] as const;

/** The feed of events, the endpoints that are told of them, and the deliveries. */
export const webhookEndpoints = (parts: EndpointParts): readonly Endpoint[] => [
  ...reading,
  ...changing(parts),
  ...switching,
  ...deliveryEndpoints,
];

const reading: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/events',
    summary: 'Read what happened to cases since a cursor',
    description:
      'In order, nothing skipped: keep nextCursor and go on from it. Holds what webhooks hold, and is complete whether or not they arrive.',
    tag,
    access: { kinds, right: 'read_cases' },
    query: z.object({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: EventPage,
    refusals: ['invalid_request'],
    read: listEvents,
  }),
  endpoint({
    method: 'GET',
    path: '/webhook-endpoints',
    summary: 'List webhook endpoints',
    tag,
    access: managers,
    query: z.object({
      mid: apiValues.mid.optional(),
      institutionId: z.string().max(32).optional(),
      limit: apiValues.limit,
      cursor: apiValues.cursor.optional(),
    }),
    status: 200,
    reply: WebhookEndpointPage,
    refusals: ['invalid_request'],
    read: listEndpoints,
  }),
  endpoint({
    method: 'GET',
    path: '/webhook-endpoints/:endpointId',
    summary: 'Read a webhook endpoint',
    tag,
    access: managers,
    params: endpointParams,
    status: 200,
    reply: WebhookEndpoint,
    refusals: ['invalid_request', 'not_found'],
    read: (db, actor: Actor, { endpointId }) => getEndpoint(db, actor, endpointId),
  }),
];

const changing = ({ mayCall, sealing }: EndpointParts): readonly Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/webhook-endpoints',
    summary: 'Add a webhook endpoint',
    description:
      'The reply holds the secret that deliveries are verified with (Standard Webhooks); it is shown this once. A merchant or an institution has ten endpoints at most.',
    tag,
    access: managers,
    stepUp: true,
    body: NewEndpoint,
    status: 201,
    reply: EndpointWithSecret,
    refusals: [...refusals, 'url_not_callable', 'too_many_webhooks'],
    change: addEndpoint({ mayCall, sealing }),
  }),
  endpoint({
    method: 'PUT',
    path: '/webhook-endpoints/:endpointId',
    summary: 'Change a webhook endpoint',
    description: 'What is on its way goes to the new address.',
    tag,
    access: managers,
    stepUp: true,
    params: endpointParams,
    body: EndpointSettings,
    status: 200,
    reply: WebhookEndpoint,
    refusals: [...refusals, 'url_not_callable'],
    change: changeEndpoint(mayCall),
  }),
  endpoint({
    method: 'POST',
    path: '/webhook-endpoints/:endpointId/secret-rotation',
    summary: 'Replace the secret of a webhook endpoint',
    description: 'Deliveries carry the signatures of both secrets until the overlap is over.',
    tag,
    access: managers,
    stepUp: true,
    params: endpointParams,
    body: SecretRotation,
    status: 201,
    reply: EndpointWithSecret,
    refusals: [...refusals, 'secrets_overlap'],
    change: rotateSecret(sealing),
  }),
];

const switching: readonly Endpoint[] = [
  endpoint({
    method: 'DELETE',
    path: '/webhook-endpoints/:endpointId',
    summary: 'Remove a webhook endpoint with its deliveries',
    tag,
    access: managers,
    stepUp: true,
    params: endpointParams,
    status: 204,
    refusals: [...refusals, 'webhook_is_on'],
    change: removeEndpoint,
  }),
  ...[
    {
      name: 'activation',
      summary: 'Switch a webhook endpoint on; what has waited is sent at once',
      refusal: 'webhook_is_on' as const,
      change: switchOn,
    },
    {
      name: 'deactivation',
      summary: 'Switch a webhook endpoint off; what it is to be told waits',
      refusal: 'webhook_is_off' as const,
      change: switchOff,
    },
  ].map(({ name, summary, refusal, change }) =>
    endpoint({
      method: 'POST',
      path: `/webhook-endpoints/:endpointId/${name}`,
      summary,
      tag,
      access: managers,
      stepUp: true,
      params: endpointParams,
      status: 200,
      reply: WebhookEndpoint,
      refusals: [...refusals, refusal],
      change,
    }),
  ),
];
