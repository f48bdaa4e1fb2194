import { wantsNotifications } from './notify.ts';

/** What a page is told: that some cases changed, or that anything may have. */
export type LiveEvent =
  | { kind: 'resync' }
  | { kind: 'changed'; received: number; cases: { caseId: string; sequence: number }[] };

const name = 'shokai-live';
const pollMs = 60_000;
const hiddenMs = 5 * 60_000;

/**
 * Tells a page of what changes. The tabs of a browser share one stream: the one that holds the lock opens it and passes on what
 * it hears. Where there is no stream everything is read again once a minute. A page that is hidden for long leaves, and reads
 * everything again when it is back.
 */
export function followLive(onEvent: (event: LiveEvent, isFirst: boolean) => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<LiveEvent>) => onEvent(data, false);
  const tell = (event: LiveEvent): void => {
    onEvent(event, true);
    channel.postMessage(event);
  };
  let leaving: AbortController | undefined;
  let hidden: ReturnType<typeof setTimeout> | undefined;
  const join = (): void => {
    if (leaving) return;
    leaving = new AbortController();
    void lead(tell, leaving.signal);
  };
  const leave = (): void => {
    leaving?.abort();
    leaving = undefined;
  };
  const look = (): void => {
    clearTimeout(hidden);
    if (document.hidden) {
      hidden = setTimeout(() => wantsNotifications() || leave(), hiddenMs);
    } else if (!leaving) {
      onEvent({ kind: 'resync' }, false);
      join();
    }
  };
  document.addEventListener('visibilitychange', look);
  join();
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(hidden);
    leave();
    channel.close();
  };
}

/** Waits until no other tab has the stream, and has it until told to leave. */
async function lead(tell: (event: LiveEvent) => void, signal: AbortSignal): Promise<void> {
  const stay = (): Promise<void> => keepStream(tell, signal);
  // Old browsers have no locks: each of their tabs has a stream.
  if (!navigator.locks) return stay();
  await navigator.locks.request(name, { signal }, stay).catch(() => undefined);
}

function keepStream(tell: (event: LiveEvent) => void, signal: AbortSignal): Promise<void> {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  let source: EventSource | undefined;
  let isOpen = false;
  const open = (): void => {
    source?.close();
    source = new EventSource('/api/v1/live');
    const resync = (): void => {
      isOpen = true;
      tell({ kind: 'resync' });
    };
    source.addEventListener('hello', resync);
    source.addEventListener('resync', resync);
    source.addEventListener('changed', ({ data }: MessageEvent<string>) =>
      tell({ kind: 'changed', ...(JSON.parse(data) as { received: number; cases: never[] }) }),
    );
    source.addEventListener('error', () => {
      isOpen = false;
    });
  };
  const polling = setInterval(() => {
    if (isOpen) return;
    if (!document.hidden) tell({ kind: 'resync' });
    // A browser tries again by itself, but not after a refusal.
    if (source?.readyState === EventSource.CLOSED) open();
  }, pollMs);
  const online = (): void => {
    if (!isOpen) open();
  };
  window.addEventListener('online', online);
  signal.addEventListener('abort', () => {
    window.removeEventListener('online', online);
    clearInterval(polling);
    source?.close();
    resolve();
  });
  open();
  return left;
}
