import { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { CaseRequest } from '../request-schema.ts';
import { CheckedRequest, checkRequest } from './check-request.ts';
import { findKnownPayment, KnownPayment } from './find-known-payment.ts';
import {
  addTemplate,
  changeTemplate,
  listTemplates,
  NewTemplate,
  removeTemplate,
  Template,
  Templates,
  TemplateWords,
} from './templates.ts';

const tag = 'Intake';
const operators = { kinds: ['operator'], right: 'take_in_cases' } as const;
const templateParams = z.object({ templateId: z.uuid() });
const ofVersion = ['not_found', 'version_required', 'changed_meanwhile', 'cross_site'] as const;

/** What the form for one request (依頼の登録) needs besides `POST /cases`. */
export const formEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/intake/check',
    summary: 'Check a request before it is taken in',
    description: 'Stores nothing. Tells what is wrong with each field, and when the answer would be due.',
    tag,
    access: operators,
    body: z.looseObject({}),
    documentedBody: CaseRequest,
    tellsCardNumbers: true,
    status: 200,
    reply: CheckedRequest,
    refusals: ['invalid_request', 'request_invalid', 'different_content', 'cross_site'],
    read: checkRequest,
  }),
  endpoint({
    method: 'GET',
    path: '/intake/payments',
    summary: 'Find a payment that an earlier case of the merchant is about',
    tag,
    access: operators,
    query: z.object({ mid: apiValues.mid, trackingId: z.string().regex(/^\d{14}$/) }),
    status: 200,
    reply: KnownPayment,
    refusals: ['invalid_request'],
    looks: { action: 'case.look', at: ({ caseId }) => (caseId ? [caseId] : []) },
    read: findKnownPayment,
  }),
  ...templateEndpoints(),
];

function templateEndpoints(): readonly Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/supplement-templates',
      summary: 'List an institution\u2019s templates of the supplement',
      tag,
      access: operators,
      query: z.object({ institutionId: z.string().max(32) }),
      status: 200,
      reply: Templates,
      refusals: ['invalid_request'],
      read: listTemplates,
    }),
    endpoint({
      method: 'POST',
      path: '/supplement-templates',
      summary: 'Add a template of the supplement',
      tag,
      access: operators,
      body: NewTemplate,
      status: 201,
      reply: Template,
      idempotent: true,
      refusals: ['invalid_request', 'template_exists', 'idempotency_key_reused', 'cross_site'],
      change: addTemplate,
    }),
    endpoint({
      method: 'PUT',
      path: '/supplement-templates/:templateId',
      summary: 'Change a template of the supplement',
      tag,
      access: operators,
      params: templateParams,
      body: TemplateWords,
      status: 200,
      reply: Template,
      refusals: ['invalid_request', 'template_exists', ...ofVersion],
      change: (tx, actor: OperatorActor, input, { ifMatch }) =>
        changeTemplate(tx, actor, { ...input, version: versionIn(ifMatch) }),
    }),
    endpoint({
      method: 'DELETE',
      path: '/supplement-templates/:templateId',
      summary: 'Remove a template of the supplement',
      tag,
      access: operators,
      params: templateParams,
      status: 204,
      refusals: ['invalid_request', ...ofVersion],
      change: (tx, actor: OperatorActor, input, { ifMatch }) =>
        removeTemplate(tx, actor, { ...input, version: versionIn(ifMatch) }),
    }),
  ];
}

function versionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined || !/^\d{1,9}$/.test(ifMatch)) throw new Refusal('version_required');
  return Number(ifMatch);
}
