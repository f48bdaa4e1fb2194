import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { EndpointCard } from './EndpointCard.tsx';
import { EndpointForm } from './EndpointForm.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { texts } from './texts.ts';
import { endpointsQuery, type WebhookEndpoint } from './webhooks-api.ts';

/** 設定 › Webhook: where events are sent, what became of each, and sending again. */
export function WebhooksPage() {
  const t = useTexts(texts);
  const { data, error } = useQuery(endpointsQuery);
  const [form, setForm] = useState<'new' | WebhookEndpoint>();
  const [secret, setSecret] = useState<string>();
  if (error) return <ErrorPage error={error} />;
  const closeForm = (): void => setForm(undefined);
  return (
    <Page title={t.title} actions={<Button onClick={() => setForm('new')}>{t.add}</Button>}>
      <Text size="sm" c="dimmed">
        {t.lead}
      </Text>
      {!data && <Loading rows={8} />}
      {data?.data.length === 0 && (
        <Stack align="center" py="xl" gap="xs">
          <Text fw={600}>{t.none}</Text>
          <Text c="dimmed">{t.noneDetail}</Text>
        </Stack>
      )}
      {data?.data.map((endpoint) => (
        <EndpointCard
          key={endpoint.id}
          endpoint={endpoint}
          onEdit={() => setForm(endpoint)}
          onSecret={setSecret}
        />
      ))}
      <Modal
        opened={form !== undefined}
        onClose={closeForm}
        title={form === 'new' ? t.add : t.edit}
        size="lg"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        {form && (
          <EndpointForm
            endpoint={form === 'new' ? undefined : form}
            onClose={closeForm}
            onSecret={setSecret}
          />
        )}
      </Modal>
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}
