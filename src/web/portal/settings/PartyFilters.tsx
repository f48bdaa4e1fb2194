import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { PartySearch } from '../../api/parties.ts';

type Choice = { name: string; label: string; all: string; options: Readonly<Record<string, string>> };
type Props = {
  label: string;
  searchLabel: string;
  search: PartySearch;
  choices: readonly Choice[];
  onChange: (change: PartySearch) => void;
};

/** Narrows a list of parties: by what was typed, and by choices. */
export function PartyFilters({ label, searchLabel, search, choices, onChange }: Props) {
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() || undefined });
  };
  return (
    <Group gap="sm" role="group" aria-label={label}>
      <form onSubmit={find}>
        <TextInput
          key={search.q}
          name="q"
          type="search"
          w="18rem"
          maw="100%"
          maxLength={100}
          defaultValue={search.q}
          aria-label={searchLabel}
          placeholder={searchLabel}
        />
      </form>
      {choices.map(({ name, label: choiceLabel, all, options }) => (
        <NativeSelect
          key={name}
          aria-label={choiceLabel}
          value={search[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: all },
            ...Object.entries(options).map(([value, text]) => ({ value, label: text })),
          ]}
        />
      ))}
    </Group>
  );
}
