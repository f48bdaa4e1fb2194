import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { returnEncodings } from '#src/domain/return-files.ts';
import type { Schemas } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import { ChannelForm } from './ChannelForm.tsx';
import { type ReturnChannel, returnCalls, useReturnChange } from './returns-queries.ts';
import { texts } from './texts.ts';

type Props = { place: Schemas['ReturnChannels']['place']; channels: readonly ReturnChannel[] };

/** Each institution with its schedule, its format, where its files go and how they fare. */
export function ChannelsTable({ place, channels }: Props) {
  const t = useTexts(texts);
  const [changed, setChanged] = useState<ReturnChannel>();
  const close = (): void => setChanged(undefined);
  const heads = [t.institution, t.schedule, t.encoding, t.place, t.last, t.state, t.actions];
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <Line
              key={channel.institutionId}
              place={place}
              channel={channel}
              onChange={() => setChanged(channel)}
            />
          ))}
        </tbody>
      </table>
      <Modal
        opened={changed !== undefined}
        onClose={close}
        title={changed && t.changeOf(changed.institutionName)}
        size="lg"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        {changed && <ChannelForm channel={changed} onClose={close} />}
      </Modal>
    </>
  );
}

type LineProps = { place: Props['place']; channel: ReturnChannel; onChange: () => void };

function Line({ place, channel, onChange }: LineProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { institutionId, institutionName, settings, folder, writtenAt } = channel;
  const { written, waiting, failed, setAside } = channel;
  const where = place === 's3' ? t.bucket(folder) : t.folder(folder);
  return (
    <tr>
      <th scope="row" data-label={t.institution}>
        {institutionName}
        <Text size="xs" c="dimmed">
          {institutionId}
        </Text>
      </th>
      <td data-label={t.schedule}>
        {settings ? settings.times.join(' ') : t.notSet}
        {settings && !settings.isOn && ` (${t.off})`}
      </td>
      <td data-label={t.encoding}>{settings ? returnEncodings[settings.encoding][locale] : '—'}</td>
      <td data-label={t.place}>{settings ? where : '—'}</td>
      <td data-label={t.last}>{writtenAt ? showInstant(new Date(writtenAt), locale) : t.never}</td>
      <td data-label={t.state}>
        <div>
          {settings ? t.counts(written, waiting, failed) : '—'}
          {setAside > 0 && (
            <Text size="sm" c="red">
              {t.setAsideCount(setAside)}
            </Text>
          )}
        </div>
      </td>
      <td data-label={t.actions}>
        <Actions channel={channel} onChange={onChange} />
      </td>
    </tr>
  );
}

function Actions({ channel, onChange }: Omit<LineProps, 'place'>) {
  const t = useTexts(texts);
  const { institutionId, institutionName, settings, setAside } = channel;
  const make = useReturnChange(() => returnCalls.makeNow(institutionId));
  const takeUp = useReturnChange(() => returnCalls.takeUpAgain(institutionId));
  const error = make.error ?? takeUp.error;
  const named = (label: string): string => `${institutionName} ${label}`;
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" onClick={onChange} aria-label={named(t.change)}>
        {t.change}
      </Button>
      {settings && (
        <Button
          size="compact-sm"
          variant="default"
          loading={make.isPending}
          onClick={() => make.mutate(undefined)}
          aria-label={named(t.makeNow)}
        >
          {t.makeNow}
        </Button>
      )}
      {setAside > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          loading={takeUp.isPending}
          onClick={() => takeUp.mutate(undefined)}
          aria-label={named(t.takeUpAgain)}
        >
          {t.takeUpAgain}
        </Button>
      )}
      {error && (
        <Text size="sm" c="red" role="alert">
          {error.message}
        </Text>
      )}
    </Group>
  );
}
