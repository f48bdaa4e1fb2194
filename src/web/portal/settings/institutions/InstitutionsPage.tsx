import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { institutionKinds } from '#src/domain/institution-kinds.ts';
import { type InstitutionRow, institutionPageQuery, type PartySearch } from '../../../api/parties.ts';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { PartyFilters } from '../PartyFilters.tsx';
import { PartyList } from '../PartyList.tsx';
import { PartyState } from '../PartyState.tsx';
import styles from '../settings-table.module.css';
import { kindLabels } from './kind-labels.ts';
import { NewInstitutionForm } from './NewInstitutionForm.tsx';
import { texts } from './texts.ts';

/** 設定 › 決済機関: who sends requests. The address holds every filter. */
export function InstitutionsPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const search: PartySearch = useSearch({ from: '/frame/settings/institutions' });
  const navigate = useNavigate();
  const mayChange = useSession().user.rights.includes('manage_parties');
  const [isAdding, adding] = useDisclosure();
  const { data, error, isPlaceholderData } = useQuery(institutionPageQuery(search));
  if (error) return <ErrorPage error={error} />;
  const show = (change: PartySearch): void =>
    void navigate({ to: '/settings/institutions', search: { ...search, cursor: undefined, ...change } });
  return (
    <Page
      title={t.title}
      actions={
        <Group>
          <Downloads path="institutions" search={search} />
          {mayChange && <Button onClick={adding.open}>{t.add}</Button>}
        </Group>
      }
    >
      <Text>{t.intro}</Text>
      <PartyFilters
        label={t.filters}
        searchLabel={t.search}
        search={search}
        onChange={show}
        choices={[
          { name: 'kind', label: t.kind, all: t.allKinds, options: kindLabels(locale) },
          { name: 'state', label: t.state, all: t.allStates, options: t.states },
        ]}
      />
      <PartyList
        t={t}
        columns={[t.name, t.id, t.kind, t.state, t.waiting]}
        rows={data?.data.map((row) => <InstitutionLine key={row.id} row={row} />)}
        isStale={isPlaceholderData}
        cursor={search.cursor}
        nextCursor={data?.nextCursor}
        onPage={(cursor) => show({ cursor })}
        onClear={() => void navigate({ to: '/settings/institutions', search: {} })}
      />
      <Modal
        opened={isAdding}
        onClose={adding.close}
        title={t.add}
        closeButtonProps={{ 'aria-label': t.close }}
      >
        <NewInstitutionForm onClose={adding.close} />
      </Modal>
    </Page>
  );
}

function InstitutionLine({ row }: { row: InstitutionRow }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <tr>
      <td data-label={t.name}>
        <Link to="/settings/institutions/$institutionId" params={{ institutionId: row.id }}>
          {row.name}
        </Link>
      </td>
      <td className={styles.short} data-label={t.id}>
        {row.id}
      </td>
      <td data-label={t.kind}>{institutionKinds[row.kind][locale]}</td>
      <td className={styles.short} data-label={t.state}>
        <PartyState
          isOver={row.retiredAt !== null}
          labels={{ active: t.states.active, over: t.states.retired }}
        />
      </td>
      <td className={styles.short} data-label={t.waiting}>
        {t.cases(row.waiting)}
      </td>
    </tr>
  );
}
