import { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { prose } from '#src/platform/http/prose.ts';
import { getCaseRetention } from './get-case-retention.ts';
import { getRetention } from './get-retention.ts';
import { holdCase, liftHold } from './hold-case.ts';
import { CaseRetention, Retention } from './retention-schemas.ts';

const tag = 'Retention';
const params = z.object({ caseId: apiValues.caseId });
const reasonBody = z.object({ reason: z.string().trim().min(1).pipe(prose(1000)) });
const operatorsRead = { kinds: ['operator'], right: 'read_cases' } as const;
const operatorsHold = { kinds: ['operator'], right: 'manage_retention' } as const;

/** How long personal data is kept, and legal holds. */
export const retentionEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/retention',
    summary: 'Read what is kept for how long, what is due to be erased, and what is held',
    tag,
    access: operatorsRead,
    status: 200,
    reply: Retention,
    refusals: [],
    looks: { action: 'case.look', at: ({ held }) => held.map(({ caseId }) => caseId) },
    read: (db) => getRetention(db),
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/retention',
    summary: 'Read how long the personal data of a case is kept',
    tag,
    access: operatorsRead,
    params,
    status: 200,
    reply: CaseRetention,
    refusals: ['invalid_request', 'case_not_found'],
    looks: { action: 'case.look', at: (_, { caseId }) => [caseId] },
    read: getCaseRetention,
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/legal-hold',
    summary: 'Put a legal hold on a case',
    description: 'Its personal data is not erased until the hold is lifted.',
    tag,
    access: operatorsHold,
    params,
    body: reasonBody,
    status: 201,
    reply: CaseRetention,
    refusals: ['invalid_request', 'case_not_found', 'case_held', 'case_erased', 'cross_site'],
    change: async (tx, actor: OperatorActor, input) => {
      await holdCase(tx, actor, input);
      return getCaseRetention(tx, actor, input);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/legal-hold/lift',
    summary: 'Lift the legal hold on a case',
    tag,
    access: operatorsHold,
    params,
    body: reasonBody,
    status: 200,
    reply: CaseRetention,
    refusals: ['invalid_request', 'case_not_found', 'case_not_held', 'case_erased', 'cross_site'],
    change: async (tx, actor: OperatorActor, input) => {
      await liftHold(tx, actor, input);
      return getCaseRetention(tx, actor, input);
    },
  }),
];
