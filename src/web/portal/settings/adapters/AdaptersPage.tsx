import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { adapterKinds } from '#src/domain/adapter-settings.ts';
import { showInstant } from '#src/domain/days.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import styles from '../settings-table.module.css';
import { type Adapter, adaptersQuery } from './adapters-api.ts';
import { Messages } from './Messages.tsx';
import { Replies } from './Replies.tsx';
import { replyTexts } from './reply-texts.ts';
import { texts } from './texts.ts';

// Whoever only looks does not load what changes.
const AdapterForm = lazy(async () => ({ default: (await import('./AdapterForm.tsx')).AdapterForm }));
const OutletForm = lazy(async () => ({ default: (await import('./OutletForm.tsx')).OutletForm }));

/** 設定 › 接続: which providers' messages become requests, how they are read, and what became of each. */
export function AdaptersPage() {
  const t = useTexts(texts);
  const { user } = useSession();
  const { data, error } = useQuery(adaptersQuery);
  const [form, setForm] = useState<'new' | Adapter>();
  const [outlet, setOutlet] = useState<Adapter>();
  const r = useTexts(replyTexts);
  if (error) return <ErrorPage error={error} />;
  const mayChange = user.rights.includes('manage_adapters');
  const closeForm = (): void => setForm(undefined);
  return (
    <Page title={t.title} actions={mayChange && <Button onClick={() => setForm('new')}>{t.add}</Button>}>
      <Text>{t.lead}</Text>
      {!data && <Loading rows={6} />}
      {data?.data.length === 0 && (
        <Stack align="center" py="xl" gap="xs">
          <Text fw={600}>{t.none}</Text>
          <Text c="dimmed">{t.noneDetail}</Text>
        </Stack>
      )}
      {data && data.data.length > 0 && (
        <AdaptersTable adapters={data.data} {...(mayChange && { onEdit: setForm, onOutlet: setOutlet })} />
      )}
      <Replies />
      <Messages />
      <Modal
        opened={form !== undefined}
        onClose={closeForm}
        title={form === 'new' ? t.add : t.editTitle}
        size="xl"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        <Suspense fallback={<Loading rows={6} />}>
          {form && <AdapterForm adapter={form === 'new' ? undefined : form} onClose={closeForm} />}
        </Suspense>
      </Modal>
      <Modal
        opened={outlet !== undefined}
        onClose={() => setOutlet(undefined)}
        title={r.open}
        size="lg"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        <Suspense fallback={<Loading rows={6} />}>
          {outlet && <OutletForm adapter={outlet} onClose={() => setOutlet(undefined)} />}
        </Suspense>
      </Modal>
    </Page>
  );
}

type Openers = { onEdit?: (adapter: Adapter) => void; onOutlet?: (adapter: Adapter) => void };
type TableProps = Openers & { adapters: readonly Adapter[] };

function AdaptersTable({ adapters, ...openers }: TableProps) {
  const t = useTexts(texts);
  const columns = [t.name, t.institution, t.kind, t.state, t.refused, t.received, t.url, t.actions];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {adapters.map((adapter) => (
          <AdapterLine key={adapter.id} adapter={adapter} {...openers} />
        ))}
      </tbody>
    </table>
  );
}

function AdapterLine({ adapter, onEdit, onOutlet }: Openers & { adapter: Adapter }) {
  const t = useTexts(texts);
  const r = useTexts(replyTexts);
  const locale = useLocale();
  const url = `${window.location.origin}/api/v1/adapters/${adapter.id}/messages`;
  return (
    <tr>
      <td data-label={t.name}>{adapter.name}</td>
      <td data-label={t.institution}>{adapter.institutionName}</td>
      <td data-label={t.kind}>{adapterKinds[adapter.kind][locale]}</td>
      <td data-label={t.state}>
        <div>
          <Text size="sm">{adapter.isOn ? t.on : t.off}</Text>
          <Text size="sm">{outletState(adapter, r)}</Text>
        </div>
      </td>
      <td data-label={t.refused}>{adapter.refused}</td>
      <td data-label={t.received}>
        {adapter.receivedAt ? showInstant(new Date(adapter.receivedAt), locale) : t.never}
      </td>
      <td data-label={t.url}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {url}
        </Text>
      </td>
      <td data-label={t.actions}>
        <Group gap="xs">
          {onEdit && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t.edit}: ${adapter.name}`}
              onClick={() => onEdit(adapter)}
            >
              {t.edit}
            </Button>
          )}
          {onOutlet && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${r.open}: ${adapter.name}`}
              onClick={() => onOutlet(adapter)}
            >
              {r.open}
            </Button>
          )}
        </Group>
      </td>
    </tr>
  );
}

function outletState({ outlet }: Adapter, r: (typeof replyTexts)['ja' | 'en']): string {
  if (!outlet?.isOn) return r.off;
  return outlet.brokenAt ? r.broken : r.on;
}
