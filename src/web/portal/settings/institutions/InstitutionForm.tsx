import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { InstitutionKind } from '#src/domain/institution-kinds.ts';
import { type Institution, partyCalls, usePartyChange } from '../../../api/parties.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { kindLabels } from './kind-labels.ts';
import { texts } from './texts.ts';

type Props = { institution: Institution; mayChange: boolean };

const valuesOf = ({ name, kind, retiredAt, secondPersonCorrects }: Institution) => ({
  ...{ name, kind, secondPersonCorrects },
  isRetired: retiredAt !== null,
});

/** Name, kind and whether it takes part. It is saved over the version it began with; what was typed stays when somebody was first. */
export function InstitutionForm({ institution, mayChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const [version, setVersion] = useState(institution.version);
  const [values, setValues] = useState(() => valuesOf(institution));
  const [isTried, setTried] = useState(false);
  const save = usePartyChange(() => partyCalls.changeInstitution(institution.id, version, values));
  const isNamed = values.name.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isNamed) save.mutate(undefined, { onSuccess: (saved) => setVersion(saved.version) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw="32rem">
        <Problems error={save.error} />
        {save.isSuccess && <Notice kind="success">{t.saved}</Notice>}
        <TextInput label={t.id} value={institution.id} readOnly variant="filled" />
        <TextInput
          label={t.name}
          maxLength={100}
          autoComplete="off"
          readOnly={!mayChange}
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
          error={(isTried && !isNamed && t.nameNeeded) || problemOf(save.error, 'name')}
        />
        <NativeSelect
          label={t.kind}
          disabled={!mayChange}
          value={values.kind}
          onChange={(event) => setValues({ ...values, kind: event.currentTarget.value as InstitutionKind })}
          data={Object.entries(kindLabels(locale)).map(([value, label]) => ({ value, label }))}
        />
        <Checkbox
          label={t.secondPerson}
          description={t.secondPersonHint}
          disabled={!mayChange}
          checked={values.secondPersonCorrects}
          onChange={(event) => setValues({ ...values, secondPersonCorrects: event.currentTarget.checked })}
        />
        <Checkbox
          label={t.retired}
          description={t.retiredHint}
          disabled={!mayChange}
          checked={values.isRetired}
          onChange={(event) => setValues({ ...values, isRetired: event.currentTarget.checked })}
        />
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t.save}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
