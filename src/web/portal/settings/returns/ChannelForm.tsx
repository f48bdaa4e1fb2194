import { Button, Checkbox, Group, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type ReturnColumn,
  type ReturnEncoding,
  returnColumnCodes,
  returnColumns,
  returnEncodingCodes,
  returnEncodings,
} from '#src/domain/return-files.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type ReturnChannel, returnCalls, useReturnChange } from './returns-queries.ts';
import { texts } from './texts.ts';

const usualColumns: ReturnColumn[] = returnColumnCodes.filter((code) => code !== 'content');

/** When an institution gets its answers as files, and how they are written. What was typed stays on errors. */
export function ChannelForm({ channel, onClose }: { channel: ReturnChannel; onClose: () => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { settings } = channel;
  const [isOn, setOn] = useState(settings?.isOn ?? true);
  const [encoding, setEncoding] = useState<string>(settings?.encoding ?? 'utf8_bom');
  const [times, setTimes] = useState((settings?.times ?? ['09:00']).join(', '));
  const [columns, setColumns] = useState<string[]>(settings?.columns ?? usualColumns);
  const save = useReturnChange(() =>
    returnCalls.change(channel, {
      ...{ isOn, encoding: encoding as ReturnEncoding },
      times: times.split(/[,、\s]+/).filter(Boolean),
      // In the order of the list, whichever was chosen first.
      columns: returnColumnCodes.filter((code) => columns.includes(code)),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error && <Notice kind="error">{save.error.message}</Notice>}
        <Checkbox
          label={t.isOn}
          checked={isOn}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />
        <TextInput
          label={t.times}
          description={t.timesHint}
          value={times}
          onChange={({ currentTarget }) => setTimes(currentTarget.value)}
        />
        <Radio.Group label={t.encoding} value={encoding} onChange={setEncoding}>
          <Group mt="xs">
            {returnEncodingCodes.map((code) => (
              <Radio key={code} value={code} label={returnEncodings[code][locale]} />
            ))}
          </Group>
        </Radio.Group>
        <Checkbox.Group label={t.columns} value={columns} onChange={setColumns}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
            {returnColumnCodes.map((code) => (
              <Checkbox key={code} value={code} label={returnColumns[code][locale]} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
