import { describe, expect, it } from 'vitest';
import { aProviderServer } from '#tests/support/provider-server.ts';
import { readPdf, withoutSpaces } from '#tests/support/read-pdf.ts';
import { startReplyWorld } from '#tests/support/reply-world.ts';
import { as } from '#tests/support/world.ts';

const provider = await aProviderServer();
const { world, send, letPass, anOutlet, adyenCase, answer, correct, repliesOf } = startReplyWorld(provider);

const purchaser = { name: '山田 花子', address: '東京都港区1-2-3', email: 'hanako@example.jp', phone: null };
const calls = () => provider.asked.map(({ path }) => path.split('/').at(-1));
const asked = (operation: string) => provider.asked.filter(({ path }) => path.endsWith(operation));
const failAt = (operation: string, status: number, json: object) => {
  provider.instead = ({ path }) => (path.endsWith(operation) ? { status, json } : undefined);
};

/** What can be read on the sheets that were supplied. */
const sheets = () =>
  Promise.all(
    asked('supplyDefenseDocument').map(async ({ json }) => {
      const [document] = json.defenseDocuments as { content: string }[];
      return withoutSpaces((await readPdf(Buffer.from(document?.content ?? '', 'base64'))).join(''));
    }),
  );

describe('an answer to a request for information of Adyen', () => {
  it('is supplied as its sheet, and the dispute is defended with it', async () => {
    const came = await adyenCase(await anOutlet('adyen'));
    await answer(came, { purchaser });
    await send();
    expect(calls()).toEqual(['retrieveApplicableDefenseReasons', 'supplyDefenseDocument', 'defendDispute']);
    const dispute = {
      disputePspReference: came.reference.replace('-RFI', ''),
      merchantAccountCode: 'YOUR_MERCHANT_ACCOUNT',
    };
    const [reasons, supplied, defended] = provider.asked;
    expect(reasons?.json).toEqual(dispute);
    expect(reasons?.headers['x-api-key']).toBe(provider.keys.adyen);
    expect(supplied?.json).toMatchObject({
      ...dispute,
      defenseDocuments: [{ contentType: 'application/pdf', defenseDocumentTypeCode: 'DefenseMaterial' }],
    });
    const [text = ''] = await sheets();
    for (const part of [came.caseId, '山田花子', '東京都港区1-2-3']) expect(text).toContain(part);
    expect(defended?.json).toEqual({ ...dispute, defenseReasonCode: 'SupplyDefenseMaterial' });
    expect((await repliesOf(came))[0]).toMatchObject({
      state: 'sent',
      providerReference: 'QFQTPCQ8HXSKGK82',
    });
  });

  it('goes on where it was broken off: what is supplied is not supplied again, under the same keys', async () => {
    const came = await adyenCase(await anOutlet('adyen'));
    await answer(came);
    failAt('defendDispute', 500, { status: 500, message: 'Internal error' });
    await send();
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'waiting', reason: 'busy' });
    provider.instead = () => undefined;
    await letPass();
    await send();
    expect(asked('supplyDefenseDocument')).toHaveLength(1);
    const keys = asked('defendDispute').map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect((await repliesOf(came))[0]).toMatchObject({ state: 'sent', tries: 2 });
  });

  it('is not made up: what Adyen does not offer is told with what it offers, and nothing is supplied', async () => {
    const came = await adyenCase(await anOutlet('adyen', { defenseReason: 'GoodsNotReturned' }));
    await answer(came);
    await send();
    expect(calls()).toEqual(['retrieveApplicableDefenseReasons']);
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'failed', reason: 'reason_not_offered' });
    expect(reply.calls[0].said).toBe('SupplyDefenseMaterial (TIDorInvoice, DefenseMaterial)');
  });

  it('that Adyen refuses with 200 has failed, with its message', async () => {
    const came = await adyenCase(await anOutlet('adyen'));
    await answer(came);
    const errorMessage = 'The dispute can no longer be defended.';
    failAt('supplyDefenseDocument', 200, { disputeServiceResult: { success: false, errorMessage } });
    await send();
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'failed', reason: 'refused' });
    expect(reply.calls.at(-1)).toMatchObject({ status: 200, said: errorMessage });
    expect(asked('defendDispute')).toEqual([]);
  });

  it.each([400, 422])('that Adyen refuses with %s has failed, with its message', async (status) => {
    const came = await adyenCase(await anOutlet('adyen'));
    await answer(came);
    failAt('defendDispute', status, { status, errorCode: '912', message: 'Dispute not found' });
    await send();
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'failed', reason: 'refused' });
    expect(reply.calls.at(-1).said).toBe('912: Dispute not found');
    // Sent again, the sheet is supplied again too.
    provider.instead = () => undefined;
    await as(world, came.operator).post(`/adapter-replies/${reply.id}/sendings`);
    await send();
    expect(asked('supplyDefenseDocument')).toHaveLength(2);
  });

  it('that waits gives way to the next version, which alone is the one that counts', async () => {
    const came = await adyenCase(await anOutlet('adyen'));
    await answer(came);
    provider.instead = () => 'never';
    await send();
    await correct(came, { purchaser });
    await send();
    expect((await repliesOf(came)).map(({ state }: { state: string }) => state)).toEqual([
      'waiting',
      'waiting',
    ]);
    provider.instead = () => undefined;
    provider.asked.length = 0;
    await letPass();
    await send();
    await send();
    expect(asked('defendDispute')).toHaveLength(1);
    expect((await sheets()).map((text) => text.includes('東京都港区1-2-3'))).toEqual([true]);
    const ends = (await repliesOf(came)).map(({ state, reason }: Record<string, string>) => [state, reason]);
    expect(ends).toEqual([
      ['none', 'overtaken'],
      ['sent', null],
    ]);
  });
});

describe('an answer to a notification of fraud of Adyen', () => {
  it('is not sent, and that is told from the beginning', async () => {
    const came = await adyenCase(await anOutlet('adyen'), 'NOTIFICATION_OF_FRAUD');
    const before = await as(world, came.operator).get(`/cases/${came.caseId}/replies`);
    expect(before.body.adapter).toMatchObject({ kind: 'adyen', takesAnswer: false });
    await answer(came);
    await send();
    expect(provider.asked).toEqual([]);
    const [reply] = await repliesOf(came);
    expect(reply).toMatchObject({ state: 'none', reason: 'takes_no_answer', canSendAgain: false });
    expect((await as(world, came.operator).post(`/adapter-replies/${reply.id}/sendings`)).status).toBe(409);
  });
});
