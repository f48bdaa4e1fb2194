import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Done, LinkFrame } from './LinkFrame.tsx';
import { LinkProblem } from './LinkProblem.tsx';
import { forgetLinkToken, linkToken } from './link-token.ts';
import { texts } from './texts.ts';

/** Where the mail to a new address leads. It asks for a press, because programs that look at mails open links by themselves. */
export function ConfirmEmailPage() {
  const t = useTexts(texts);
  const [token] = useState(linkToken);
  const confirm = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/email-confirmations', { body: { token } })),
    onSuccess: forgetLinkToken,
  });
  return (
    <LinkFrame title={t.confirm}>
      {confirm.isSuccess && <Done title={t.confirmed} />}
      {confirm.error && <LinkProblem error={confirm.error}>{t.confirmFailed}</LinkProblem>}
      {!confirm.isSuccess && !confirm.error && (
        <Stack>
          <Text>{t.confirmText}</Text>
          <Button onClick={() => confirm.mutate()} loading={confirm.isPending}>
            {t.confirm}
          </Button>
        </Stack>
      )}
    </LinkFrame>
  );
}
