import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';
import type { paths } from './schema.d.ts';
import { sessionQuery } from './session.ts';

export type User = Schemas['User'];
export type UserFilter = NonNullable<paths['/api/v1/users']['get']['parameters']['query']>;

/** A page of the users one manages. */
export const usersQuery = (filter: UserFilter) =>
  queryOptions({
    queryKey: ['users', filter],
    queryFn: () => unwrap(api.GET('/api/v1/users', { params: { query: filter } })),
    placeholderData: keepPreviousData,
  });

/** One of them. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId],
    queryFn: () => unwrap(api.GET('/api/v1/users/{userId}', { params: { path: { userId } } })),
  });

export type Access = { name: string; roles: User['roles']; sids: string[] | null };
export type NewUser = Access & { email: string; mid?: string | null };

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (invited: NewUser) => unwrap(api.POST('/api/v1/users', { body: invited })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
}

/** Changes a user; refused when somebody else did so first, which then shows. */
export function useChangeUser({ id, version }: User) {
  const refresh = useRefresh(id);
  return useMutation({
    mutationFn: (change: Access) =>
      unwrap(
        api.PUT('/api/v1/users/{userId}', {
          params: { path: { userId: id }, header: { 'if-match': `"${version}"` } },
          body: change,
        }),
      ),
    onSettled: refresh,
  });
}

const steps = {
  inviteAgain: (params: Params) => unwrap(api.POST('/api/v1/users/{userId}/invitation', { params })),
  withdraw: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/invitation', { params })),
  suspend: (params: Params) => unwrap(api.PUT('/api/v1/users/{userId}/suspension', { params })),
  resume: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/suspension', { params })),
  unlock: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/lock', { params })),
  resetFactors: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/second-factors', { params })),
  unlink: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/identity', { params })),
  endSessions: (params: Params) => unwrap(api.DELETE('/api/v1/users/{userId}/sessions', { params })),
};

type Params = { path: { userId: string } };
export type UserStep = keyof typeof steps;

/** What an admin does to a user at one press. */
export function useUserStep(userId: string) {
  const refresh = useRefresh(userId);
  return useMutation({
    mutationFn: async (step: UserStep): Promise<UserStep> => {
      await steps[step]({ path: { userId } });
      return step;
    },
    // An invitation that was taken back is nowhere any more.
    onSettled: (step) => (step === 'withdraw' ? undefined : refresh()),
  });
}

/** Reads anew what a change may have changed, one's own rights among it. */
function useRefresh(userId: string): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['users'] }),
      client.invalidateQueries({ queryKey: ['user', userId] }),
      client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    ]);
}
