import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';

const forms: Readonly<Record<AdapterKind, { form: RegExp; expected: string }>> = {
  stripe: { form: /^[\x21-\x7e]{16,}$/, expected: 'whsec_…' },
  adyen: { form: /^([0-9a-f]{2}){16,}$/i, expected: 'HMAC key, hexadecimal' },
  mapping: { form: /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/, expected: 'whsec_ + Base64' },
};

/** Refuses a secret that cannot be one of this kind of provider. */
export function requireSecret(kind: AdapterKind, secret: string): void {
  const { form, expected } = forms[kind];
  if (!form.test(secret))
    throw new Refusal('invalid_request', {}, [
      { pointer: '/secret', code: 'wrong_form', params: { expected } },
    ]);
}

/** Keeps a secret of a provider's, sealed. */
export async function addAdapterSecret(
  tx: Tx,
  sealing: Sealing,
  { adapterId, secret }: { adapterId: string; secret: string },
): Promise<void> {
  const id = newId();
  await tx
    .insertInto('adapter_secrets')
    .values({
      id,
      adapter_id: adapterId,
      sealed_secret: sealing.seal(secret, placeOf('adapter_secrets.sealed_secret', id)),
    })
    .execute();
}
