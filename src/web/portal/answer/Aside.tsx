import { Text, Title } from '@mantine/core';
import type { FormSection } from '#src/domain/answer-form.ts';
import { showInstant } from '#src/domain/days.ts';
import { showMoney } from '#src/domain/money.ts';
import { notificationType } from '#src/domain/notification-types.ts';
import type { Problem } from '#src/domain/problems.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Due } from '../parts/Due.tsx';
import { Facts } from '../parts/Facts.tsx';
import styles from './answer.module.css';
import { fieldId } from './form-context.ts';
import { texts } from './texts.ts';

type Props = {
  view: Schemas['AnswerForm'];
  sections: readonly FormSection[];
  problems: readonly Problem[];
};

/** Beside the form: what is complete, what was asked, and the payment. Where there is no room beside it, a fold above. */
export function Aside({ isFolded, ...contents }: Props & { isFolded: boolean }) {
  const t = useTexts(texts);
  return (
    <aside className={`${styles.aside} no-print`} aria-label={t.request}>
      {isFolded ? (
        <details>
          <summary>{t.showRequest}</summary>
          <Contents {...contents} />
        </details>
      ) : (
        <Contents {...contents} />
      )}
    </aside>
  );
}

function Contents({ view, sections, problems }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { guidance, label } = notificationType(view.case.notificationType);
  const { payment, supplement, nextVersion, dueAt } = view.case;
  return (
    <div className={styles.asideParts}>
      <SectionIndex sections={sections} problems={problems} />
      <section aria-labelledby="aside-request">
        <Title order={2} size="h6" id="aside-request">
          {t.request}
        </Title>
        <Text size="sm" fw={600}>
          {label[locale]}
        </Text>
        <Text size="sm" component="div">
          {t.due} <Due dueAt={dueAt} isWaiting />
        </Text>
        {nextVersion && <Said label={t.nextVersion[nextVersion.because]} text={nextVersion.reason} />}
        {guidance && <Text size="sm">※{guidance[locale]}</Text>}
        <Said label={t.supplement} text={supplement} />
      </section>
      <section aria-labelledby="aside-payment" className={styles.small}>
        <Title order={2} size="h6" id="aside-payment">
          {t.payment}
        </Title>
        <Facts
          facts={[
            [t.amount, showMoney(payment.amount, locale)],
            [t.paidAt, showInstant(new Date(payment.paidAt), locale)],
            [t.productName, payment.productName],
            [t.orderId, payment.orderId],
            [t.customerId, payment.customerId],
            [t.trackingId, payment.trackingId],
          ]}
        />
      </section>
    </div>
  );
}

function Said({ label, text }: { label: string; text: string | null }) {
  if (!text) return null;
  return (
    <>
      <Text size="sm" c="dimmed" mt="xs">
        {label}
      </Text>
      <Text size="sm" className="prewrap">
        {text}
      </Text>
    </>
  );
}

function SectionIndex({ sections, problems }: Pick<Props, 'sections' | 'problems'>) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <nav aria-label={t.index}>
      <Title order={2} size="h6">
        {t.index}
      </Title>
      <ul className={styles.index}>
        {sections.map(({ name, title }) => {
          const open = problems.filter(({ pointer }) => pointer.split('/')[1] === name).length;
          return (
            <li key={name} data-done={open === 0}>
              <a href={`#${fieldId(`/${name}`)}`}>{title[locale]}</a>
              <span>{open === 0 ? t.complete : t.open(open)}</span>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
