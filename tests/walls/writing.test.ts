/** INV-23: whatever is tried, every row that is written is of the tenant of whoever wrote it. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { as, startWorld } from '#tests/support/world.ts';
import { maySee } from './callers.ts';
import { type Crowd, makeCrowd } from './crowd.ts';

const world = startWorld();
let crowd: Crowd;

beforeAll(async () => {
  crowd = await makeCrowd(world, 240);
});

const atOnce = 8;
const runs = 130;
const kinds = [
  ...(['draft', 'answer', 'withdrawal', 'corrections', 'extension-requests', 'correction-requests'] as const),
] as const;

/** Closed cases end the play, so drafts are tried more often. */
const often = ['draft', 'draft', 'draft', 'answer'] as const;

type Deed = { who: number; about: number; version: number; kind: (typeof kinds)[number] };
const deeds = fc.array(
  fc.record({
    who: fc.nat(),
    about: fc.nat(),
    version: fc.constantFrom(0, 0, 0, 1, 2),
    kind: fc.constantFrom(...kinds, ...often),
  }),
  { minLength: atOnce, maxLength: atOnce },
);

let done = 0;

async function attempt({ who, about, version, kind }: Deed): Promise<void> {
  const caller = crowd.callers[who % crowd.callers.length];
  const known = crowd.cases[about % crowd.cases.length];
  if (!caller || !known) return;
  const calls = as(world, caller.credential);
  const at = `/cases/${known.id}/${kind}`;
  const content = { cancellation: { result: 'refused', reason: '契約が続いているため' } };
  const reply =
    kind === 'draft'
      ? await calls.put(at, { content }, { 'if-match': `"${version}"` })
      : await calls.post(at, kind === 'answer' ? { draftVersion: version + 1 } : { reason: '事情により' });
  if (reply.status < 300) done += 1;
  if (!maySee(caller, known.owner))
    expect([caller.name, kind, [403, 404].includes(reply.status)]).toEqual([caller.name, kind, true]);
}

it('writes nothing for anybody but the tenant and the services of whoever asked', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (tried) => {
      await Promise.all(tried.map(attempt));
    }),
    { numRuns: runs },
  );
  expect(done).toBeGreaterThan(30);
  const ids = crowd.cases.map(({ id }) => id);
  const { rows } = await sql<{ written: number; foreign: number }>`
    with written as (
      select case_id, actor_kind as kind, actor_id as by from case_events
      union all select case_id, registered_by_kind, registered_by from answers
      union all select case_id, 'merchant', saved_by from drafts
      union all select case_id, 'merchant', asked_by from merchant_requests
    )
    select count(*)::int as written, count(*) filter (where not coalesce(case kind
      when 'merchant' then
        exists (select from memberships where user_id = by and mid = cases.mid and (sids is null or cases.sid = any (sids)))
        or exists (select from api_keys where api_keys.id = by and api_keys.mid = cases.mid)
      when 'institution' then exists (select from api_keys where api_keys.id = by and api_keys.institution_id = cases.institution_id)
      when 'operator' then exists (select from memberships where user_id = by and mid is null)
    end, false))::int as foreign
    from written join cases on cases.id = case_id where case_id = any (${ids})`.execute(world.db);
  expect(rows[0]?.written).toBeGreaterThan(ids.length);
  expect(rows[0]?.foreign).toBe(0);
}, 120_000);
