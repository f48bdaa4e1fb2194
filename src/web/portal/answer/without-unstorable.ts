import type { DraftContent } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { draftProblems } from '#src/domain/read-answer.ts';

/** A draft without the fields that would have the whole of it refused. */
export function withoutUnstorable(form: AnswerForm, content: DraftContent): DraftContent {
  const copy = structuredClone(content) as Record<string, unknown>;
  for (const { pointer } of draftProblems(form, content)) {
    const names = pointer.slice(1).split('/');
    const last = names.pop() ?? '';
    let parent: unknown = copy;
    for (const name of names) parent = (parent as Record<string, unknown> | undefined)?.[name];
    if (typeof parent === 'object' && parent !== null) delete (parent as Record<string, unknown>)[last];
  }
  return copy;
}
