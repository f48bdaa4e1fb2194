/** Two merchants and two institutions, and the canaries: in every text that is somebody's stands a word of its own. */
import { randomBytes, randomUUID } from 'node:crypto';
import { aFreeMid, type World } from '#tests/support/world.ts';

/** Who may ever read a text: a merchant's (of a service or of a case with its institution), an institution's, or operators only. */
export type Owner =
  | { mid: string; sid?: string; institutionId?: string }
  | { institutionId: string }
  | { only: 'operators' };

export type Parties = {
  m1: string;
  m2: string;
  i1: string;
  i2: string;
  /** A new word that only its owner may ever be shown; it looks like `zq9f3a61c2zq`. */
  canary: (owner: Owner) => string;
  canaries: ReadonlyMap<string, Owner>;
};

export const canaryPattern = /zq[0-9a-f]{8}zq/g;

/** Makes them, each with services 001 and 002, contacts and names that are canaries. */
export async function makeParties(world: World): Promise<Parties> {
  const canaries = new Map<string, Owner>();
  const canary = (owner: Owner): string => {
    const word = `zq${randomBytes(4).toString('hex')}zq`;
    canaries.set(word, owner);
    return word;
  };
  const [m1, m2] = [await makeMerchant(world, canary), await makeMerchant(world, canary)];
  const [i1, i2] = [await makeInstitution(world), await makeInstitution(world)];
  return { m1, m2, i1, i2, canary, canaries };
}

async function makeMerchant({ db }: World, canary: Parties['canary']): Promise<string> {
  const mid = await aFreeMid({ db });
  await db
    .insertInto('services')
    .values(['001', '002'].map((sid) => ({ mid, sid, name: `サービス${sid}` })))
    .execute();
  const contact = (sid: string | null) => ({
    id: randomUUID(),
    ...{ mid, sid, category: 'inquiry_cancellation' as const },
    name: canary({ mid }),
    email: `${canary({ mid })}@example.jp`,
  });
  await db
    .insertInto('contacts')
    .values([contact(null), contact('001')])
    .execute();
  return mid;
}

/** Its name stands on every case that it sent, so it is no secret and no canary. */
async function makeInstitution({ db }: World): Promise<string> {
  const id = `W-${randomUUID().slice(0, 13).toUpperCase()}`;
  const due_rule = JSON.stringify({ days: 7, of: 'business_days' });
  await db
    .insertInto('institutions')
    .values({ id, name: `決済機関${id}`, due_rule })
    .execute();
  return id;
}
