import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { type SignInReply, signInSteps } from '../../../api/second-factors.ts';
import { keepSession, type SignInStep } from '../../../api/session.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Enrolment } from './Enrolment.tsx';
import { FactorForm } from './FactorForm.tsx';
import { texts } from './texts.ts';

type Props = {
  step: SignInStep;
  membershipId: string | undefined;
  onReply: (reply: SignInReply) => void;
  onRestart: () => void;
};

/** What comes after the password: the second factor or the setting up of one, and the merchant one works for. */
export function SignInSteps({ step, membershipId, onReply, onRestart }: Props) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const proceed = (reply: SignInReply): void => {
    if (!('step' in reply)) keepSession(client, reply);
    onReply(reply);
  };
  const restart = (
    <Button variant="subtle" size="compact-sm" onClick={onRestart}>
      {t.restart}
    </Button>
  );
  return (
    <Stack>
      {step.step === 'second_factor' && (
        <FactorForm
          methods={step.methods}
          askPasskey={signInSteps.askPasskey}
          prove={signInSteps.prove}
          onProved={proceed}
        />
      )}
      {(step.step === 'enrolment' || step.step === 'recovery_codes') && (
        <Enrolment methods={step.methods} onReply={proceed} restart={restart} />
      )}
      {step.step === 'membership' && (
        <Memberships memberships={step.memberships} before={membershipId} onChosen={proceed} />
      )}
      {(step.step === 'second_factor' || step.step === 'membership') && restart}
    </Stack>
  );
}

type Choices = {
  memberships: SignInStep['memberships'];
  /** Which one was chosen before, when somebody logs in again over a page of it. */
  before: string | undefined;
  onChosen: (reply: SignInReply) => void;
};

function Memberships({ memberships, before, onChosen }: Choices) {
  const t = useTexts(texts);
  const choose = useMutation({ mutationFn: signInSteps.choose, onSuccess: onChosen });
  const isOffered = memberships.some(({ id }) => id === before);
  const { mutate } = choose;
  useEffect(() => {
    if (before !== undefined && isOffered) mutate(before);
  }, [before, isOffered, mutate]);
  return (
    <Stack role="group" aria-label={t.chooseMerchant} gap="sm">
      <strong>{t.chooseMerchant}</strong>
      {choose.error && (
        <Notice kind="error">{isProblem(choose.error) ? choose.error.message : t.failed}</Notice>
      )}
      {memberships.map(({ id, mid, merchantName }) => (
        <Button
          key={id}
          variant="default"
          h="auto"
          py="xs"
          justify="flex-start"
          styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
          loading={choose.isPending && choose.variables === id}
          onClick={() => choose.mutate(id)}
        >
          {mid === null ? t.provider : `${merchantName} (${mid})`}
        </Button>
      ))}
    </Stack>
  );
}
