import { Paper, Text, Title } from '@mantine/core';
import type { FormSection } from '#src/domain/answer-form.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Entries } from './Entries.tsx';
import { EntryFields } from './EntryFields.tsx';
import { fieldId, useForm } from './form-context.ts';
import { texts } from './texts.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A section of the form as a card. */
export function SectionCard({ section }: { section: FormSection }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { content, change } = useForm();
  const titleId = `title-${section.name}`;
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
        <Entries section={section} repeats={section.repeats} />
      ) : (
        <EntryFields
          section={section}
          at={`/${section.name}`}
          entry={(content[section.name] ?? {}) as Entry}
          onChange={(changed) => change({ ...content, [section.name]: changed })}
        />
      )}
    </Paper>
  );
}
