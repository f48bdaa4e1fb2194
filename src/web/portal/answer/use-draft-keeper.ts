import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { sessionQuery } from '../../api/session.ts';
import { DraftKeeper, type DraftState, type SavedDraft } from './draft-keeper.ts';
import { draftServer } from './draft-server.ts';

const lookEveryMs = 15_000;
const activeMs = 5 * 60_000;

/** The draft of a case while its form is open: saved by itself, and merged with what colleagues save. */
export function useDraftKeeper(
  caseId: string,
  form: AnswerForm,
  saved: SavedDraft,
): [DraftKeeper, DraftState] {
  const [keeper] = useState(() => new DraftKeeper(form, saved, draftServer(caseId)));
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);
  useLookForColleagues(keeper);
  useSaveAgain(keeper);
  return [keeper, state];
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

/** Saves what could not be saved as soon as the network is back, or somebody has logged in again. */
function useSaveAgain(keeper: DraftKeeper): void {
  useEffect(() => {
    const again = (): void => void keeper.flush();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [keeper]);
  const { dataUpdatedAt } = useQuery(sessionQuery);
  const seen = useRef(dataUpdatedAt);
  useEffect(() => {
    if (seen.current === dataUpdatedAt) return;
    seen.current = dataUpdatedAt;
    if (keeper.state().status === 'failed') void keeper.flush();
  }, [dataUpdatedAt, keeper]);
}
