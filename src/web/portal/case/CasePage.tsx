import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { caseQuery } from '../../api/cases.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { CaseHeader } from './CaseHeader.tsx';
import { InfoTab } from './InfoTab.tsx';
import { PaymentTab } from './PaymentTab.tsx';
import { RequestTab } from './RequestTab.tsx';
import { texts } from './texts.ts';

const paths = {
  info: '/cases/$caseId',
  payment: '/cases/$caseId/payment',
  request: '/cases/$caseId/request',
} as const;
type Tab = keyof typeof paths;
const tabs = Object.keys(paths) as Tab[];

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Set by the check page: the answer was registered a moment ago. */
    isRegisteredNow?: boolean;
  }
}

/** 案件管理票: a case with its three tabs, each at an address of its own; 依頼管理情報 comes first. */
export function CasePage() {
  const t = useTexts(texts);
  const { caseId = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isRegisteredNow = useRouterState({ select: ({ location }) => location.state.isRegisteredNow });
  const { data, error } = useQuery({ ...caseQuery(caseId), refetchOnWindowFocus: true });
  if (error) return <ErrorPage error={error} />;
  const tab = tabs.find((name) => path.endsWith(`/${name}`)) ?? 'info';
  return (
    <Page title={`${t.title} ${caseId}`}>
      {isRegisteredNow && <Notice kind="success">{t.registeredNow}</Notice>}
      {!data && <Loading rows={10} />}
      {data && (
        <>
          <CaseHeader case={data} />
          <Tabs
            value={tab}
            onChange={(chosen) => void navigate({ to: paths[chosen as Tab], params: { caseId } })}
            keepMounted={false}
          >
            <Tabs.List aria-label={t.tabList}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t.tabs[name]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="info" pt="md">
              <InfoTab case={data} />
            </Tabs.Panel>
            <Tabs.Panel value="payment" pt="md">
              <PaymentTab payment={data.payment} />
            </Tabs.Panel>
            <Tabs.Panel value="request" pt="md">
              <RequestTab case={data} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Page>
  );
}
