import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { sessionQuery } from '../../api/session.ts';
import { DraftKeeper, type DraftState, type SavedDraft } from './draft-keeper.ts';
import { draftServer } from './draft-server.ts';

const lookEveryMs = 15_000;
const activeMs = 5 * 60_000;

/** The draft of a case while its form is open: saved by itself, also when the page is left, and merged with colleagues'. */
export function useDraftKeeper(
  caseId: string,
  form: AnswerForm,
  saved: SavedDraft,
): [DraftKeeper, DraftState] {
  const [keeper] = useState(() => new DraftKeeper(form, saved, draftServer(caseId)));
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);
  useSaveOnLeaving(keeper);
  useLookForColleagues(keeper);
  useSaveAgainAfterLogin(keeper);
  return [keeper, state];
}

function useSaveOnLeaving(keeper: DraftKeeper): void {
  useEffect(() => {
    const save = (): void => {
      if (document.visibilityState === 'hidden') void keeper.flush({ isLeaving: true });
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (keeper.state().status !== 'saved') event.preventDefault();
    };
    const again = (): void => void keeper.flush();
    document.addEventListener('visibilitychange', save);
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', again);
    return () => {
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', again);
    };
  }, [keeper]);
  // The next page shows what was saved, so it has to wait until it is; what cannot be saved now is kept from being lost.
  const client = useQueryClient();
  useBlocker({
    enableBeforeUnload: false,
    shouldBlockFn: async () => {
      await keeper.flush();
      void client.invalidateQueries({ queryKey: ['case'] });
      return keeper.state().status === 'failed';
    },
  });
}

/** Only while somebody works at the page: a forgotten window must not keep a session alive. */
function useLookForColleagues(keeper: DraftKeeper): void {
  const activeAt = useRef(Date.now());
  useEffect(() => {
    const isActive = (): void => {
      activeAt.current = Date.now();
    };
    const look = (): void => {
      const isWorking = document.visibilityState === 'visible' && Date.now() - activeAt.current < activeMs;
      if (isWorking) void keeper.look();
    };
    const timer = setInterval(look, lookEveryMs);
    window.addEventListener('pointerdown', isActive);
    window.addEventListener('keydown', isActive);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pointerdown', isActive);
      window.removeEventListener('keydown', isActive);
    };
  }, [keeper]);
}

function useSaveAgainAfterLogin(keeper: DraftKeeper): void {
  const { dataUpdatedAt } = useQuery(sessionQuery);
  const seen = useRef(dataUpdatedAt);
  useEffect(() => {
    if (seen.current === dataUpdatedAt) return;
    seen.current = dataUpdatedAt;
    if (keeper.state().status === 'failed') void keeper.flush();
  }, [dataUpdatedAt, keeper]);
}
