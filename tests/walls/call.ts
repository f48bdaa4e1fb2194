import { proofOf, textOf, type World } from '#tests/support/world.ts';
import type { Caller } from './callers.ts';

export type Called = {
  method: string;
  path: string;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
};

export type Reply = { status: number; headers: Record<string, string>; text: string };

/** Calls the product over real HTTP; everything that comes back is told, to be compared and scanned. */
export async function call(
  world: World,
  caller: Caller | undefined,
  { method, path, body, raw, headers = {} }: Called,
): Promise<Reply> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${world.url}${path}`, {
    method,
    // Compressing the document anew for everybody takes longer than all the rest.
    headers: { 'accept-encoding': 'identity', ...type, ...proofOf(caller?.credential), ...headers },
    body: body === undefined ? (raw ?? null) : JSON.stringify(body),
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await textOf(response),
  };
}
