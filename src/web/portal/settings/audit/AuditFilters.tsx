import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { auditActions } from '#src/domain/audit-actions.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from './audit.module.css';
import { type AuditSearch, filterNames } from './audit-search.ts';
import { texts } from './texts.ts';

type Props = { search: AuditSearch; hasTenants: boolean; onChange: (search: AuditSearch) => void };

/** The filters, applied together; what is chosen goes into the address. */
export function AuditFilters({ search, hasTenants, onChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const apply = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string): string => String(form.get(name) ?? '').trim();
    onChange(Object.fromEntries(filterNames.map((name) => [name, typed(name) || undefined])));
  };
  const actions = Object.entries(auditActions).map(([value, label]) => ({ value, label: label[locale] }));
  return (
    <form onSubmit={apply} aria-label={t.filters} className="no-print">
      <div className={styles.filters}>
        <TextInput type="date" name="from" label={t.from} defaultValue={search.from ?? ''} />
        <TextInput type="date" name="to" label={t.to} defaultValue={search.to ?? ''} />
        <NativeSelect
          name="action"
          label={t.action}
          defaultValue={search.action ?? ''}
          data={[{ value: '', label: t.allActions }, ...actions]}
        />
        <TextInput
          name="actor"
          label={t.actor}
          placeholder={t.actorHint}
          maxLength={64}
          defaultValue={search.actor ?? ''}
        />
        <TextInput
          name="subject"
          label={t.subject}
          placeholder={t.subjectHint}
          maxLength={100}
          defaultValue={search.subject ?? ''}
        />
        {hasTenants && (
          <TextInput
            name="tenant"
            label={t.tenant}
            placeholder={t.tenantHint}
            maxLength={32}
            defaultValue={search.tenant ?? ''}
          />
        )}
      </div>
      <Group gap="sm" mt="sm">
        <Button type="submit" variant="default">
          {t.apply}
        </Button>
        {filterNames.some((name) => search[name]) && (
          <Button variant="subtle" onClick={() => onChange({})}>
            {t.clear}
          </Button>
        )}
      </Group>
    </form>
  );
}
