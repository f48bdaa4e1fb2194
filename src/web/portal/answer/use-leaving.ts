import { useQueryClient } from '@tanstack/react-query';
import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { type DraftKeeper, type DraftState, isUnsafe } from './draft-keeper.ts';

/** Somebody wants to leave although something is not saved; nothing moves until one of the two is called. */
export type Leaving = { stay: () => void; leave: () => void } | undefined;

/** Saves when the page is left, in whatever way, and asks first where leaving would lose something. */
export function useLeaving(keeper: DraftKeeper, state: DraftState): Leaving {
  useLeavingTheSite(keeper);
  return useLeavingThePage(keeper, state);
}

/** Another tab, the closed window, the phone put away: there is no time left to wait for a reply. */
function useLeavingTheSite(keeper: DraftKeeper): void {
  useEffect(() => {
    const save = (): void => void keeper.flush({ isLeaving: true });
    const saveWhenHidden = (): void => {
      if (document.visibilityState === 'hidden') save();
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (isUnsafe(keeper.state())) event.preventDefault();
    };
    document.addEventListener('visibilitychange', saveWhenHidden);
    window.addEventListener('pagehide', save);
    window.addEventListener('beforeunload', warn);
    return () => {
      document.removeEventListener('visibilitychange', saveWhenHidden);
      window.removeEventListener('pagehide', save);
      window.removeEventListener('beforeunload', warn);
    };
  }, [keeper]);
}

/** The next page shows what was saved, so it has to wait until it is. */
function useLeavingThePage(keeper: DraftKeeper, state: DraftState): Leaving {
  const client = useQueryClient();
  const shouldBlockFn: ShouldBlockFn = useCallback(
    async ({ current, next }) => {
      if (current.pathname === next.pathname) return false;
      await keeper.flush();
      void client.invalidateQueries({ queryKey: ['case'] });
      return isUnsafe(keeper.state());
    },
    [keeper, client],
  );
  const blocker = useBlocker({ shouldBlockFn, enableBeforeUnload: false, withResolver: true });
  const isBlocked = blocker.status === 'blocked';
  // What could not be saved before has been saved meanwhile, for one because somebody logged in again.
  const proceed = isBlocked && !isUnsafe(state) ? blocker.proceed : undefined;
  useEffect(() => proceed?.(), [proceed]);
  return isBlocked && !proceed ? { stay: blocker.reset, leave: blocker.proceed } : undefined;
}
