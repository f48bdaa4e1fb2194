import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { type UserFilter, usersQuery } from '../../../api/users.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { texts } from './texts.ts';
import { UserFilters } from './UserFilters.tsx';
import { UsersTable } from './UsersTable.tsx';

type Search = Readonly<Record<string, string | undefined>>;

/** 設定 › ユーザー: who may use the portal. The address holds every filter. */
export function UsersPage() {
  const t = useTexts(texts);
  const search: Search = useSearch({ from: '/frame/settings/users' });
  const navigate = useNavigate();
  const isOperator = useSession().user.kind === 'operator';
  const [isInviting, invite] = useDisclosure();
  const [invited, setInvited] = useState<string>();
  const { data, error, isPlaceholderData } = useQuery(usersQuery(search as UserFilter));
  if (error) return <ErrorPage error={error} />;
  const show = (change: Search): void =>
    void navigate({ to: '/settings/users', search: { ...search, cursor: undefined, ...change } });
  const clear = (): void => void navigate({ to: '/settings/users', search: {} });
  return (
    <Page
      title={t.title}
      actions={
        <Group>
          <Downloads path="users" search={search} />
          <Button onClick={invite.open}>{t.invite}</Button>
        </Group>
      }
    >
      {invited && (
        <Notice kind="success" onClose={() => setInvited(undefined)}>
          {t.invited(invited)}
        </Notice>
      )}
      <UserFilters search={search} onChange={show} />
      {!data && <Loading rows={6} />}
      {data?.data.length === 0 && (
        <Stack align="center" py="xl" gap="xs">
          <Text fw={600}>{t.none}</Text>
          <Text c="dimmed">{t.noneDetail}</Text>
          <Button variant="default" onClick={clear}>
            {t.clear}
          </Button>
        </Stack>
      )}
      {data && data.data.length > 0 && (
        <Stack gap="sm">
          <UsersTable rows={data.data} showsMerchant={isOperator} isStale={isPlaceholderData} />
          <Group justify="flex-end">
            {search.cursor && (
              <Button variant="default" onClick={() => show({})}>
                {t.first}
              </Button>
            )}
            {data.nextCursor && (
              <Button variant="default" onClick={() => show({ cursor: data.nextCursor ?? undefined })}>
                {t.next}
              </Button>
            )}
          </Group>
        </Stack>
      )}
      <InviteDialog isOpen={isInviting} onClose={invite.close} onInvited={setInvited} />
    </Page>
  );
}
