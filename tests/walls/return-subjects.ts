/** Files of answers of both institutions; operators alone have to do with them. */
import { makeFiles } from '#src/modules/returns/files/make-files.ts';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import type { World } from '#tests/support/world.ts';
import type { Parties } from './parties.ts';

/** Makes one of all that is answered by now, and writes none. */
export async function makeReturnFiles({ db, bySystem }: World, { i1, i2 }: Parties) {
  await spreadEvents(bySystem.inTransaction, new Date());
  for (const institution_id of [i1, i2]) {
    await db
      .insertInto('return_channels')
      .values({
        ...{ institution_id, is_on: false, from_position: 0 },
        ...{ encoding: 'utf8_bom', columns: ['case_number', 'answer'], times: ['09:00'] },
      })
      .execute();
    await makeFiles(bySystem.inTransaction, institution_id);
  }
  const files = await db
    .selectFrom('return_files')
    .select('id')
    .where('institution_id', 'in', [i1, i2])
    .execute();
  return files.map(({ id }) => ({ id, owner: { only: 'operators' as const } }));
}
