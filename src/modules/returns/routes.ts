import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { type ReadParts, readAnswers } from './list-answers.ts';
import { type PrintParts, printAnswer } from './print-answer.ts';
import { ReturnedAnswerPage } from './return-schemas.ts';

const tag = 'Return of answers';
const readers = { kinds: ['merchant', 'institution', 'operator'], right: 'read_cases' } as const;

/** The ways by which registered answers get back to who asked. */
export const returnEndpoints = ({ log, ...parts }: PrintParts & ReadParts): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/answers',
    summary: 'Read the answers registered since a cursor',
    description:
      'Every version of every answer, in order, nothing skipped and nothing twice: keep nextCursor and go on from it, now or later. ' +
      'A version appears a few seconds after it was registered. One whose stored values do not open has its place too, ' +
      'empty and with personalData `unreadable`: ask for it.',
    tag,
    access: readers,
    query: z.object({
      limit: apiValues.limit,
      cursor: apiValues.cursor.optional(),
      since: apiValues.instant
        .optional()
        .meta({ description: 'Leaves out what was registered before; the cursor stays what one goes on by' }),
      institutionId: z.string().max(32).optional().meta({ description: 'Those of one institution only' }),
    }),
    status: 200,
    reply: ReturnedAnswerPage,
    refusals: ['invalid_request'],
    stages: (acting, actor: Actor, filter) => readAnswers(acting, actor, filter, { log }),
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/answer.pdf',
    summary: 'The registered answer as an answer sheet (回答書, PDF)',
    description:
      'The newest version, or the one that is named. The same answer gives the same bytes to the same reader; the ETag is their SHA-256.',
    tag,
    access: readers,
    params: z.object({ caseId: apiValues.caseId }),
    query: z.object({ version: z.coerce.number().int().min(1).max(1000).optional() }),
    status: 200,
    streams: { gives: 'application/pdf' },
    refusals: ['invalid_request', 'case_not_found', 'answer_not_found', 'case_erased', 'busy'],
    stream: printAnswer(parts),
  }),
];
