import { Anchor, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Institution, institutionQuery } from '../../../api/parties.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { PartyState } from '../PartyState.tsx';
import { InstitutionForm } from './InstitutionForm.tsx';
import { texts } from './texts.ts';

/** One institution: what it is called, whether it takes part, and everything that is set up for it with the way there. */
export function InstitutionPage() {
  const t = useTexts(texts);
  const { institutionId } = useParams({ from: '/frame/settings/institutions/$institutionId' });
  const { data, error } = useQuery(institutionQuery(institutionId));
  const mayChange = useSession().user.rights.includes('manage_parties');
  if (error) return <ErrorPage error={error} />;
  if (!data) return <Loading />;
  return (
    <Page
      title={data.name}
      actions={
        <PartyState
          isOver={data.retiredAt !== null}
          labels={{ active: t.states.active, over: t.states.retired }}
        />
      }
    >
      <Anchor component={Link} to="/settings/institutions" size="sm">
        {t.back}
      </Anchor>
      <Paper withBorder p="lg">
        <Stack>
          <Title order={2} size="h5">
            {t.basics}
          </Title>
          <InstitutionForm key={institutionId} institution={data} mayChange={mayChange} />
        </Stack>
      </Paper>
      <Paper withBorder p="lg">
        <Stack>
          <Title order={2} size="h5">
            {t.setUp}
          </Title>
          <SetUp institution={data} />
        </Stack>
      </Paper>
    </Page>
  );
}

function SetUp({ institution }: { institution: Institution }) {
  const t = useTexts(texts);
  const { rights } = useSession().user;
  const { id, dueRule, expiryDays, closingPeriods, adapters, keys, returnChannel, webhooks } = institution;
  const rule = dueRule ? t.dueRules[dueRule.of](dueRule.days) : t.dueRules.none;
  const connected = adapters.map(({ name, isOn }) => t.adapter(name, isOn)).join(t.comma);
  const channel = returnChannel
    ? `${t.channelTimes(returnChannel.times.join('・'))} ${returnChannel.isOn ? t.on : t.off}`
    : t.noChannel;
  const may = (right: (typeof rights)[number]): boolean => rights.includes(right);
  return (
    <Facts
      facts={[
        [
          t.dueRule,
          <Link key="due" to="/settings/calendar">{`${rule}${t.comma}${t.expiry(expiryDays)}`}</Link>,
        ],
        [
          t.calendar,
          <Link key="calendar" to="/settings/calendar">
            {t.closingPeriods(closingPeriods)}
          </Link>,
        ],
        [
          t.adapters,
          may('take_in_cases') ? (
            <Link key="adapters" to="/settings/adapters">
              {connected || t.noAdapters}
            </Link>
          ) : (
            connected || t.noAdapters
          ),
        ],
        [
          t.keys,
          may('manage_keys') ? (
            <Link key="keys" to="/settings/keys" search={{ owner: `institution:${id}` }}>
              {t.keyCount(keys)}
            </Link>
          ) : (
            t.keyCount(keys)
          ),
        ],
        [
          t.channel,
          may('manage_returns') ? (
            <Link key="returns" to="/settings/returns">
              {channel}
            </Link>
          ) : (
            channel
          ),
        ],
        [
          t.webhooks,
          may('manage_webhooks') ? (
            <Link key="webhooks" to="/settings/webhooks">
              {t.webhookCount(webhooks)}
            </Link>
          ) : (
            t.webhookCount(webhooks)
          ),
        ],
        [t.openCases, t.cases(institution.waiting)],
      ]}
    />
  );
}
