import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { objectIn, type Sent } from '#src/domain/provider-message.ts';
import { adyenItems, adyenSigned } from '#src/domain/read-adyen.ts';

/** A message as it arrived. */
export type Arrived = { body: Buffer; parsed: Sent; header: (name: string) => string | undefined; now: Date };

/** How far the sender's clock may be from ours, and how old a message may be: both providers' own figure. */
const toleranceSeconds = 300;

/** Whether a message was signed with one of the secrets, as its kind of provider signs. */
export function isSigned(kind: AdapterKind, arrived: Arrived, secrets: readonly string[]): boolean {
  return secrets.some((secret) => checks[kind](arrived, secret));
}

const checks: Readonly<Record<AdapterKind, (arrived: Arrived, secret: string) => boolean>> = {
  stripe: isSignedByStripe,
  adyen: isSignedByAdyen,
  mapping: isSignedAsStandardWebhook,
};

function isSignedByStripe({ body, header, now }: Arrived, secret: string): boolean {
  const parts = (header('stripe-signature') ?? '').split(',').map((part) => part.trim().split('=', 2));
  const at = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!isRecent(at, now)) return false;
  const expected = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
  return parts.some(([name, value]) => name === 'v1' && isEqual(value ?? '', expected));
}

/** Every item has to be signed: one that is not could be anybody's. */
function isSignedByAdyen({ parsed }: Arrived, secret: string): boolean {
  const items = adyenItems(parsed);
  const key = Buffer.from(secret, 'hex');
  return (
    items.length > 0 &&
    items.every((item) => {
      const expected = createHmac('sha256', key).update(adyenSigned(item)).digest('base64');
      return isEqual(String(objectIn(item.additionalData).hmacSignature ?? ''), expected);
    })
  );
}

function isSignedAsStandardWebhook({ body, header, now }: Arrived, secret: string): boolean {
  const id = header('webhook-id') ?? '';
  const at = header('webhook-timestamp') ?? '';
  if (id === '' || !isRecent(at, now)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64');
  return (header('webhook-signature') ?? '').split(' ').some((each) => isEqual(each, `v1,${expected}`));
}

const isRecent = (seconds: string, now: Date): boolean =>
  /^\d{1,12}$/.test(seconds) && Math.abs(now.getTime() / 1000 - Number(seconds)) <= toleranceSeconds;

const isEqual = (one: string, other: string): boolean =>
  Buffer.byteLength(one) === Buffer.byteLength(other) &&
  timingSafeEqual(Buffer.from(one), Buffer.from(other));
