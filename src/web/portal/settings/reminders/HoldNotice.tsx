import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { api, unwrap } from '../../../api/client.ts';
import { reminderHoldQuery } from '../../../api/reminders.ts';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';

/** Tells operators that reminders are held since the clock jumped, and lets admins end that; nothing while they are not. */
export function HoldNotice() {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const client = useQueryClient();
  const { data } = useQuery(reminderHoldQuery);
  const end = useMutation({
    mutationFn: (ending: 'released' | 'skipped') =>
      unwrap(api.POST('/api/v1/reminders/hold/end', { body: { ending } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['reminders'] }),
  });
  if (!data?.hold) return null;
  const { putAt, jumpedSeconds, waiting } = data.hold;
  const count = (value: number): string => value.toLocaleString(locale);
  return (
    <Notice kind="warning" title={t.holdTitle}>
      <Text size="sm">
        {t.hold(showInstant(new Date(putAt), locale), count(Math.round(jumpedSeconds / 60)), count(waiting))}
      </Text>
      {end.error && <Notice kind="error">{end.error.message}</Notice>}
      {user.rights.includes('manage_reminders') ? (
        <>
          <Text size="sm">{t.releaseHint}</Text>
          <Group mt="sm">
            <Button loading={end.isPending} onClick={() => end.mutate('released')}>
              {t.release}
            </Button>
            <Button variant="default" disabled={end.isPending} onClick={() => end.mutate('skipped')}>
              {t.skip}
            </Button>
          </Group>
        </>
      ) : (
        <Text size="sm">{t.onlyAdmins}</Text>
      )}
    </Notice>
  );
}
