import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { prose } from '#src/platform/http/prose.ts';
import { Case, CaseCounts, CaseEvent, CaseFilter, CasePage, PersonalDataState } from './case-schemas.ts';
import { withdrawCase } from './close-cases.ts';
import { countCases } from './count-cases.ts';
import { caseExport } from './export-cases.ts';
import { getCase } from './get-case.ts';
import { listCases } from './list-cases.ts';
import { versionOf } from './personal-data.ts';

const tag = 'Cases';
const everybody = { kinds: ['merchant', 'institution', 'operator'], right: 'read_cases' } as const;
const caseParams = z.object({ caseId: apiValues.caseId });
const reasonBody = z.object({ reason: z.string().trim().min(1).pipe(prose(1000)) });

/** Reading cases, and the steps that institutions and operators take with them. */
export const caseEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/cases',
    summary: 'List cases',
    description: 'Most urgent first. Shows only what the caller may see.',
    tag,
    access: everybody,
    query: CaseFilter.extend({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: CasePage,
    refusals: ['invalid_request'],
    read: listCases,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/counts',
    summary: 'Count cases by category and status',
    tag,
    access: everybody,
    query: z.object({ mid: apiValues.mid.optional(), sid: apiValues.sid.optional() }),
    status: 200,
    reply: CaseCounts,
    refusals: ['invalid_request'],
    read: countCases,
  }),
  ...exportEndpoints({
    path: '/cases',
    name: 'cases',
    summary: 'The list of cases as a file',
    tag,
    access: everybody,
    query: CaseFilter,
    shape: caseExport,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId',
    summary: 'Read a case',
    tag,
    access: everybody,
    params: caseParams,
    status: 200,
    reply: Case,
    refusals: ['invalid_request', 'case_not_found'],
    version: ({ events, draft, personalData }) =>
      versionOf(`${events.length}.${draft?.version ?? 0}`, personalData),
    looks: {
      action: 'case.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData }),
    },
    read: getCase,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/events',
    summary: 'Read the history of a case',
    tag,
    access: everybody,
    params: caseParams,
    status: 200,
    reply: z.object({ data: z.array(CaseEvent), personalData: PersonalDataState }).meta({ id: 'CaseEvents' }),
    refusals: ['invalid_request', 'case_not_found'],
    version: ({ data, personalData }) => versionOf(data.length, personalData),
    looks: {
      action: 'case.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData }),
    },
    read: async (db, actor: Actor, input) => {
      const { events, personalData } = await getCase(db, actor, input);
      return { data: events, personalData };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/withdrawal',
    summary: 'Take a request back',
    tag,
    access: { kinds: ['institution', 'operator'], right: 'withdraw_cases' },
    params: caseParams,
    body: reasonBody,
    status: 201,
    reply: Case,
    idempotent: true,
    refusals: [
      'invalid_request',
      'case_not_found',
      'action_not_possible',
      'case_erased',
      'idempotency_key_reused',
      'cross_site',
    ],
    change: async (tx, actor: Actor, input) => {
      await withdrawCase(tx, actor, input);
      return getCase(tx, actor, input);
    },
  }),
];
