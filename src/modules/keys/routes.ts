import { z } from 'zod';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { keyExport } from './export-keys.ts';
import { listKeys } from './find-keys.ts';
import { issueKey } from './issue-key.ts';
import { ApiKey, ApiKeyPage, IssuedKey, KeyFilter, KeyName, NewKey, Rotation } from './key-schemas.ts';
import { renameKey } from './rename-key.ts';
import { revokeKey } from './revoke-key.ts';
import { rotateKey } from './rotate-key.ts';

const tag = 'API keys';
const admins = { kinds: ['merchant', 'operator'], right: 'manage_keys' } as const;
const keyParams = z.object({ keyId: z.uuid() });

/** A key is shown once: a retry learns what was made, and not the key. */
const keeps = ({ apiKey }: z.input<typeof IssuedKey>) => ({ apiKey, secret: null });

/** Making, replacing and ending API keys: a merchant's admin for their merchant, an operator admin for all. */
export const keyEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api-keys',
    summary: 'List API keys',
    description: 'Newest first, also those that no longer work.',
    tag,
    access: admins,
    query: KeyFilter,
    status: 200,
    reply: ApiKeyPage,
    refusals: ['invalid_request'],
    read: listKeys,
  }),
  ...exportEndpoints({
    path: '/api-keys',
    name: 'api-keys',
    summary: 'The list of API keys as a file',
    tag,
    access: admins,
    query: KeyFilter.omit({ limit: true, cursor: true }),
    shape: keyExport,
  }),
  endpoint({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make an API key',
    description:
      'The reply holds the key; it is shown this once. Its scopes are at most the rights of who makes it.',
    tag,
    access: admins,
    stepUp: true,
    body: NewKey,
    status: 201,
    reply: IssuedKey,
    refusals: ['invalid_request', 'not_found', 'scopes_not_held', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    keeps,
    change: issueKey,
  }),
  endpoint({
    method: 'PUT',
    path: '/api-keys/:keyId',
    summary: 'Rename an API key',
    tag,
    access: admins,
    stepUp: true,
    params: keyParams,
    body: KeyName,
    status: 200,
    reply: ApiKey,
    refusals: ['invalid_request', 'not_found', 'key_not_active', 'cross_site'],
    change: renameKey,
  }),
  endpoint({
    method: 'POST',
    path: '/api-keys/:keyId/rotation',
    summary: 'Replace an API key by a new one',
    description: 'The old key works on for the overlap, so that systems can change over without a gap.',
    tag,
    access: admins,
    stepUp: true,
    params: keyParams,
    body: Rotation,
    status: 201,
    reply: IssuedKey,
    refusals: [
      'invalid_request',
      'not_found',
      'key_not_active',
      'scopes_not_held',
      'cross_site',
      'idempotency_key_reused',
    ],
    idempotent: true,
    keeps,
    change: rotateKey,
  }),
  endpoint({
    method: 'POST',
    path: '/api-keys/:keyId/revocation',
    summary: 'Revoke an API key at once',
    tag,
    access: admins,
    stepUp: true,
    params: keyParams,
    status: 200,
    reply: ApiKey,
    refusals: ['invalid_request', 'not_found', 'cross_site'],
    change: revokeKey,
  }),
];
