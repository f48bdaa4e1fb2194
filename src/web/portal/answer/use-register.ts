import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { isProblem, type ProblemError } from '../../api/problem-error.ts';

export type Register = {
  start: () => void;
  /** Looks at the draft anew, after it turned out that it has changed. */
  lookAgain: () => void;
  isPending: boolean;
  /** The reply was lost, and we are asking again. */
  isAskingAgain: boolean;
  /** It cannot be registered from this page any more. */
  isOver: boolean;
  error: ProblemError | null;
};

const timesAskedAgain = 4;
const askAgainAfterMs = 2_000;

/**
 * Registers the draft that the page shows. A reply that got lost is asked for again with the same key: the server then says
 * what became of the first call, and never registers twice.
 */
export function useRegister(view: Schemas['AnswerForm'], { onFail }: { onFail: () => void }): Register {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useRef(newKey());
  // Known at once, and not only when the page is drawn anew: a double click is faster.
  const isUnderWay = useRef(false);
  const caseId = view.case.id;
  const { version, check } = view.draft;
  const mutation = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/cases/{caseId}/answer', {
          params: { path: { caseId }, header: { 'idempotency-key': key.current } },
          body: { draftVersion: version, ...(check.sha256 && { checkedSha256: check.sha256 }) },
        }),
      ),
    retry: (failures, error) => failures < timesAskedAgain && isProblem(error, 'offline', 'unavailable'),
    retryDelay: askAgainAfterMs,
    networkMode: 'always',
    onError: () => {
      isUnderWay.current = false;
      onFail();
    },
    onSuccess: async () => {
      forgetCase(client, caseId);
      await navigate({
        to: '/cases/$caseId',
        params: { caseId },
        state: { isRegisteredNow: true },
        replace: true,
      });
    },
  });
  const error = isProblem(mutation.error) ? mutation.error : null;
  return {
    start: () => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      mutation.mutate();
    },
    lookAgain: () => void client.invalidateQueries({ queryKey: ['check', caseId] }),
    isPending: mutation.isPending || mutation.isSuccess,
    isAskingAgain: mutation.isPending && mutation.failureCount > 0,
    isOver:
      isProblem(error, 'already_answered', 'case_expired', 'action_not_possible', 'draft_changed') ||
      isProblem(error, 'draft_unchanged', 'somebody_else_registers'),
    error,
  };
}

/** Lists, counts and the case were read before the answer; none of them is asked for here, where they would only flicker. */
function forgetCase(client: QueryClient, caseId: string): void {
  client.removeQueries({ queryKey: ['case', caseId] });
  void client.invalidateQueries({
    refetchType: 'none',
    predicate: ({ queryKey }) => queryKey[0] !== 'session',
  });
}

/** A key nobody else has. `randomUUID` is missing where the portal is reached without https by another name. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
