import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { addMerchant, changeMerchant } from './change-merchant.ts';
import { merchantExport } from './export-parties.ts';
import { getMerchant, listMerchants } from './list-merchants.ts';
import { Merchant, MerchantChange, MerchantFilter, MerchantPage, NewMerchant } from './merchant-schemas.ts';
import { versionIn } from './version-in.ts';

const tag = 'Merchants';
const operators = { kinds: ['operator'], right: 'read_cases' } as const;
const admins = { kinds: ['operator'], right: 'manage_parties' } as const;
const params = z.object({ mid: apiValues.mid });

/** 加盟店: every operator reads them, an admin makes, changes and stops them and their services. */
export const partyEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/merchants',
    summary: 'List merchants',
    ...{ tag, access: operators },
    query: MerchantFilter.extend({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: MerchantPage,
    refusals: ['invalid_request'],
    read: listMerchants,
  }),
  endpoint({
    method: 'POST',
    path: '/merchants',
    summary: 'Add a merchant with its services',
    ...{ tag, access: admins },
    body: NewMerchant,
    status: 201,
    reply: Merchant,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'merchant_exists', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: addMerchant,
  }),
  endpoint({
    method: 'GET',
    path: '/merchants/:mid',
    summary: 'Read a merchant and its services',
    ...{ tag, access: operators },
    params,
    status: 200,
    reply: Merchant,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found'],
    read: getMerchant,
  }),
  endpoint({
    method: 'PUT',
    path: '/merchants/:mid',
    summary: 'Change or stop a merchant and its services',
    description:
      'Services that are new are added; none is removed. Nothing more is taken in for what is stopped.',
    ...{ tag, access: admins },
    params,
    body: MerchantChange,
    status: 200,
    reply: Merchant,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found', 'version_required', 'changed_meanwhile', 'cross_site'],
    change: (tx, actor: Actor, input, { ifMatch }) =>
      changeMerchant(tx, actor, { ...input, version: versionIn(ifMatch) }),
  }),
  ...exportEndpoints({
    path: '/merchants',
    name: 'merchants',
    summary: 'The list of merchants as a file',
    ...{ tag, access: operators },
    query: MerchantFilter,
    shape: merchantExport,
  }),
];
