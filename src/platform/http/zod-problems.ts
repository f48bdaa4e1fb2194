import type { z } from 'zod';
import { pointerTo } from '#src/domain/answer.ts';
import { type Problem, type ProblemCode, problemTexts } from '#src/domain/problems.ts';
import { lengthOf } from '#src/domain/text-rules.ts';

type Issue = z.core.$ZodIssue;

/** Reads a value by its schema, or tells everything that is wrong with it, each with its place. */
export function readBySchema<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
): { value: z.output<Schema> } | { problems: Problem[] } {
  const result = schema.safeParse(sent, { reportInput: true });
  return result.success ? { value: result.data } : { problems: result.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: Issue): Problem[] {
  const pointer = pointerTo(...issue.path.map((name) => (typeof name === 'symbol' ? String(name) : name)));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: pointer + pointerTo(key), code: 'unknown_field' }));
    case 'invalid_type':
      if (issue.input === undefined) return [{ pointer, code: 'missing' }];
      return [wrongForm(pointer, issue.expected)];
    case 'too_big':
      if (issue.origin !== 'string') return [wrongForm(pointer, `<= ${issue.maximum}`)];
      return [
        {
          pointer,
          code: 'too_long',
          params: { max: Number(issue.maximum), length: lengthOf(String(issue.input)) },
        },
      ];
    case 'too_small':
      return [
        issue.origin === 'string' ? { pointer, code: 'missing' } : wrongForm(pointer, `>= ${issue.minimum}`),
      ];
    case 'invalid_value':
      return [wrongForm(pointer, issue.values.slice(0, 20).join(' | '))];
    case 'invalid_format':
      return [wrongForm(pointer, issue.pattern ?? issue.format)];
    case 'custom':
      return [
        { pointer, code: customCode(issue), ...(issue.params?.values && { params: issue.params.values }) },
      ];
    default:
      return [wrongForm(pointer, issue.code)];
  }
}

const wrongForm = (pointer: string, expected: string): Problem => ({
  pointer,
  code: 'wrong_form',
  params: { expected },
});

/** A check in a schema names its problem as `params.code`; one that names none is shown as a wrong form. */
function customCode(issue: Extract<Issue, { code: 'custom' }>): ProblemCode {
  const code: unknown = issue.params?.code;
  return typeof code === 'string' && Object.hasOwn(problemTexts, code) ? (code as ProblemCode) : 'wrong_form';
}
