import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import type { Calendar, Institution } from './calendar-queries.ts';
import { DueOfToday } from './DueOfToday.tsx';
import { DueTermsForm } from './DueTermsForm.tsx';
import { texts } from './texts.ts';

type Props = { calendar: Calendar; mayChange: boolean };

/** How the requests of each institution fall due, with what that comes to today. */
export function DueTermsTable({ calendar, mayChange }: Props) {
  const t = useTexts(texts);
  const [changed, setChanged] = useState<Institution>();
  const close = (): void => setChanged(undefined);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {[t.institution, t.rule, t.expiry, t.preview, ...(mayChange ? [t.actions] : [])].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.institutions.map((institution) => (
            <Line
              key={institution.id}
              calendar={calendar}
              institution={institution}
              {...(mayChange && { onChange: () => setChanged(institution) })}
            />
          ))}
        </tbody>
      </table>
      <Modal
        opened={changed !== undefined}
        onClose={close}
        title={changed && t.changeTitle(changed.name)}
        size="lg"
        closeButtonProps={{ 'aria-label': t.close }}
      >
        {changed && <DueTermsForm calendar={calendar} institution={changed} onClose={close} />}
      </Modal>
    </>
  );
}

type LineProps = { calendar: Calendar; institution: Institution; onChange?: () => void };

function Line({ calendar, institution, onChange }: LineProps) {
  const t = useTexts(texts);
  const { id, name, dueRule, expiryDays } = institution;
  const rule = dueRule
    ? dueRule.of === 'business_days'
      ? t.businessDays(dueRule.days)
      : t.calendarDays(dueRule.days)
    : t.noRule;
  return (
    <tr>
      <td data-label={t.institution}>
        <div>
          {name}
          <br />
          <small>{id}</small>
        </div>
      </td>
      <td data-label={t.rule}>{rule}</td>
      <td data-label={t.expiry}>{t.afterDue(expiryDays)}</td>
      <td data-label={t.preview}>
        <DueOfToday calendar={calendar} institution={institution} rule={dueRule} />
      </td>
      {onChange && (
        <td data-label={t.actions}>
          <Button size="compact-sm" variant="default" aria-label={`${t.change}: ${name}`} onClick={onChange}>
            {t.change}
          </Button>
        </td>
      )}
    </tr>
  );
}
