import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { anEvent } from '../support/adapters.ts';
import { completeAnswer } from '../support/complete-answer.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { aProviderServer, type ProviderServer, stripeError } from '../support/provider-server.ts';
import { expect, expectAccessible, test as journey, openAs, picture } from './journey.ts';

/** A demo whose Stripe is a server of the test's own. */
const test = journey.extend<object, { demo: Demo; provider: ProviderServer }>({
  provider: [
    async ({ browserName: _ }, use) => {
      const provider = await aProviderServer();
      await use(provider);
      provider.stop();
    },
    { scope: 'worker' },
  ],
  demo: [
    async ({ provider }, use) => {
      const settings = { STRIPE_API_URL: provider.url, OUTBOUND_ALLOW: provider.host };
      const demo = await runDemo('replies', settings);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

const signingSecret = 'whsec_journey_0123456789';
const merchantKey = { authorization: 'Bearer demo-merchant-key-0123456789abcdef' };

/** Has Stripe ask about a payment, and the merchant’s system answer. Returns the case number. */
async function givenAnswered(
  page: Page,
  provider: ProviderServer,
  adapterId: string,
  id: string,
): Promise<string> {
  provider.disputes.set(id, { status: 'warning_needs_response' });
  const evidence_details = { due_by: Math.floor(Date.now() / 1000) + 7 * 86_400 };
  const raw = JSON.stringify(anEvent({ dispute: { id, evidence_details } }));
  const at = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', signingSecret).update(`${at}.${raw}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${v1}` };
  const sent = await page.request.post(`/api/v1/adapters/${adapterId}/messages`, { headers, data: raw });
  expect(sent.status()).toBe(200);
  const messages = await page.request.get(`/api/v1/adapter-messages?adapterId=${adapterId}`);
  const [message] = ((await messages.json()) as { data: { caseId: string }[] }).data;
  const caseId = message?.caseId ?? '';
  const facts = { goods: 'digital', productNameKnown: false, currency: 'USD' } as const;
  const content = completeAnswer(answerFormFor('inquiry.usage_detail', facts));
  const saved = await page.request.put(`/api/v1/cases/${caseId}/draft`, {
    headers: { ...merchantKey, 'if-match': '"0"' },
    data: { content },
  });
  expect(saved.status()).toBe(200);
  const answered = await page.request.post(`/api/v1/cases/${caseId}/answer`, {
    headers: merchantKey,
    data: { draftVersion: 1 },
  });
  expect(answered.status()).toBe(201);
  return caseId;
}

test('an admin has answers sent to Stripe, sees one arrive, and sends one again that was refused', async ({
  page,
  provider,
}) => {
  await openAs(page, 'sato', '/settings/adapters');
  await page.getByRole('button', { name: '接続を追加' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('Stripe 国内');
  await dialog.getByLabel('決済機関').selectOption({ index: 1 });
  await dialog.getByRole('textbox', { name: '署名シークレット' }).fill(signingSecret);
  await dialog.getByLabel('アカウントとMID-SID').fill('* = 12345-001 digital');
  await dialog.getByRole('button', { name: '接続を追加' }).click();
  const row = page.getByRole('row', { name: /Stripe 国内/ });
  await expect(row).toContainText('回答は送信しない');

  await row.getByRole('button', { name: '回答の送信' }).click();
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('必須の項目です。').first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: /シークレットキー/ }).fill(provider.keys.stripe);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(row).toContainText('回答を送信する');
  await row.getByRole('button', { name: '回答の送信' }).click();
  await expect(dialog.getByText(/に設定済みです/)).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: /シークレットキー/ })).toHaveValue('');
  await dialog.getByRole('button', { name: '接続を確認' }).click();
  await expect(dialog.getByText('認証されました。')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'outlet');
  await dialog.getByRole('button', { name: 'キャンセル' }).click();

  const url = (await row.getByText(/\/messages$/).textContent()) ?? '';
  const adapterId = url.split('/').at(-2) ?? '';
  const arrived = await givenAnswered(page, provider, adapterId, 'dp_journey1');
  await page.goto(`/cases/${arrived}`);
  const replies = page.getByRole('region', { name: '決済事業者への回答の送信' });
  await expect(replies.getByText('第1版　送信済み')).toBeVisible({ timeout: 30_000 });
  expect(provider.disputes.get('dp_journey1')?.status).toBe('warning_under_review');

  provider.instead = ({ method }) =>
    method === 'POST' ? stripeError(400, 'invalid_request_error', 'Invalid value for evidence') : undefined;
  const refused = await givenAnswered(page, provider, adapterId, 'dp_journey2');
  await page.goto(`/cases/${refused}`);
  await expect(replies.getByText('第1版　失敗')).toBeVisible({ timeout: 30_000 });
  await replies.getByText('通信の記録', { exact: true }).click();
  await expect(replies.getByText('invalid_request_error: Invalid value for evidence')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'case-replies');

  await page.goto('/inbox');
  await page.getByRole('link', { name: /決済事業者へ送信できなかった回答/ }).click();
  provider.instead = () => undefined;
  const failed = page
    .getByRole('table', { name: '送信した回答' })
    .getByRole('row', { name: new RegExp(refused) });
  await expectAccessible(page);
  await failed.getByRole('button', { name: '再送' }).click();
  await expect(failed).toBeHidden();
  await page.goto(`/cases/${refused}`);
  await expect(replies.getByText('第1版　送信済み')).toBeVisible({ timeout: 30_000 });
});
