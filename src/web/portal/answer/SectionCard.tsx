import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { DraftContent } from '#src/domain/answer.ts';
import type { FormSection } from '#src/domain/answer-form.ts';
import { problemMessage } from '#src/domain/problems.ts';
import { isChosen } from '#src/domain/read-answer.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { FieldInput } from './FieldInput.tsx';
import { fieldId, useForm } from './form-context.ts';
import { texts } from './texts.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A section of the form as a card. */
export function SectionCard({ section }: { section: FormSection }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { content, change } = useForm();
  const titleId = `title-${section.name}`;
  const entry = (content[section.name] ?? {}) as Entry;
  return (
    <Paper
      component="section"
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby={titleId}
      id={fieldId(`/${section.name}`)}
      tabIndex={-1}
    >
      <Title order={2} size="h5" id={titleId} mb={section.note ? 0 : 'md'}>
        {section.title[locale]}
      </Title>
      {section.note && (
        <Text size="sm" c="dimmed" mb="md">
          {section.note[locale]}
        </Text>
      )}
      {section.rules.map((rule) =>
        rule.rule === 'one_of' ? (
          <Text key={rule.fields.join()} size="sm" c="dimmed" mb="md">
            {t.oneOf(rule.fields.map((name) => section.fields[name]?.label[locale] ?? name))}
          </Text>
        ) : null,
      )}
      {section.repeats ? (
        <RepeatedEntries section={section} />
      ) : (
        <EntryFields
          section={section}
          at={`/${section.name}`}
          entry={entry}
          onChange={(changed) => change({ ...content, [section.name]: changed })}
        />
      )}
    </Paper>
  );
}

type FieldsProps = { section: FormSection; at: string; entry: Entry; onChange: (entry: Entry) => void };

/** The fields of one entry; those that a choice hides keep what was typed and come back with it. */
function EntryFields({ section, at, entry, onChange }: FieldsProps) {
  const { content } = useForm();
  const asked = Object.entries(section.fields).filter(
    ([, { askedWhen }]) => !askedWhen || isChosen(askedWhen, content, entry),
  );
  return (
    <Stack gap="md">
      {asked.map(([name, field]) => (
        <FieldInput
          key={name}
          field={field}
          pointer={`${at}/${name}`}
          value={entry[name]}
          onChange={(value) => onChange({ ...entry, [name]: value })}
        />
      ))}
    </Stack>
  );
}

function RepeatedEntries({ section }: { section: FormSection }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { content, change, problems } = useForm();
  const saved = content[section.name];
  const entries: readonly Entry[] = Array.isArray(saved) && saved.length > 0 ? saved : [{}];
  const item = section.repeats?.item[locale] ?? '';
  const set = (next: readonly Entry[]): void =>
    change({ ...(content as DraftContent), [section.name]: next });
  const own = problems.find(({ pointer }) => pointer === `/${section.name}`);
  return (
    <Stack gap="lg">
      {own && (
        <Text size="sm" c="var(--mantine-color-error)">
          {problemMessage(own, locale)}
        </Text>
      )}
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place.
        <div key={index} role="group" aria-label={`${item} ${index + 1}`}>
          <Group justify="space-between" mb="xs">
            <Text fw={600} size="sm">
              {item} {index + 1}
            </Text>
            {entries.length > 1 && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => set(entries.filter((_, other) => other !== index))}
              >
                {t.remove(`${item} ${index + 1}`)}
              </Button>
            )}
          </Group>
          <EntryFields
            section={section}
            at={`/${section.name}/${index}`}
            entry={entry}
            onChange={(changed) => set(entries.map((each, other) => (other === index ? changed : each)))}
          />
        </div>
      ))}
      {entries.length < (section.repeats?.max ?? 0) && (
        <Button
          variant="default"
          size="sm"
          onClick={() => set([...entries, {}])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t.add(item)}
        </Button>
      )}
    </Stack>
  );
}
