const name = 'shokai-looking';

/** Lets the other tabs of this browser know, as long as it is so, that somebody looks at this one. Returns how to stop. */
export function shareLooking(): () => void {
  let end: (() => void) | undefined;
  const look = (): void => {
    if (document.hidden) {
      end?.();
      end = undefined;
    } else if (!end && navigator.locks) {
      const { promise, resolve } = Promise.withResolvers<void>();
      end = resolve;
      void navigator.locks.request(name, { mode: 'shared' }, () => promise).catch(() => undefined);
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    end?.();
  };
}

/** Whether somebody looks at this tab or another one of this browser. */
export async function isLookedAt(): Promise<boolean> {
  if (!document.hidden) return true;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}
