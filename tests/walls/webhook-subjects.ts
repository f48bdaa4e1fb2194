/** Webhook endpoints and their deliveries, for merchants, one service of a merchant, and institutions. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { World } from '#tests/support/world.ts';
import type { Caller } from './callers.ts';
import type { Owner, Parties } from './parties.ts';

type Owned = { mid: string; sids?: string[] } | { institutionId: string };
type Made = { id: string; owner: Owner };

/** Who is limited to some services sees the endpoints that hear of no others. */
const isSeenBy = ({ roles, mid, sids, institutionId }: Caller, owner: Owner): boolean => {
  if (roles.some((role) => role.startsWith('operator.'))) return true;
  if ('only' in owner) return false;
  if ('mid' in owner)
    return mid === owner.mid && (!sids || (owner.sid !== undefined && sids.includes(owner.sid)));
  return institutionId === owner.institutionId;
};

/** Makes them: each with two secrets that sign, and a test under way that nobody sends. */
export async function makeWebhooks(world: World, { m1, m2, i1, i2, canary }: Parties) {
  const owners: [Owner, Owned][] = [
    [{ mid: m1 }, { mid: m1 }],
    [
      { mid: m1, sid: '002' },
      { mid: m1, sids: ['002'] },
    ],
    [{ mid: m2 }, { mid: m2 }],
    [{ institutionId: i1 }, { institutionId: i1 }],
    [{ institutionId: i2 }, { institutionId: i2 }],
  ];
  const on: Made[] = [];
  const off: Made[] = [];
  const deliveries: Made[] = [];
  for (const [owner, owned] of owners) {
    const made = await makeWebhook(world, owned, { word: canary(owner), isOn: true });
    on.push({ id: made.endpoint, owner });
    deliveries.push({ id: made.delivery, owner });
    const stopped = await makeWebhook(world, owned, { word: canary(owner), isOn: false });
    off.push({ id: stopped.endpoint, owner });
  }
  const ids = { unknown: randomUUID(), malformed: 'nonsense', isSeenBy };
  return {
    webhook: { subjects: on, ...ids },
    webhookThatIsOff: { subjects: off, ...ids },
    webhookDelivery: { subjects: deliveries, ...ids },
  };
}

async function makeWebhook(
  { db }: World,
  owned: Owned,
  { word, isOn }: { word: string; isOn: boolean },
): Promise<{ endpoint: string; delivery: string }> {
  const [endpoint, delivery] = [randomUUID(), randomUUID()];
  const isOfMerchant = 'mid' in owned;
  await db
    .insertInto('webhook_endpoints')
    .values({
      id: endpoint,
      mid: isOfMerchant ? owned.mid : null,
      sids: isOfMerchant ? (owned.sids ?? null) : null,
      institution_id: isOfMerchant ? null : owned.institutionId,
      name: word,
      url: `https://example.jp/${word}`,
      event_types: ['case.received'],
      ...(!isOn && { off_reason: 'by_owner' as const, off_at: new Date() }),
    })
    .execute();
  const secret = { endpoint_id: endpoint, sealed_secret: Buffer.from('sealed') };
  await db
    .insertInto('webhook_secrets')
    .values([
      { id: randomUUID(), ...secret, expires_at: sql<Date>`now() + interval '1 day'` },
      { id: randomUUID(), ...secret },
    ])
    .execute();
  // Due in a year: no job of this run sends it.
  const at = { next_attempt_at: sql<Date>`now() + interval '1 year'`, created_at: new Date() };
  await db
    .insertInto('webhook_deliveries')
    .values({ id: delivery, endpoint_id: endpoint, ...at })
    .execute();
  await db
    .insertInto('webhook_attempts')
    .values({
      ...{ id: randomUUID(), delivery_id: delivery, at: new Date(), url: `https://example.jp/${word}` },
      ...{ signature: 'v1,x', status: 500, response_body: word, milliseconds: 1 },
    })
    .execute();
  return { endpoint, delivery };
}
