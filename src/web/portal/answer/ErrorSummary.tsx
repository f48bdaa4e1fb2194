import { Anchor, List } from '@mantine/core';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { type Problem, problemMessage } from '#src/domain/problems.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { focusField } from './focus-field.ts';
import { fieldId } from './form-context.ts';
import { inFormOrder } from './form-order.ts';
import { labelOf } from './label-of.ts';
import { texts } from './texts.ts';

type Props = { problems: readonly Problem[]; form: AnswerForm };

/** Everything that is wrong, each with the way to its field. */
export function ErrorSummary({ problems, form }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (problems.length === 0) return null;
  return (
    <Notice kind="error" title={t.summary(problems.length)}>
      <List size="sm">
        {inFormOrder(form, problems).map((problem) => (
          <List.Item key={problem.pointer + problem.code}>
            <Anchor
              href={`#${fieldId(problem.pointer)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(problem.pointer);
              }}
            >
              {labelOf(form, problem.pointer, locale)}: {problemMessage(problem, locale)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Notice>
  );
}
