import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenSpan } from './spans.ts';

/** What work is done for: the request that caused it, however many jobs later, and the span that is open for it. */
export type Cause = { requestId: string; span?: OpenSpan | undefined; isJob?: true };

const causes = new AsyncLocalStorage<Cause>();

/** What the running work is done for; undefined where nobody asked for it. */
export const currentCause = (): Cause | undefined => causes.getStore();

/** Does work for a cause: everything it awaits and calls knows of it. */
export const because = <Result>(cause: Cause, work: () => Result): Result => causes.run(cause, work);
