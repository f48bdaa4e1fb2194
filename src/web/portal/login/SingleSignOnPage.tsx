import { Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { isProblem } from '../../api/problem-error.ts';
import type { SignInReply } from '../../api/second-factors.ts';
import { comeBack, tellWaitingWindow } from '../../api/single-sign-on.ts';
import { Loading } from '../../ui/Loading.tsx';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { GuestFrame } from '../parts/GuestFrame.tsx';
import { nextPage } from './next-page.ts';
import { singleSignOnTexts } from './texts.ts';

// Only who has something left to prove needs them.
const SignInSteps = lazy(async () => ({ default: (await import('./steps/SignInSteps.tsx')).SignInSteps }));

/** Where the identity provider sends people back to. */
export function SingleSignOnPage() {
  const t = useTexts(singleSignOnTexts);
  const client = useQueryClient();
  const [query] = useState(() => window.location.search.slice(1));
  // It is good for one time, and nothing to be kept in a history.
  useEffect(() => window.history.replaceState(null, '', window.location.pathname), []);
  const { data, error } = useQuery({
    queryKey: ['single-sign-on'],
    queryFn: () => comeBack(client, query),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <GuestFrame title={t.title} way={{ href: '/login', label: t.toLogin }} maxWidth={400}>
      {error && <Notice kind="error">{isProblem(error) ? error.message : t.failed}</Notice>}
      {!data && !error && (
        <Stack>
          <Text>{t.checking}</Text>
          <Loading rows={2} />
        </Stack>
      )}
      {data && <CameBack first={data.reply} page={data.nextPage} />}
    </GuestFrame>
  );
}

/** What is left to do after it: the steps of a log-in, and then the page that was wanted, or the window that waits. */
function CameBack({ first, page }: { first: SignInReply; page: string | null }) {
  const t = useTexts(singleSignOnTexts);
  const [reply, setReply] = useState(first);
  const isDone = !('step' in reply);
  useEffect(() => {
    if (isDone) goOn(page);
  }, [isDone, page]);
  if (isDone) return <Text>{page === null ? t.closeWindow : t.goingOn}</Text>;
  return (
    <Suspense fallback={<Loading rows={3} />}>
      <SignInSteps
        step={reply}
        membershipId={undefined}
        onReply={setReply}
        onRestart={() => window.location.assign('/login')}
      />
    </Suspense>
  );
}

function goOn(page: string | null): void {
  if (page === null) {
    tellWaitingWindow();
    window.close();
  } else window.location.replace(nextPage(page));
}
