import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { caseQuery } from '../../api/cases.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { texts } from './texts.ts';

const steps = {
  withdraw: { path: '/api/v1/cases/{caseId}/withdrawal', button: 'withdraw', text: 'withdrawText' },
  open_correction: {
    path: '/api/v1/cases/{caseId}/corrections',
    button: 'openCorrection',
    text: 'correctionText',
  },
} as const;

type Step = keyof typeof steps;

/** What an operator may do with a case now; each step asks for its reason. */
export function OperatorSteps({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(texts);
  const [step, setStep] = useState<Step>();
  const possible = (Object.keys(steps) as Step[]).filter((each) => found.possibleActions.includes(each));
  return (
    <>
      {possible.map((each) => (
        <Button key={each} variant="default" onClick={() => setStep(each)}>
          {t[steps[each].button]}
        </Button>
      ))}
      <Modal
        opened={step !== undefined}
        onClose={() => setStep(undefined)}
        title={step && t[steps[step].button]}
        closeButtonProps={{ 'aria-label': t.cancel }}
      >
        {step && <StepForm caseId={found.id} step={step} onClose={() => setStep(undefined)} />}
      </Modal>
    </>
  );
}

type FormProps = { caseId: string; step: Step; onClose: () => void };

function StepForm({ caseId, step, onClose }: FormProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { path, button, text } = steps[step];
  const take = async (reason: string): Promise<void> => {
    const changed = await unwrap(api.POST(path, { params: { path: { caseId } }, body: { reason } }));
    client.setQueryData(caseQuery(caseId).queryKey, changed);
  };
  return (
    <ReasonForm
      text={t[text]}
      button={t[button]}
      take={take}
      onDone={onClose}
      // Somebody else may have taken a step meanwhile; the page behind the dialog then tells.
      onError={() => client.invalidateQueries({ queryKey: ['case', caseId] })}
      onClose={onClose}
    />
  );
}
