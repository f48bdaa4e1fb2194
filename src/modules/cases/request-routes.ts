import { z } from 'zod';
import type { MerchantActor, OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { prose } from '#src/platform/http/prose.ts';
import { askOperator } from './ask-operator.ts';
import { Case } from './case-schemas.ts';
import { endCorrection } from './close-cases.ts';
import { decideRequest, openCorrection } from './decide-request.ts';
import { getCase } from './get-case.ts';

const tag = 'Cases';
const caseParams = z.object({ caseId: apiValues.caseId });
const numbered = caseParams.extend({ number: z.coerce.number().int().min(1).max(10_000) });
const reason = z.string().trim().min(1).pipe(prose(1000));
const dueAt = apiValues.instant.optional();
const operators = { kinds: ['operator'], right: 'open_corrections' } as const;
const merchants = { kinds: ['merchant'], right: 'answer_cases' } as const;
const always = [
  ...(['invalid_request', 'case_not_found', 'action_not_possible', 'case_erased'] as const),
  ...(['idempotency_key_reused', 'cross_site'] as const),
] as const;

const asking = (kind: 'correction' | 'extension', summary: string): Endpoint =>
  endpoint({
    method: 'POST',
    path: `/cases/:caseId/${kind}-requests`,
    summary,
    description: 'One thing at a time; an operator decides. The reason stands in the history of the case.',
    tag,
    access: merchants,
    params: caseParams,
    body: z.object({ reason }),
    status: 201,
    reply: Case,
    idempotent: true,
    refusals: [...always, 'request_open', 'case_expired'],
    change: async (tx, actor: MerchantActor, input) => {
      await askOperator(tx, actor, { ...input, kind });
      return getCase(tx, actor, input);
    },
  });

const deciding = (kind: 'correction' | 'extension', summary: string): Endpoint =>
  endpoint({
    method: 'POST',
    path: `/cases/:caseId/${kind}-requests/:number/decision`,
    summary,
    description:
      kind === 'correction'
        ? 'Granting it opens the case for the next version, until `dueAt` or for seven days.'
        : 'Granting it takes `dueAt`, the new due instant.',
    tag,
    access: operators,
    params: numbered,
    body: z
      .object({ decision: z.enum(['granted', 'refused']), reason, dueAt })
      .refine((sent) => kind === 'correction' || sent.decision === 'refused' || sent.dueAt !== undefined, {
        path: ['dueAt'],
        error: 'required',
      }),
    status: 200,
    reply: Case,
    idempotent: true,
    refusals: [...always, 'request_decided', 'second_person_needed', 'case_expired'],
    change: async (tx, actor: OperatorActor, input) => {
      await decideRequest(tx, actor, { ...input, kind });
      return getCase(tx, actor, input);
    },
  });

/** What comes after an answer, or instead of one in time: corrections, further questions, extensions. */
export const requestEndpoints: readonly Endpoint[] = [
  asking('correction', 'Ask for a correction of the registered answer'),
  deciding('correction', 'Decide whether an answer is corrected'),
  asking('extension', 'Ask for a later due instant'),
  deciding('extension', 'Decide whether a case is due later'),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/corrections',
    summary: 'Open an answered case for a correction or a further question',
    description:
      'The registered answer stays readable; the merchant registers the next version until `dueAt`, or within seven days. ' +
      'It grants a correction that the merchant asked for.',
    tag,
    access: operators,
    params: caseParams,
    body: z.object({ reason, dueAt, because: z.enum(['correction', 'follow_up']).default('correction') }),
    status: 201,
    reply: Case,
    idempotent: true,
    refusals: [...always, 'second_person_needed'],
    change: async (tx, actor: OperatorActor, input) => {
      await openCorrection(tx, actor, input);
      return getCase(tx, actor, input);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/corrections/end',
    summary: 'End a correction that does not come',
    description: 'The version registered before stands.',
    tag,
    access: operators,
    params: caseParams,
    body: z.object({ reason }),
    status: 200,
    reply: Case,
    idempotent: true,
    refusals: always,
    change: async (tx, actor: OperatorActor, input) => {
      await endCorrection(tx, actor, input);
      return getCase(tx, actor, input);
    },
  }),
];
