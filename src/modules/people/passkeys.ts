import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { Refusal } from '#src/domain/refusals.ts';
import { newId } from '#src/platform/ids.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { keepChallenge, type Owner, takeChallenge } from './challenges.ts';
import type { Site } from './sign-in-parts.ts';
import { tellPerson } from './tell-person.ts';

/** Loaded when the first passkey is used: most starts of the product never need it. */
const webAuthn = () => import('@simplewebauthn/server');

/** What the browser has to sign for somebody to prove who they are with one of their passkeys. */
export async function passkeyUse(tx: Tx, owner: Owner, site: Site): Promise<{ challenge: string }> {
  const { generateAuthenticationOptions } = await webAuthn();
  const passkeys = await passkeysOf(tx, owner.userId);
  const options = await generateAuthenticationOptions({
    rpID: hostOf(site),
    userVerification: 'required',
    allowCredentials: passkeys.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
  });
  await keepChallenge(tx, owner, 'passkey_use', Buffer.from(options.challenge));
  return { ...options };
}

/** What the browser needs to make a new passkey for somebody. */
export async function passkeySetup(tx: Tx, owner: Owner, site: Site): Promise<{ challenge: string }> {
  const { generateRegistrationOptions } = await webAuthn();
  const { login_id, name } = await tx
    .selectFrom('users')
    .select(['login_id', 'name'])
    .where('id', '=', owner.userId)
    .executeTakeFirstOrThrow();
  const passkeys = await passkeysOf(tx, owner.userId);
  const options = await generateRegistrationOptions({
    rpName: site.issuer,
    rpID: hostOf(site),
    userID: new Uint8Array(Buffer.from(owner.userId)),
    userName: login_id,
    userDisplayName: name,
    authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
    excludeCredentials: passkeys.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
  });
  await keepChallenge(tx, owner, 'passkey_setup', Buffer.from(options.challenge));
  return { ...options };
}

const passkeysOf = (tx: Tx, userId: string) =>
  tx.selectFrom('passkeys').selectAll().where('user_id', '=', userId).execute();

/** Passkeys belong to a name; an address such as 127.0.0.1 cannot have any. */
function hostOf({ passkeyHost }: Site): string {
  if (passkeyHost === null) throw new Refusal('not_found');
  return passkeyHost;
}

/**
 * Checks what a passkey signed, for the site, the challenge and one of the person's own keys; returns how to note that it was
 * used, or undefined. The challenge is used up whatever comes of it.
 */
export async function readPasskey(
  { inTransaction }: Acting,
  owner: Owner,
  response: object,
  site: Site,
): Promise<((tx: Tx) => Promise<boolean>) | undefined> {
  const given = response as AuthenticationResponseJSON;
  const { challenge, passkeys } = await inTransaction(async (tx) => ({
    challenge: await takeChallenge(tx, owner, 'passkey_use'),
    passkeys: await passkeysOf(tx, owner.userId),
  }));
  const passkey = passkeys.find(({ credential_id }) => credential_id === given.id);
  if (!challenge || !passkey) return undefined;
  const { verifyAuthenticationResponse } = await webAuthn();
  const checked = await verifyAuthenticationResponse({
    response: given,
    expectedChallenge: challenge.toString(),
    expectedOrigin: site.origin,
    expectedRPID: hostOf(site),
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.sign_count,
    },
  }).catch(() => undefined); // It throws at whatever does not fit; all of it means that this is no proof.
  if (!checked?.verified) return undefined;
  return (tx) => notePasskeyUse(tx, passkey, checked.authenticationInfo.newCounter);
}

/** A counter that does not go on tells of a copied key; keys without a counter stay at 0. */
async function notePasskeyUse(
  tx: Tx,
  { id, sign_count }: { id: string; sign_count: number },
  count: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ sign_count: count, last_used_at: new Date() })
    .where('id', '=', id)
    .where('sign_count', '=', sign_count)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

type NewPasskey = { userId: string; name: string; challenge: Buffer; response: object };

/** Adds a passkey that the browser made for a challenge of ours. */
export async function addPasskey(
  tx: Tx,
  { userId, name, challenge, response }: NewPasskey,
  site: Site,
): Promise<void> {
  const { verifyRegistrationResponse } = await webAuthn();
  const checked = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge.toString(),
    expectedOrigin: site.origin,
    expectedRPID: hostOf(site),
    requireUserVerification: true,
  }).catch(() => undefined); // It throws at whatever does not fit.
  if (!checked?.verified) throw new Refusal('factor_refused');
  const { credential } = checked.registrationInfo;
  const id = newId();
  const added = await tx
    .insertInto('passkeys')
    .values({
      id,
      user_id: userId,
      name,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      sign_count: credential.counter,
      transports: [...(credential.transports ?? [])],
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) throw new Refusal('factor_refused');
  tx.record('factor.add', [userId, id], { kind: 'passkey' });
  await tellPerson(tx, { kind: 'second_factor_changed', userId, at: new Date() });
}
