import { createHmac } from 'node:crypto';
import type { Line } from './line.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** An answer as a mapping made it, on its way to an address of the institution. */
export type MappedLetter = { url: string; key: string; body: string };

/** Posts a mapped answer, signed as Standard Webhooks says; the id is the same for every try. */
export async function sendToUrl(line: Line, secret: string, letter: MappedLetter): Promise<Outcome> {
  const { url, key, body } = letter;
  const at = String(Math.floor(Date.now() / 1000));
  const signing = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', signing).update(`${key}.${at}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    'webhook-id': key,
    'webhook-timestamp': at,
    'webhook-signature': `v1,${signature}`,
  };
  const name = `POST ${new URL(url).host}`.slice(0, 300);
  const heard = await line.ask({ name, url, method: 'POST', headers, body, said: () => null });
  // There is nothing to be tried there, so that a gate that is shut for a while only costs tries.
  if (heard?.status === 401 || heard?.status === 403) return { is: 'again', reason: 'refused' };
  return (
    outcomeOf(heard) ?? {
      is: 'sent',
      providerReference: heard?.header('x-request-id')?.slice(0, 300) ?? null,
    }
  );
}
