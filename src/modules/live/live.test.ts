import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '#src/platform/actor.ts';
import { maySee, tenancyOf } from '#src/platform/tenancy.ts';
import { openStream } from '#tests/support/live-stream.ts';
import {
  aLimitedAdmin,
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aRequest,
  as,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
/** Another node on the same database. */
const other = startWorld();
const patience = { timeout: 8_000, interval: 20 };

const casesIn = ({ heard }: Awaited<ReturnType<typeof openStream>>): string[] =>
  heard.flatMap(({ data }) => (data.cases ?? []).map(({ caseId }) => caseId));

describe('the stream', () => {
  it('tells of a new request on every node, to those who see it and to nobody else', async () => {
    const [merchant, stranger] = [await aMerchant(world), await aMerchant(world)];
    const limited = await aLimitedAdmin(world, merchant.mid, ['002']);
    const operator = await anOperator(world);
    const streams = {
      hanako: await openStream(world, merchant.hanako),
      elsewhere: await openStream(other, merchant.yuki),
      operator: await openStream(other, operator),
      otherService: await openStream(world, merchant.taro),
      limited: await openStream(other, limited),
      otherMerchant: await openStream(world, stranger.hanako),
    };
    const first = await givenCase(world, merchant, { sid: '001' });
    const second = await givenCase(other, merchant, { sid: '002' });

    for (const name of ['hanako', 'elsewhere', 'operator'] as const)
      await vi.waitFor(
        () => expect(casesIn(streams[name])).toEqual(expect.arrayContaining([first, second])),
        patience,
      );
    for (const name of ['otherService', 'limited'] as const)
      await vi.waitFor(() => expect(casesIn(streams[name])).toContain(second), patience);
    expect(casesIn(streams.otherService)).not.toContain(first);
    expect(casesIn(streams.limited)).not.toContain(first);
    // What comes after shows that nothing was only late.
    const theirs = await givenCase(world, stranger);
    await vi.waitFor(() => expect(casesIn(streams.otherMerchant)).toEqual([theirs]), patience);
    expect(casesIn(streams.hanako)).not.toContain(theirs);
    for (const stream of Object.values(streams)) stream.cut();
  });

  it('says nothing personal: ids and counts alone', async () => {
    const merchant = await aMerchant(world);
    const stream = await openStream(world, merchant.hanako);
    const caseId = await givenCase(world, merchant);
    await vi.waitFor(() => expect(casesIn(stream)).toEqual([caseId]), patience);
    expect(stream.heard).toEqual([
      { event: 'hello', data: {} },
      { event: 'changed', data: { received: 1, cases: [{ caseId, sequence: 1 }] } },
    ]);
    stream.cut();
  });

  it('counts the requests of a large batch and names no case of it', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const stream = await openStream(world, merchant.hanako);
    const lines = Array.from({ length: 120 }, () => JSON.stringify(aRequest(merchant.mid)));
    await as(world, institution).send('POST', '/cases/batch', {
      raw: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const received = (): number => stream.heard.reduce((sum, { data }) => sum + (data.received ?? 0), 0);
    await vi.waitFor(() => expect(received()).toBe(120), patience);
    stream.cut();
  });
});

describe('the stream ends within seconds', () => {
  it.each([
    ['the session ends', (id: string) => sql`delete from sessions where user_id = ${id}`],
    [
      'the user is disabled',
      (id: string) => sql`update memberships set disabled_at = now() where user_id = ${id}`,
    ],
    [
      'it lay idle',
      (id: string) => sql`update sessions set last_used_at = now() - interval '1 day' where user_id = ${id}`,
    ],
  ])('when %s, and nothing more is told', async (_, change) => {
    const merchant = await aMerchant(world);
    const stream = await openStream(world, merchant.yuki);
    await change(merchant.yuki.id).execute(world.db);
    await givenCase(world, merchant);
    await vi.waitFor(() => expect(stream.isEnded()).toBe(true), patience);
    expect(casesIn(stream)).toEqual([]);
  });

  it('or goes on with fewer services when those are taken away', async () => {
    const merchant = await aMerchant(world);
    const stream = await openStream(world, merchant.hanako);
    await sql`update memberships set sids = '{002}' where user_id = ${merchant.hanako.id}`.execute(world.db);
    const hidden = await givenCase(world, merchant, { sid: '001' });
    const seen = await givenCase(world, { ...merchant, hanako: merchant.yuki }, { sid: '002' });
    await vi.waitFor(() => expect(casesIn(stream)).toContain(seen), patience);
    expect(casesIn(stream)).not.toContain(hidden);
    stream.cut();
  });
});

describe('a stream', () => {
  it('is no use of a session', async () => {
    const { yuki } = await aMerchant(world);
    const at = async () =>
      (
        await sql<{
          at: string;
        }>`select last_used_at::text as at from sessions where user_id = ${yuki.id}`.execute(world.db)
      ).rows[0]?.at;
    await sql`update sessions set last_used_at = now() - interval '5 minutes' where user_id = ${yuki.id}`.execute(
      world.db,
    );
    const before = await at();
    (await openStream(world, yuki)).cut();
    expect(await at()).toBe(before);
  });

  it('is for people who are logged in, a few for each', async () => {
    const merchant = await aMerchant(world);
    expect((await openStream(world, await aMerchantKey(world, merchant.mid))).status).toBe(403);
    expect((await openStream(world, await anInstitution(world))).status).toBe(403);
    expect((await as(world).get('/live')).status).toBe(401);
    const streams = await Promise.all(Array.from({ length: 6 }, () => openStream(world, merchant.yuki)));
    expect(streams.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect((await openStream(world, merchant.yuki)).status).toBe(429);
    for (const stream of streams) stream.cut();
    await vi.waitFor(async () => {
      const next = await openStream(world, merchant.yuki);
      next.cut();
      expect(next.status).toBe(200);
    }, patience);
  });
});

it('who may hear of a thing is who may see its row', async () => {
  const mids = ['00001', '00002'];
  const sids = ['001', '002'];
  const tenants = fc.record({
    mid: fc.constantFrom(...mids),
    sid: fc.constantFrom(...sids),
    institutionId: fc.constantFrom('A', 'B'),
  });
  const anybody = { id: 'x', name: 'x', rights: new Set<never>() };
  const actors: fc.Arbitrary<Actor> = fc.oneof(
    fc
      .record({
        ...{ kind: fc.constant('merchant' as const), mid: fc.constantFrom(...mids) },
        sids: fc.option(fc.subarray(sids), { nil: null }),
      })
      .map((one) => ({ ...anybody, ...one })),
    fc
      .constantFrom('A', 'B')
      .map((institutionId) => ({ ...anybody, kind: 'institution' as const, institutionId })),
    fc.constant({ ...anybody, kind: 'operator' as const }),
  );
  const pairs = fc.sample(fc.tuple(actors, tenants), 1_000);
  const said = await sql<{ may: boolean[] }>`select array[${sql.join(
    pairs.map(([actor, { mid, sid, institutionId }]) =>
      tenancyOf(actor, {
        mid: sql`${mid}::text`,
        sid: sql`${sid}::text`,
        institutionId: sql`${institutionId}::text`,
      }),
    ),
  )}] as may`.execute(world.db);
  expect(pairs.map(([actor, tenant]) => maySee(actor, tenant))).toEqual(said.rows[0]?.may);
});

it('a screen whose connection is cut 200 times shows what is true in the end', async () => {
  const merchant = await aMerchant(world);
  const institution = await anInstitution(world);
  const nodes = [world, other] as const;
  const screen = { received: 0 };
  let reading: Promise<void> = Promise.resolve();
  // What the pages do: whatever is heard has the counts read again, after the reading that is under way.
  const read = (): void => {
    reading = reading.then(async () => {
      const { body } = await as(world, merchant.yuki).get('/cases/counts');
      screen.received = body.categories[0].counts.received ?? 0;
    });
  };
  let sent = 0;
  const sendUntil = async (isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      const { status } = await as(nodes[sent % 2] ?? world, institution).post(
        '/cases',
        aRequest(merchant.mid),
      );
      if (status === 201) sent += 1;
    }
  };
  for (let round = 0; round < 20; round += 1) {
    let isOver = false;
    const sending = sendUntil(() => isOver);
    for (let cuts = 0; cuts < 10; cuts += 1) {
      const stream = await openStream(nodes[cuts % 2] ?? world, merchant.yuki, read);
      await new Promise((resolve) => setTimeout(resolve, randomInt(40)));
      stream.cut();
    }
    // The last request comes while nobody listens, or while somebody does.
    const isCut = round % 2 === 0;
    const before = isCut ? undefined : await openStream(other, merchant.yuki, read);
    isOver = true;
    await sending;
    const last = before ?? (await openStream(other, merchant.yuki, read));
    await vi.waitFor(async () => {
      await reading;
      expect([round, screen.received]).toEqual([round, sent]);
    }, patience);
    last.cut();
  }
  expect(sent).toBeGreaterThan(60);
}, 120_000);
