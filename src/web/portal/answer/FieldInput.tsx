import { Radio, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { factsOf } from '#src/domain/answer.ts';
import type { Field } from '#src/domain/answer-sections.ts';
import { fieldTypes, readValue } from '#src/domain/field-types.ts';
import { problemMessage } from '#src/domain/problems.ts';
import { lengthOf } from '#src/domain/text-rules.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import styles from './answer.module.css';
import { fieldId, useForm } from './form-context.ts';
import { texts } from './texts.ts';

type Props = { field: Field; pointer: string; value: unknown; onChange: (value: string) => void };

/** How a keyboard on a phone helps with each type of field. */
const inputModes = {
  day: 'text',
  amount: 'decimal',
  count: 'numeric',
  phone: 'tel',
  email: 'email',
  url: 'url',
} as const;

/** One field: its label, why it is asked for, what is wrong, and how it will be registered when that differs from what was typed. */
export function FieldInput({ field, pointer, value, onChange }: Props) {
  const locale = useLocale();
  const { form, problems, warnings, leave } = useForm();
  const facts = factsOf(field, form);
  const typed = typedText(value, field, facts, locale);
  const problem = problems.find((each) => each.pointer === pointer);
  const warning = warnings.find((each) => each.pointer === pointer);
  const common = {
    id: fieldId(pointer),
    label: <Label field={field} />,
    required: field.required ?? false,
    withAsterisk: false,
    error: problem && problemMessage(problem, locale),
    description: field.why && <Why label={field.label[locale]} text={field.why[locale]} />,
    onBlur: () => leave(pointer),
  };
  return (
    <div>
      {field.type === 'choice' ? (
        <Choices field={field} common={common} value={typed} onChange={onChange} />
      ) : field.type === 'long_text' ? (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={14}
          value={typed}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          className={styles[field.type] ?? ''}
          autoComplete="off"
          inputMode={field.type === 'text' ? 'text' : inputModes[field.type]}
          value={typed}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <Below field={field} typed={typed} maxLength={facts.maxLength} />
      {warning && (
        <Text size="sm" c="var(--soon)" mt={4}>
          {problemMessage(warning, locale)}
        </Text>
      )}
    </div>
  );
}

/** What stands in the field: what was typed, or a value that came over the API, as one would type it. */
function typedText(
  value: unknown,
  field: Field,
  facts: ReturnType<typeof factsOf>,
  locale: 'ja' | 'en',
): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const read = readValue(field.type, value, facts);
  return 'value' in read ? fieldTypes[field.type].show(read.value, facts, locale) : String(value);
}

function Label({ field }: { field: Field }) {
  const t = useTexts(texts);
  return (
    <>
      {field.label[useLocale()]}
      {field.required && <span className={styles.required}>{t.required}</span>}
    </>
  );
}

/** Why a field is asked for, on request. */
function Why({ label, text }: { label: string; text: string }) {
  const t = useTexts(texts);
  const [isShown, setShown] = useState(false);
  return (
    <>
      <UnstyledButton className={styles.why ?? ''} aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {t.why(label)}
      </UnstyledButton>
      {isShown && <span className={styles.whyText}>{text}</span>}
    </>
  );
}

type ChoicesProps = {
  field: Field;
  common: {
    id: string;
    label: ReactNode;
    error: ReactNode;
    description: ReactNode;
    required: boolean;
    onBlur: () => void;
  };
  value: string;
  onChange: (value: string) => void;
};

function Choices({ field, common, value, onChange }: ChoicesProps) {
  const locale = useLocale();
  const { onBlur, ...group } = common;
  return (
    <Radio.Group {...group} withAsterisk={false} value={value} onChange={onChange} onBlur={onBlur}>
      <Stack gap={6} mt={4}>
        {Object.entries(field.options ?? {}).map(([code, label]) => (
          <Radio key={code} value={code} label={label[locale]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

const showsReading = new Set(['day', 'amount', 'count', 'phone', 'email', 'url']);

/** Beneath a field: the form in which it is registered, when that is not what was typed, or the length of a long text. */
function Below({ field, typed, maxLength }: { field: Field; typed: string; maxLength: number }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { form } = useForm();
  if (typed.trim() === '') return null;
  if (field.type === 'long_text') {
    return (
      <Text size="xs" c="dimmed" ta="right" mt={2}>
        {t.count(lengthOf(typed), maxLength)}
      </Text>
    );
  }
  if (!showsReading.has(field.type)) return null;
  const facts = factsOf(field, form);
  const read = readValue(field.type, typed, facts);
  if (!('value' in read)) return null;
  const shown = fieldTypes[field.type].show(read.value, facts, locale);
  if (shown === typed) return null;
  return (
    <Text size="sm" c="dimmed" mt={2}>
      {t.readAs(shown)}
    </Text>
  );
}
