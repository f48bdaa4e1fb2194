/** INV-26: what is taken from somebody is gone with their next request, and what is given is there. */

import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { aMerchant, aPerson, as, type Caller, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();
const peopleAtOnce = 4;
const runs = 250;

let caseId: string;
let mid: string;
let people: Caller[];

beforeAll(async () => {
  const merchant = await aMerchant(world);
  mid = merchant.mid;
  caseId = await givenCase(world, merchant, { sid: '001' });
  people = [];
  for (let count = 0; count < peopleAtOnce; count += 1)
    people.push(await aPerson(world, { name: '担当者', mid, roles: ['responder'], sids: null }));
});

/** What somebody is at a moment; by this alone it is decided what the next request gets. */
const standings = fc.record({
  role: fc.constantFrom('responder', 'viewer', 'admin'),
  sids: fc.constantFrom(null, ['001'], ['002']),
  isDisabled: fc.boolean(),
  isMember: fc.boolean(),
});

type Standing = {
  role: string;
  sids: readonly string[] | null;
  isDisabled: boolean;
  isMember: boolean;
};

async function become({ id }: Caller, { role, sids, isDisabled, isMember }: Standing): Promise<void> {
  await sql`
    with member as (
      update memberships set roles = ${[role]}, sids = ${sids && [...sids]}::text[],
        disabled_at = case when ${isMember} then null else now() end
      where user_id = ${id})
    update users set disabled_at = case when ${isDisabled} then now() else null end where id = ${id}`.execute(
    world.db,
  );
}

function expected({ role, sids, isDisabled, isMember }: Standing): {
  reads: number;
  writes: number;
} {
  if (isDisabled || !isMember) return { reads: 401, writes: 401 };
  const reads = sids === null || sids.includes('001') ? 200 : 404;
  if (role !== 'responder') return { reads, writes: 403 };
  return { reads, writes: reads === 200 ? 412 : 404 };
}

it('holds from the very next request', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(standings, { minLength: peopleAtOnce, maxLength: peopleAtOnce }),
      async (all) => {
        await Promise.all(
          all.map(async (standing, index) => {
            const person = people[index];
            if (!person) return;
            await become(person, standing);
            const reads = (await as(world, person).get(`/cases/${caseId}`)).status;
            const { status: writes } = await as(world, person).put(
              `/cases/${caseId}/draft`,
              { content: {} },
              { 'if-match': '"9"' },
            );
            expect({ ...standing, reads, writes }).toEqual({ ...standing, ...expected(standing) });
          }),
        );
      },
    ),
    { numRuns: runs },
  );
}, 120_000);
