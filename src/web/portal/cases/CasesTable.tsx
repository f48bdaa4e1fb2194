import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { showMoney } from '#src/domain/money.ts';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Due } from '../parts/Due.tsx';
import { Status } from '../parts/Status.tsx';
import { methodTexts } from '../parts/texts.ts';
import styles from './CasesTable.module.css';
import { texts } from './texts.ts';
import type { Selection } from './use-selection.ts';

type Row = Schemas['CaseRow'];
type Props = {
  rows: readonly Row[];
  sort: string;
  isStale: boolean;
  /** For who may change many cases at once. */
  selection: Selection | undefined;
  onSort: (sort: string) => void;
};

/** The rows of the list. On a phone each is a card; the arrow keys move from case to case. */
export function CasesTable({ rows, sort, isStale, selection, onSort }: Props) {
  const t = useTexts(texts);
  const { user } = useSession();
  const showsAssignee = user.kind === 'operator';
  const body = useRef<HTMLTableSectionElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a[data-case]') ?? [])];
    const next = step && links[links.indexOf(document.activeElement as HTMLAnchorElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <table className={styles.table} data-stale={isStale} aria-busy={isStale}>
      <thead>
        <tr>
          {selection && (
            <th scope="col" className={styles.choose}>
              <ChooseAll rows={rows} selection={selection} />
            </th>
          )}
          <th scope="col">{t.caseNumber}</th>
          <th scope="col">{t.service}</th>
          <th scope="col">{t.type}</th>
          <SortHeader name="requested" label={t.requestedAt} sort={sort} onSort={onSort} />
          <SortHeader name="due" label={t.dueAt} sort={sort} onSort={onSort} />
          <th scope="col">{t.method}</th>
          <th scope="col" className={styles.number}>
            {t.amount}
          </th>
          <th scope="col">{t.status}</th>
          {showsAssignee && <th scope="col">{t.assignedTo}</th>}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={move}>
        {rows.map((row) => (
          <CaseLine key={row.id} row={row} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

type SortProps = { name: 'due' | 'requested'; label: string; sort: string; onSort: (sort: string) => void };

function SortHeader({ name, label, sort, onSort }: SortProps) {
  const t = useTexts(texts);
  const isAscending = sort === name;
  const isDescending = sort === `-${name}`;
  return (
    <th scope="col" aria-sort={isAscending ? 'ascending' : isDescending ? 'descending' : 'none'}>
      <button
        type="button"
        className={styles.sort}
        title={t.sortBy(label)}
        onClick={() => onSort(isAscending ? `-${name}` : name)}
      >
        {label} <span aria-hidden="true">{isAscending ? '▲' : isDescending ? '▼' : '△'}</span>
      </button>
    </th>
  );
}

type ChooseProps = { rows: readonly Row[]; selection: Selection };

function ChooseAll({ rows, selection }: ChooseProps) {
  const t = useTexts(texts);
  const chosen = rows.filter(({ id }) => selection.has(id)).length;
  return (
    <Checkbox
      size="xs"
      aria-label={t.chooseAll}
      checked={chosen > 0 && chosen === rows.length}
      indeterminate={chosen > 0 && chosen < rows.length}
      onChange={(event) =>
        selection.set(
          rows.map(({ id }) => id),
          event.currentTarget.checked,
        )
      }
    />
  );
}

function CaseLine({ row, selection }: { row: Row; selection: Selection | undefined }) {
  const t = useTexts(texts);
  const methods = useTexts(methodTexts);
  const locale = useLocale();
  const isWaiting = row.status === 'received' || row.status === 'correcting';
  return (
    <tr data-overdue={row.isOverdue}>
      {selection && (
        <td data-label={t.choose} className={styles.choose}>
          <Checkbox
            size="xs"
            aria-label={t.chooseCase(row.id)}
            checked={selection.has(row.id)}
            onChange={(event) => selection.set([row.id], event.currentTarget.checked)}
          />
        </td>
      )}
      <td data-label={t.caseNumber}>
        <Link to="/cases/$caseId" params={{ caseId: row.id }} data-case className="nowrap">
          {row.id}
        </Link>
      </td>
      <td data-label={t.service} title={row.serviceName} className="nowrap">
        {row.mid}-{row.sid}
      </td>
      <td data-label={t.type}>{notificationTypes[row.notificationType].label[locale]}</td>
      <td data-label={t.requestedAt} className="nowrap">
        {showInstant(new Date(row.requestedAt), locale)}
      </td>
      <td data-label={t.dueAt}>
        <Due dueAt={row.dueAt} isWaiting={isWaiting} />
      </td>
      <td data-label={t.method} className="nowrap">
        {methods[row.paymentMethod]}
      </td>
      <td data-label={t.amount} className={styles.number}>
        {showMoney(row.amount, locale)}
      </td>
      <td data-label={t.status}>
        <Status status={row.status} hasDraft={row.draftSavedAt !== null} isLate={row.answeredLate} />
      </td>
      {row.assignee !== undefined && <td data-label={t.assignedTo}>{row.assignee?.name ?? t.nobody}</td>}
    </tr>
  );
}
