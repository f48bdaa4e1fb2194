import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Facts } from './Facts.tsx';

const texts = { ja: { notEntered: '未入力' }, en: { notEntered: 'Not entered' } };

type Props = {
  document: Schemas['ShownAnswer'];
  /** What stands beside the title of a section. */
  beside?: (section: string, title: string) => ReactNode;
  order?: 2 | 3;
};

/** An answer as it is shown and stored: question by question, empty optional parts marked. */
export function AnswerDocument({ document, beside, order = 3 }: Props) {
  const t = useTexts(texts);
  return (
    <Stack gap="lg">
      {document.map(({ section, title, entries }) => (
        <section key={section} aria-label={title}>
          <div style={{ display: 'flex', justifyContent: 'space-between', gap: '1rem' }}>
            <Title order={order} size="h5">
              {title}
            </Title>
            {beside?.(section, title)}
          </div>
          {entries.map((entry, index) => (
            <div key={entry.title ?? index}>
              {entry.title && (
                <Text size="sm" fw={600} mt="xs">
                  {entry.title}
                </Text>
              )}
              <Facts
                facts={entry.fields.map(({ label, shown }) => [
                  label,
                  shown === null ? (
                    <Text key={label} span c="dimmed">
                      {t.notEntered}
                    </Text>
                  ) : (
                    <span key={label} className="prewrap">
                      {shown}
                    </span>
                  ),
                ])}
              />
            </div>
          ))}
        </section>
      ))}
    </Stack>
  );
}
