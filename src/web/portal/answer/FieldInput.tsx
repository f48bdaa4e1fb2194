import { Radio, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { factsOf } from '#src/domain/answer.ts';
import { problemMessage } from '#src/domain/problems.ts';
import type { Field } from '#src/domain/section-shape.ts';
import { lengthOf } from '#src/domain/text-rules.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import styles from './answer.module.css';
import { fieldId, useForm } from './form-context.ts';
import { typedText } from './leaf-text.ts';
import { readingOf } from './reading-of.ts';
import { texts } from './texts.ts';

type Props = { field: Field; pointer: string; value: unknown; onChange: (value: string) => void };

/** How a keyboard on a phone helps with each type of field. */
const inputModes = {
  text: 'text',
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
  const { form, problems, leave } = useForm();
  const typed = typedText(value, field, form, locale);
  const problem = problems.find((each) => each.pointer === pointer);
  const common = {
    id: fieldId(pointer),
    label: <Label field={field} />,
    required: field.required ?? false,
    withAsterisk: false,
    error: problem && problemMessage(problem, locale),
    success: useRemark(field, pointer, typed),
    successProps: { c: 'dimmed' },
    description: field.why && <Why label={field.label[locale]} text={field.why[locale]} />,
    onBlur: () => leave(pointer),
  };
  if (field.type === 'choice') {
    return <Choices field={field} common={common} value={typed} onChange={onChange} />;
  }
  const input = {
    ...common,
    withSuccessStyles: false,
    value: typed,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.type !== 'long_text') {
    return (
      <TextInput
        {...input}
        className={styles[field.type] ?? ''}
        autoComplete="off"
        inputMode={inputModes[field.type]}
      />
    );
  }
  return (
    <div>
      <Textarea {...input} autosize minRows={3} maxRows={14} />
      <Length typed={typed} maxLength={factsOf(field, form).maxLength} />
    </div>
  );
}

/** What is said beneath a field that is not wrong: how it will be registered, and what the merchant should look at again. */
function useRemark(field: Field, pointer: string, typed: string): ReactNode {
  const t = useTexts(texts);
  const locale = useLocale();
  const { form, warnings } = useForm();
  const reading = readingOf(field, typed, form, locale);
  const warning = warnings.find((each) => each.pointer === pointer);
  if (reading === undefined && !warning) return undefined;
  return (
    <>
      {reading !== undefined && <span className={styles.line}>{t.readAs(reading)}</span>}
      {warning && <span className={styles.warning}>{problemMessage(warning, locale)}</span>}
    </>
  );
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
    success: ReactNode;
    description: ReactNode;
    required: boolean;
    onBlur: () => void;
  };
  value: string;
  onChange: (value: string) => void;
};

function Choices({ field, common, value, onChange }: ChoicesProps) {
  const locale = useLocale();
  return (
    <Radio.Group {...common} withAsterisk={false} value={value} onChange={onChange}>
      <Stack gap={6} mt={4}>
        {Object.entries(field.options ?? {}).map(([code, label]) => (
          <Radio key={code} value={code} label={label[locale]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Length({ typed, maxLength }: { typed: string; maxLength: number }) {
  const t = useTexts(texts);
  if (typed.trim() === '') return null;
  return (
    <Text size="xs" c="dimmed" ta="right" mt={2}>
      {t.count(lengthOf(typed), maxLength)}
    </Text>
  );
}
