import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { caseMailExport, undeliveredExport } from './export-mails.ts';
import { listCaseMails } from './list-case-mails.ts';
import { listUndelivered } from './list-undelivered.ts';
import { CaseMails, ChosenMails, SentAgain, SettledMails, UndeliveredMails } from './mail-schemas.ts';
import { tellVisit } from './note-visit.ts';
import { sendAgain } from './send-again.ts';
import { askForTestMail } from './send-test-mail.ts';
import { settleMails } from './settle-mails.ts';
import type { MailParts } from './write-mail.ts';

const tag = 'Mails';

/** What became of mails, what is done about those that did not arrive, and a mail to try an address. */
export const mailEndpoints = (how: MailParts): readonly Endpoint[] => [
  ...looking,
  ...dealingWithUndelivered(how),
];

const looking: readonly Endpoint[] = [
  ...exportEndpoints({
    path: '/cases/:caseId/mails',
    name: 'mails',
    summary: 'The delivery log of a case as a file',
    tag,
    access: { kinds: ['operator'], right: 'read_cases' },
    params: z.object({ caseId: apiValues.caseId }),
    query: z.object({}),
    refusals: ['invalid_request', 'case_not_found'],
    shape: caseMailExport,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/mails',
    summary: 'Read the delivery log of a case',
    description:
      'Every mail that told of it, to whom, and what the mail server said. Nothing in it is ever changed.',
    tag,
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
  endpoint({
    method: 'POST',
    path: '/mails/:mailId/visits',
    summary: 'Tell that one came by the link of a mail',
    description:
      'For browsers: the link of a mail names it. Noted once for each person in the delivery log of a mail to their merchant; any other is left alone, and the reply is the same.',
    tag,
    access: { kinds: ['merchant', 'operator'], right: 'read_cases' },
    params: z.object({ mailId: z.uuid() }),
    status: 204,
    refusals: ['invalid_request', 'cross_site'],
    change: tellVisit,
  }),
];

const operatorsHandle = { kinds: ['operator'], right: 'handle_cases' } as const;

const dealingWithUndelivered = (how: MailParts): readonly Endpoint[] => [
  ...exportEndpoints({
    path: '/mails/undelivered',
    name: 'undelivered-mails',
    summary: 'The mails that did not arrive as a file',
    tag,
    access: { kinds: ['operator'], right: 'read_cases' },
    query: z.object({}),
    shape: undeliveredExport,
  }),
  endpoint({
    method: 'GET',
    path: '/mails/undelivered',
    summary: 'List mails that did not arrive',
    description: 'The newest first: those that no operator has had sent again or settled.',
    tag,
    access: { kinds: ['operator'], right: 'read_cases' },
    query: z.object({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: UndeliveredMails,
    refusals: ['invalid_request'],
    read: listUndelivered,
  }),
  endpoint({
    method: 'POST',
    path: '/mails/undelivered/sendings',
    summary: 'Send mails again that did not arrive',
    description:
      'Each as a new mail with a log of its own, to the address that its contact has by now. One that does not wait any more is not sent twice.',
    tag,
    access: operatorsHandle,
    body: ChosenMails,
    status: 200,
    reply: SentAgain,
    refusals: ['invalid_request', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: sendAgain(how),
  }),
  endpoint({
    method: 'POST',
    path: '/mails/undelivered/settlements',
    summary: 'Settle mails that did not arrive: nothing more is to be done',
    tag,
    access: operatorsHandle,
    body: ChosenMails,
    status: 200,
    reply: SettledMails,
    refusals: ['invalid_request', 'cross_site'],
    change: settleMails,
  }),
];
