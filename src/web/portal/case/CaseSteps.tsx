import { Button, Modal } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { type StepName, stepNames } from './case-steps.ts';
import { useIsReadOnly } from './read-only.ts';
import { StepForm } from './StepForm.tsx';
import { stepTexts } from './step-texts.ts';
import { texts } from './texts.ts';

type Props = {
  case: Schemas['Case'];
  /** The step whose dialog is open. It stays so when somebody else was first, with what was typed and what is wrong. */
  step: StepName | undefined;
  onChoose: (step: StepName | undefined) => void;
};

/** What may be done with a case now beside answering it; each step asks for its reason. */
export function CaseSteps({ case: found, step, onChoose }: Props) {
  const t = useTexts(stepTexts);
  const { cancel } = useTexts(texts);
  const isReadOnly = useIsReadOnly();
  const close = (): void => onChoose(undefined);
  return (
    <>
      {stepNames
        .filter((each) => found.possibleActions.includes(each))
        .map((each) => (
          <Button key={each} variant="default" disabled={isReadOnly} onClick={() => onChoose(each)}>
            {t[each].button}
          </Button>
        ))}
      <Modal
        opened={step !== undefined}
        onClose={close}
        title={step && t[step].button}
        closeButtonProps={{ 'aria-label': cancel }}
      >
        {step && <StepForm case={found} step={step} onClose={close} />}
      </Modal>
    </>
  );
}
