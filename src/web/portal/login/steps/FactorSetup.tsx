import { Anchor, Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { makePasskey, type NewFactor } from '../../../api/second-factors.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { CodeForm } from './FactorForm.tsx';
import { QrCode } from './QrCode.tsx';
import { texts } from './texts.ts';

type Offers = {
  offerTotp: () => Promise<{ secret: string; address: string }>;
  offerPasskey: () => Promise<{ challenge: string }>;
};

type Props<Added> = {
  allowsPasskeys: boolean;
  /** Which kind to begin with, and whether the other one may be chosen instead. */
  only?: 'totp' | 'passkey';
  offers: Offers;
  add: (factor: NewFactor) => Promise<Added>;
  onAdded: (added: Added) => void;
};

/** Sets up an authenticator app or a passkey, while logging in or on the account page. */
export function FactorSetup<Added>({ allowsPasskeys, only, offers, add, onAdded }: Props<Added>) {
  const t = useTexts(texts);
  const [kind, setKind] = useState(only ?? 'totp');
  const other = kind === 'totp' ? 'passkey' : 'totp';
  return (
    <Stack>
      {kind === 'totp' ? (
        <TotpSetup offer={offers.offerTotp} add={add} onAdded={onAdded} />
      ) : (
        <PasskeySetup offer={offers.offerPasskey} add={add} onAdded={onAdded} />
      )}
      {!only && allowsPasskeys && (
        <Button variant="default" size="xs" onClick={() => setKind(other)}>
          {t.setUpInstead[other]}
        </Button>
      )}
    </Stack>
  );
}

type SetupProps<Added, Offer> = {
  offer: () => Promise<Offer>;
  add: (factor: NewFactor) => Promise<Added>;
  onAdded: (added: Added) => void;
};

function TotpSetup<Added>({ offer, add, onAdded }: SetupProps<Added, { secret: string; address: string }>) {
  const t = useTexts(texts);
  // Asked for once: whoever turns to their phone and back must find the same code.
  const { data, error } = useQuery({
    queryKey: ['totp-offer', useId()],
    queryFn: offer,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const show = useMutation({
    mutationFn: (code: string) => add({ method: 'totp', code }),
    onSuccess: onAdded,
  });
  if (error) return <Notice kind="error">{isProblem(error) ? error.message : t.failed}</Notice>;
  if (!data) return <Loading rows={5} />;
  return (
    <Stack>
      <Text size="sm">{t.scan}</Text>
      <QrCode text={data.address} label={t.qrCode} />
      <Text size="sm">
        {t.key}{' '}
        <Code style={{ overflowWrap: 'anywhere' }}>{(data.secret.match(/.{1,4}/g) ?? []).join(' ')}</Code>
      </Text>
      <Anchor size="sm" href={data.address} hiddenFrom="sm">
        {t.openApp}
      </Anchor>
      {show.error && <Notice kind="error">{isProblem(show.error) ? show.error.message : t.failed}</Notice>}
      <CodeForm method="totp" isPending={show.isPending} onCode={(code) => show.mutate(code)} />
    </Stack>
  );
}

function PasskeySetup<Added>({ offer, add, onAdded }: SetupProps<Added, { challenge: string }>) {
  const t = useTexts(texts);
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: async () =>
      add({ method: 'passkey', name: name.trim(), response: await makePasskey(await offer()) }),
    onSuccess: onAdded,
  });
  const submit = (): void => {
    setTried(true);
    if (name.trim() !== '') make.mutate();
  };
  return (
    <Stack>
      <Text size="sm">{t.passkeySetup}</Text>
      {make.error && (
        <Notice kind="error">{isProblem(make.error) ? make.error.message : t.passkeyFailed}</Notice>
      )}
      <TextInput
        label={t.passkeyName}
        description={t.passkeyNameHint}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isTried && name.trim() === '' && t.enterName}
      />
      <Button onClick={submit} loading={make.isPending}>
        {t.makePasskey}
      </Button>
    </Stack>
  );
}
