import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { caseQuery } from '../../api/cases.ts';
import { useSession } from '../../api/session.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { CaseChanged } from './CaseChanged.tsx';
import { CaseTabs } from './CaseTabs.tsx';
import { CaseView } from './CaseView.tsx';
import { texts } from './texts.ts';

// Merchants do not load what only operators see.
const CaseDesk = lazy(async () => ({ default: (await import('./CaseDesk.tsx')).CaseDesk }));
const CaseReminders = lazy(async () => ({ default: (await import('./CaseReminders.tsx')).CaseReminders }));
const CaseRetention = lazy(async () => ({ default: (await import('./CaseRetention.tsx')).CaseRetention }));

const CaseReplies = lazy(async () => ({ default: (await import('./CaseReplies.tsx')).CaseReplies }));
const CaseMails = lazy(async () => ({ default: (await import('./CaseMails.tsx')).CaseMails }));

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Set by the check page: the answer was registered a moment ago. */
    isRegisteredNow?: boolean;
  }
}

/** 案件管理票: a case, where it stands, and its three tabs. */
export function CasePage() {
  const t = useTexts(texts);
  const { user } = useSession();
  const { caseId } = useParams({ from: '/frame/cases/$caseId' });
  const isRegisteredNow = useRouterState({ select: ({ location }) => location.state.isRegisteredNow });
  const { data, error, refetch } = useQuery({ ...caseQuery(caseId), refetchOnWindowFocus: true });
  if (error && !data) return <ErrorPage error={error} />;
  return (
    <Page title={`${t.title} ${caseId}`}>
      {isRegisteredNow && data?.status === 'answered' && <Notice kind="success">{t.registeredNow}</Notice>}
      {!data && <Loading rows={10} />}
      {data && (
        <>
          <CaseChanged caseId={caseId} known={data.events.length} onShow={() => void refetch()} />
          <CaseView case={data} />
          {user.kind === 'operator' && (
            <Suspense>
              <CaseDesk case={data} />
              <CaseRetention caseId={caseId} />
              <CaseReminders caseId={caseId} />
              <CaseReplies caseId={caseId} />
            </Suspense>
          )}
          <CaseTabs case={data} />
          {user.kind === 'operator' && (
            <Suspense>
              <CaseMails
                caseId={caseId}
                isOpen={data.status === 'received' || data.status === 'correcting'}
              />
            </Suspense>
          )}
        </>
      )}
    </Page>
  );
}
