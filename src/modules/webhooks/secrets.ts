import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';

const prefix = 'whsec_';
const secretBytes = 32;

/** Gives an endpoint a further secret and returns it as its owner is shown it, once. */
export async function addSecret(tx: Tx, sealing: Sealing, endpointId: string): Promise<string> {
  const id = newId();
  const secret = `${prefix}${randomBytes(secretBytes).toString('base64')}`;
  await tx
    .insertInto('webhook_secrets')
    .values({
      id,
      endpoint_id: endpointId,
      sealed_secret: sealing.seal(secret, placeOf('webhook_secrets.sealed_secret', id)),
    })
    .execute();
  return secret;
}

export type SealedSecret = { id: string; sealed: string };

/** Opens secrets that the database gave in hexadecimal. */
export const openSecrets = (sealing: Sealing, secrets: readonly SealedSecret[]): string[] =>
  secrets.map(({ id, sealed }) =>
    sealing.open(Buffer.from(sealed, 'hex'), placeOf('webhook_secrets.sealed_secret', id)).toString(),
  );

type Signed = { id: string; at: Date; body: string };

/** The `webhook-signature` of Standard Webhooks: one for each secret, the newest first. */
export function signatureOf({ id, at, body }: Signed, secrets: readonly string[]): string {
  const content = `${id}.${secondsOf(at)}.${body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice(prefix.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`)
    .join(' ');
}

export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
