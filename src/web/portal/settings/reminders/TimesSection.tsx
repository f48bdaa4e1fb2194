import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { areSendingTimes, type SendingTimes } from '#src/domain/sending-times.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { ifMatch, remindersQuery } from '../../../api/reminders.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ChangedNotice } from './ChangedNotice.tsx';
import { texts } from './texts.ts';
import { minutesOf, timeOf } from './time-of-day.ts';

type Props = {
  settings: Schemas['ReminderSettings'];
  times: SendingTimes;
  onChange: (times: SendingTimes) => void;
  mayChange: boolean;
};

/** When reminders may be sent. */
export function TimesSection({ settings, times, onChange, mayChange }: Props) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      unwrap(api.PUT('/api/v1/reminders/times', { params: { header: ifMatch(settings) }, body: times })),
    onError: () => client.invalidateQueries({ queryKey: remindersQuery.queryKey }),
    onSuccess: (changed) => client.setQueryData(remindersQuery.queryKey, changed),
  });
  const isGood = areSendingTimes(times);
  const change = (part: Partial<SendingTimes>): void => {
    save.reset();
    onChange({ ...times, ...part });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isGood) save.mutate();
  };
  return (
    <section aria-labelledby="times">
      <Title order={2} size="h5" id="times" mb="xs">
        {t.times}
      </Title>
      <Text size="sm" mb="sm">
        {t.timesLead}
      </Text>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {save.error && <ChangedNotice error={save.error} onNewest={() => change(settings.times)} />}
          {save.isSuccess && <Notice kind="success">{t.saved}</Notice>}
          <Group align="flex-start">
            <TextInput
              type="time"
              label={t.opensAt}
              value={timeOf(times.opensAt)}
              readOnly={!mayChange}
              onChange={(event) => change({ opensAt: minutesOf(event.currentTarget.value) })}
            />
            <TextInput
              type="time"
              label={t.closesAt}
              value={timeOf(times.closesAt)}
              readOnly={!mayChange}
              onChange={(event) => change({ closesAt: minutesOf(event.currentTarget.value) || 1440 })}
              error={!isGood && t.timesWrong}
            />
          </Group>
          <Checkbox
            label={t.onlyBusinessDays}
            checked={times.onlyBusinessDays}
            disabled={!mayChange}
            onChange={(event) => change({ onlyBusinessDays: event.currentTarget.checked })}
          />
          {mayChange && (
            <Group>
              <Button type="submit" loading={save.isPending}>
                {t.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </section>
  );
}
