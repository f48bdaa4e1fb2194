import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ReturnChannel, ReturnSettings } from './channel-schemas.ts';
import { getChannel } from './list-channels.ts';

type Change = z.output<typeof ReturnSettings> & { institutionId: string };

/**
 * Sets how an institution's answers go back as files, if the settings are still as the one who changes them saw them. The first
 * settings begin with the answers registered from then on; files that were made before stay as they are.
 */
export async function changeChannel(
  tx: Tx,
  _: OperatorActor,
  { institutionId, isOn, encoding, columns, times }: Change,
  { ifMatch }: Pick<Asked, 'ifMatch'>,
): Promise<z.input<typeof ReturnChannel>> {
  if (ifMatch === undefined) throw new Refusal('version_required');
  const institution = await tx
    .selectFrom('institutions')
    .select('id')
    .where('id', '=', institutionId)
    .forUpdate()
    .executeTakeFirst();
  if (!institution) throw new Refusal('not_found');
  const { version } = await getChannel(tx, institutionId);
  if (String(version) !== ifMatch) throw new Refusal('changed_meanwhile');
  const set = { is_on: isOn, encoding, columns, times: [...times].sort(), version: version + 1 };
  await tx
    .insertInto('return_channels')
    .values({
      ...{ institution_id: institutionId, ...set },
      from_position: sql<number>`(select coalesce(max(position), 0) from events)`,
    })
    .onConflict((conflict) => conflict.column('institution_id').doUpdateSet(set))
    .execute();
  tx.record('return.change', [institutionId], { isOn, encoding, times: set.times.join(' ') });
  return getChannel(tx, institutionId);
}
