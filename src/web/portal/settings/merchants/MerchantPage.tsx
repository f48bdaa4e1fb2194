import { Anchor, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type Merchant, merchantQuery } from '../../../api/parties.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { PartyState } from '../PartyState.tsx';
import { MerchantForm } from './MerchantForm.tsx';
import { texts } from './texts.ts';

/** One merchant: its name and services, and the ways to its users, contacts and keys. */
export function MerchantPage() {
  const t = useTexts(texts);
  const { mid } = useParams({ from: '/frame/settings/merchants/$mid' });
  const { data, error } = useQuery(merchantQuery(mid));
  const mayChange = useSession().user.rights.includes('manage_parties');
  if (error) return <ErrorPage error={error} />;
  if (!data) return <Loading />;
  return (
    <Page
      title={`${data.mid} ${data.name}`}
      actions={
        <PartyState
          isOver={data.stoppedAt !== null}
          labels={{ active: t.states.active, over: t.states.stopped }}
        />
      }
    >
      <Back />
      <Paper withBorder p="lg">
        <Stack>
          <Title order={2} size="h5">
            {t.basics}
          </Title>
          <MerchantForm key={mid} merchant={data} mayChange={mayChange} />
        </Stack>
      </Paper>
      <Related merchant={data} />
    </Page>
  );
}

/** Asks for a new merchant and goes on to its page. */
export function NewMerchantPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const open = ({ mid }: Merchant): void =>
    void navigate({ to: '/settings/merchants/$mid', params: { mid } });
  return (
    <Page title={t.add}>
      <Back />
      <Paper withBorder p="lg">
        <MerchantForm mayChange onSaved={open} />
      </Paper>
    </Page>
  );
}

function Back() {
  const t = useTexts(texts);
  return (
    <Anchor component={Link} to="/settings/merchants" size="sm">
      {t.back}
    </Anchor>
  );
}

function Related({ merchant: { mid, users, contacts, waiting } }: { merchant: Merchant }) {
  const t = useTexts(texts);
  const { rights } = useSession().user;
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h5" mb="xs">
        {t.related}
      </Title>
      <ul>
        <li>
          {rights.includes('manage_users') ? (
            <Link to="/settings/users" search={{ mid }}>
              {t.manageUsers(users)}
            </Link>
          ) : (
            t.manageUsers(users)
          )}
        </li>
        <li>
          {rights.includes('manage_contacts') ? (
            <Link to="/settings/contacts" search={{ mid }}>
              {t.manageContacts(contacts)}
            </Link>
          ) : (
            t.manageContacts(contacts)
          )}
        </li>
        {rights.includes('manage_keys') && (
          <li>
            <Link to="/settings/keys" search={{ owner: `merchant:${mid}` }}>
              {t.manageKeys}
            </Link>
          </li>
        )}
        <li>
          <Link to="/cases" search={{ mid }}>
            {t.showCases(waiting)}
          </Link>
        </li>
      </ul>
    </Paper>
  );
}
