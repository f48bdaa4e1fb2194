import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { caseAsMerchantQuery } from '../../api/cases.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import { CaseTabs } from './CaseTabs.tsx';
import { CaseView } from './CaseView.tsx';
import styles from './case.module.css';
import { deskTexts } from './desk-texts.ts';
import { ReadOnly } from './read-only.ts';
import { texts } from './texts.ts';

/** For operators: the case as its merchant sees it, by the same components and the merchant's own reply. */
export function AsMerchantPage() {
  const t = useTexts(texts);
  const desk = useTexts(deskTexts);
  const { caseId } = useParams({ from: '/frame/cases/$caseId/as-merchant' });
  const { data, error } = useQuery(caseAsMerchantQuery(caseId));
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={desk.asMerchantTitle(caseId)}>
      <Group gap="sm" className={`${styles.asMerchant} no-print`}>
        <Text size="sm" flex={1}>
          {desk.asMerchantText}
        </Text>
        <Link to="/cases/$caseId" params={{ caseId }}>
          {desk.backToCase}
        </Link>
      </Group>
      {!data && <Loading rows={10} />}
      {data && (
        <ReadOnly value={true}>
          <section className={styles.merchantsPage} aria-label={`${t.title} ${caseId}`}>
            <Text fw={600} size="xl" mb="md">
              {t.title} {caseId}
            </Text>
            <CaseView case={data} />
            <CaseTabs case={data} />
          </section>
        </ReadOnly>
      )}
    </Page>
  );
}
