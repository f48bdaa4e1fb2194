import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type MerchantRow, merchantPageQuery, type PartySearch } from '../../../api/parties.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { PartyFilters } from '../PartyFilters.tsx';
import { PartyList } from '../PartyList.tsx';
import { PartyState } from '../PartyState.tsx';
import styles from '../settings-table.module.css';
import { texts } from './texts.ts';

/** 設定 › 加盟店: who answers requests. The address holds every filter. */
export function MerchantsPage() {
  const t = useTexts(texts);
  const search: PartySearch = useSearch({ from: '/frame/settings/merchants' });
  const navigate = useNavigate();
  const mayChange = useSession().user.rights.includes('manage_parties');
  const { data, error, isPlaceholderData } = useQuery(merchantPageQuery(search));
  if (error) return <ErrorPage error={error} />;
  const show = (change: PartySearch): void =>
    void navigate({ to: '/settings/merchants', search: { ...search, cursor: undefined, ...change } });
  return (
    <Page
      title={t.title}
      actions={
        <Group>
          <Downloads path="merchants" search={search} />
          {mayChange && (
            <Button component={Link} to="/settings/merchants/new">
              {t.add}
            </Button>
          )}
        </Group>
      }
    >
      <Text>{t.intro}</Text>
      <PartyFilters
        label={t.filters}
        searchLabel={t.search}
        search={search}
        onChange={show}
        choices={[{ name: 'state', label: t.state, all: t.allStates, options: t.states }]}
      />
      <PartyList
        t={t}
        columns={[t.name, t.mid, t.state, t.services, t.users, t.contacts, t.waiting]}
        rows={data?.data.map((row) => <MerchantLine key={row.mid} row={row} />)}
        isStale={isPlaceholderData}
        cursor={search.cursor}
        nextCursor={data?.nextCursor}
        onPage={(cursor) => show({ cursor })}
        onClear={() => void navigate({ to: '/settings/merchants', search: {} })}
      />
    </Page>
  );
}

function MerchantLine({ row }: { row: MerchantRow }) {
  const t = useTexts(texts);
  return (
    <tr>
      <td data-label={t.name}>
        <Link to="/settings/merchants/$mid" params={{ mid: row.mid }}>
          {row.name}
        </Link>
      </td>
      <td className={styles.short} data-label={t.mid}>
        {row.mid}
      </td>
      <td className={styles.short} data-label={t.state}>
        <PartyState
          isOver={row.stoppedAt !== null}
          labels={{ active: t.states.active, over: t.states.stopped }}
        />
      </td>
      <td className={styles.short} data-label={t.services}>
        {t.count(row.services)}
      </td>
      <td className={styles.short} data-label={t.users}>
        {t.people(row.users)}
      </td>
      <td className={styles.short} data-label={t.contacts}>
        {t.count(row.contacts)}
      </td>
      <td className={styles.short} data-label={t.waiting}>
        {t.count(row.waiting)}
      </td>
    </tr>
  );
}
