import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { addContact } from './add-contact.ts';
import { changeContact, removeContact } from './change-contact.ts';
import { Contact, Contacts, NewContact } from './contact-schemas.ts';
import { contactExport } from './export-contacts.ts';
import { listContacts } from './find-contacts.ts';
import { institutionEndpoints } from './institution-routes.ts';
import { partyEndpoints } from './merchant-routes.ts';
import { versionIn } from './version-in.ts';

const tag = 'Contacts';
const admins = { kinds: ['merchant', 'operator'], right: 'manage_contacts' } as const;
const merchantParams = z.object({ mid: apiValues.mid });
const contactParams = z.object({ contactId: z.uuid() });

/** Whom a merchant wants told of new requests: a merchant's admin for their merchant, an operator admin for all. */
export const merchantEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/merchants/:mid/contacts',
    summary: 'List a merchant’s contacts',
    description: 'With the services of which nobody would be told.',
    tag,
    access: admins,
    params: merchantParams,
    status: 200,
    reply: Contacts,
    refusals: ['invalid_request', 'not_found'],
    read: listContacts,
  }),
  ...exportEndpoints({
    path: '/merchants/:mid/contacts',
    name: 'contacts',
    summary: 'A merchant’s contacts as a file',
    tag,
    access: admins,
    params: merchantParams,
    query: z.object({}),
    refusals: ['invalid_request', 'not_found'],
    shape: contactExport,
  }),
  endpoint({
    method: 'POST',
    path: '/merchants/:mid/contacts',
    summary: 'Add a contact',
    tag,
    access: admins,
    stepUp: true,
    params: merchantParams,
    body: NewContact,
    status: 201,
    reply: Contact,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found', 'contact_exists', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: addContact,
  }),
  endpoint({
    method: 'PUT',
    path: '/contacts/:contactId',
    summary: 'Change a contact',
    tag,
    access: admins,
    stepUp: true,
    params: contactParams,
    body: NewContact,
    status: 200,
    reply: Contact,
    version: ({ version }) => version,
    refusals: [
      'invalid_request',
      'not_found',
      'version_required',
      'contact_changed',
      'contact_exists',
      'cross_site',
    ],
    change: (tx, actor: Actor, input, { ifMatch }) =>
      changeContact(tx, actor, { ...input, version: versionIn(ifMatch) }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/contacts/:contactId',
    summary: 'Remove a contact',
    tag,
    access: admins,
    stepUp: true,
    params: contactParams,
    status: 204,
    refusals: ['invalid_request', 'not_found', 'version_required', 'contact_changed', 'cross_site'],
    change: (tx, actor: Actor, input, { ifMatch }) =>
      removeContact(tx, actor, { ...input, version: versionIn(ifMatch) }),
  }),
  ...institutionEndpoints,
  ...partyEndpoints,
];
