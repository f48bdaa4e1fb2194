import { Group, Stack, Text, Title } from '@mantine/core';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { askOf, noteOf, notificationType } from '#src/domain/notification-types.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Facts } from '../parts/Facts.tsx';
import styles from './case.module.css';
import { RegisteredAnswers } from './RegisteredAnswers.tsx';
import { ToAnswer } from './ToAnswer.tsx';
import { texts } from './texts.ts';
import { WhyNoAnswer } from './WhyNoAnswer.tsx';

type Case = Schemas['Case'];

/** 手順書「『依頼・回答内容』タブでは当社からの依頼内容や加盟店様からの回答内容の確認ができます」 */
export function RequestTab({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  return (
    <Stack gap="xl" className={styles.request ?? ''}>
      <Request case={found} />
      <section aria-labelledby="answer">
        <Title order={2} size="h4" id="answer" mb="sm">
          {t.answer}
        </Title>
        <RegisteredAnswers case={found} />
      </section>
      <NextStep case={found} />
    </Stack>
  );
}

function Request({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const type = notificationType(found.notificationType);
  const note = noteOf(found.notificationType);
  const { goods, productName, amount } = found.payment;
  const form = answerFormFor(found.notificationType, {
    goods,
    // What the product was is gone with an erased case; that it was not asked for is the safer guess.
    productNameKnown: productName !== null || found.personalData === 'erased',
    currency: amount.currency,
  });
  return (
    <section aria-labelledby="request">
      <Title order={2} size="h4" id="request" mb="sm">
        {t.request}
      </Title>
      <Facts
        facts={[
          [t.type, type.labelNote ? `${type.label[locale]}(${type.labelNote[locale]})` : type.label[locale]],
          [t.ask, askOf(found.notificationType)[locale]],
          [t.reason, type.reason[locale]],
          ...(type.guidance ? [[t.guidance, type.guidance[locale]] as const] : []),
          [
            t.disclose,
            <ul key="disclose" className={styles.disclose}>
              {form.sections.map(({ name, title, note, fields }) => (
                <li key={name}>
                  {title[locale]}
                  {note && `(${note[locale]})`}
                  <Text span size="sm" c="dimmed">
                    {' '}
                    {Object.values(fields)
                      .map(({ label }) => label[locale])
                      .join(locale === 'ja' ? '、' : ', ')}
                  </Text>
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
      {note && (
        <Text size="sm" c="dimmed" mt="xs">
          ※{note[locale]}
        </Text>
      )}
      <Title order={3} size="h5" mt="lg" mb="xs">
        {t.supplement}
      </Title>
      <div className={styles.supplement}>
        {found.supplement ?? (found.personalData === 'erased' ? t.erased : t.noSupplement)}
      </div>
    </section>
  );
}

/** 手順書「依頼・回答内容タブの『回答』ボタンをクリックしてください」; when it is not possible, why. */
function NextStep({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  if (found.whyNoAnswer) return <WhyNoAnswer case={found} />;
  return (
    <Group className="no-print">
      <ToAnswer caseId={found.id} size="md" />
      {found.draftSavedAt && <Text c="dimmed">{t.continueAnswer}</Text>}
    </Group>
  );
}
