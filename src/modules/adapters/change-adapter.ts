import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Adapter, AdapterSettingsBody, NewAdapter } from './adapter-schemas.ts';
import { addAdapterSecret, requireSecret } from './adapter-secrets.ts';
import { getAdapter, getRules } from './find-adapters.ts';

type Reply = Promise<z.input<typeof Adapter>>;

/** Connects an institution with the provider that its inquiries come from. */
export const addAdapter =
  (sealing: Sealing) =>
  async (tx: Tx, actor: Actor, input: z.output<typeof NewAdapter>): Reply => {
    requireSecret(input.kind, input.secret);
    const institution = await tx
      .selectFrom('institutions')
      .select('id')
      .where('id', '=', input.institutionId)
      .executeTakeFirst();
    if (!institution)
      throw new Refusal('invalid_request', {}, [{ pointer: '/institutionId', code: 'unknown_institution' }]);
    const id = newId();
    await tx
      .insertInto('adapters')
      .values({
        ...{ id, institution_id: institution.id, name: input.name, kind: input.kind, is_on: input.isOn },
        settings: JSON.stringify(input.settings),
        created_by: actor.id,
      })
      .execute();
    await addAdapterSecret(tx, sealing, { adapterId: id, secret: input.secret });
    tx.record('adapter.add', [id], { kind: input.kind });
    return getAdapter(tx, actor, id);
  };

/** Changes how an adapter reads messages from now on; those before can be run again. */
export async function changeAdapter(
  tx: Tx,
  actor: Actor,
  { adapterId, name, isOn, settings }: z.output<typeof AdapterSettingsBody> & { adapterId: string },
): Reply {
  const { numUpdatedRows } = await tx
    .updateTable('adapters')
    .set({ name, is_on: isOn, settings: JSON.stringify(settings) })
    .where('id', '=', adapterId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal('not_found');
  tx.record('adapter.change', [adapterId], {
    reasons: settings.reasons.length,
    accounts: settings.accounts.length,
  });
  return getAdapter(tx, actor, adapterId);
}

/** Takes a new secret of the provider's; the ones before are believed until the overlap is over. */
export const replaceSecret =
  (sealing: Sealing) =>
  async (
    tx: Tx,
    actor: Actor,
    { adapterId, secret, overlapHours }: { adapterId: string; secret: string; overlapHours: number },
  ): Reply => {
    const { kind } = await getRules(tx, adapterId);
    requireSecret(kind, secret);
    await sql`update adapter_secrets set expires_at = least(expires_at, now() + make_interval(hours => ${overlapHours}))
      where adapter_id = ${adapterId}`.execute(tx);
    await addAdapterSecret(tx, sealing, { adapterId, secret });
    tx.record('adapter.replace_secret', [adapterId], { overlapHours });
    return getAdapter(tx, actor, adapterId);
  };
