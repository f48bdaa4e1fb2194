import { type KnownWords, passwordProblem } from '#src/domain/password-rules.ts';
import type { Problem } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { isCommonPassword } from './common-passwords.ts';
import { hashPassword, isPassword } from './passwords.ts';

/** How many of a person's last passwords, the current one among them, are not taken again. */
export const passwordsRemembered = 4;

/** Refuses a password that the rules or the list of common ones forbid. */
export function refuseWeakPassword(password: string, known: KnownWords): void {
  const problem = passwordProblem(password, known);
  if (problem) throw refused(problem);
  if (isCommonPassword(password)) throw refused({ pointer: '/password', code: 'password_common' });
}

const refused = (problem: Problem): Refusal => new Refusal('password_refused', {}, [problem]);

type Chosen = { userId: string; password: string; knownWords: KnownWords };

/** Gives somebody the password they chose, if it may be used; the one before is remembered for a while. */
export async function choosePassword(tx: Tx, { userId, password, knownWords }: Chosen): Promise<void> {
  const user = await tx
    .selectFrom('users')
    .select(['login_id', 'name', 'email', 'password_hash'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  refuseWeakPassword(password, [user.login_id, user.name, user.email, ...knownWords]);
  await refuseFormerPassword(tx, { userId, password, current: user.password_hash });
  if (user.password_hash) await rememberPassword(tx, userId, user.password_hash);
  await tx
    .updateTable('users')
    .set({ password_hash: await hashPassword(password) })
    .where('id', '=', userId)
    .execute();
}

type Former = { userId: string; password: string; current: string | null };

async function refuseFormerPassword(tx: Tx, { userId, password, current }: Former): Promise<void> {
  const former = await tx
    .selectFrom('password_history')
    .select('password_hash')
    .where('user_id', '=', userId)
    .orderBy('replaced_at', 'desc')
    .limit(passwordsRemembered - 1)
    .execute();
  for (const hash of [current, ...former.map((each) => each.password_hash)]) {
    if (hash && (await isPassword(password, hash))) {
      throw refused({
        pointer: '/password',
        code: 'password_used_before',
        params: { count: passwordsRemembered },
      });
    }
  }
}

async function rememberPassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await tx
    .insertInto('password_history')
    .values({ id: newId(), user_id: userId, password_hash: hash })
    .execute();
  const kept = tx
    .selectFrom('password_history')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('replaced_at', 'desc')
    .limit(passwordsRemembered - 1);
  await tx.deleteFrom('password_history').where('user_id', '=', userId).where('id', 'not in', kept).execute();
}
