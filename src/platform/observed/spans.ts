import { randomBytes } from 'node:crypto';

type Value = string | number | boolean;

/** What took how long, for what. Names and attributes carry routes, codes and statements without values. */
export type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  kind: 'server' | 'client' | 'consumer';
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, Value>>;
  isError: boolean;
};

/** A span that has begun. */
export type OpenSpan = { traceId: string; spanId: string };

/** Where spans go. */
export type Tracer = { export: (span: Span) => void; stop: () => Promise<void> };

/** The trace of a request has the request's id, so that either is found by the other. */
export const traceIdOf = (requestId: string): string => requestId.replaceAll('-', '');

/** A request's own span, by its id too: what it caused later stands below it. */
export const rootSpanIdOf = (requestId: string): string => traceIdOf(requestId).slice(16);

export const newSpanId = (): string => randomBytes(8).toString('hex');

/** The time in milliseconds and their fractions, for spans shorter than one. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();
