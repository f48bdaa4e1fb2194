import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isDay } from '#src/domain/days.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './calendar.module.css';
import { useCalendarChange } from './calendar-queries.ts';
import { texts } from './texts.ts';

type Values = { name: string; from: string; to: string; isYearly: boolean };
type Props = { institutionId: string | null };

/** Adds closing days. What repeats every year is entered by the days of one year. */
export function ClosingForm({ institutionId }: Props) {
  const t = useTexts(texts);
  const empty: Values = { name: '', from: '', to: '', isYearly: false };
  const [values, setValues] = useState(empty);
  const [isTried, setTried] = useState(false);
  const add = useCalendarChange(() =>
    unwrap(api.POST('/api/v1/calendar/closing-periods', { body: { institutionId, ...toPeriod(values) } })),
  );
  const wrong = problemsOf(values);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).some((each) => each)) return;
    add.mutate(undefined, {
      onSuccess: () => {
        setValues(empty);
        setTried(false);
      },
    });
  };
  const field = (name: 'name' | 'from' | 'to') => ({
    label: t[name],
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
    error: isTried && wrong[name] && t[wrong[name]],
  });
  return (
    <form onSubmit={submit} noValidate aria-label={t.add}>
      {add.error && <Notice kind="error">{add.error.message}</Notice>}
      <div className={styles.form}>
        <TextInput {...field('name')} maxLength={100} placeholder={t.namePlaceholder} />
        <TextInput {...field('from')} type="date" min="2007-01-01" max="2050-12-31" />
        <TextInput {...field('to')} type="date" min="2007-01-01" max="2050-12-31" />
        <Checkbox
          label={t.yearly}
          pb="xs"
          checked={values.isYearly}
          onChange={(event) => setValues({ ...values, isYearly: event.currentTarget.checked })}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t.addDo}
        </Button>
      </div>
    </form>
  );
}

type Wrong = 'nameNeeded' | 'dayNeeded' | 'order' | undefined;

function problemsOf({ name, from, to }: Values): Record<'name' | 'from' | 'to', Wrong> {
  const order = isDay(from) && isDay(to) && from > to ? 'order' : undefined;
  return {
    name: name.trim() === '' ? 'nameNeeded' : undefined,
    from: isDay(from) ? undefined : 'dayNeeded',
    to: isDay(to) ? order : 'dayNeeded',
  };
}

const toPeriod = ({ name, from, to, isYearly }: Values) => ({
  name: name.trim(),
  from: isYearly ? from.slice(5) : from,
  to: isYearly ? to.slice(5) : to,
});
