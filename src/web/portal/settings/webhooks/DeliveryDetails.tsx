import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../../api/client.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';
import { useResultText } from './use-result-text.ts';
import styles from './webhooks.module.css';
import { deliveryQuery, useWebhookChange, webhookCalls } from './webhooks-api.ts';

/** Everything that was sent and that came back, try by try. */
export function DeliveryDetails({ deliveryId }: { deliveryId: string }) {
  const t = useTexts(texts);
  const { data, error } = useQuery(deliveryQuery(deliveryId));
  const replay = useWebhookChange(() => webhookCalls.replay(deliveryId));
  if (error) return <Notice kind="error">{error.message}</Notice>;
  if (!data) return <Loading rows={4} />;
  return (
    <Stack gap="sm">
      {replay.error && <Notice kind="error">{replay.error.message}</Notice>}
      {data.attempts.length === 0 && <Text c="dimmed">{t.notTried}</Text>}
      {data.attempts.map((attempt, index) => (
        <Attempt key={attempt.at} attempt={attempt} number={index + 1} body={data.body} />
      ))}
      {data.state !== 'pending' && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={replay.isPending}
            onClick={() => replay.mutate(undefined)}
          >
            {t.replay}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type AttemptProps = {
  attempt: Schemas['WebhookDeliveryInFull']['attempts'][number];
  number: number;
  body: string;
};

function Attempt({ attempt, number, body }: AttemptProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const resultText = useResultText();
  const { at, url, headers, status, responseBody, milliseconds } = attempt;
  const sent = [
    `POST ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ];
  const answered = [resultText(attempt), t.milliseconds(milliseconds)];
  return (
    <section>
      <Title order={3} size="h6">
        {t.attempt(number, `${showInstant(new Date(at), locale)}:${at.slice(17, 19)}`)}
      </Title>
      <Text size="sm" mt="xs">
        {t.request}
      </Text>
      <pre className={styles.raw}>{sent.join('\n')}</pre>
      <Text size="sm">
        {t.response}: {answered.join(' · ')}
      </Text>
      {status !== null && <pre className={styles.raw}>{responseBody || t.emptyBody}</pre>}
    </section>
  );
}
