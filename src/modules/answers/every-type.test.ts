import { describe, expect, it } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { notificationCodes } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { completeAnswer } from '#tests/support/complete-answer.ts';
import { aMerchant, as, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();

const table = notificationCodes.flatMap((type) =>
  goodsKinds.flatMap((goods) => [null, '月額プラン'].map((productName) => ({ type, goods, productName }))),
);

describe('every type with every kind of goods', () => {
  it.each(table)('$type, $goods, product name $productName', async ({ type, goods, productName }) => {
    const merchant = await aMerchant(world);
    const hanako = as(world, merchant.hanako);
    const caseId = await givenCase(world, merchant, { type, goods, productName });
    const form = answerFormFor(type, { goods, productNameKnown: productName !== null, currency: 'JPY' });
    const content = completeAnswer(form);

    const { body: asked } = await hanako.get(`/cases/${caseId}/answer-form`);
    const { body: draft } = await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"0"' });
    const registered = await hanako.post(`/cases/${caseId}/answer`, {
      draftVersion: 1,
      checkedSha256: draft.check.sha256,
    });

    expect(asked.sections.map(({ section }: { section: string }) => section)).toEqual(
      form.sections.map(({ name }) => name),
    );
    expect(draft.check.problems).toEqual([]);
    expect(registered).toMatchObject({ status: 201, body: { content, document: draft.check.document } });
    expect((await hanako.get(`/cases/${caseId}`)).body).toMatchObject({
      status: 'answered',
      notificationType: type,
    });
  });
});

describe('the catalogue over the API', () => {
  it('lists the 22 types with their words in the caller’s language', async () => {
    const { hanako } = await aMerchant(world);
    const { body } = await as(world, hanako).get('/notification-types');
    const { body: english } = await as(world, hanako).get('/notification-types', {
      'accept-language': 'en-GB,ja;q=0.5',
    });

    expect(body.data).toHaveLength(22);
    expect(body.data[1]).toMatchObject({
      code: 'inquiry.fraud_abuse',
      label: '利用照会:不正・悪用調査',
      labelNote: '第三者による不正利用の疑いあり',
      ask: '取引情報のご回答',
    });
    expect(english.data[1].label).toBe('Inquiry: fraud or abuse');
  });

  it('gives a JSON Schema for every kind of goods', async () => {
    const { hanako } = await aMerchant(world);
    const { body } = await as(world, hanako).get('/notification-types/inquiry.unrecognized');

    expect(body.answerSchemas).toHaveLength(8);
    expect(body.answerSchemas[0].schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect((await as(world, hanako).get('/notification-types/inquiry.nonsense')).status).toBe(400);
  });
});
