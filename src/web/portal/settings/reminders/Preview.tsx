import { Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { knownClosing } from '#src/domain/closing-days.ts';
import { addDays, dayOf, endOfDay, instantText, showInstant } from '#src/domain/days.ts';
import { audiences, type Ladder, problemsOfLadder, showStep } from '#src/domain/reminder-ladder.ts';
import { planReminders } from '#src/domain/reminders.ts';
import { areSendingTimes, type SendingTimes } from '#src/domain/sending-times.ts';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import tableStyles from '../settings-table.module.css';
import { texts } from './texts.ts';

const daysOpenAfterDue = 30;

/** When a case with an example due instant is reminded of, by the steps and times as they stand on the page. */
export function Preview({ ladder, times }: { ladder: Ladder; times: SendingTimes }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { periods } = useSession().closingDays;
  const [due, setDue] = useState(() => instantText(endOfDay(addDays(dayOf(new Date()), 7))).slice(0, 16));
  const dueAt = new Date(`${due}:00+09:00`);
  // Holidays are known of these years only.
  const isKnown = due >= '2008' && due < '2050';
  const isGood =
    isKnown &&
    !Number.isNaN(dueAt.getTime()) &&
    areSendingTimes(times) &&
    problemsOfLadder(ladder).length === 0;
  const steps = isGood
    ? planReminders(
        { dueAt, expiresAt: endOfDay(addDays(dayOf(dueAt), daysOpenAfterDue)) },
        { ladder, times, closing: knownClosing(periods) },
      )
    : [];
  return (
    <section aria-labelledby="preview">
      <Title order={2} size="h5" id="preview" mb="xs">
        {t.preview}
      </Title>
      <Text size="sm" mb="sm">
        {t.previewLead}
      </Text>
      <TextInput
        type="datetime-local"
        label={t.exampleDue}
        maw="16rem"
        mb="sm"
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
        error={!(isKnown && dueAt.getTime()) && t.noPreview}
      />
      {steps.length > 0 && (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">{t.ladder}</th>
              <th scope="col">{t.when}</th>
              <th scope="col">{t.to}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.code}>
                <td data-label={t.ladder}>{showStep(step)[locale]}</td>
                <td data-label={t.when}>{showInstant(step.moment, locale)}</td>
                <td data-label={t.to}>
                  {step.to.map((code) => audiences[code][locale]).join(locale === 'ja' ? '、' : ', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
