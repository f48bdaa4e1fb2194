import { currentCause } from './cause.ts';
import { Counted } from './counted.ts';
import { newSpanId, preciseNow, type Span, type Tracer } from './spans.ts';

/** How this process watches itself: what it counts, and the spans it sends where somebody asked for traces. */
export type Observed = { counted: Counted; tracer: Tracer | undefined };

/** Watches by counting alone. */
export const counting = (tracer?: Tracer): Observed => ({ counted: new Counted(), tracer });

const longestStatement = 2_000;

/** Tells of a statement that the running work has made. Its text has places for its values, and none of the values. */
export const traceStatement =
  ({ tracer }: Observed) =>
  (text: string, milliseconds: number, isError: boolean): void => {
    const span = currentCause()?.span;
    if (!tracer || !span) return;
    const endMs = preciseNow();
    const [verb = 'statement'] = /\w+/.exec(text) ?? [];
    tracer.export({
      traceId: span.traceId,
      spanId: newSpanId(),
      parentSpanId: span.spanId,
      name: verb.toUpperCase(),
      kind: 'client',
      startMs: endMs - milliseconds,
      endMs,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, longestStatement) },
      isError,
    });
  };

/** Does work as a span of its own. */
export async function asSpan<Result>(
  { tracer }: Observed,
  begun: Omit<Span, 'startMs' | 'endMs' | 'isError'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const startMs = preciseNow();
  const end = (isError: boolean): void => tracer?.export({ ...begun, startMs, endMs: preciseNow(), isError });
  try {
    const result = await work();
    end(false);
    return result;
  } catch (error) {
    end(true);
    throw error;
  }
}
