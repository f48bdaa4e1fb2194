import { Button, Checkbox, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import type { Goods, ServiceValues } from './merchant-values.ts';
import { texts } from './texts.ts';

type Props = {
  service: ServiceValues;
  place: number;
  mayChange: boolean;
  wrong: Readonly<Record<string, string>>;
  onChange: (part: Partial<ServiceValues>) => void;
  onRemove?: (() => void) | undefined;
};

/** One service of a merchant. */
export function ServiceFields({ service, place, mayChange, wrong, onChange, onRemove }: Props) {
  const t = useTexts(texts);
  const { sid, name, goods, linksProductNames, isStopped, isNew } = service;
  return (
    <Paper component="fieldset" withBorder p="md" m={0}>
      <legend>{isNew ? t.newService : t.service(sid)}</legend>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t.sid}
            w="6rem"
            maxLength={3}
            inputMode="numeric"
            autoComplete="off"
            readOnly={!isNew}
            value={sid}
            onChange={(event) => onChange({ sid: event.currentTarget.value.trim() })}
            error={wrong[`sid-${place}`]}
          />
          <TextInput
            label={t.serviceName}
            flex="1 1 14rem"
            maxLength={100}
            autoComplete="off"
            readOnly={!mayChange}
            value={name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
            error={wrong[`name-${place}`]}
          />
          <NativeSelect
            label={t.goods}
            flex="1 1 12rem"
            disabled={!mayChange}
            value={goods ?? ''}
            onChange={(event) => onChange({ goods: (event.currentTarget.value || null) as Goods })}
            data={[
              { value: '', label: t.noGoods },
              ...Object.entries(t.goodsKinds).map(([value, label]) => ({ value, label })),
            ]}
          />
        </Group>
        <Group gap="lg">
          <Checkbox
            label={t.links}
            disabled={!mayChange}
            checked={linksProductNames}
            onChange={(event) => onChange({ linksProductNames: event.currentTarget.checked })}
          />
          {!isNew && (
            <Checkbox
              label={t.stopped}
              disabled={!mayChange}
              checked={isStopped}
              onChange={(event) => onChange({ isStopped: event.currentTarget.checked })}
            />
          )}
          {onRemove && (
            <Button size="compact-sm" variant="default" onClick={onRemove}>
              {t.removeService(place + 1)}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
