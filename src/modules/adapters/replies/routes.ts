import { z } from 'zod';
import type { ReplyState } from '#src/domain/replies.ts';
import { replyStates } from '#src/domain/replies.ts';
import type { Actor, OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import { Adapter } from '../adapter-schemas.ts';
import { getCaseReplies } from './case-replies.ts';
import { changeOutlet, type MayCall } from './change-outlet.ts';
import { listReplies } from './list-replies.ts';
import type { Places } from './places.ts';
import { CaseReplies, OutletBody, OutletTrial, Reply, ReplyPage } from './reply-schemas.ts';
import { sendAgain, settleReply } from './send-again.ts';
import { tryOutlet } from './try-outlet.ts';

const tag = 'Adapters';
const admins = { kinds: ['operator'], right: 'manage_adapters' } as const;
const handlers = { kinds: ['operator'], right: 'handle_cases' } as const;
const adapterParams = z.object({ adapterId: z.uuid() });
const replyParams = z.object({ replyId: z.uuid() });

export type ReplyRouteParts = { outbound: Outbound; places: Places; mayCall: MayCall };

/** How answers go back to providers, and what became of them. */
export const replyEndpoints = (parts: ReplyRouteParts): readonly Endpoint[] => [
  ...outlets(parts),
  ...reading,
  ...handling,
];

const outlets = (parts: ReplyRouteParts): readonly Endpoint[] => [
  endpoint({
    method: 'PUT',
    path: '/adapters/:adapterId/outlet',
    summary: 'Set how answers are sent to the provider',
    description: 'Its secret is sealed and never shown again; left out, it stays the one before.',
    tag,
    access: admins,
    stepUp: true,
    params: adapterParams,
    body: OutletBody,
    status: 200,
    reply: Adapter,
    refusals: ['invalid_request', 'url_not_callable', 'not_found', 'cross_site'],
    change: changeOutlet(parts.mayCall),
  }),
  endpoint({
    method: 'POST',
    path: '/adapters/:adapterId/outlet/trials',
    summary: 'See whether the provider lets us in',
    description: 'Asks it something harmless with the secret that is kept. Nothing of a case is sent.',
    tag,
    access: admins,
    params: adapterParams,
    status: 200,
    reply: OutletTrial,
    refusals: ['invalid_request', 'not_found', 'outlet_not_set', 'cross_site'],
    stages: (acting, _: Actor, input) => tryOutlet(parts)(acting, input),
  }),
];

const reading: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/adapter-replies',
    summary: 'List the answers that are sent to providers',
    tag,
    access: { kinds: ['operator'], right: 'take_in_cases' },
    query: z.object({
      adapterId: z.uuid().optional(),
      state: z.enum(Object.keys(replyStates) as [ReplyState, ...ReplyState[]]).optional(),
      limit: apiValues.limit,
      cursor: apiValues.cursor.optional(),
    }),
    status: 200,
    reply: ReplyPage,
    refusals: ['invalid_request'],
    read: (db, actor: Actor, filter) => listReplies(db, actor, filter),
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/replies',
    summary: 'Read what became of the answers of a case at the provider that asked',
    tag,
    access: { kinds: ['operator'], right: 'read_cases' },
    params: z.object({ caseId: apiValues.caseId }),
    status: 200,
    reply: CaseReplies,
    refusals: ['invalid_request', 'case_not_found'],
    looks: { action: 'case.look', at: ({ caseId }) => [caseId] },
    read: (db, actor: OperatorActor, input) => getCaseReplies(db, actor, input),
  }),
];

const handling: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/adapter-replies/:replyId/sendings',
    summary: 'Send an answer to its provider again',
    description:
      'One that failed, or that was registered while sending was off; not one that a later version has overtaken.',
    tag,
    access: handlers,
    params: replyParams,
    status: 200,
    reply: Reply,
    refusals: ['invalid_request', 'not_found', 'reply_not_resendable', 'cross_site'],
    change: (tx, actor: OperatorActor, input) => sendAgain(tx, actor, input),
  }),
  endpoint({
    method: 'POST',
    path: '/adapter-replies/:replyId/settlement',
    summary: 'Note that an answer that could not be sent was dealt with in another way',
    tag,
    access: handlers,
    params: replyParams,
    status: 200,
    reply: Reply,
    refusals: ['invalid_request', 'not_found', 'reply_not_failed', 'cross_site'],
    change: (tx, actor: OperatorActor, input) => settleReply(tx, actor, input),
  }),
];
