/** The limits of the edge, in one place; docs/operators.md and docs/integrators.md tell them. */
export const limits = {
  /** A body that is not streamed. */
  bodyBytes: 1_048_576,
  /** The first line and all headers together. */
  headerBytes: 16_384,
  urlBytes: 8_192,
  queryParameters: 100,
  jsonDepth: 32,
  connections: 4_000,
  /** From the connection, or the end of the reply before, until all headers are there. */
  headersMs: 15_000,
  /** From the headers until all of a body is there that is not streamed. */
  bodyMs: 20_000,
  /** A batch may take this long to arrive. */
  requestMs: 1_800_000,
  /** A connection on which nothing moves while a request is open. */
  idleMs: 60_000,
  /** A connection between two requests; longer than the 60 s for which proxies keep theirs. */
  keepAliveMs: 72_000,
  /** The rest of a body that nobody wants any more. */
  leftoverMs: 5_000,
  /** A reader slower than this, for three looks in a row, is left. */
  slowestBytesPerSecond: 1_024,
  slowLookMs: 10_000,
  /** How late the event loop may be on average over a second before more work is refused. */
  loopDelayMs: 500,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
