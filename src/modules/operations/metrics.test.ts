import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { aMerchant, anOperator, as, givenCase, inDays, startWorld } from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase });
const guarded = startWorld({ settings: { METRICS_TOKEN: 'a-token-of-the-watchers' } });

async function metrics(): Promise<string> {
  // What was gathered is kept for two seconds.
  await new Promise((resolve) => setTimeout(resolve, 2_050));
  return (await fetch(`${world.url}/metrics`)).text();
}

const sampleOf = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1),
  );

describe('the metrics', () => {
  it('tell what happened here and what waits, in a form that Prometheus reads', async () => {
    const merchant = await aMerchant(world);
    await givenCase(world, merchant, { answered: true });
    await givenCase(world, merchant, { dueAt: inDays(0.5) });
    const text = await metrics();

    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)$/);
    expect(
      sampleOf(text, 'shokai_http_requests_total{method="POST",route="/api/v1/cases",status="201"}'),
    ).toBe(2);
    expect(sampleOf(text, 'shokai_subjects_total{action="case.register_answer"}')).toBe(1);
    expect(
      sampleOf(text, 'shokai_http_request_duration_seconds_count{method="POST",route="/api/v1/cases"}'),
    ).toBe(2);
    expect(sampleOf(text, 'shokai_queue_jobs{queue="spread-events",state="ready"}')).toBeGreaterThan(0);
    expect(sampleOf(text, 'shokai_cases_due_within_day')).toBe(1);
    expect(sampleOf(text, 'shokai_workers_alive')).toBe(0);
    expect(sampleOf(text, 'shokai_up')).toBe(1);
    expect(sampleOf(text, 'shokai_audit_head')).toBeGreaterThan(3);
  });

  it('never count what was undone', async () => {
    const merchant = await aMerchant(world);
    const before = await metrics();
    const name = 'shokai_actions_total{action="draft.save"}';
    const refused = await as(world, merchant.hanako).put(
      '/cases/261124-000-000-000/draft',
      { content: {} },
      { 'if-match': '"0"' },
    );
    expect(refused.status).toBe(404);
    expect(sampleOf(await metrics(), name)).toEqual(sampleOf(before, name));
  });

  it('are found by indexes', async () => {
    const plan = await world.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      return (
        await sql<{ 'QUERY PLAN': string }>`explain select count(*) from cases
          where status in ('received', 'correcting') and due_at <= product_now() + interval '1 day'`.execute(
          tx,
        )
      ).rows;
    });
    expect(JSON.stringify(plan)).toContain('cases_waiting');
  });

  it('are for this machine alone, and not for those a proxy on it asks for', async () => {
    const passedOn = await fetch(`${world.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect(passedOn.status).toBe(403);
    expect(await passedOn.text()).not.toContain('shokai_');
  });

  it('are for whoever has the token, where there is one', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${guarded.url}/metrics`, { headers });
    expect((await ask({})).status).toBe(403);
    expect((await ask({ authorization: 'Bearer a-token-of-the-watcher' })).status).toBe(403);
    expect((await ask({ authorization: 'Bearer a-token-of-the-watchers' })).status).toBe(200);
  });
});

describe('how the product runs', () => {
  it('is told to operators, and the worker is missed', async () => {
    const operator = await anOperator(world, 'agent');
    const { body } = await as(world, operator).get('/operations');
    expect(body.worker).toEqual({ state: 'stopped', since: null });
    expect(body.queues.map(({ queue }: { queue: string }) => queue)).toContain('send-mail');
    expect((await as(world, operator).get('/operations/worker')).body).toEqual({
      state: 'stopped',
      since: null,
    });
  });

  it('asked by a page of which nobody makes use keeps nobody logged in', async () => {
    const operator = await anOperator(world);
    const lastUse = async () =>
      (
        await sql<{
          at: Date;
        }>`select last_used_at as at from sessions where user_id = ${operator.id}`.execute(world.db)
      ).rows[0]?.at;
    await sql`update sessions set last_used_at = now() - interval '5 minutes' where user_id = ${operator.id}`.execute(
      world.db,
    );
    const before = await lastUse();
    await as(world, operator).get('/operations/worker', { 'x-background': '1' });
    expect(await lastUse()).toEqual(before);
    await as(world, operator).get('/operations/worker');
    expect(await lastUse()).not.toEqual(before);
  });
});
