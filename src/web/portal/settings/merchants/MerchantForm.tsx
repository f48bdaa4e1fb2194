import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Merchant, partyCalls, usePartyChange } from '../../../api/parties.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems } from '../../../ui/problems.tsx';
import {
  aNewMerchant,
  aNewService,
  type MerchantValues,
  servicesIn,
  valuesOf,
  wrongIn,
} from './merchant-values.ts';
import { ServiceFields } from './ServiceFields.tsx';
import { texts } from './texts.ts';

type Props = { merchant?: Merchant; mayChange: boolean; onSaved?: (merchant: Merchant) => void };

/** A merchant with its services, saved together over the version the form began with. What was typed stays when it is refused. */
export function MerchantForm({ merchant, mayChange, onSaved }: Props) {
  const t = useTexts(texts);
  const [version, setVersion] = useState(merchant?.version);
  const [values, setValues] = useState(() => (merchant ? valuesOf(merchant) : aNewMerchant));
  const [isTried, setTried] = useState(false);
  const save = usePartyChange(() => store(values, version));
  const wrong = wrongIn(values, t);
  const shown = isTried ? wrong : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    save.mutate(undefined, {
      onSuccess: (saved) => {
        setVersion(saved.version);
        setValues(valuesOf(saved));
        onSaved?.(saved);
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={save.error} />
        {save.isSuccess && <Notice kind="success">{t.saved}</Notice>}
        <Basics values={values} isNew={!merchant} mayChange={mayChange} wrong={shown} onChange={setValues} />
        <Services values={values} mayChange={mayChange} wrong={shown} onChange={setValues} />
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {merchant ? t.save : t.add}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function store(values: MerchantValues, version: number | undefined): Promise<Merchant> {
  const { mid, isStopped } = values;
  const body = { name: values.name.trim(), services: servicesIn(values) };
  return version === undefined
    ? partyCalls.addMerchant({ mid, ...body })
    : partyCalls.changeMerchant(mid, version, { ...body, isStopped });
}

type PartProps = {
  values: MerchantValues;
  mayChange: boolean;
  wrong: Readonly<Record<string, string>>;
  onChange: (values: MerchantValues) => void;
};

function Basics({ values, isNew, mayChange, wrong, onChange }: PartProps & { isNew: boolean }) {
  const t = useTexts(texts);
  return (
    <>
      <TextInput
        label={t.mid}
        description={isNew ? t.midHint : undefined}
        w="10rem"
        maxLength={5}
        inputMode="numeric"
        autoComplete="off"
        readOnly={!isNew}
        value={values.mid}
        onChange={(event) => onChange({ ...values, mid: event.currentTarget.value.trim() })}
        error={wrong.mid}
      />
      <TextInput
        label={t.name}
        maw="32rem"
        maxLength={100}
        autoComplete="off"
        readOnly={!mayChange}
        value={values.name}
        onChange={(event) => onChange({ ...values, name: event.currentTarget.value })}
        error={wrong.name}
      />
      {!isNew && (
        <Checkbox
          label={t.stopMerchant}
          description={t.stoppedHint}
          disabled={!mayChange}
          checked={values.isStopped}
          onChange={(event) => onChange({ ...values, isStopped: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

function Services({ values, mayChange, wrong, onChange }: PartProps) {
  const t = useTexts(texts);
  const { services } = values;
  const put = (changed: MerchantValues['services']): void => onChange({ ...values, services: changed });
  return (
    <>
      {services.map((service, place) => (
        <ServiceFields
          // Services have no name of their own before they are stored; none moves to another place.
          key={service.isNew ? `new-${place}` : service.sid}
          service={service}
          place={place}
          mayChange={mayChange}
          wrong={wrong}
          onChange={(part) =>
            put(services.map((each, index) => (index === place ? { ...each, ...part } : each)))
          }
          onRemove={
            service.isNew && services.length > 1
              ? () => put(services.filter((_, index) => index !== place))
              : undefined
          }
        />
      ))}
      {mayChange && (
        <Group>
          <Button variant="default" size="sm" onClick={() => put([...services, aNewService])}>
            {t.addService}
          </Button>
        </Group>
      )}
    </>
  );
}
