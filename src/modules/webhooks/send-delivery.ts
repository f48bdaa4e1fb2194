import { readRetryAfter } from '#src/domain/webhook-schedule.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import { OutboundError } from '#src/platform/outbound/outbound-error.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Claimed } from './claim-deliveries.ts';
import { bodyOf, messageId } from './payload.ts';
import { openSecrets, secondsOf, signatureOf } from './secrets.ts';

/** What one try came to. */
export type Attempt = {
  at: Date;
  url: string;
  signature: string;
  milliseconds: number;
  /** Seconds after which the receiver wants to be asked again. */
  retryAfter?: number | undefined;
} & ({ status: number; responseBody: string; reason?: never } | { reason: string; status?: never });

export type SendParts = { outbound: Outbound; sealing: Sealing; clock: () => Date };

const keptBytes = 1000;

/** Sends a delivery once, as Standard Webhooks says: the same id and body as before, with a new time and signature. */
export async function sendDelivery(
  { outbound, sealing, clock }: SendParts,
  delivery: Claimed,
): Promise<Attempt> {
  const carried = { deliveryId: delivery.id, createdAt: delivery.createdAt, event: delivery.event };
  const [id, body, at] = [messageId(carried), bodyOf(carried), clock()];
  const signature = signatureOf({ id, at, body }, openSecrets(sealing, delivery.secrets));
  const sent = { at, url: delivery.url, signature };
  const started = performance.now();
  try {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(secondsOf(at)),
      'webhook-signature': signature,
    };
    const reply = await outbound({ url: delivery.url, method: 'POST', headers, body, firstBytes: keptBytes });
    const asked = [reply.headers['retry-after']].flat()[0];
    return {
      ...sent,
      status: reply.status,
      responseBody: readable(reply.body),
      milliseconds: reply.milliseconds,
      retryAfter: readRetryAfter(asked, at),
    };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { ...sent, reason: error.reason, milliseconds: Math.round(performance.now() - started) };
  }
}

/** What a database and a screen can show of it; a receiver can answer anything. */
const readable = (body: Buffer): string =>
  body
    .toString('utf8')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (each) => (/[\t\n\r]/.test(each) ? each : '\ufffd'));
