import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { listCaseMails } from './list-case-mails.ts';
import { CaseMails } from './mail-schemas.ts';

/** What became of the mails about a case. */
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
];
