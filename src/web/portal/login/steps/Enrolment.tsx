import { Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { type FactorMethod, type SignInReply, signInSteps } from '../../../api/second-factors.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { FactorSetup } from './FactorSetup.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { texts } from './texts.ts';

type Props = {
  methods: readonly FactorMethod[];
  /** The way back, which is not shown beside codes that are shown once. */
  restart: ReactNode;
  onReply: (reply: SignInReply) => void;
};

/** Somebody's first second factor, and the codes for the day they lose it, before there is a session. */
export function Enrolment({ methods, restart, onReply }: Props) {
  const t = useTexts(texts);
  const [codes, setCodes] = useState<readonly string[]>();
  const complete = useMutation({ mutationFn: signInSteps.complete, onSuccess: onReply });
  if (codes) {
    return (
      <Stack>
        {complete.error && (
          <Notice kind="error">{isProblem(complete.error) ? complete.error.message : t.failed}</Notice>
        )}
        <RecoveryCodes codes={codes} isPending={complete.isPending} onKept={() => complete.mutate()} />
      </Stack>
    );
  }
  return (
    <Stack>
      <Text size="sm">{t.enrolment}</Text>
      <FactorSetup
        allowsPasskeys={methods.includes('passkey')}
        offers={signInSteps}
        add={signInSteps.enrol}
        onAdded={({ recoveryCodes }) => setCodes(recoveryCodes)}
      />
      {restart}
    </Stack>
  );
}
