import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { caseQuery } from '../../api/cases.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { problemOf } from '../../ui/problems.tsx';
import { caseSteps, type StepName, takeStep } from './case-steps.ts';
import { ReasonForm } from './ReasonForm.tsx';
import { stepTexts } from './step-texts.ts';

type Props = { case: Schemas['Case']; step: StepName; onClose: () => void };

/** The reason of a step and, where the step sets one, the new due day. */
export function StepForm({ case: found, step, onClose }: Props) {
  const t = useTexts(stepTexts);
  const locale = useLocale();
  const client = useQueryClient();
  const [day, setDay] = useState('');
  const rule: { day?: 'needed' | 'optional' } = caseSteps[step];
  const [isTried, setTried] = useState(false);
  const lacksDay = rule.day === 'needed' && day === '';
  const take = async (reason: string): Promise<void> => {
    const changed = await takeStep(found, step, { reason, day });
    client.setQueryData(caseQuery(found.id).queryKey, changed);
  };
  return (
    <ReasonForm
      text={t[step].text}
      button={t[step].button}
      take={take}
      onDone={onClose}
      // Somebody else may have taken a step meanwhile; the page behind the dialog then tells.
      onError={() => client.invalidateQueries({ queryKey: ['case', found.id] })}
      onClose={onClose}
      isIncomplete={lacksDay}
      onTry={() => setTried(true)}
      {...(step === 'ask_again' && { label: t.question })}
    >
      {(error) =>
        rule.day && (
          <TextInput
            type="date"
            label={rule.day === 'needed' ? t.day : t.dayOptional}
            description={
              rule.day === 'needed' ? t.dayAfter(showInstant(new Date(found.dueAt), locale)) : t.dayHint
            }
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            error={(isTried && lacksDay && t.dayNeeded) || problemOf(error, 'dueAt')}
          />
        )
      }
    </ReasonForm>
  );
}
