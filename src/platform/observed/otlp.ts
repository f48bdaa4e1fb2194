import type { Logger } from 'pino';
import type { Span, Tracer } from './spans.ts';

type Options = {
  /** The collector's address; `/v1/traces` is added. */
  endpoint: string;
  /** `name=value` pairs, separated by commas. */
  headers?: string | undefined;
  serviceName: string;
  version: string;
  /** The share of the traces that is sent, 0 to 1. */
  share: number;
  log: Logger;
};

const atOnce = 512;
const waitingAtMost = 8_192;
const pauseMs = 1_000;
const patienceMs = 5_000;
const kinds = { server: 2, client: 3, consumer: 5 } as const;

/**
 * Sends spans to a collector by OTLP over HTTP as JSON, some at a time. A collector that is away or slow costs spans and
 * nothing else: beyond 8,192 that wait the newest are dropped.
 */
export function openOtlp({ endpoint, headers = '', log, ...options }: Options): Tracer {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const sent = { 'content-type': 'application/json', ...headersIn(headers) };
  let waiting: Span[] = [];
  let isAway = false;
  let sending: Promise<void> = Promise.resolve();
  const sendSome = async (): Promise<void> => {
    const spans = waiting.splice(0, atOnce);
    if (spans.length === 0) return;
    const body = JSON.stringify(toOtlp(spans, options));
    const problem = await post(url, sent, body);
    if (problem && !isAway) log.warn({ reason: problem }, 'traces could not be sent');
    isAway = problem !== undefined;
    if (waiting.length >= atOnce) await sendSome();
  };
  const soon = setInterval(() => {
    sending = sending.then(sendSome);
  }, pauseMs).unref();
  return {
    export: (span) => {
      if (waiting.length < waitingAtMost && isTaken(span.traceId, options.share)) waiting.push(span);
    },
    stop: async () => {
      clearInterval(soon);
      await sending.then(sendSome);
      waiting = [];
    },
  };
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch {
    return 'no answer';
  }
}

/** By the trace's id, so that all processes keep or leave the same ones. */
const isTaken = (traceId: string, share: number): boolean =>
  Number.parseInt(traceId.slice(-8), 16) < share * 0x1_0000_0000;

const headersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')).trim(),
        decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim()),
      ]),
  );

function toOtlp(spans: readonly Span[], { serviceName, version }: Pick<Options, 'serviceName' | 'version'>) {
  const resource = { attributes: attributesOf({ 'service.name': serviceName, 'service.version': version }) };
  return {
    resourceSpans: [
      { resource, scopeSpans: [{ scope: { name: 'shokai', version }, spans: spans.map(toOtlpSpan) }] },
    ],
  };
}

const toOtlpSpan = ({ traceId, spanId, parentSpanId = '', name, kind, ...rest }: Span) => ({
  traceId,
  spanId,
  parentSpanId,
  name,
  kind: kinds[kind],
  startTimeUnixNano: nanoseconds(rest.startMs),
  endTimeUnixNano: nanoseconds(rest.endMs),
  attributes: attributesOf(rest.attributes),
  status: rest.isError ? { code: 2 } : {},
});

/** In two parts, as a number holds no nanoseconds of this century. */
const nanoseconds = (ms: number): string =>
  `${Math.floor(ms)}${String(Math.floor((ms % 1) * 1e6)).padStart(6, '0')}`;

const attributesOf = (attributes: Span['attributes']) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: typed(value) }));

function typed(value: string | number | boolean) {
  if (typeof value === 'number') return { intValue: String(Math.round(value)) };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
}
