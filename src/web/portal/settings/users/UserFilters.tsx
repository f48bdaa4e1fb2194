import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { merchantsOf } from './merchants-of.ts';
import { roleLabel, rolesOf } from './role-labels.ts';
import { texts } from './texts.ts';

type Search = Readonly<Record<string, string | undefined>>;
type Props = { search: Search; onChange: (change: Search) => void };

/** Narrows the list of users: by merchant for operators, by role, state and a part of a name. */
export function UserFilters({ search, onChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user, services } = useSession();
  const isOperator = user.kind === 'operator';
  const roles = [...new Set([...rolesOf('merchant'), ...(isOperator ? rolesOf(null) : [])])];
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() || undefined });
  };
  return (
    <Group gap="sm" role="group" aria-label={t.filters}>
      <form onSubmit={find}>
        <TextInput
          key={search.q}
          name="q"
          type="search"
          w="22rem"
          maw="100%"
          maxLength={100}
          defaultValue={search.q}
          aria-label={t.search}
          placeholder={t.search}
        />
      </form>
      {isOperator && (
        <NativeSelect
          aria-label={t.merchant}
          maw="100%"
          value={search.mid ?? ''}
          onChange={(event) => onChange({ mid: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t.allMerchants },
            { value: 'operators', label: t.operators },
            ...merchantsOf(services),
          ]}
        />
      )}
      <NativeSelect
        aria-label={t.roles}
        value={search.role ?? ''}
        onChange={(event) => onChange({ role: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.allRoles },
          ...roles.map((role) => ({ value: role, label: roleLabel(role, locale) })),
        ]}
      />
      <NativeSelect
        aria-label={t.state}
        value={search.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t.allStates },
          ...Object.entries(t.states).map(([value, label]) => ({ value, label })),
        ]}
      />
    </Group>
  );
}
