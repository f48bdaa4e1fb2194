import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loading } from '../../ui/Loading.tsx';
import styles from './settings-table.module.css';

type Texts = { none: string; noneDetail: string; clear: string; first: string; next: string };
type Props = {
  t: Texts;
  columns: readonly string[];
  rows: readonly ReactNode[] | undefined;
  isStale: boolean;
  cursor: string | undefined;
  nextCursor: string | null | undefined;
  onPage: (cursor: string | undefined) => void;
  onClear: () => void;
};

/** A page of a list with what stands around it: nothing found, and the ways to the first and the next page. */
export function PartyList({ t, columns, rows, isStale, cursor, nextCursor, onPage, onClear }: Props) {
  if (!rows) return <Loading rows={6} />;
  if (rows.length === 0) {
    return (
      <Stack align="center" py="xl" gap="xs">
        <Text fw={600}>{t.none}</Text>
        <Text c="dimmed">{t.noneDetail}</Text>
        <Button variant="default" onClick={onClear}>
          {t.clear}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      <table className={styles.table} aria-busy={isStale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows}</tbody>
      </table>
      <Group justify="flex-end">
        {cursor && (
          <Button variant="default" onClick={() => onPage(undefined)}>
            {t.first}
          </Button>
        )}
        {nextCursor && (
          <Button variant="default" onClick={() => onPage(nextCursor)}>
            {t.next}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
