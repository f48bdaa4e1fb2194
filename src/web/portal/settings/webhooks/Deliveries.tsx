import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { type EventType, eventTypes } from '#src/domain/event-types.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import tableStyles from '../../cases/CasesTable.module.css';
import { Downloads } from '../../parts/Downloads.tsx';
import { DeliveryDetails } from './DeliveryDetails.tsx';
import { texts } from './texts.ts';
import { useResultText } from './use-result-text.ts';
import styles from './webhooks.module.css';
import {
  type DeliveryState,
  deliveriesQuery,
  useWebhookChange,
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookCalls,
} from './webhooks-api.ts';

/** What was sent to an endpoint, newest first, and sending again what was given up. */
export function Deliveries({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTexts(texts);
  const [state, setState] = useState<DeliveryState>();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveriesQuery(endpoint.id, state),
  );
  const replay = useWebhookChange(() => webhookCalls.replayAll(endpoint.id));
  const rows = data?.pages.flatMap((page) => page.data);
  const states: readonly DeliveryState[] = ['pending', 'delivered', 'dead'];
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <NativeSelect
          label={t.state}
          value={state ?? ''}
          onChange={({ currentTarget }) =>
            setState((currentTarget.value || undefined) as DeliveryState | undefined)
          }
          data={[
            { value: '', label: t.allStates },
            ...states.map((value) => ({ value, label: t.states[value] })),
          ]}
        />
        <Downloads path={`webhook-endpoints/${endpoint.id}/deliveries`} search={{ state }} />
        {endpoint.dead > 0 && (
          <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate(undefined)}>
            {t.replayAll}
          </Button>
        )}
      </Group>
      {(error ?? replay.error) && <Notice kind="error">{(error ?? replay.error)?.message}</Notice>}
      {replay.data && <Notice kind="success">{t.replayed(replay.data.replayed)}</Notice>}
      {!rows && !error && <Loading rows={4} />}
      {rows?.length === 0 && <Text c="dimmed">{t.noDeliveries}</Text>}
      {rows && rows.length > 0 && <DeliveriesTable rows={rows} />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Stack>
  );
}

function DeliveriesTable({ rows }: { rows: readonly WebhookDelivery[] }) {
  const t = useTexts(texts);
  return (
    <table className={tableStyles.table}>
      <thead>
        <tr>
          <th scope="col">{t.createdAt}</th>
          <th scope="col">{t.event}</th>
          <th scope="col">{t.caseId}</th>
          <th scope="col">{t.state}</th>
          <th scope="col">{t.tries}</th>
          <th scope="col">{t.result}</th>
          <th scope="col">{t.details}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <DeliveryLine key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function DeliveryLine({ row }: { row: WebhookDelivery }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const resultText = useResultText();
  const [isOpen, setOpen] = useState(false);
  const { id, createdAt, type, caseId, state, tries, nextAttemptAt } = row;
  const detailsId = `delivery-${id}`;
  return (
    <Fragment>
      <tr>
        <td data-label={t.createdAt}>{showInstant(new Date(createdAt), locale)}</td>
        <td data-label={t.event}>{eventTypes[type as EventType]?.[locale] ?? t.testType}</td>
        <td data-label={t.caseId} className="nowrap">
          {caseId ? (
            <Link to="/cases/$caseId" params={{ caseId }}>
              {caseId}
            </Link>
          ) : (
            '—'
          )}
        </td>
        <td data-label={t.state}>
          <span className={styles.state} data-state={state}>
            {t.states[state]}
          </span>
          {nextAttemptAt && tries > 0 && (
            <Text size="sm" c="dimmed">
              {t.nextAttemptAt(showInstant(new Date(nextAttemptAt), locale))}
            </Text>
          )}
        </td>
        <td data-label={t.tries}>{tries}</td>
        <td data-label={t.result}>{resultText({ status: row.lastStatus, reason: row.lastReason })}</td>
        <td data-label={t.details}>
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t.close : t.details}
          </Button>
        </td>
      </tr>
      <tr id={detailsId} hidden={!isOpen} className={styles.opened}>
        <td colSpan={7}>{isOpen && <DeliveryDetails deliveryId={id} />}</td>
      </tr>
    </Fragment>
  );
}
