import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { ContactDialogs, type ContactStep } from './ContactDialogs.tsx';
import { ContactsTable } from './ContactsTable.tsx';
import { contactsQuery } from './contact-queries.ts';
import { texts } from './texts.ts';

/** 設定 › 連絡先: whom a merchant wants told, and of which services nobody would be. Operators choose the merchant. */
export function ContactsPage() {
  const t = useTexts(texts);
  const { user, services } = useSession();
  const { mid: chosen } = useSearch({ from: '/frame/settings/contacts' });
  const [step, setStep] = useState<ContactStep>();
  const mid = user.kind === 'operator' ? chosen : services[0]?.mid;
  return (
    <Page
      title={t.title}
      actions={mid && <Button onClick={() => setStep({ kind: 'add', mid })}>{t.add}</Button>}
    >
      <Text>{t.intro}</Text>
      {user.kind === 'operator' && <MerchantChoice chosen={chosen ?? ''} />}
      {mid ? <ContactsOf mid={mid} onStep={setStep} /> : <Text c="dimmed">{t.chooseFirst}</Text>}
      <ContactDialogs step={step} onClose={() => setStep(undefined)} />
    </Page>
  );
}

function MerchantChoice({ chosen }: { chosen: string }) {
  const t = useTexts(texts);
  const { services } = useSession();
  const navigate = useNavigate();
  const merchants = new Map(services.map(({ mid, merchantName }) => [mid, merchantName]));
  return (
    <NativeSelect
      label={t.merchant}
      value={chosen}
      maw="28rem"
      data={[
        { value: '', label: t.chooseMerchant },
        ...[...merchants].map(([mid, name]) => ({ value: mid, label: `${mid} ${name}` })),
      ]}
      onChange={(event) =>
        void navigate({ to: '/settings/contacts', search: { mid: event.currentTarget.value } })
      }
    />
  );
}

function ContactsOf({ mid, onStep }: { mid: string; onStep: (step: ContactStep) => void }) {
  const t = useTexts(texts);
  const { data: found, error } = useQuery(contactsQuery(mid));
  if (error) return <ErrorPage error={error} />;
  if (!found) return <Loading rows={4} />;
  const uncovered = found.services.filter(({ withoutContact }) => withoutContact.length > 0);
  return (
    <Stack>
      {uncovered.length > 0 && (
        <Notice kind="warning" title={t.uncoveredTitle}>
          {t.uncovered}
          <ul>
            {uncovered.map(({ sid, name }) => (
              <li key={sid}>
                {mid}-{sid} {name}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {found.data.length === 0 ? (
        <Stack align="center" py="xl" gap="xs">
          <Text fw={600}>{t.none}</Text>
          <Text c="dimmed">{t.noneDetail}</Text>
        </Stack>
      ) : (
        <>
          <Downloads path={`merchants/${mid}/contacts`} />
          <ContactsTable mid={mid} found={found} onStep={onStep} />
        </>
      )}
    </Stack>
  );
}
