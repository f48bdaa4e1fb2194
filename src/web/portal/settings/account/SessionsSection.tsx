import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { ownSessionsQuery, useEndSessions } from '../../../api/account.ts';
import type { Schemas } from '../../../api/client.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems } from '../../../ui/problems.tsx';
import { AccountSection } from './AccountSection.tsx';
import { texts } from './section-texts.ts';

/** ログイン中の端末: where one is logged in, and the way to end it. */
export function SessionsSection() {
  const t = useTexts(texts);
  const { data, error } = useQuery(ownSessionsQuery);
  const end = useEndSessions();
  const sessions = data?.data ?? [];
  return (
    <AccountSection title={t.sessions}>
      <Text size="sm">{t.sessionsText}</Text>
      <Problems error={end.error ?? error} />
      {end.isSuccess && <Notice kind="success">{t.ended}</Notice>}
      {!data && !error && <Loading rows={3} />}
      <Stack component="ul" gap="sm" w="100%" p={0} m={0} style={{ listStyle: 'none' }}>
        {sessions.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            isEnding={end.isPending && end.variables === session.id}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </Stack>
      {sessions.some(({ isThis }) => !isThis) && (
        <Button
          variant="default"
          onClick={() => end.mutate(undefined)}
          loading={end.isPending && !end.variables}
        >
          {t.endOthers}
        </Button>
      )}
    </AccountSection>
  );
}

type Props = { session: Schemas['OwnSessions']['data'][number]; isEnding: boolean; onEnd: () => void };

function SessionLine({ session, isEnding, onEnd }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { merchantName, network, startedAt, lastUsedAt, isThis } = session;
  const device = session.device ?? t.unknownDevice;
  const lastUsed = showInstant(new Date(lastUsedAt), locale);
  return (
    <Group
      component="li"
      justify="space-between"
      gap="xs"
      pb="sm"
      style={{ borderBottom: '1px solid var(--line)' }}
    >
      <Stack gap={0}>
        <Group gap="xs">
          <Text fw={600}>{device}</Text>
          {isThis && (
            <Badge
              variant="light"
              size="lg"
              tt="none"
              styles={{ label: { color: 'var(--mantine-color-text)' } }}
            >
              {t.thisDevice}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {merchantName ?? t.operator} / {t.network} {network ?? '-'}
        </Text>
        <Text size="sm" c="dimmed">
          {t.lastUsed} {lastUsed} / {t.started} {showInstant(new Date(startedAt), locale)}
        </Text>
      </Stack>
      {!isThis && (
        <Button
          variant="default"
          size="sm"
          aria-label={t.endOne(device, lastUsed)}
          onClick={onEnd}
          loading={isEnding}
        >
          {t.end}
        </Button>
      )}
    </Group>
  );
}
