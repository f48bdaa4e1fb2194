import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FormSection } from '#src/domain/answer-form.ts';
import { problemMessage } from '#src/domain/problems.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { EntryFields } from './EntryFields.tsx';
import { focusField } from './focus-field.ts';
import { fieldId, useForm } from './form-context.ts';
import { texts } from './texts.ts';

type Entry = Readonly<Record<string, unknown>>;
type Props = { section: FormSection; repeats: NonNullable<FormSection['repeats']> };

/** The entries of a section that repeats, such as the guests. There is always a first one to fill in. */
export function Entries({ section, repeats }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { content, change, problems } = useForm();
  const goTo = useFocusAfterChange();
  const at = `/${section.name}`;
  const item = repeats.item[locale];
  const saved = content[section.name];
  const entries: readonly Entry[] = Array.isArray(saved) && saved.length > 0 ? saved : [{}];
  const set = (next: readonly Entry[]): void => change({ ...content, [section.name]: next });
  const own = problems.find(({ pointer }) => pointer === at);
  const remove = (index: number): void => {
    set(entries.filter((_, other) => other !== index));
    goTo(`${at}/${Math.min(index, entries.length - 2)}`);
  };
  const add = (): void => {
    set([...entries, {}]);
    goTo(`${at}/${entries.length}`);
  };
  return (
    <Stack gap="lg">
      {own && (
        <Text size="sm" c="var(--mantine-color-error)">
          {problemMessage(own, locale)}
        </Text>
      )}
      {entries.map((entry, index) => {
        const name = `${item} ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place.
          <div key={index} role="group" aria-label={name} id={fieldId(`${at}/${index}`)}>
            <Group justify="space-between" mb="xs">
              <Text fw={600} size="sm">
                {name}
              </Text>
              {entries.length > 1 && (
                <Button size="compact-sm" variant="subtle" onClick={() => remove(index)}>
                  {t.remove(name)}
                </Button>
              )}
            </Group>
            <EntryFields
              section={section}
              at={`${at}/${index}`}
              entry={entry}
              onChange={(changed) => set(entries.map((each, other) => (other === index ? changed : each)))}
            />
          </div>
        );
      })}
      {entries.length < repeats.max && (
        <Button variant="default" size="sm" onClick={add} style={{ alignSelf: 'flex-start' }}>
          {t.add(item)}
        </Button>
      )}
    </Stack>
  );
}

/** Leads on once the entries are on the page: to the one that was added, or to what took the place of a removed one. */
function useFocusAfterChange(): (pointer: string) => void {
  const [target, setTarget] = useState<{ pointer: string }>();
  useEffect(() => {
    if (target) focusField(target.pointer);
  }, [target]);
  return (pointer) => setTarget({ pointer });
}
