import { Button, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { adapterCalls, useAdapterChange } from './adapters-api.ts';
import { replyTexts } from './reply-texts.ts';

/** Asks the provider whether it lets us in with the key that is kept. */
export function OutletTrial({ adapterId }: { adapterId: string }) {
  const t = useTexts(replyTexts);
  const trial = useAdapterChange(() => adapterCalls.tryOutlet(adapterId));
  const { data, error } = trial;
  return (
    <Stack gap="xs">
      <Text size="sm">{t.trialHint}</Text>
      <div>
        <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate(undefined)}>
          {t.trial}
        </Button>
      </div>
      {error && <Notice kind="error">{error.message}</Notice>}
      {data && (
        <Notice kind={data.works ? 'success' : 'error'} title={data.works ? t.works : t.worksNot}>
          {data.status !== null && t.status(data.status)}
          {data.reason !== null && t.noReply(data.reason)}
          {data.said && <Text size="sm">{data.said}</Text>}
        </Notice>
      )}
    </Stack>
  );
}
