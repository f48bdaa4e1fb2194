import { z } from 'zod';
import { assignCase, Case, getCase } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { Assignment, CaseNotes, Inbox, NewNote, Operators } from './console-schemas.ts';
import { countInbox } from './count-inbox.ts';
import { getCaseAsMerchant } from './get-case-as-merchant.ts';
import { listNotes } from './list-notes.ts';
import { listOperators } from './list-operators.ts';
import { findEverything } from './search/find-everything.ts';
import { Everything, SearchedFor } from './search/search-schemas.ts';
import { writeNote } from './write-note.ts';

const tag = 'Console';
const params = z.object({ caseId: apiValues.caseId });
const operatorsRead = { kinds: ['operator'], right: 'read_cases' } as const;
const operatorsHandle = { kinds: ['operator'], right: 'handle_cases' } as const;
const refusals = ['invalid_request', 'case_not_found', 'case_erased', 'cross_site'] as const;

/** What operators alone see and do of cases. */
export const consoleEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/inbox',
    summary: 'Count what waits for an operator',
    tag,
    access: operatorsRead,
    status: 200,
    reply: Inbox,
    refusals: [],
    read: (db, actor: OperatorActor) => countInbox(db, actor),
  }),
  endpoint({
    method: 'GET',
    path: '/operators',
    summary: 'List the operators who can look after cases',
    tag,
    access: operatorsHandle,
    status: 200,
    reply: Operators,
    refusals: [],
    read: (db) => listOperators(db),
  }),
  endpoint({
    method: 'GET',
    path: '/search',
    summary: 'Look for cases, merchants, institutions and users by one word',
    description:
      'Starts of case numbers, tracking ids, order ids and institutions’ references, whole customer ids, and any part of a name, MID, id or mail address.',
    tag,
    access: operatorsRead,
    query: SearchedFor,
    status: 200,
    reply: Everything,
    refusals: ['invalid_request'],
    read: findEverything,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/as-merchant',
    summary: 'Read a case exactly as its merchant is told of it',
    tag,
    access: operatorsRead,
    params,
    status: 200,
    reply: Case,
    refusals: ['invalid_request', 'case_not_found'],
    looks: {
      action: 'case.look',
      at: (_, { caseId }) => [caseId],
      details: ({ personalData }) => ({ personalData, asMerchant: true }),
    },
    read: getCaseAsMerchant,
  }),
  endpoint({
    method: 'PUT',
    path: '/cases/:caseId/assignee',
    summary: 'Have an operator look after a case, or nobody',
    tag,
    access: operatorsHandle,
    params,
    body: Assignment,
    status: 200,
    reply: Case,
    refusals,
    change: async (tx, actor: OperatorActor, input) => {
      await assignCase(tx, actor, input);
      return getCase(tx, actor, input);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/notes',
    summary: 'Read the internal notes of a case',
    tag,
    access: operatorsRead,
    params,
    status: 200,
    reply: CaseNotes,
    refusals: ['invalid_request', 'case_not_found'],
    looks: { action: 'case.look', at: ({ caseId }) => [caseId] },
    read: listNotes,
  }),
  endpoint({
    method: 'POST',
    path: '/cases/:caseId/notes',
    summary: 'Add an internal note to a case',
    description: 'For operators alone. It cannot be changed, and is erased with the case.',
    tag,
    access: operatorsHandle,
    params,
    body: NewNote,
    status: 201,
    reply: CaseNotes,
    refusals: [...refusals, 'idempotency_key_reused'],
    idempotent: true,
    change: async (tx, actor: OperatorActor, input) => {
      await writeNote(tx, actor, input);
      return listNotes(tx, actor, input);
    },
  }),
];
