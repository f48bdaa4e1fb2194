import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Acting, Reader } from '#src/platform/transaction.ts';
import { type AdapterRules, getRules } from '../find-adapters.ts';
import { type Line, openLine } from './line.ts';
import type { Outcome } from './outcome.ts';
import type { Places } from './places.ts';
import { replyQueue } from './reply-queue.ts';
import type { OutletTrial } from './reply-schemas.ts';
import { tryAdyen } from './send-to-adyen.ts';
import { tryStripe } from './send-to-stripe.ts';

type Parts = { outbound: Outbound; places: Places };

/**
 * Asks a provider something harmless with the secret that is kept, to see that it lets us in. When it does, what waited for that
 * is sent. A mapping is not tried: a test could be taken for an answer.
 */
export const tryOutlet =
  ({ outbound, places }: Parts) =>
  async (
    { reading, inTransaction }: Acting,
    { adapterId }: { adapterId: string },
  ): Promise<z.input<typeof OutletTrial>> => {
    const way = await reading((db) => load(db, adapterId));
    const line = openLine(outbound);
    const outcome = await ask(line, places, way);
    const works = outcome.is === 'sent';
    await inTransaction(async (tx) => {
      tx.record('adapter.test_outlet', [adapterId], { works });
      if (!works) return;
      await tx
        .updateTable('adapter_outlets')
        .set({ broken_at: null, broken_reason: null })
        .where('adapter_id', '=', adapterId)
        .where('secret_set_at', '=', way.secretSetAt)
        .execute();
      await tx.enqueue(replyQueue, [{ data: {} }]);
    });
    const { status = null, reason = null, said = null } = line.calls.at(-1) ?? {};
    return { works, status, reason, said };
  };

type Way = { rules: AdapterRules; secret: string; secretSetAt: Date; environment: 'test' | 'live' };

async function load(db: Reader, adapterId: string): Promise<Way> {
  const rules = await getRules(db, adapterId);
  const outlet = await db
    .selectFrom('adapter_outlets')
    .select(['settings', 'sealed_secret', 'secret_set_at'])
    .where('adapter_id', '=', adapterId)
    .executeTakeFirst();
  if (!outlet?.sealed_secret || !outlet.secret_set_at || rules.kind === 'mapping')
    throw new Refusal('outlet_not_set');
  const place = placeOf('adapter_outlets.sealed_secret', adapterId);
  const secret = db.vault.open(outlet.sealed_secret, place).toString();
  return { rules, secret, secretSetAt: outlet.secret_set_at, environment: outlet.settings.environment };
}

function ask(line: Line, places: Places, { rules, secret, environment }: Way): Promise<Outcome> {
  if (rules.kind === 'stripe') return tryStripe(line, { base: places.stripe, secret });
  const named = rules.settings.accounts.find(({ account }) => account !== '*');
  return tryAdyen(line, { base: places.adyen(environment), secret }, named?.account ?? '*');
}
