import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';
import { isProblem } from './problem-error.ts';
import { keepProductTime } from './product-time.ts';
import { keepCsrfToken } from './session-state.ts';

export type Session = Schemas['Session'];

/** Who is logged in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await unwrap(api.GET('/api/v1/session'));
      keepCsrfToken(session.csrfToken);
      keepProductTime(session.now);
      return session;
    } catch (error) {
      if (isProblem(error, 'not_signed_in')) return null;
      throw error;
    }
  },
});

export const environmentQuery = queryOptions({
  queryKey: ['environment'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => unwrap(api.GET('/api/v1/environment')),
});

export const useEnvironment = () => useQuery(environmentQuery).data;

/** The session of a page that only a logged-in person sees. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('this page is shown to logged-in people only');
  return data;
}

/** What logging in wants next; there is no session before its last step. */
export type SignInStep = Schemas['SignInStep'];

/** Keeps a session that was started or renewed. */
export function keepSession(client: QueryClient, session: Session): void {
  keepCsrfToken(session.csrfToken);
  keepProductTime(session.now);
  client.setQueryData(sessionQuery.queryKey, session);
}

export async function startSession(client: QueryClient, credentials: { userId: string; password: string }) {
  const reply = await unwrap(api.POST('/api/v1/session', { body: credentials }));
  if (!('step' in reply)) keepSession(client, reply);
  return reply;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { userId: string; password: string }) => startSession(client, credentials),
  });
}

/** Ends the session and forgets everything that was read in it. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/session')),
    onSettled: () => window.location.assign('/login'),
  });
}

/** Goes on as a user of another merchant, from the top: nothing of the first one stays on the screen. */
export function useSwitchMembership() {
  return useMutation({
    mutationFn: (membershipId: string) =>
      unwrap(api.PUT('/api/v1/session/membership', { body: { membershipId } })),
    onSuccess: () => window.location.assign('/top'),
  });
}

export function useSavePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (preferences: Session['preferences']) =>
      unwrap(api.PUT('/api/v1/session/preferences', { body: preferences })),
    onMutate: (preferences) => {
      client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, preferences });
    },
  });
}
