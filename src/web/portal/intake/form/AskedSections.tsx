import { List, Text, Title } from '@mantine/core';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { askOf, type NotificationCode, notificationType } from '#src/domain/notification-types.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';

type Props = { type: string; goods: string; productNameKnown: boolean };

/** What the merchant will be asked, as far as it can be told yet. */
export function AskedSections({ type, goods, productNameKnown }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const code = type as NotificationCode;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t.asked}
      </Title>
      {type === '' || goods === '' ? (
        <Text c="dimmed" size="sm">
          {t.askedNothing}
        </Text>
      ) : (
        <>
          <Text size="sm">{askOf(code)[locale]}</Text>
          <List size="sm" my="xs">
            {answerFormFor(code, { goods: goods as Goods, productNameKnown, currency: 'JPY' }).sections.map(
              ({ name, title }) => (
                <List.Item key={name}>{title[locale]}</List.Item>
              ),
            )}
          </List>
          <Text size="sm" c="dimmed">
            {notificationType(code).guidance?.[locale]}
          </Text>
        </>
      )}
    </section>
  );
}
