import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { eventTypeNames, eventTypes } from '#src/domain/event-types.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Deliveries } from './Deliveries.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';
import { texts } from './texts.ts';
import styles from './webhooks.module.css';
import { useWebhookChange, type WebhookEndpoint, webhookCalls } from './webhooks-api.ts';

type Props = { endpoint: WebhookEndpoint; onEdit: () => void; onSecret: (secret: string) => void };

/** One endpoint: how it fares, what can be done with it, and its deliveries on request. */
export function EndpointCard({ endpoint, onEdit, onSecret }: Props) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'rotate' | 'remove'>();
  const change = useWebhookChange(
    async (act: (id: string) => Promise<unknown>): Promise<unknown> => act(endpoint.id),
  );
  const test = useWebhookChange(() => webhookCalls.test(endpoint.id));
  const run = (act: (id: string) => Promise<unknown>) => () => change.mutate(act);
  const { id, name, isOn, offReason, failingSince } = endpoint;
  const state = isOn ? (failingSince ? 'failing' : 'on') : 'off';
  const problem = change.error ?? test.error;
  const close = (): void => setDialog(undefined);
  return (
    <section className={styles.card} aria-labelledby={`webhook-${id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h4" id={`webhook-${id}`} className={styles.name ?? ''}>
            {name}
          </Title>
          <span className={styles.state} data-state={state}>
            {t[state]}
          </span>
        </Group>
        {offReason && (
          <Notice kind="warning">
            {t.offReasons[offReason]} {t.waits}
          </Notice>
        )}
        {problem && <Notice kind="error">{problem.message}</Notice>}
        {test.isSuccess && <Notice kind="info">{t.tested}</Notice>}
        <EndpointFacts endpoint={endpoint} />
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t.hide : t.show}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate(undefined, { onSuccess: () => setOpen(true) })}
          >
            {t.test}
          </Button>
          <Button size="xs" variant="default" onClick={onEdit}>
            {t.edit}
          </Button>
          <Button size="xs" variant="default" onClick={() => setDialog('rotate')}>
            {t.rotate}
          </Button>
          {isOn ? (
            <Button
              size="xs"
              variant="default"
              loading={change.isPending}
              onClick={run(webhookCalls.switchOff)}
            >
              {t.switchOff}
            </Button>
          ) : (
            <>
              <Button size="xs" loading={change.isPending} onClick={run(webhookCalls.switchOn)}>
                {t.switchOn}
              </Button>
              <Button size="xs" variant="default" onClick={() => setDialog('remove')}>
                {t.remove}
              </Button>
            </>
          )}
        </Group>
        {isOpen && <Deliveries endpoint={endpoint} />}
      </Stack>
      <RotateDialog isOpen={dialog === 'rotate'} endpointId={id} onClose={close} onSecret={onSecret} />
      <RemoveDialog isOpen={dialog === 'remove'} endpoint={endpoint} onClose={close} />
    </section>
  );
}

function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const {
    url,
    eventTypes: types,
    mid,
    sids,
    institutionId,
    ownerName,
    deliveredAt,
    waiting,
    dead,
  } = endpoint;
  return (
    <Facts
      facts={[
        [t.ownerOf, `${ownerName} (${mid ?? institutionId})`],
        [t.services, sids ? sids.join(', ') : t.allServices],
        [
          t.url,
          <span key="url" className={styles.url}>
            {url}
          </span>,
        ],
        [
          t.eventTypes,
          eventTypeNames
            .filter((type) => types.includes(type))
            .map((type) => eventTypes[type][locale])
            .join(locale === 'ja' ? '、' : ', '),
        ],
        [t.deliveredAt, deliveredAt && showInstant(new Date(deliveredAt), locale)],
        [t.waiting, t.count(waiting)],
        [
          t.dead,
          dead > 0 ? (
            <Text key="dead" component="span" fw={600} className={styles.dead ?? ''}>
              {t.count(dead)}
            </Text>
          ) : (
            t.count(0)
          ),
        ],
      ]}
    />
  );
}
