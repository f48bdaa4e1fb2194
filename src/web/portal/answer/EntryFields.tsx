import { Stack } from '@mantine/core';
import type { FormSection } from '#src/domain/answer-form.ts';
import { isChosen } from '#src/domain/read-answer.ts';
import { FieldInput } from './FieldInput.tsx';
import { useForm } from './form-context.ts';

type Entry = Readonly<Record<string, unknown>>;
type FieldsProps = { section: FormSection; at: string; entry: Entry; onChange: (entry: Entry) => void };

/** The fields of one entry; those that a choice hides keep what was typed and come back with it. */
export function EntryFields({ section, at, entry, onChange }: FieldsProps) {
  const { content } = useForm();
  const asked = Object.entries(section.fields).filter(
    ([, { askedWhen }]) => !askedWhen || isChosen(askedWhen, content, entry),
  );
  return (
    <Stack gap="md">
      {asked.map(([name, field]) => (
        <FieldInput
          key={name}
          field={field}
          pointer={`${at}/${name}`}
          value={entry[name]}
          onChange={(value) => onChange({ ...entry, [name]: value })}
        />
      ))}
    </Stack>
  );
}
