import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Downloads } from '../../parts/Downloads.tsx';
import { KeyDialogs } from './KeyDialogs.tsx';
import { KeysTable } from './KeysTable.tsx';
import { filterOf, institutionsQuery, keysQuery, type Owner } from './key-queries.ts';
import type { KeyStep } from './key-step.ts';
import { ownerIn } from './owner-in.ts';
import { texts } from './texts.ts';

/** 設定 › APIキー: the keys of one owner. Operators choose whose; the address keeps the choice. */
export function KeysPage() {
  const t = useTexts(texts);
  const { user, services } = useSession();
  const { owner: chosen } = useSearch({ from: '/frame/settings/keys' });
  const [step, setStep] = useState<KeyStep>();
  const mid = services[0]?.mid;
  const owner =
    user.kind === 'operator' ? ownerIn(chosen) : mid ? ({ kind: 'merchant', mid } as const) : undefined;
  return (
    <Page
      title={t.title}
      actions={owner && <Button onClick={() => setStep({ kind: 'create', owner })}>{t.create}</Button>}
    >
      <Text>{t.intro}</Text>
      {user.kind === 'operator' && <OwnerChoice chosen={chosen ?? ''} />}
      {owner ? <Keys owner={owner} onStep={setStep} /> : <Text c="dimmed">{t.chooseFirst}</Text>}
      <KeyDialogs step={step} onStep={setStep} />
    </Page>
  );
}

function OwnerChoice({ chosen }: { chosen: string }) {
  const t = useTexts(texts);
  const { services } = useSession();
  const { data } = useQuery(institutionsQuery);
  const navigate = useNavigate();
  const merchants = new Map(services.map(({ mid, merchantName }) => [mid, merchantName]));
  const choices = [
    { value: '', label: t.chooseOwner },
    { value: 'provider', label: t.provider },
    ...(data?.data ?? []).map(({ id, name }) => ({ value: `institution:${id}`, label: `${id} ${name}` })),
    ...[...merchants].map(([mid, name]) => ({ value: `merchant:${mid}`, label: `${mid} ${name}` })),
  ];
  return (
    <NativeSelect
      label={t.owner}
      value={chosen}
      data={choices}
      maw="28rem"
      onChange={(event) =>
        void navigate({ to: '/settings/keys', search: { owner: event.currentTarget.value } })
      }
    />
  );
}

function Keys({ owner, onStep }: { owner: Owner; onStep: (step: KeyStep) => void }) {
  const t = useTexts(texts);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(keysQuery(owner));
  if (error) return <ErrorPage error={error} />;
  if (!data) return <Loading rows={4} />;
  const keys = data.pages.flatMap((page) => page.data);
  if (keys.length === 0) {
    return (
      <Stack align="center" py="xl" gap="xs">
        <Text fw={600}>{t.none}</Text>
        <Text c="dimmed">{t.noneDetail}</Text>
      </Stack>
    );
  }
  return (
    <Stack align="flex-start">
      <Downloads path="api-keys" search={filterOf(owner)} />
      <KeysTable keys={keys} onStep={onStep} />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Stack>
  );
}
