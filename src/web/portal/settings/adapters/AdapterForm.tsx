import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  PasswordInput,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { adapterKinds, usualReasons } from '#src/domain/adapter-settings.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import {
  type Adapter,
  adapterCalls,
  institutionsQuery,
  type Kind,
  useAdapterChange,
} from './adapters-api.ts';
import { readAccounts, readReasons, showAccounts, showReasons } from './setting-lines.ts';
import { TestBench } from './TestBench.tsx';
import { texts } from './texts.ts';

type Values = {
  name: string;
  institutionId: string;
  kind: Kind;
  isOn: boolean;
  secret: string;
  reasons: string;
  accounts: string;
  fillsGaps: boolean;
  mapping: string;
};
type Props = { adapter: Adapter | undefined; onClose: () => void };
type PartProps = {
  values: Values;
  isNew: boolean;
  isTried: boolean;
  onChange: (part: Partial<Values>) => void;
};

/** Asks how a provider's messages are read, with a bench to see it before it holds. */
export function AdapterForm({ adapter, onClose }: Props) {
  const t = useTexts(texts);
  const [values, setValues] = useState<Values>(() => valuesOf(adapter));
  const [isTried, setTried] = useState(false);
  const save = useAdapterChange(() => store(adapter, values));
  const isNew = adapter === undefined;
  const isGood =
    values.name.trim() !== '' &&
    (!isNew || (values.secret.trim() !== '' && values.institutionId !== '')) &&
    !readReasons(values.reasons).wrongLine &&
    !readAccounts(values.accounts).wrongLine;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isGood) save.mutate(undefined, { onSuccess: onClose });
  };
  const part = {
    values,
    isNew,
    isTried,
    onChange: (change: Partial<Values>) => setValues({ ...values, ...change }),
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error && <Notice kind="error">{save.error.message}</Notice>}
        <Who {...part} />
        <Rules {...part} />
        {adapter && <TestBench adapterId={adapter.id} settings={settingsOf(values)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {isNew ? t.add : t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const valuesOf = (adapter: Adapter | undefined): Values => ({
  name: adapter?.name ?? '',
  institutionId: adapter?.institutionId ?? '',
  kind: adapter?.kind ?? 'stripe',
  isOn: adapter?.isOn ?? true,
  secret: '',
  reasons: showReasons(adapter?.settings.reasons ?? [...usualReasons.stripe]),
  accounts: showAccounts(adapter?.settings.accounts ?? []),
  fillsGaps: adapter?.settings.fillsGaps ?? true,
  mapping: adapter?.settings.mapping ?? '',
});

const settingsOf = ({ reasons, accounts, fillsGaps, mapping }: Values): Adapter['settings'] => ({
  reasons: readReasons(reasons).entries,
  accounts: readAccounts(accounts).entries,
  fillsGaps,
  mapping,
});

async function store(adapter: Adapter | undefined, values: Values): Promise<Adapter> {
  const { institutionId, kind, isOn } = values;
  const secret = values.secret.trim();
  const body = { name: values.name.trim(), isOn, settings: settingsOf(values) };
  if (!adapter) return adapterCalls.add({ ...body, institutionId, kind, secret });
  if (secret !== '') await adapterCalls.replaceSecret(adapter.id, secret);
  return adapterCalls.change(adapter.id, body);
}

function Who({ values, isNew, isTried, onChange }: PartProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data: institutions } = useQuery(institutionsQuery);
  const kinds = Object.entries(adapterKinds).map(([value, label]) => ({ value, label: label[locale] }));
  const chooseKind = (kind: Kind): void => onChange({ kind, reasons: showReasons([...usualReasons[kind]]) });
  return (
    <>
      <TextInput
        label={t.name}
        data-autofocus
        maxLength={100}
        value={values.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={isTried && values.name.trim() === '' && t.nameNeeded}
      />
      {isNew && (
        <>
          <NativeSelect
            label={t.institution}
            value={values.institutionId}
            onChange={(event) => onChange({ institutionId: event.currentTarget.value })}
            data={[
              { value: '', label: '' },
              ...(institutions?.data ?? []).map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
            ]}
            error={isTried && values.institutionId === '' && t.institutionNeeded}
          />
          <NativeSelect
            label={t.kind}
            value={values.kind}
            onChange={(event) => chooseKind(event.currentTarget.value as Kind)}
            data={kinds}
          />
        </>
      )}
      <PasswordInput
        label={isNew ? t.secret : t.secretNew}
        description={isNew ? undefined : t.secretHint}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t.showSecret, tabIndex: 0 }}
        value={values.secret}
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
        error={isTried && isNew && values.secret.trim() === '' && t.secretNeeded}
      />
      <Checkbox
        label={t.isOn}
        checked={values.isOn}
        onChange={(event) => onChange({ isOn: event.currentTarget.checked })}
      />
    </>
  );
}

function Rules({ values, onChange }: PartProps) {
  const t = useTexts(texts);
  const [reasonLine, accountLine] = [
    readReasons(values.reasons).wrongLine,
    readAccounts(values.accounts).wrongLine,
  ];
  return (
    <>
      <Textarea
        label={t.reasons}
        description={t.reasonsHint}
        autosize
        minRows={3}
        maxRows={12}
        value={values.reasons}
        onChange={(event) => onChange({ reasons: event.currentTarget.value })}
        error={reasonLine && t.wrongLine(reasonLine)}
      />
      <Textarea
        label={t.accounts}
        description={t.accountsHint}
        autosize
        minRows={2}
        maxRows={12}
        value={values.accounts}
        onChange={(event) => onChange({ accounts: event.currentTarget.value })}
        error={accountLine && t.wrongLine(accountLine)}
      />
      <Checkbox
        label={t.fillsGaps}
        checked={values.fillsGaps}
        onChange={(event) => onChange({ fillsGaps: event.currentTarget.checked })}
      />
      {values.kind === 'mapping' && (
        <Textarea
          label={t.mapping}
          autosize
          minRows={6}
          maxRows={24}
          value={values.mapping}
          onChange={(event) => onChange({ mapping: event.currentTarget.value })}
        />
      )}
    </>
  );
}
