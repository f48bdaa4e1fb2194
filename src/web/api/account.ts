import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';
import { sessionQuery } from './session.ts';
import { keepCsrfToken } from './session-state.ts';

/** One's own mail address. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => unwrap(api.GET('/api/v1/account')),
});

export function useChangeEmail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (email: string) => unwrap(api.PUT('/api/v1/account/email', { body: { email } })),
    onSuccess: (account) => client.setQueryData(accountQuery.queryKey, account),
  });
}

/** Changes one's password. The session goes on under another id, and with another proof for changes. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { currentPassword: string; password: string }) =>
      unwrap(api.PUT('/api/v1/account/password', { body })),
    onSuccess: (session) => {
      keepCsrfToken(session.csrfToken);
      client.setQueryData(sessionQuery.queryKey, session);
      return client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
  });
}

/** Where one is logged in. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => unwrap(api.GET('/api/v1/account/sessions')),
});

/** Ends one of one's own sessions, or all but this one. */
export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string | undefined) =>
      sessionId === undefined
        ? unwrap(api.DELETE('/api/v1/account/sessions'))
        : unwrap(api.DELETE('/api/v1/account/sessions/{sessionId}', { params: { path: { sessionId } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  });
}
