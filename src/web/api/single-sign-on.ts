import type { QueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';
import { keepSession, sessionQuery } from './session.ts';

/** Windows of ours tell each other here that somebody came back from the identity provider. */
const channelName = 'single-sign-on';

/** Where to go for a log-in; `nextPage` is where to go on after it, without one the window closes itself. */
export const signInAddress = async (nextPage?: string): Promise<string> =>
  (await unwrap(api.POST('/api/v1/session/single-sign-on', { body: nextPage ? { nextPage } : {} }))).address;

/** Where to go to prove once more who one is. */
export const proofAddress = async (): Promise<string> =>
  (await unwrap(api.POST('/api/v1/session/proof/single-sign-on'))).address;

const completeSignIn = (query: string) =>
  unwrap(api.POST('/api/v1/session/single-sign-on/completion', { body: { query } }));

/** Takes what somebody came back with: the session or the next step of a log-in, or a proof. */
export async function comeBack(client: QueryClient, query: string) {
  if (!/[?&]state=proof\./.test(`?${query}`)) return completeSignIn(query);
  // The proof for changes is that of the session, which this window has not read yet.
  await client.ensureQueryData(sessionQuery);
  const reply = await unwrap(
    api.POST('/api/v1/session/proof/single-sign-on/completion', { body: { query } }),
  );
  return { reply, nextPage: null };
}

/** Tells the window that waits that its session is there, or renewed. */
export function tellWaitingWindow(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('done');
  channel.close();
}

/** Waits for the other window, reads the session it has made or renewed, and goes on. Returns how to stop waiting. */
export function waitForOtherWindow(client: QueryClient, then: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = async () => {
    const before = client.getQueryData(sessionQuery.queryKey);
    const session = await unwrap(api.GET('/api/v1/session')).catch(() => undefined);
    if (!session) return;
    // What stands on this page is the other person's, if it is not the same.
    if (before && before.user.id !== session.user.id) return window.location.assign('/top');
    keepSession(client, session);
    then();
  };
  return () => channel.close();
}
