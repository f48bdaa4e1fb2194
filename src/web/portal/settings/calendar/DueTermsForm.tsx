import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { DueRule } from '#src/domain/due.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type Calendar, type Institution, useCalendarChange } from './calendar-queries.ts';
import { DueOfToday } from './DueOfToday.tsx';
import { texts } from './texts.ts';

type Kind = DueRule['of'] | 'none';
type Values = { kind: Kind; days: string; expiryDays: string };
type Props = { calendar: Calendar; institution: Institution; onClose: () => void };

/** Asks how an institution's requests are to fall due, and shows what that comes to. */
export function DueTermsForm({ calendar, institution, onClose }: Props) {
  const t = useTexts(texts);
  const [values, setValues] = useState<Values>(() => valuesOf(institution));
  const change = useCalendarChange(() => store(institution, values));
  const set = (part: Partial<Values>): void => setValues({ ...values, ...part });
  const wrongDays = values.kind !== 'none' && !isCount(values.days, 365);
  const wrongExpiry = !isCount(values.expiryDays, 3650);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrongDays && !wrongExpiry) change.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {change.error && <Notice kind="error">{change.error.message}</Notice>}
        <NativeSelect
          label={t.kind}
          data-autofocus
          value={values.kind}
          data={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))}
          onChange={(event) => set({ kind: event.currentTarget.value as Kind })}
        />
        {values.kind !== 'none' && (
          <TextInput
            label={t.days}
            inputMode="numeric"
            value={values.days}
            onChange={(event) => set({ days: event.currentTarget.value })}
            error={wrongDays && t.daysNeeded}
          />
        )}
        <TextInput
          label={t.expiryDays}
          inputMode="numeric"
          value={values.expiryDays}
          onChange={(event) => set({ expiryDays: event.currentTarget.value })}
          error={wrongExpiry && t.expiryNeeded}
        />
        <Text role="status">
          {t.preview}:{' '}
          {!wrongDays && <DueOfToday calendar={calendar} institution={institution} rule={ruleOf(values)} />}
        </Text>
        <Text c="dimmed">{t.keeps}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const valuesOf = ({ dueRule, expiryDays }: Institution): Values => ({
  kind: dueRule?.of ?? 'none',
  days: String(dueRule?.days ?? 7),
  expiryDays: String(expiryDays),
});

/** Digits that were typed in full width count as well. */
const plain = (typed: string): string => typed.normalize('NFKC').trim();

const isCount = (typed: string, most: number): boolean =>
  /^\d{1,4}$/.test(plain(typed)) && Number(plain(typed)) <= most;

const ruleOf = ({ kind, days }: Values): DueRule | null =>
  kind === 'none' ? null : { days: Number(plain(days)), of: kind };

const store = ({ id, version }: Institution, values: Values) =>
  unwrap(
    api.PUT('/api/v1/institutions/{institutionId}/due-terms', {
      params: { path: { institutionId: id }, header: { 'if-match': `"${version}"` } },
      body: { dueRule: ruleOf(values), expiryDays: Number(plain(values.expiryDays)) },
    }),
  );
