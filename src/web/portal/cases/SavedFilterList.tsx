import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type SavedFilter, savedFilterCalls, useSavedFilterChange } from '../../api/saved-filters.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './CasesTable.module.css';
import { longestName } from './SaveFilterForm.tsx';
import { savedFilterTexts } from './saved-filter-texts.ts';

type Props = { filters: readonly SavedFilter[]; most: number };

/** What one keeps, each with the way to rename and to remove it. */
export function SavedFilterList({ filters, most }: Props) {
  const t = useTexts(savedFilterTexts);
  return (
    <section aria-labelledby="saved-filters" className={styles.savedFilters}>
      <Group justify="space-between">
        <Title order={3} size="h6" id="saved-filters">
          {t.yours}
        </Title>
        <Text size="sm" c="dimmed">
          {t.count(filters.length, most)}
        </Text>
      </Group>
      {filters.length === 0 && <Text c="dimmed">{t.none}</Text>}
      <ul>
        {filters.map((filter) => (
          <li key={filter.id}>
            <Line filter={filter} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ filter }: { filter: SavedFilter }) {
  const t = useTexts(savedFilterTexts);
  const [step, setStep] = useState<'rename' | 'remove'>();
  const close = (): void => setStep(undefined);
  if (step === 'rename') return <Rename filter={filter} onClose={close} />;
  if (step === 'remove') return <Remove filter={filter} onClose={close} />;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text flex={1}>{filter.name}</Text>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t.renameOf(filter.name)}
        onClick={() => setStep('rename')}
      >
        {t.rename}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t.removeOf(filter.name)}
        onClick={() => setStep('remove')}
      >
        {t.remove}
      </Button>
    </Group>
  );
}

type StepProps = { filter: SavedFilter; onClose: () => void };

function Rename({ filter: { id, name: before, query }, onClose }: StepProps) {
  const t = useTexts(savedFilterTexts);
  const [name, setName] = useState(before);
  const changing = useSavedFilterChange(savedFilterCalls.change);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') changing.mutate({ id, name, query }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      {changing.error && <Notice kind="error">{changing.error.message}</Notice>}
      <Group gap="xs" align="flex-start">
        <TextInput
          aria-label={t.renameOf(before)}
          autoFocus
          flex={1}
          size="sm"
          maxLength={longestName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name.trim() === '' && t.nameNeeded}
        />
        <Button type="submit" size="sm" loading={changing.isPending}>
          {t.save}
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
      </Group>
    </form>
  );
}

function Remove({ filter: { id, name }, onClose }: StepProps) {
  const t = useTexts(savedFilterTexts);
  const removing = useSavedFilterChange(savedFilterCalls.remove);
  return (
    <>
      {removing.error && <Notice kind="error">{removing.error.message}</Notice>}
      <Group gap="xs">
        <Text flex={1}>{t.sureOf(name)}</Text>
        <Button
          size="compact-sm"
          color="red"
          loading={removing.isPending}
          onClick={() => removing.mutate(id)}
        >
          {t.remove}
        </Button>
        <Button size="compact-sm" variant="default" autoFocus onClick={onClose}>
          {t.cancel}
        </Button>
      </Group>
    </>
  );
}
