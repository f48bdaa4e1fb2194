import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type MayCall, requireCallable } from './callable-url.ts';
import type { EndpointWithSecret, NewEndpoint } from './endpoint-schemas.ts';
import { getEndpoint } from './find-endpoints.ts';
import { addSecret } from './secrets.ts';

const mostEndpoints = 10;

export type EndpointParts = { sealing: Sealing; mayCall: MayCall };

/** Adds an endpoint of whoever asks, or of whom an operator names, and gives it its first secret. */
export const addEndpoint =
  ({ sealing, mayCall }: EndpointParts) =>
  async (
    tx: Tx,
    actor: Actor,
    { name, url, eventTypes, ...named }: z.output<typeof NewEndpoint>,
  ): Promise<z.input<typeof EndpointWithSecret>> => {
    requireCallable(mayCall, url);
    const owner = ownerOf(actor, named);
    await requireOwner(tx, owner);
    const id = newId();
    await tx
      .insertInto('webhook_endpoints')
      .values({ id, name, url, event_types: eventTypes, created_by: actor.id, ...owner })
      .execute();
    const secret = await addSecret(tx, sealing, id);
    tx.record('webhook.add', [id]);
    return { endpoint: await getEndpoint(tx, actor, id), secret };
  };

type Owner = { mid: string | null; institution_id: string | null; sids: string[] | null };
type Named = { mid?: string | undefined; institutionId?: string | undefined };

/** People and keys of a merchant or an institution add to their own, and whoever is limited to some services hears of those. */
function ownerOf(actor: Actor, { mid, institutionId }: Named): Owner {
  switch (actor.kind) {
    case 'merchant':
      if ((mid ?? actor.mid) !== actor.mid || institutionId !== undefined) throw new Refusal('not_found');
      return { mid: actor.mid, institution_id: null, sids: actor.sids && [...actor.sids] };
    case 'institution':
      if ((institutionId ?? actor.institutionId) !== actor.institutionId || mid !== undefined)
        throw new Refusal('not_found');
      return { mid: null, institution_id: actor.institutionId, sids: null };
    case 'operator':
      if ((mid === undefined) === (institutionId === undefined))
        throw new Refusal('invalid_request', {}, [
          { pointer: '/mid', code: 'one_of_required', params: { labels: 'mid, institutionId' } },
        ]);
      return { mid: mid ?? null, institution_id: institutionId ?? null, sids: null };
  }
}

/** Every further endpoint is told of every event, so there is an end to them. Those who add at once wait for each other. */
async function requireOwner(tx: Tx, { mid, institution_id }: Owner): Promise<void> {
  const lock = `webhook endpoints of ${mid ?? ''} ${institution_id ?? ''}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(tx);
  const { rows } = await sql<{ exists: boolean; count: number }>`
    select exists (select from merchants where mid = ${mid}) or exists (select from institutions where id = ${institution_id}) as exists,
      (select count(*)::int from webhook_endpoints where mid = ${mid} or institution_id = ${institution_id}) as count`.execute(
    tx,
  );
  if (!rows[0]?.exists) throw new Refusal('not_found');
  if (rows[0].count >= mostEndpoints) throw new Refusal('too_many_webhooks', { most: mostEndpoints });
}
