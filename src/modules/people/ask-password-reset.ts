import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { countAttempt } from './count-attempt.ts';
import { tellPerson } from './tell-person.ts';

const hour = 60;
const mailsInAnHour = 3;
const requestsOfANetworkInAnHour = 30;

/**
 * Has a link for a new password mailed to a user, who is named by user id or mail address. Whoever asks gets the same reply
 * after the same statements, whether there is such a user or not.
 */
export async function askPasswordReset(
  { inTransaction }: Acting,
  { userId }: { userId: string },
): Promise<void> {
  const isTooMuch = await inTransaction(async (tx) => {
    const ofNetwork = await countAttempt(tx, { what: `reset from ${await networkOf(tx)}`, minutes: hour });
    const ofUser = await countAttempt(tx, { what: `reset for ${userId.toLowerCase()}`, minutes: hour });
    const found = await findUser(tx, userId);
    const mayBeTold = ofNetwork <= requestsOfANetworkInAnHour && ofUser <= mailsInAnHour;
    await tellPerson(tx, { kind: 'password_reset', userId: (mayBeTold && found) || null });
    tx.record('password.ask_reset', found ? [found] : [], { isTold: mayBeTold && found !== undefined });
    return ofNetwork > requestsOfANetworkInAnHour;
  });
  if (isTooMuch) throw new Refusal('too_many_requests', { minutes: hour });
}

async function networkOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ network: string }>`select current_setting('shokai.origin') as network`.execute(
    tx,
  );
  return rows[0]?.network ?? '';
}

async function findUser(tx: Tx, typed: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from users
    where (login_id = ${typed} or lower(email) = lower(${typed})) and email is not null and disabled_at is null
    order by login_id = ${typed} desc limit 1`.execute(tx);
  return rows[0]?.id;
}
