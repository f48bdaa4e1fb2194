import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Problem, problemMessage } from '#src/domain/problems.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { caseQuery } from '../../api/cases.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
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
const longestReason = 1000;

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
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const { path, button, text } = steps[step];
  const take = useMutation({
    mutationFn: () => unwrap(api.POST(path, { params: { path: { caseId } }, body: { reason } })),
    onSuccess: (changed) => {
      client.setQueryData(caseQuery(caseId).queryKey, changed);
      onClose();
    },
    // Somebody else may have taken a step meanwhile; the page behind the dialog then tells.
    onError: () => client.invalidateQueries({ queryKey: ['case', caseId] }),
  });
  const wrong = wrongWith(reason);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '' && !wrong) take.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {take.error && <Notice kind="error">{take.error.message}</Notice>}
        <Text>{t[text]}</Text>
        <Textarea
          label={t.reasonLabel}
          data-autofocus
          autosize
          minRows={3}
          maxLength={longestReason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={wrong ? problemMessage(wrong, locale) : isTried && reason.trim() === '' && t.reasonNeeded}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={take.isPending}>
            {t[button]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The merchant reads the reason, and it stays in the history for good: it holds no card number either. */
function wrongWith(reason: string): Problem | undefined {
  const code = textProblem(reason, longestReason);
  return code && { pointer: '/reason', code, params: { max: longestReason, length: lengthOf(reason) } };
}
