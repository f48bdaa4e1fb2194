import { z } from 'zod';
import { type Problem, type ProblemCode, problemMessage, problemTexts } from '#src/domain/problems.ts';
import { type Refusal, type RefusalCode, refusals } from '#src/domain/refusals.ts';
import { fill, type Locale } from '#src/domain/text.ts';

export const ProblemItem = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer (RFC 6901) into what was sent', example: '/payment/amount' }),
    code: z.enum(Object.keys(problemTexts) as ProblemCode[]),
    detail: z.string(),
  })
  .meta({ id: 'ProblemItem' });

/** An error as RFC 9457 tells it. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(refusals) as RefusalCode[]),
    detail: z.string().meta({ description: 'In the language of the caller (Accept-Language: ja or en)' }),
    requestId: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
    errors: z.array(ProblemItem).optional(),
  })
  .meta({ id: 'Problem' });

/** What is wrong, as a caller reads it. */
export const toProblemItem = (problem: Problem, locale: Locale): z.output<typeof ProblemItem> => ({
  pointer: problem.pointer,
  code: problem.code,
  detail: problemMessage(problem, locale),
});

/** A refusal as the response's body. The title is English and constant for a code; the detail is for people. */
export function toProblemDocument(
  refusal: Refusal,
  locale: Locale,
  requestId: string,
): z.output<typeof ProblemDocument> {
  const { status, message } = refusals[refusal.code];
  const facts = Object.entries(refusal.detail);
  const values = Object.fromEntries(facts.map(([name, value]) => [name, value ?? '']));
  return {
    type: `urn:shokai:problem:${refusal.code}`,
    title: refusal.code.replaceAll('_', ' '),
    status,
    code: refusal.code,
    detail: fill(message[locale], values),
    requestId,
    ...(facts.length > 0 && { facts: refusal.detail }),
    ...(refusal.problems.length > 0 && {
      errors: refusal.problems.map((each) => toProblemItem(each, locale)),
    }),
  };
}
