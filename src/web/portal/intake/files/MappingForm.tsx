import {
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type NotificationCode, notificationCodes } from '#src/domain/notification-types.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems } from '../../../ui/problems.tsx';
import { type ImportField, importFieldNames, useFieldLabels } from './field-labels.ts';
import { type Import, type ImportMapping, type ImportPreview, useMapping } from './import-api.ts';
import { texts } from './texts.ts';

type Props = { found: Import; preview: ImportPreview; onDone: () => void };

/** Asks which column is what, beginning with what the institution's last file was read by. */
export function MappingForm({ found, preview, onDone }: Props) {
  const t = useTexts(texts);
  const labels = useFieldLabels();
  const [mapping, setMapping] = useState<ImportMapping>(() => found.mapping ?? guessed(preview, labels));
  const [types, setTypes] = useState(() => mapping.types.map(({ from, to }) => `${from}=${to}`).join('\n'));
  const [isTried, setTried] = useState(false);
  const save = useMapping(found.id);
  const readTypes = typesIn(types);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (readTypes) save.mutate({ ...mapping, types: readTypes }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Title order={2} size="h5">
          {t.mapTitle}
        </Title>
        <Text size="sm">{t.mapIntro}</Text>
        <Problems error={save.error} />
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {importFieldNames.map((field) => (
            <FieldChoice
              key={field}
              {...{ field, mapping, preview }}
              label={labels[field]}
              onChange={setMapping}
            />
          ))}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label={t.dateOrder}
            value={mapping.dateOrder}
            data={Object.entries(t.dateOrders).map(([value, label]) => ({ value, label }))}
            onChange={(event) =>
              setMapping({ ...mapping, dateOrder: event.currentTarget.value as ImportMapping['dateOrder'] })
            }
          />
          <NativeSelect
            label={t.amounts}
            value={mapping.amounts}
            data={Object.entries(t.amountKinds).map(([value, label]) => ({ value, label }))}
            onChange={(event) =>
              setMapping({ ...mapping, amounts: event.currentTarget.value as ImportMapping['amounts'] })
            }
          />
        </SimpleGrid>
        <Textarea
          label={t.types}
          description={t.typesHint}
          rows={4}
          value={types}
          onChange={(event) => setTypes(event.currentTarget.value)}
          error={isTried && !readTypes && t.typesWrong}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t.doMap}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChoiceProps = {
  field: ImportField;
  label: string;
  mapping: ImportMapping;
  preview: ImportPreview;
  onChange: (mapping: ImportMapping) => void;
};

function FieldChoice({ field, label, mapping, preview, onChange }: ChoiceProps) {
  const t = useTexts(texts);
  const chosen = mapping.columns[field] ?? '';
  const choose = (column: string): void => {
    const { [field]: _, ...columns } = mapping.columns;
    onChange({ ...mapping, columns: column ? { ...columns, [field]: column } : columns });
  };
  const fix = (value: string): void => {
    const { [field]: _, ...constants } = mapping.constants;
    onChange({ ...mapping, constants: value ? { ...constants, [field]: value } : constants });
  };
  return (
    <Stack gap={4}>
      <NativeSelect
        label={label}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t.notThere },
          ...preview.header.filter(Boolean).map((name) => ({ value: name, label: name })),
        ]}
      />
      {chosen === '' && (
        <TextInput
          size="xs"
          aria-label={`${label}: ${t.constant}`}
          placeholder={t.constant}
          value={mapping.constants[field] ?? ''}
          onChange={(event) => fix(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}

/** What the institution's last file was read by, as far as this one has the columns; else columns named like the fields. */
function guessed({ header, keptMapping }: ImportPreview, labels: Record<ImportField, string>): ImportMapping {
  const kept = keptMapping;
  const columns = importFieldNames.flatMap((field) => {
    const name = kept?.columns[field] ?? header.find((each) => each === labels[field] || each === field);
    return name !== undefined && header.includes(name) ? [[field, name] as const] : [];
  });
  return {
    ...{ constants: {}, dateOrder: 'ymd', amounts: 'decimal', types: [], ...kept },
    columns: Object.fromEntries(columns),
  } as ImportMapping;
}

function typesIn(typed: string): ImportMapping['types'] | undefined {
  const lines = typed.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => {
    const at = line.lastIndexOf('=');
    return { from: line.slice(0, at).trim(), to: line.slice(at + 1).trim() as NotificationCode };
  });
  return read.every(({ from, to }) => from !== '' && notificationCodes.includes(to)) ? read : undefined;
}
