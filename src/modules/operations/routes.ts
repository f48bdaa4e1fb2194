import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import type { Figures } from './gather-figures.ts';
import { OperationsState, WorkerState } from './operations-schemas.ts';
import { toOperationsState, workerState } from './worker-state.ts';

const tag = 'Operations';
const operators = { kinds: ['operator'], right: 'read_cases' } as const;

type Parts = { figures: () => Promise<Figures> };

/** How the product runs, for operators. Counts and ages only, so looking at it is nothing to record. */
export const operationsEndpoints = ({ figures }: Parts): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/operations',
    summary: 'Read how the product runs',
    description: 'Processes, queues, mails and webhooks that wait; at most two seconds old.',
    tag,
    access: operators,
    status: 200,
    reply: OperationsState,
    refusals: [],
    stages: async () => toOperationsState(await figures()),
  }),
  endpoint({
    method: 'GET',
    path: '/operations/worker',
    summary: 'Read whether the queued work is done',
    tag,
    access: operators,
    status: 200,
    reply: WorkerState,
    refusals: [],
    stages: async () => workerState(await figures()),
  }),
];
