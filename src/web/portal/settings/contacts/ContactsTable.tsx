import { Button, Group, Text } from '@mantine/core';
import { categories } from '#src/domain/categories.ts';
import { showInstant } from '#src/domain/days.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import type { ContactStep } from './ContactDialogs.tsx';
import type { Contact, Contacts } from './contact-queries.ts';
import { TestMailButton } from './TestMailButton.tsx';
import { texts } from './texts.ts';

type Props = {
  mid: string;
  found: Contacts;
  onStep: (step: ContactStep) => void;
};

/** The contacts by service, first those of all services; on a phone each is a card. */
export function ContactsTable({ mid, found, onStep }: Props) {
  const t = useTexts(texts);
  const columns = [t.service, t.category, t.name, t.email, t.language, t.actions];
  const nameOf = (sid: string | null): string =>
    sid === null
      ? t.allServices
      : `${mid}-${sid} ${found.services.find((each) => each.sid === sid)?.name ?? ''}`;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {found.data.map((contact) => (
          <ContactLine
            key={contact.id}
            contact={contact}
            service={nameOf(contact.sid)}
            mayChange={!found.isLimited || contact.sid !== null}
            onStep={(kind) => onStep({ kind, mid, contact })}
          />
        ))}
      </tbody>
    </table>
  );
}

type LineProps = {
  contact: Contact;
  service: string;
  mayChange: boolean;
  onStep: (kind: 'edit' | 'remove') => void;
};

function ContactLine({ contact, service, mayChange, onStep }: LineProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const steps = mayChange ? (['edit', 'remove'] as const) : [];
  return (
    <tr>
      <td data-label={t.service}>{service}</td>
      <td data-label={t.category}>{categories[contact.category].label[locale]}</td>
      <td data-label={t.name}>{contact.name}</td>
      <td data-label={t.email}>
        <div>
          {contact.email}
          {contact.unreachable && (
            <Text size="sm" c="red.8" fw={600}>
              ⚠{' '}
              {t.unreachable(
                showInstant(new Date(contact.unreachable.since), locale),
                contact.unreachable.reply,
              )}
            </Text>
          )}
          {!contact.hasLogin && (
            <Text size="sm" c="dimmed">
              {t.noLogin}
            </Text>
          )}
        </div>
      </td>
      <td data-label={t.language}>{t.languages[contact.locale]}</td>
      <td data-label={t.actions}>
        <Group gap="xs">
          {mayChange && <TestMailButton contact={contact} />}
          {steps.map((kind) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="default"
              aria-label={`${t[kind]}: ${contact.email}`}
              onClick={() => onStep(kind)}
            >
              {t[kind]}
            </Button>
          ))}
        </Group>
      </td>
    </tr>
  );
}
