import { Group, NativeSelect, Pill } from '@mantine/core';
import type { ReactNode } from 'react';
import { type CaseStatus, caseStatusCodes, caseStatuses } from '#src/domain/case-life.ts';
import { type CategoryCode, categories, categoryCodes } from '#src/domain/categories.ts';
import { categoryOf, notificationCodes, notificationTypes } from '#src/domain/notification-types.ts';
import type { Locale } from '#src/domain/text.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import type { ListSearch } from './list-search.ts';
import { texts } from './texts.ts';

type Props = { search: ListSearch; onChange: (change: ListSearch) => void; children: ReactNode };

/** The filters: three to choose from, and all that hold as chips that can be taken off. */
export function Filters({ search, onChange, children }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const all = caseStatusCodes.join(',');
  return (
    <Group gap="sm" role="group" aria-label={t.filters} className="no-print">
      <NativeSelect
        aria-label={t.filterStatus}
        value={search.status ?? ''}
        onChange={(event) => onChange({ status: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.waiting },
          { value: all, label: t.allStatuses },
          ...caseStatusCodes.map((status) => ({ value: status, label: caseStatuses[status][locale] })),
        ]}
      />
      <NativeSelect
        aria-label={t.filterCategory}
        value={search.category ?? ''}
        onChange={(event) =>
          onChange({ category: event.currentTarget.value || undefined, notificationType: undefined })
        }
        data={[
          { value: '', label: t.allCategories },
          ...categoryCodes.map((code) => ({ value: code, label: categories[code].label[locale] })),
        ]}
      />
      <NativeSelect
        aria-label={t.filterType}
        value={search.notificationType ?? ''}
        onChange={(event) => onChange({ notificationType: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.allTypes },
          ...notificationCodes
            .filter((code) => !search.category || categoryOf(code) === search.category)
            .map((code) => ({ value: code, label: notificationTypes[code].label[locale] })),
        ]}
      />
      {user.kind === 'operator' && (
        <NativeSelect
          aria-label={t.filterAssignee}
          value={search.assignee ?? ''}
          onChange={(event) => onChange({ assignee: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t.allAssignees },
            { value: 'me', label: t.assignee.me },
            { value: 'none', label: t.assignee.none },
          ]}
        />
      )}
      {children}
      {chips(search, t, locale).map(({ label, without }) => (
        <Pill
          key={label}
          size="md"
          withRemoveButton
          onRemove={() => onChange(without)}
          removeButtonProps={{ 'aria-label': t.remove(label), tabIndex: 0, 'aria-hidden': false }}
        >
          {label}
        </Pill>
      ))}
    </Group>
  );
}

type Chip = { label: string; without: ListSearch };

function chips(search: ListSearch, t: (typeof texts)['ja'], locale: Locale): Chip[] {
  const { q, due, mid, sid, category, status, assignee, asked } = search;
  return [
    q && { label: t.q(q), without: { q: undefined, status: undefined } },
    due && { label: t.due[due as keyof typeof t.due] ?? due, without: { due: undefined } },
    mid && { label: sid ? `${mid}-${sid}` : mid, without: { mid: undefined, sid: undefined } },
    category && {
      label: categories[category as CategoryCode]?.label[locale] ?? category,
      without: { category: undefined },
    },
    assignee && {
      label: t.assignee[assignee as keyof typeof t.assignee] ?? t.assignee.other,
      without: { assignee: undefined },
    },
    asked && { label: t.asked[asked as keyof typeof t.asked] ?? asked, without: { asked: undefined } },
    status && { label: statusLabel(status, t, locale), without: { status: undefined } },
  ].filter((chip) => typeof chip === 'object');
}

function statusLabel(status: string, t: (typeof texts)['ja'], locale: Locale): string {
  const codes = status.split(',');
  if (codes.length === caseStatusCodes.length) return t.allStatuses;
  return codes.map((code) => caseStatuses[code as CaseStatus]?.[locale] ?? code).join('・');
}
