import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { notificationKind, notificationKindCodes } from '#src/domain/notification-kinds.ts';
import { notificationCodes, notificationType } from '#src/domain/notification-types.ts';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { institutionsQuery } from '../intake-api.ts';
import { texts } from './texts.ts';
import type { FieldsProps, Values } from './values.ts';

/** Who asks whom for what, and until when. */
export function RequestFields(props: FieldsProps) {
  const { values, errors, onChange } = props;
  const t = useTexts(texts);
  const { data } = useQuery(institutionsQuery);
  return (
    <>
      <NativeSelect
        id="institutionId"
        label={t.fields.institutionId}
        error={errors.institutionId}
        value={values.institutionId}
        onChange={(event) => onChange({ institutionId: event.currentTarget.value })}
        data={[
          { value: '', label: t.choose },
          ...(data?.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
        ]}
      />
      <TextInput
        id="institutionReference"
        label={t.fields.institutionReference}
        error={errors.institutionReference}
        value={values.institutionReference}
        onChange={(event) => onChange({ institutionReference: event.currentTarget.value })}
      />
      <ServiceField {...props} />
      <TypeField {...props} />
      <TextInput
        id="requestedAt"
        label={t.fields.requestedAt}
        description={t.instantHint}
        error={errors.requestedAt}
        value={values.requestedAt}
        onChange={(event) => onChange({ requestedAt: event.currentTarget.value })}
      />
      <DueField {...props} />
    </>
  );
}

function ServiceField({ values, errors, onChange }: FieldsProps) {
  const t = useTexts(texts);
  const { services } = useSession();
  return (
    <>
      <TextInput
        id="service"
        label={t.fields.service}
        description={t.serviceHint}
        error={errors.service}
        value={values.service}
        list="services"
        autoComplete="off"
        onChange={(event) => onChange({ service: event.currentTarget.value })}
      />
      <datalist id="services">
        {services.map(({ mid, sid, name, merchantName }) => (
          <option key={`${mid}-${sid}`} value={`${mid}-${sid} ${merchantName} ${name}`} />
        ))}
      </datalist>
    </>
  );
}

/** The types as the catalogue groups them. */
function TypeField({ values, errors, onChange }: FieldsProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <NativeSelect
      id="notificationType"
      label={t.fields.notificationType}
      error={errors.notificationType}
      value={values.notificationType}
      onChange={(event) => onChange({ notificationType: event.currentTarget.value })}
      data={[
        { value: '', label: t.choose },
        ...notificationKindCodes.map((kind) => ({
          group: notificationKind(kind).label[locale],
          items: notificationCodes
            .filter((code) => notificationType(code).kind === kind)
            .map((code) => ({ value: code, label: notificationType(code).label[locale] })),
        })),
      ]}
    />
  );
}

function DueField({ values, errors, onChange }: FieldsProps) {
  const t = useTexts(texts);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t.dueBy}
        value={values.dueBy}
        onChange={(dueBy) => onChange({ dueBy: dueBy as Values['dueBy'] })}
      >
        <Stack gap={4} py={4}>
          <Radio value="rule" label={t.byRule} />
          <Radio value="instant" label={t.byInstant} />
        </Stack>
      </Radio.Group>
      {(values.dueBy === 'instant' || errors.dueAt) && (
        <TextInput
          id="dueAt"
          label={t.fields.dueAt}
          description={t.instantHint}
          error={errors.dueAt}
          value={values.dueAt}
          onChange={(event) => onChange({ dueBy: 'instant', dueAt: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
