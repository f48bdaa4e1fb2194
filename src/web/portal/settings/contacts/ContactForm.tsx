import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { categories, categoryCodes } from '#src/domain/categories.ts';
import { isMailAddress } from '#src/domain/mail-address.ts';
import { locales } from '#src/domain/text.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type Contact, contactsQuery, useContactChange } from './contact-queries.ts';
import { texts } from './texts.ts';

type Values = Pick<Contact, 'sid' | 'category' | 'name' | 'email' | 'locale'>;
type Props = { mid: string; contact?: Contact; onClose: () => void };

/** Asks for a contact, new or changed. What was typed stays when somebody else was first. */
export function ContactForm({ mid, contact, onClose }: Props) {
  const t = useTexts(texts);
  const { data: found } = useQuery(contactsQuery(mid));
  const first = found?.isLimited ? found.services[0]?.sid : undefined;
  const [values, setValues] = useState<Values>(() => valuesOf(contact ?? { sid: first ?? null }));
  const [isTried, setTried] = useState(false);
  const save = useContactChange(() => store(mid, contact, values));
  const isGood = values.name.trim() !== '' && isMailAddress(values.email.trim());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isGood) save.mutate(undefined, { onSuccess: onClose });
  };
  const change = (part: Partial<Values>): void => setValues({ ...values, ...part });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error && <Notice kind="error">{save.error.message}</Notice>}
        <Choices mid={mid} values={values} onChange={change} />
        <TextInput
          label={t.name}
          data-autofocus
          maxLength={100}
          value={values.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={isTried && values.name.trim() === '' && t.nameNeeded}
        />
        <TextInput
          label={t.email}
          type="email"
          maxLength={254}
          value={values.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
          error={isTried && !isMailAddress(values.email.trim()) && t.emailNeeded}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {contact ? t.save : t.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const valuesOf = ({ sid, category, name, email, locale }: Partial<Contact>): Values => ({
  sid: sid ?? null,
  category: category ?? categoryCodes[0],
  name: name ?? '',
  email: email ?? '',
  locale: locale ?? 'ja',
});

function store(mid: string, contact: Contact | undefined, values: Values): Promise<Contact> {
  const body = { ...values, name: values.name.trim(), email: values.email.trim() };
  if (!contact) {
    return unwrap(api.POST('/api/v1/merchants/{mid}/contacts', { params: { path: { mid } }, body }));
  }
  const params = { path: { contactId: contact.id }, header: { 'if-match': `"${contact.version}"` } };
  return unwrap(api.PUT('/api/v1/contacts/{contactId}', { params, body }));
}

type ChoicesProps = { mid: string; values: Values; onChange: (part: Partial<Values>) => void };

function Choices({ mid, values, onChange }: ChoicesProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { services = [], isLimited = false } = useQuery(contactsQuery(mid)).data ?? {};
  return (
    <>
      <NativeSelect
        label={t.service}
        value={values.sid ?? ''}
        onChange={(event) => onChange({ sid: event.currentTarget.value || null })}
        data={[
          ...(isLimited ? [] : [{ value: '', label: t.allServices }]),
          ...services.map(({ sid, name }) => ({ value: sid, label: `${mid}-${sid} ${name}` })),
        ]}
      />
      <NativeSelect
        label={t.category}
        value={values.category}
        onChange={(event) => onChange({ category: event.currentTarget.value as Values['category'] })}
        data={categoryCodes.map((code) => ({ value: code, label: categories[code].label[locale] }))}
      />
      <NativeSelect
        label={t.language}
        value={values.locale}
        onChange={(event) => onChange({ locale: event.currentTarget.value as Values['locale'] })}
        data={locales.map((code) => ({ value: code, label: t.languages[code] }))}
      />
    </>
  );
}
