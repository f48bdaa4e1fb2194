import { Button, Checkbox, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { usualOutlet } from '#src/domain/replies.ts';
import { isProblem } from '../../../api/problem-error.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { type Adapter, adapterCalls, useAdapterChange } from './adapters-api.ts';
import { OutletSettings } from './OutletSettings.tsx';
import { OutletTrial } from './OutletTrial.tsx';
import { replyTexts } from './reply-texts.ts';

/** Asks how the answers of an adapter's cases are sent back, and with which key. */
export function OutletForm({ adapter, onClose }: { adapter: Adapter; onClose: () => void }) {
  const t = useTexts(replyTexts);
  const { kind, outlet } = adapter;
  const [isOn, setOn] = useState(outlet?.isOn ?? true);
  const [secret, setSecret] = useState('');
  const [settings, setSettings] = useState(outlet?.settings ?? usualOutlet);
  const save = useAdapterChange(() =>
    adapterCalls.changeOutlet(adapter.id, {
      ...{ isOn, settings },
      ...(secret.trim() !== '' && { secret: secret.trim() }),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text fw={600}>{adapter.name}</Text>
        <Text>{t.lead[kind]}</Text>
        <Broken adapter={adapter} />
        <Problems error={save.error} fields={{ secret: { label: t.secret[kind], id: secretId } }} />
        <Checkbox label={t.isOn} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
        <Secret
          adapter={adapter}
          value={secret}
          onChange={setSecret}
          problem={problemOf(save.error, 'secret')}
        />
        <OutletSettings
          kind={kind}
          settings={settings}
          problem={(name) => settingProblem(save.error, name)}
          onChange={(part) => setSettings({ ...settings, ...part })}
        />
        {kind !== 'mapping' && outlet?.secretSetAt && <OutletTrial adapterId={adapter.id} />}
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

function Broken({ adapter: { outlet } }: { adapter: Adapter }) {
  const t = useTexts(replyTexts);
  const locale = useLocale();
  if (!outlet?.brokenAt) return null;
  return <Notice kind="error">{t.brokenSince(showInstant(new Date(outlet.brokenAt), locale))}</Notice>;
}

const secretId = 'outlet-secret';

/** What is wrong with one of the settings. */
const settingProblem = (error: unknown, name: string): string | undefined =>
  isProblem(error) ? error.errors.find(({ pointer }) => pointer === `/settings/${name}`)?.detail : undefined;

type SecretProps = {
  adapter: Adapter;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
};

function Secret({ adapter: { kind, outlet }, value, onChange, problem }: SecretProps) {
  const t = useTexts(replyTexts);
  const locale = useLocale();
  const kept = outlet?.secretSetAt ? t.secretKept(showInstant(new Date(outlet.secretSetAt), locale)) : '';
  return (
    <PasswordInput
      id={secretId}
      error={problem}
      label={t.secret[kind]}
      description={`${kept}${t.secretHint}`}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': t.showSecret, tabIndex: 0 }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
