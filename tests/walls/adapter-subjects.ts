import { randomUUID } from 'node:crypto';
import { usualOutlet } from '#src/domain/replies.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { World } from '#tests/support/world.ts';
import type { Owner, Parties } from './parties.ts';

type Subject = { id: string; owner: Owner };

/** For each answered case its answer, which waits to be sent to a provider, with a call of before. */
export async function makeReplies(
  { db }: World,
  adapterId: string,
  caseIds: readonly string[],
): Promise<Subject[]> {
  const cases = await db
    .selectFrom('cases')
    .select(['id', 'institution_id'])
    .where('id', 'in', caseIds)
    .execute();
  const rows = cases.map(({ id: case_id, institution_id }) => ({
    ...{ id: randomUUID(), adapter_id: adapterId, institution_id, case_id, version: 1, reference: 'dp_1' },
  }));
  const calls = rows.map(({ id: reply_id, case_id }) => ({
    ...{ id: randomUUID(), reply_id, case_id, at: new Date(), call: 'GET', status: 500, milliseconds: 1 },
  }));
  await db.insertInto('adapter_replies').values(rows).execute();
  await db.insertInto('adapter_reply_calls').values(calls).execute();
  return rows.slice(0, 1).map(({ id }) => ({ id, owner: { only: 'operators' } }));
}

/** An adapter of each institution, with a secret and a message that was refused. */
export async function makeAdapters(
  world: World,
  { i1, i2 }: Parties,
): Promise<{ adapter: Subject; message: Subject }[]> {
  return Promise.all([i1, i2].map((institutionId) => makeAdapter(world, institutionId)));
}

async function makeAdapter({ db, vault }: World, institutionId: string) {
  const [id, secret, message] = [randomUUID(), randomUUID(), randomUUID()];
  const settings = JSON.stringify({ reasons: [], accounts: [], fillsGaps: true, mapping: '' });
  const owner = { only: 'operators' } as const;
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('adapters')
      .values({ id, institution_id: institutionId, name: '接続', kind: 'stripe', settings })
      .execute();
    await tx
      .insertInto('adapter_secrets')
      .values({
        ...{ id: secret, adapter_id: id },
        sealed_secret: vault.seal('a secret of theirs', placeOf('adapter_secrets.sealed_secret', secret)),
      })
      .execute();
    await tx
      .insertInto('adapter_outlets')
      .values({ adapter_id: id, is_on: false, settings: JSON.stringify(usualOutlet) })
      .execute();
    await tx
      .insertInto('adapter_messages')
      .values({
        ...{
          id: message,
          adapter_id: id,
          institution_id: institutionId,
          event_key: 'evt',
          outcome: 'refused',
        },
        sealed_body: vault.seal('{}', placeOf('adapter_messages.sealed_body', message)),
      })
      .execute();
  });
  return { adapter: { id, owner }, message: { id: message, owner } };
}
