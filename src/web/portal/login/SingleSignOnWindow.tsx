import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isProblem } from '../../api/problem-error.ts';
import { waitForOtherWindow } from '../../api/single-sign-on.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { singleSignOnTexts } from './texts.ts';

type Props = { label: string; addressOf: () => Promise<string>; onDone: () => void };

class NoWindow extends Error {}

/** Sends somebody to the identity provider in a window of its own, so that nothing typed on this page is lost. */
export function SingleSignOnWindow({ label, addressOf, onDone }: Props) {
  const t = useTexts(singleSignOnTexts);
  const client = useQueryClient();
  useEffect(() => waitForOtherWindow(client, onDone), [client, onDone]);
  const open = useMutation({
    mutationFn: async () => {
      // Before anything is waited for: browsers allow a window only as the direct answer to a press.
      const other = window.open('', '_blank', 'popup,width=560,height=720');
      if (!other) throw new NoWindow();
      try {
        other.location.replace(await addressOf());
      } catch (error) {
        other.close();
        throw error;
      }
    },
  });
  return (
    <Stack gap="xs">
      {open.error && (
        <Notice kind="error">
          {isProblem(open.error) ? open.error.message : open.error instanceof NoWindow ? t.blocked : t.failed}
        </Notice>
      )}
      <Button
        variant="default"
        h="auto"
        mih={36}
        py={6}
        styles={{ label: { whiteSpace: 'normal' } }}
        onClick={() => open.mutate()}
        loading={open.isPending}
      >
        {label}
      </Button>
      <Text size="sm" c="dimmed">
        {open.isSuccess ? t.waiting : t.otherWindow}
      </Text>
    </Stack>
  );
}
