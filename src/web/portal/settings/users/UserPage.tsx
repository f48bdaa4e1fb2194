import { Anchor, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { type User, userQuery } from '../../../api/users.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { texts } from './texts.ts';
import { UserForm } from './UserForm.tsx';
import { UserState } from './UserState.tsx';
import { UserSteps } from './UserSteps.tsx';

/** One user: what is known, what may be changed, and what can be done. */
export function UserPage() {
  const t = useTexts(texts);
  const { userId } = useParams({ from: '/frame/settings/users/$userId' });
  const [isSaved, setSaved] = useState(false);
  const { data: user, error } = useQuery(userQuery(userId));
  if (error) return <ErrorPage error={error} />;
  if (!user) return <Loading />;
  return (
    <Page title={user.name} actions={<UserState user={user} />}>
      <Anchor component={Link} to="/settings/users" size="sm">
        {t.back}
      </Anchor>
      <UserFacts user={user} />
      <Paper withBorder p="lg">
        <Stack>
          <Title order={2} size="h5">
            {t.edit}
          </Title>
          {isSaved && <Notice kind="success">{t.saved}</Notice>}
          <UserForm key={user.version} user={user} onChange={setSaved} />
        </Stack>
      </Paper>
      {!user.isOneself && (
        <Paper withBorder p="lg">
          <Stack>
            <Title order={2} size="h5">
              {t.actions}
            </Title>
            <UserSteps user={user} />
          </Stack>
        </Paper>
      )}
    </Page>
  );
}

function UserFacts({ user }: { user: User }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { mid, merchantName, userId, email, hasIdentity, lastSignedInAt, invitedUntil } = user;
  const show = (instant: string | null): string =>
    instant === null ? t.never : showInstant(new Date(instant), locale);
  return (
    <Facts
      facts={[
        [t.merchant, mid === null ? t.operators : `${mid} ${merchantName}`],
        ...(userId === null ? [] : [[t.userId, userId] as const]),
        [t.email, email ?? t.never],
        ...(hasIdentity ? [[t.singleSignOn, t.linked] as const] : []),
        invitedUntil === null ? [t.lastSignedIn, show(lastSignedInAt)] : [t.invitedUntil, show(invitedUntil)],
      ]}
    />
  );
}
