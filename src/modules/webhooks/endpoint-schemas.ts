import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';
import { EventTypeName } from './event-schemas.ts';

const { mid, sid, instant } = apiValues;

const name = z.string().trim().min(1).pipe(prose(100));
const url = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .meta({ description: 'https, and reachable from the internet', example: 'https://example.jp/hooks' });
const eventTypeList = z
  .array(EventTypeName)
  .min(1)
  .transform((types) => [...new Set(types)].sort());

/** What may be set of an endpoint. */
export const EndpointSettings = z
  .strictObject({ name, url, eventTypes: eventTypeList })
  .meta({ id: 'WebhookEndpointSettings' });

export const NewEndpoint = EndpointSettings.extend({
  mid: mid.optional().meta({ description: 'For operators: the merchant it is for' }),
  institutionId: z
    .string()
    .max(32)
    .optional()
    .meta({ description: 'For operators: the institution it is for' }),
}).meta({ id: 'NewWebhookEndpoint' });

/** Where somebody is told of events. */
export const WebhookEndpoint = z
  .object({
    id: z.uuid(),
    mid: mid.nullable(),
    sids: z.array(sid).nullable().meta({ description: 'The services it hears of; null for all' }),
    institutionId: z.string().nullable(),
    ownerName: z.string(),
    name: z.string(),
    url: z.string(),
    eventTypes: z.array(EventTypeName),
    isOn: z.boolean(),
    offReason: z.enum(['gone', 'failing', 'by_owner']).nullable().meta({
      description:
        'gone: it answered 410. failing: it accepted nothing for 75 hours. by_owner: somebody switched it off',
    }),
    offAt: instant.nullable(),
    failingSince: instant.nullable().meta({ description: 'It has accepted nothing since' }),
    deliveredAt: instant.nullable().meta({ description: 'About when it last accepted something' }),
    waiting: z.number().int().meta({ description: 'Deliveries under way, counted to 1,000' }),
    dead: z.number().int().meta({ description: 'Deliveries that were given up, counted to 1,000' }),
    secretsUntil: z
      .array(instant.nullable())
      .meta({ description: 'Until when each secret signs; null for the one that stays' }),
    createdAt: instant,
  })
  .meta({ id: 'WebhookEndpoint' });

export const WebhookEndpointPage = z
  .object({ data: z.array(WebhookEndpoint), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookEndpointPage' });

/** An endpoint with a secret that was made just now: it is shown this once. */
export const EndpointWithSecret = z
  .object({
    endpoint: WebhookEndpoint,
    secret: z.string().meta({ description: 'What deliveries are verified with', example: 'whsec_…' }),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });

export const SecretRotation = z
  .strictObject({
    overlapHours: z.number().int().min(0).max(168).default(24).meta({
      description: 'For how long the secret before signs as well',
    }),
  })
  .meta({ id: 'WebhookSecretRotation' });

const deliveryHead = {
  id: z.uuid(),
  endpointId: z.uuid(),
  eventId: z.uuid().nullable().meta({ description: 'null for a test' }),
  type: z.string(),
  caseId: apiValues.caseId.nullable(),
  sequence: z.number().int().nullable(),
  state: z.enum(['pending', 'delivered', 'dead']),
  tries: z.number().int(),
  createdAt: instant,
  nextAttemptAt: instant.nullable(),
  lastStatus: z.number().int().nullable(),
  lastReason: z.string().nullable(),
};

/** One delivery among many. */
export const WebhookDelivery = z.object(deliveryHead).meta({ id: 'WebhookDelivery' });

export const WebhookDeliveryPage = z
  .object({ data: z.array(WebhookDelivery), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryPage' });

/** A delivery with all that was sent and what came back. */
export const WebhookDeliveryInFull = z
  .object({
    ...deliveryHead,
    body: z.string().meta({ description: 'What is sent, to the byte' }),
    attempts: z.array(
      z.object({
        at: instant,
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        status: z.number().int().nullable(),
        reason: z.string().nullable().meta({ description: 'Why no status came back' }),
        responseBody: z.string().nullable().meta({ description: 'How the answer began' }),
        milliseconds: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'WebhookDeliveryInFull' });

export const Replayed = z
  .object({ replayed: z.number().int() })
  .meta({ id: 'ReplayedWebhooks', description: 'How many deliveries are sent again' });
