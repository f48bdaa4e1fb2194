import { describe, expect, it } from 'vitest';
import { aMerchant, as, everythingAbout, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();
const version = (tag: string) => ({ 'if-match': `"${tag}"` });

describe('saving a draft', () => {
  it('keeps half-typed values as they are, and tells what they would be', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const content = {
      cancellation: { result: 'cancelled_now', cancelledOn: '令和8年8月2', lastAmount: '１，２８０円' },
    };

    const { status, body, headers } = await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content },
      version('0'),
    );

    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({ version: 1, content, savedBy: '山田 花子' });
    expect(body.check.document[0].entries[0].fields).toContainEqual({
      field: 'cancelledOn',
      label: '解約日',
      shown: '2026年8月2日(日)',
    });
    expect(body.check.document[0].entries[0].fields).toContainEqual({
      field: 'lastAmount',
      label: '最終金額',
      shown: '1,280円',
    });
  });

  it('refuses to overwrite what a colleague saved meanwhile, and says who and when', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { sid: '002' });
    const draft = (result: string) => ({ content: { cancellation: { result } } });
    const first = await as(world, merchant.taro).put(
      `/cases/${caseId}/draft`,
      draft('refused'),
      version('0'),
    );

    const second = await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      draft('cancelled_now'),
      version('0'),
    );

    expect(second).toMatchObject({
      status: 412,
      body: {
        code: 'draft_conflict',
        facts: { version: 1, savedBy: '鈴木 太郎', savedAt: first.body.savedAt },
      },
    });
    expect((await everythingAbout(world, caseId))?.draft).toEqual({ version: 1, ...draft('refused') });
  });

  it.each([
    [
      'a card number',
      { cancellation: { reason: '４１１１－１１１１－１１１１－１１１１' } },
      '/cancellation/reason',
      'card_number',
    ],
    [
      'a text that is too long',
      { cancellation: { reason: '長'.repeat(2001) } },
      '/cancellation/reason',
      'too_long',
    ],
    ['a control character', { cancellation: { reason: 'a\u0000b' } }, '/cancellation/reason', 'not_readable'],
    ['a section that this type does not ask for', { purchaser: { name: '山田' } }, '/purchaser', 'not_asked'],
    ['a section that does not exist', { 'a/b': {} }, '/a~1b', 'unknown_field'],
    [
      'a field that does not exist',
      { cancellation: { __proto: '1' } },
      '/cancellation/__proto',
      'unknown_field',
    ],
    ['a list where a section belongs', { cancellation: [] }, '/cancellation', 'wrong_form'],
  ])('refuses %s with its place and the rule, and stores nothing', async (_, content, pointer, code) => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);

    const reply = await as(world, merchant.hanako).put(`/cases/${caseId}/draft`, { content }, version('0'));

    expect(reply).toMatchObject({
      status: 422,
      body: { code: 'draft_not_storable', errors: [{ pointer, code }] },
    });
    expect((await everythingAbout(world, caseId))?.draft).toBeNull();
  });

  it('wants to know which version was edited', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);

    expect((await as(world, merchant.hanako).put(`/cases/${caseId}/draft`, { content: {} })).status).toBe(
      428,
    );
  });

  it('is refused once the answer is registered', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });

    const reply = await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content: {} },
      version('1'),
    );

    expect(reply).toMatchObject({ status: 409, body: { code: 'already_answered' } });
  });

  it('is refused to another merchant as if there were no case, and to those who only read', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const save = (who: typeof merchant.hanako) =>
      as(world, who).put(`/cases/${caseId}/draft`, { content: {} }, version('0'));

    expect((await save((await aMerchant(world)).hanako)).status).toBe(404);
    expect((await save(merchant.yuki)).status).toBe(403);
  });

  it('saves one of two at the same time', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const save = () =>
      as(world, merchant.hanako).put(`/cases/${caseId}/draft`, { content: {} }, version('0'));

    const statuses = (await Promise.all([save(), save(), save()])).map(({ status }) => status);

    expect(statuses.sort()).toEqual([200, 412, 412]);
  });
});

describe('the answer form', () => {
  it('asks for what the type and the payment call for, with a JSON Schema and the draft', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, {
      type: 'inquiry.unrecognized',
      goods: 'physical',
      productName: null,
    });

    const { status, body } = await as(world, merchant.hanako).get(`/cases/${caseId}/answer-form`);

    expect(status).toBe(200);
    expect(body.sections.map(({ section }: { section: string }) => section)).toEqual([
      'purchaser',
      'product',
      'shipping',
      'delivery',
      'contactDesk',
      'pastUsage',
    ]);
    expect(body.schema.required).toEqual(['purchaser', 'product', 'shipping', 'contactDesk', 'pastUsage']);
    expect(body.draft).toMatchObject({ version: 0, content: {}, savedAt: null });
    expect(body.canAnswer).toBe(true);
  });

  it('answers 304 while nobody has saved', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);

    expect(
      (await as(world, merchant.hanako).get(`/cases/${caseId}/draft`, { 'if-none-match': '"0"' })).status,
    ).toBe(304);
  });

  it('takes amounts in the currency of the payment', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { currency: 'USD' });
    const cancellation = {
      result: 'cancelled_now',
      cancelledOn: '2026/8/2',
      lastChargedOn: '2026/8/1',
      lastAmount: '12.8',
    };

    const { body } = await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content: { cancellation } },
      version('0'),
    );

    expect(body.check.problems).toEqual([]);
    expect(body.check.document[0].entries[0].fields.at(-1).shown).toBe('USD 12.80');
  });
});
