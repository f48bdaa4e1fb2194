import { Readable } from 'node:stream';
import { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import { Case, getCase } from '#src/modules/cases/index.ts';
import type { InstitutionActor, OperatorActor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { ProblemItem, toProblemItem } from '#src/platform/http/problem.ts';
import { CaseRequest } from './request-schema.ts';
import { type Outcome, takeIn } from './take-in.ts';
import { type LineOutcome, takeInLines } from './take-in-lines.ts';

const tag = 'Intake';
const senders = { kinds: ['institution', 'operator'], right: 'take_in_cases' } as const;
type Sender = InstitutionActor | OperatorActor;

const LineResult = z
  .object({
    line: z.number().int().positive(),
    outcome: z.enum(['created', 'duplicate', 'refused', 'unknown']),
    caseId: z.string().optional(),
    institutionReference: z.string().nullable(),
    code: z.enum(['request_invalid', 'different_content']).optional(),
    errors: z.array(ProblemItem).optional(),
  })
  .meta({ id: 'LineResult', description: 'What became of one line of a batch' });

/** Taking requests in: one, or a file of them. */
export const intakeEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/cases',
    summary: 'Take a request in',
    description:
      'The same `institutionReference` again is the same case (200) if its content is the same, and refused (409) if not.',
    tag,
    access: senders,
    body: z.looseObject({}),
    documentedBody: CaseRequest,
    tellsCardNumbers: true,
    status: 201,
    reply: Case,
    idempotent: true,
    refusals: [
      'invalid_request',
      'request_invalid',
      'different_content',
      'idempotency_key_reused',
      'too_large',
      'cross_site',
    ],
    change: async (tx, actor: Sender, sent, { setStatus }) => {
      const [outcome] = await takeIn(tx, actor, {
        institutionId: institutionOf(actor, sent.institutionId),
        sent: [sent],
      });
      const caseId = caseOf(outcome);
      if (outcome?.outcome === 'duplicate') {
        setStatus(200);
        tx.record('case.look', [caseId]);
      }
      return getCase(tx, actor, { caseId });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/cases/batch',
    summary: 'Take a file of requests in',
    description:
      'One request a line (NDJSON), an outcome a line in the same order. A line that is refused stops no other. ' +
      'Every line is idempotent by its `institutionReference`, so the whole file can be sent again.',
    tag,
    access: senders,
    query: z.object({ institutionId: z.string().max(32).optional().meta({ description: 'For operators' }) }),
    status: 200,
    streams: { takes: 'application/x-ndjson', gives: 'application/x-ndjson' },
    reply: LineResult,
    refusals: ['invalid_request', 'wrong_media_type', 'cross_site'],
    stream: ({ inTransaction, body, onError }, actor: Sender, input, { locale }) => {
      const institutionId = institutionOf(actor, input.institutionId);
      return Readable.from(
        resultLines(takeInLines(inTransaction, { actor, institutionId, onError }, body), locale),
      );
    },
  }),
];

/** The institution a request comes from: a key's own, or the one an operator names. */
function institutionOf(actor: Sender, named: unknown): string {
  if (actor.kind === 'institution') {
    if (named !== undefined && named !== actor.institutionId) throw new Refusal('not_permitted');
    return actor.institutionId;
  }
  if (typeof named !== 'string')
    throw new Refusal('invalid_request', {}, [{ pointer: '/institutionId', code: 'missing' }]);
  return named;
}

function caseOf(outcome: Outcome | undefined): string {
  switch (outcome?.outcome) {
    case 'created':
    case 'duplicate':
      return outcome.caseId;
    case 'different_content':
      throw new Refusal('different_content', { institutionReference: outcome.institutionReference });
    case 'invalid':
      throw new Refusal('request_invalid', {}, outcome.problems);
    case undefined:
      throw new Error('a request was taken in without an outcome');
  }
}

async function* resultLines(groups: AsyncIterable<LineOutcome[]>, locale: Locale): AsyncGenerator<string> {
  for await (const outcomes of groups) {
    yield outcomes.map((outcome) => `${JSON.stringify(toLineResult(outcome, locale))}\n`).join('');
  }
}

/** What became of a line, as its sender reads it. */
export function toLineResult(outcome: LineOutcome, locale: Locale): z.input<typeof LineResult> {
  const { line, institutionReference } = outcome;
  switch (outcome.outcome) {
    case 'created':
    case 'duplicate':
      return { line, outcome: outcome.outcome, caseId: outcome.caseId, institutionReference };
    case 'unknown':
      return { line, outcome: 'unknown', institutionReference };
    case 'different_content':
      return { line, outcome: 'refused', institutionReference, code: 'different_content' };
    case 'invalid':
      return {
        ...{ line, outcome: 'refused', institutionReference, code: 'request_invalid' },
        errors: outcome.problems.map((problem) => toProblemItem(problem, locale)),
      };
  }
}
