import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { aProviderServer, stripeError } from '#tests/support/provider-server.ts';
import { type Came, startReplyWorld } from '#tests/support/reply-world.ts';
import { aMerchant, anOperator, as, givenCase } from '#tests/support/world.ts';

const provider = await aProviderServer();
const { world, send, letPass, anOutlet, stripeCase, answer, correct, repliesOf } = startReplyWorld(provider);

const purchaser = { name: '山田 花子', address: '東京都港区1-2-3', email: 'hanako@example.jp', phone: null };
const posts = (came: Came) =>
  provider.asked.filter(({ method, path }) => method === 'POST' && path.endsWith(came.reference));
const failPosts = (status: number, message: string) => {
  provider.instead = ({ method }) =>
    method === 'POST' ? stripeError(status, 'api_error', message) : undefined;
};

describe('an answer to an inquiry of Stripe', () => {
  it('becomes the evidence of its dispute: every value in its field, and the whole answer as text', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came, { purchaser });
    expect((await repliesOf(came))[0]).toMatchObject({ version: 1, state: 'waiting' });
    await send();
    const [post, ...more] = posts(came);
    expect(more).toEqual([]);
    expect(post?.headers).toMatchObject({
      authorization: `Bearer ${provider.keys.stripe}`,
      'stripe-version': '2025-03-31.basil',
    });
    expect(post?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}\.1\.submit$/);
    expect(post?.form).toMatchObject({
      'evidence[customer_name]': '山田 花子',
      'evidence[customer_email_address]': 'hanako@example.jp',
      'evidence[billing_address]': '東京都港区1-2-3',
      'evidence[shipping_address]': '東京都港区1-2-3',
      'evidence[shipping_date]': '2026-10-08',
      'evidence[product_description]': '詳細商品名のご回答',
      submit: 'true',
      'metadata[shokai_case]': came.caseId,
      'metadata[shokai_version]': '1',
    });
    const text = post?.form['evidence[uncategorized_text]'] ?? '';
    for (const part of [
      came.caseId,
      'ご購入者情報',
      '氏名: 山田 花子',
      '電話番号: —',
      'お客様向け問合せ窓口',
    ])
      expect(text).toContain(part);
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'sent', reason: null, tries: 1, canSendAgain: false });
    expect(reply.providerReference).toMatch(/^req_/);
    expect(reply.calls.map(({ status }: { status: number }) => status)).toEqual([200, 200]);
  });

  it('is staged where the adapter says so, and waits for somebody to submit it at Stripe', async () => {
    const came = await stripeCase(await anOutlet('stripe', { submit: false }));
    await answer(came);
    await send();
    expect(posts(came)[0]?.form.submit).toBe('false');
    expect(provider.disputes.get(came.reference)?.status).toBe('warning_needs_response');
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
  });

  it('names the connected account that the dispute belongs to', async () => {
    const came = await stripeCase(await anOutlet('stripe'), {}, { account: 'acct_123' });
    await answer(came);
    await send();
    expect(posts(came)[0]?.headers['stripe-account']).toBe('acct_123');
  });

  it('is tried again after a failure, under the same key, and under a new one once Stripe repeats the failure', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    failPosts(500, 'Something went wrong');
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'waiting', reason: 'busy', tries: 1 });
    // Nothing is due before the wait is over.
    await send();
    expect(posts(came)).toHaveLength(1);
    provider.instead = () => undefined;
    await letPass();
    await send();
    await letPass();
    await send();
    const keys = posts(came).map(({ headers }) => String(headers['idempotency-key']).slice(36));
    expect(keys).toEqual(['.1.submit', '.1.submit', '.2.submit']);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent', tries: 3 });
  });

  it('is not sent twice when the reply to it was lost', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.instead = ({ method, form, path }) => {
      if (method !== 'POST') return undefined;
      const metadata = {
        ...{ shokai_case: form['metadata[shokai_case]'], shokai_version: form['metadata[shokai_version]'] },
        shokai_sent: form['metadata[shokai_sent]'],
      };
      provider.disputes.set(path.split('/').at(-1) ?? '', { status: 'warning_under_review', metadata });
      return 'never';
    };
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'waiting', reason: 'not_reached' });
    await letPass();
    await send();
    expect(posts(came)).toHaveLength(1);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent', tries: 2 });
  });

  it.each([409, 429])('waits after a %s, at least as long as Stripe asks for', async (status) => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.instead = ({ method }) =>
      method === 'POST' ? { status, headers: { 'retry-after': '600' }, json: {} } : undefined;
    await send();
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'waiting', reason: 'busy' });
    expect(Date.parse(reply.nextAttemptAt) - Date.now()).toBeGreaterThan(590_000);
    provider.instead = () => undefined;
    await letPass();
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
    expect(new Set(posts(came).map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('is given up after thirteen tries, and waits for an operator', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.instead = () => stripeError(503, 'api_error', 'down');
    for (let tries = 0; tries < 13; tries += 1) {
      await send();
      await letPass();
    }
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'failed', reason: 'tries_used_up', tries: 13 });
  });

  it('that Stripe refuses fails with what it said, is told in the inbox, and is sent again under a new key', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    const before = (await as(world, came.operator).get('/inbox')).body.repliesFailed;
    failPosts(400, 'Invalid email address: 4242 4242 4242 4242');
    await send();
    const [failed] = await repliesOf(came);
    expect(failed).toMatchObject({ state: 'failed', reason: 'refused', canSendAgain: true });
    // A card number is stored nowhere, whoever says it.
    expect(failed.calls.at(-1)).toMatchObject({ status: 400, said: '●●●●' });
    expect((await as(world, came.operator).get('/inbox')).body.repliesFailed).toBe(before + 1);
    provider.instead = () => undefined;
    expect((await as(world, came.operator).post(`/adapter-replies/${failed.id}/sendings`)).status).toBe(200);
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent' });
    expect(String(posts(came).at(-1)?.headers['idempotency-key'])).toContain('.2.');
    const again = await as(world, came.operator).post(`/adapter-replies/${failed.id}/sendings`);
    expect([again.status, again.body.code]).toEqual([409, 'reply_not_resendable']);
  });

  it.each(['warning_closed', 'lost', 'won'])('to a dispute that is %s fails and says so', async (status) => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.disputes.set(came.reference, { status });
    await send();
    expect(posts(came)).toEqual([]);
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'failed', reason: 'dispute_closed' });
    const settled = await as(world, came.operator).post(`/adapter-replies/${reply.id}/settlement`);
    expect(settled.body).toMatchObject({ state: 'none', reason: 'settled', canSendAgain: false });
    const twice = await as(world, came.operator).post(`/adapter-replies/${reply.id}/settlement`);
    expect([twice.status, twice.body.code]).toEqual([409, 'reply_not_failed']);
  });

  it('to what has become a chargeback is not spent on it', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.disputes.set(came.reference, { status: 'needs_response' });
    await send();
    expect(posts(came)).toEqual([]);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'failed', reason: 'no_inquiry' });
  });

  it('of a version that is known to be wrong is not submitted once the next is there', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    failPosts(503, 'down');
    await send();
    await correct(came, { purchaser });
    provider.instead = () => undefined;
    for (let looks = 0; looks < 2; looks += 1) {
      await letPass();
      await send();
    }
    const replies = await repliesOf(came);
    expect(replies.map(({ state, reason }: { state: string; reason: string }) => [state, reason])).toEqual([
      ['none', 'overtaken'],
      ['sent', null],
    ]);
    expect(posts(came).map(({ form }) => form['metadata[shokai_version]'])).toEqual(['1', '2']);
  });

  it('that Stripe took once and has lost since is sent under a new key', async () => {
    const came = await stripeCase(await anOutlet('stripe', { submit: false }));
    await answer(came);
    await send();
    await sql`alter table adapter_replies disable trigger adapter_replies_keep`.execute(world.db);
    await sql`update adapter_replies set state = 'waiting', next_attempt_at = now() where case_id = ${came.caseId}`.execute(
      world.db,
    );
    await sql`alter table adapter_replies enable trigger adapter_replies_keep`.execute(world.db);
    // Somebody put other evidence there.
    provider.disputes.set(came.reference, {
      status: 'warning_needs_response',
      metadata: { shokai_version: '9' },
    });
    await send();
    await letPass();
    await send();
    const keys = posts(came).map(({ headers }) => String(headers['idempotency-key']).slice(36));
    expect(keys).toEqual(['.1.stage', '.1.stage', '.2.stage']);
    expect(provider.disputes.get(came.reference)?.metadata).toMatchObject({ shokai_version: '1' });
  });

  it('that something else than Stripe took is not taken for sent', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    provider.instead = ({ method }) =>
      method === 'POST' ? { status: 200, json: '<html>Welcome</html>' } : undefined;
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'failed', reason: 'unexpected' });
  });

  it('of a second version follows the first, and takes back what it says no more', async () => {
    const came = await stripeCase(await anOutlet('stripe', { submit: false }));
    await answer(came, { purchaser });
    failPosts(503, 'down');
    await send();
    await correct(came, { purchaser: { ...purchaser, email: null, phone: '03-1234-5678' } });
    await send();
    provider.instead = () => undefined;
    expect((await repliesOf(came)).map(({ state }: { state: string }) => state)).toEqual([
      'waiting',
      'waiting',
    ]);
    await letPass();
    await send();
    await letPass();
    await send();
    const versions = posts(came).map(({ form }) => form['metadata[shokai_version]']);
    expect(versions).toEqual(['1', '1', '1', '2']);
    expect(posts(came).at(-1)?.form['evidence[customer_email_address]']).toBe('');
    expect(provider.disputes.get(came.reference)?.evidence).toMatchObject({ customer_email_address: null });
    expect((await repliesOf(came)).map(({ state }: { state: string }) => state)).toEqual(['sent', 'sent']);
  });

  it('of a version that a later one has overtaken is not sent again', async () => {
    const came = await stripeCase(await anOutlet('stripe', { submit: false }));
    await answer(came);
    failPosts(400, 'no');
    await send();
    provider.instead = () => undefined;
    await correct(came, { purchaser });
    await send();
    const [first, second] = await repliesOf(came);
    expect([first.state, first.canSendAgain, second.state]).toEqual(['failed', false, 'sent']);
    expect((await as(world, came.operator).post(`/adapter-replies/${first.id}/sendings`)).status).toBe(409);
  });

  it('is sent once when two workers look for it at the same time', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    await answer(came);
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    const { promise: goneOn, resolve: goOn } = Promise.withResolvers<undefined>();
    provider.instead = ({ method }) => {
      if (method !== 'GET') return undefined;
      hear();
      return goneOn;
    };
    const first = send();
    await heard;
    // While one has it in hand, the other finds nothing to do.
    await send();
    goOn(undefined);
    await first;
    expect(provider.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent', tries: 1 });
  });
});

describe('what is not registered', () => {
  it('is never sent: neither a draft, nor anything of an inquiry that ended', async () => {
    const came = await stripeCase(await anOutlet('stripe'));
    const saved = await as(world, came.merchant.hanako).put(
      `/cases/${came.caseId}/draft`,
      { content: { purchaser } },
      { 'if-match': '"0"' },
    );
    expect(saved.status).toBe(200);
    await as(world, came.operator).post(`/cases/${came.caseId}/withdrawal`, { reason: '取下げ' });
    await send();
    expect(await repliesOf(came)).toEqual([]);
    expect(provider.asked).toEqual([]);
  });

  it('of a case that no adapter took in is nothing to send', async () => {
    const caseId = await givenCase(world, await aMerchant(world), { answered: true });
    const found = await as(world, await anOperator(world)).get(`/cases/${caseId}/replies`);
    expect(found.body).toEqual({ caseId, adapter: null, data: [] });
  });
});
