import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import {
  Adapter,
  AdapterMessageInFull,
  AdapterMessagePage,
  AdapterSettingsBody,
  Adapters,
  NewAdapter,
  NewAdapterSecret,
  outcomes,
  Received,
  Tried,
  TryMessage,
} from './adapter-schemas.ts';
import { addAdapter, changeAdapter, replaceSecret } from './change-adapter.ts';
import { messageExport } from './export-messages.ts';
import { listAdapters } from './find-adapters.ts';
import { getMessage, listMessages } from './find-messages.ts';
import { type AdapterParts, receiveMessage } from './receive-message.ts';
import { runAgain } from './run-again.ts';
import { tryMessage } from './try-message.ts';

const tag = 'Adapters';
const admins = { kinds: ['operator'], right: 'manage_adapters' } as const;
const operators = { kinds: ['operator'], right: 'take_in_cases' } as const;
const adapterParams = z.object({ adapterId: z.uuid() });
const messageParams = z.object({ messageId: z.uuid() });
const refusals = ['invalid_request', 'not_found', 'cross_site'] as const;

/** Connections with providers, what they sent, and where they send it. */
export const adapterEndpoints = (parts: AdapterParts): readonly Endpoint[] => [
  receiving(parts),
  listing,
  ...managing(parts),
  trying,
  ...messages,
];

const receiving = (parts: AdapterParts): Endpoint =>
  endpoint({
    method: 'POST',
    path: '/adapters/:adapterId/messages',
    summary: 'Receive what a provider sends',
    description:
      'For the webhooks of Stripe (`Stripe-Signature`), Adyen (`hmacSignature` of every item) and, for a mapping, Standard Webhooks. ' +
      'Answers 200 as soon as the message is safely stored, whatever became of it; a message sent again does nothing.',
    tag,
    access: 'public',
    // Whoever asks for an adapter that is not there learns nothing: it is refused like a wrong signature.
    params: z.object({ adapterId: z.string().max(100) }),
    documentedBody: z.looseObject({}),
    status: 200,
    reply: Received,
    refusals: ['invalid_request', 'wrong_signature', 'too_large'],
    stages: async (_, __, { adapterId }, { bytes, header }) => {
      const kind = await receiveMessage(parts, { adapterId, body: bytes(), header });
      return kind === 'adyen' ? '[accepted]' : { received: true as const };
    },
  });

const managing = ({ sealing }: AdapterParts): readonly Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/adapters',
    summary: 'Connect an institution with a provider',
    tag,
    access: admins,
    stepUp: true,
    body: NewAdapter,
    status: 201,
    reply: Adapter,
    refusals: ['invalid_request', 'cross_site'],
    change: addAdapter(sealing),
  }),
  endpoint({
    method: 'PUT',
    path: '/adapters/:adapterId',
    summary: 'Change how an adapter reads messages',
    tag,
    access: admins,
    params: adapterParams,
    body: AdapterSettingsBody,
    status: 200,
    reply: Adapter,
    refusals,
    change: changeAdapter,
  }),
  endpoint({
    method: 'POST',
    path: '/adapters/:adapterId/secrets',
    summary: 'Replace the secret that a provider signs with',
    description: 'The secret before is believed as well until the overlap is over.',
    tag,
    access: admins,
    stepUp: true,
    params: adapterParams,
    body: NewAdapterSecret,
    status: 201,
    reply: Adapter,
    refusals,
    change: replaceSecret(sealing),
  }),
];

const listing = endpoint({
  method: 'GET',
  path: '/adapters',
  summary: 'List adapters',
  tag,
  access: operators,
  status: 200,
  reply: Adapters,
  refusals: [],
  read: listAdapters,
});

const trying = endpoint({
  method: 'POST',
  path: '/adapters/:adapterId/trials',
  summary: 'See what a message would become',
  tag,
  access: admins,
  params: adapterParams,
  body: TryMessage,
  status: 200,
  reply: Tried,
  refusals,
  stages: (acting, _: Actor, input, { locale }) => tryMessage(acting, input, locale),
});

const messages: readonly Endpoint[] = [
  ...exportEndpoints({
    path: '/adapter-messages',
    name: 'adapter-messages',
    summary: 'The list of what providers sent as a file',
    tag,
    access: operators,
    query: z.object({ adapterId: z.uuid().optional(), outcome: z.enum(outcomes).optional() }),
    shape: messageExport,
  }),
  endpoint({
    method: 'GET',
    path: '/adapter-messages',
    summary: 'List what providers sent',
    tag,
    access: operators,
    query: z.object({
      adapterId: z.uuid().optional(),
      outcome: z.enum(outcomes).optional(),
      limit: apiValues.limit,
      cursor: apiValues.cursor.optional(),
    }),
    status: 200,
    reply: AdapterMessagePage,
    refusals: ['invalid_request'],
    read: (db, actor: Actor, filter, { locale }) => listMessages(db, actor, filter, locale),
  }),
  endpoint({
    method: 'GET',
    path: '/adapter-messages/:messageId',
    summary: 'Read a message of a provider to the byte',
    tag,
    access: { kinds: ['operator'], right: 'read_personal_data' },
    params: messageParams,
    status: 200,
    reply: AdapterMessageInFull,
    refusals: ['invalid_request', 'not_found'],
    looks: { action: 'adapter.look', at: ({ id }) => [id] },
    read: (db, actor: Actor, { messageId }, { locale }) => getMessage(db, actor, messageId, locale),
  }),
  endpoint({
    method: 'POST',
    path: '/adapter-messages/:messageId/runs',
    summary: 'Read a refused message again',
    description: 'By the rules as they are now. A message that became a case is left as it is.',
    tag,
    access: operators,
    params: messageParams,
    status: 200,
    reply: AdapterMessageInFull,
    refusals,
    stages: (acting, actor: Actor, input, { locale }) => runAgain(acting, actor, input, locale),
  }),
];
