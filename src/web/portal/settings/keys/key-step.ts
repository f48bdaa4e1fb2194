import type { ApiKey, Owner } from './key-queries.ts';

/** What is being done with keys: one dialog each. */
export type KeyStep =
  | { kind: 'create'; owner: Owner }
  | { kind: 'rename' | 'rotate' | 'revoke'; apiKey: ApiKey }
  | { kind: 'secret'; secret: string | null };
