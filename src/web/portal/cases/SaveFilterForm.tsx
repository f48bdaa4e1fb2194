import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type SavedQuery, savedFilterCalls, useSavedFilterChange } from '../../api/saved-filters.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { savedFilterTexts } from './saved-filter-texts.ts';

export const longestName = 60;

type Props = { query: SavedQuery; isSearch: boolean; onDone: () => void };

/** Keeps what the list shows now under a name; what was typed stays when that fails. */
export function SaveFilterForm({ query, isSearch, onDone }: Props) {
  const t = useTexts(savedFilterTexts);
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const saving = useSavedFilterChange(savedFilterCalls.save);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') saving.mutate({ name, query }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {saving.error && <Notice kind="error">{saving.error.message}</Notice>}
        <Text size="sm">
          {t.lead}
          {isSearch && ` ${t.noSearch}`}
        </Text>
        <Group align="flex-start" gap="sm">
          <TextInput
            aria-label={t.name}
            placeholder={t.name}
            data-autofocus
            maxLength={longestName}
            flex={1}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isTried && name.trim() === '' && t.nameNeeded}
          />
          <Button type="submit" loading={saving.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
