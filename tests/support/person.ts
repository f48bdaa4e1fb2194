import { randomUUID } from 'node:crypto';
import { generateSecret, generateSync } from 'otplib';
import type { MerchantRole } from '#src/domain/rights.ts';
import { hashPassword } from '#src/modules/people/passwords.ts';
import { totpContext } from '#src/modules/people/read-factor.ts';
import { replaceRecoveryCodes } from '#src/modules/people/recovery-codes.ts';
import { sealingWith } from '#src/platform/sealing.ts';
import { testKey, type World } from './world.ts';

export const password = 'correct horse battery staple';

/** One hash for everybody's password, so that making people costs nothing. */
const passwordHash = hashPassword(password);

export type Person = { id: string; loginId: string; memberships: string[] };

type Given = { mids: (string | null)[]; roles?: MerchantRole[] };

/** Somebody who signs in with a password, for these merchants. */
export async function aPersonOf({ db }: World, { mids, roles = ['responder'] }: Given): Promise<Person> {
  const id = randomUUID();
  const loginId = `person-${id}`;
  await db
    .insertInto('users')
    .values({ id, login_id: loginId, name: '山田 花子', password_hash: await passwordHash })
    .execute();
  const memberships = mids.map((mid) => ({
    id: randomUUID(),
    user_id: id,
    mid,
    roles: mid ? roles : ['admin'],
  }));
  await db.insertInto('memberships').values(memberships).execute();
  return { id, loginId, memberships: memberships.map((each) => each.id) };
}

const sealing = sealingWith([Buffer.from(testKey, 'base64')]);

/** Gives somebody an authenticator app; returns what it shows, now or so many steps of 30 seconds away. */
export async function withApp({ db }: World, { id }: Person): Promise<(steps?: number) => string> {
  const secret = generateSecret();
  await db
    .insertInto('totp_secrets')
    .values({ user_id: id, secret: sealing.seal(secret, totpContext(id)), last_step: 0 })
    .execute();
  return codesOf(secret);
}

/** What an app with this secret shows. */
export const codesOf =
  (secret: string) =>
  (steps = 0): string =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps });

/** A code that is wrong now, and five minutes before and after. */
export function wrongCode(app: (steps?: number) => string, number = 0): string {
  const right = new Set(Array.from({ length: 21 }, (_, step) => app(step - 10)));
  for (let code = 100_000 + number * 1000; ; code += 1) if (!right.has(String(code))) return String(code);
}

/** Gives somebody ten recovery codes. */
export const withRecoveryCodes = ({ bySystem }: World, { id }: Person): Promise<string[]> =>
  bySystem.inTransaction((tx) => replaceRecoveryCodes(tx, id));
