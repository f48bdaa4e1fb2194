import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { listCaseMails } from './list-case-mails.ts';
import { CaseMails } from './mail-schemas.ts';
import { askForTestMail } from './send-test-mail.ts';

/** What became of mails, and a mail to try an address. */
export const mailEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/mails',
    summary: 'Read the delivery log of a case',
    description:
      'Every mail that told of it, to whom, and what the mail server said. Nothing in it is ever changed.',
    tag: 'Mails',
    access: { kinds: ['operator'], right: 'read_cases' },
    params: z.object({ caseId: apiValues.caseId }),
    status: 200,
    reply: CaseMails,
    refusals: ['invalid_request', 'case_not_found'],
    looks: { action: 'case.look', at: (_, { caseId }) => [caseId] },
    read: listCaseMails,
  }),
  endpoint({
    method: 'POST',
    path: '/contacts/:contactId/test-mails',
    summary: 'Send a contact a test mail',
    description: 'A contact that could not be reached counts as reachable again, until a mail comes back.',
    tag: 'Contacts',
    access: { kinds: ['merchant', 'operator'], right: 'manage_contacts' },
    params: z.object({ contactId: z.uuid() }),
    status: 204,
    refusals: ['invalid_request', 'not_found', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: askForTestMail,
  }),
];
