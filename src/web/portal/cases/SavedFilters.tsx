import { Button, Modal, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { savedFiltersQuery } from '../../api/saved-filters.ts';
import { useTexts } from '../../ui/locale.tsx';
import styles from './CasesTable.module.css';
import type { ListSearch } from './list-search.ts';
import { SavedFilterList } from './SavedFilterList.tsx';
import { SaveFilterForm } from './SaveFilterForm.tsx';
import { savedFilterTexts } from './saved-filter-texts.ts';
import { isSameQuery, savedQueryOf } from './saved-query.ts';

/** 保存した条件: one's own filters of the list, to choose from and to keep. */
export function SavedFilters({ search }: { search: ListSearch }) {
  const t = useTexts(savedFilterTexts);
  const navigate = useNavigate();
  const { data } = useQuery(savedFiltersQuery);
  const [isOpen, dialog] = useDisclosure();
  const query = savedQueryOf(search);
  const filters = data?.data ?? [];
  const chosen = search.q ? undefined : filters.find((filter) => isSameQuery(filter.query, query));
  const choose = (id: string): void => {
    const found = filters.find((filter) => filter.id === id);
    void navigate({ to: '/cases', search: found ? { ...found.query } : {} });
  };
  return (
    <>
      {filters.length > 0 && (
        <NativeSelect
          aria-label={t.saved}
          className={styles.savedSelect ?? ''}
          value={chosen?.id ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: t.choose },
            ...filters.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <Button variant="default" onClick={dialog.open} disabled={!data}>
        {t.keep}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t.title}
        size="lg"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        <SaveFilterForm query={query} isSearch={Boolean(search.q)} onDone={dialog.close} />
        {data && <SavedFilterList filters={data.data} most={data.most} />}
      </Modal>
    </>
  );
}
