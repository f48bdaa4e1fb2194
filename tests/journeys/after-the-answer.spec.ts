import type { Page } from '@playwright/test';
import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

/** Takes a step of a case in its dialog. */
async function take(page: Page, button: string, reason: string, day?: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /理由|お尋ねの内容/ }).fill(reason);
  if (day) await dialog.getByLabel('新しい回答期限').fill(day);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** The same page as somebody else sees it, in a browser of their own. */
async function seenBy(page: Page, userId: string, id: string): Promise<Page> {
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: process.env.SHOKAI_URL ?? '' });
  const other = await context?.newPage();
  if (!other) throw new Error('no second browser');
  await openAs(other, userId, `/cases/${id}`);
  return other;
}

const openCase = (page: Page, id: string) => page.goto(`/cases/${id}`);

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a merchant asks for more time, an operator finds it in 対応待ち and grants it', async ({ page }) => {
  const id = await givenCase(page, { type: 'cancellation.method_unknown', goods: 'subscription' });
  await openAs(page, 'hanako', `/cases/${id}`);
  await take(page, '期限の延長を依頼', 'お客様への確認に時間を要するため');
  await expect(page.getByText('回答期限の延長が依頼されています(決定待ち)')).toBeVisible();
  await expect(page.getByRole('button', { name: '期限の延長を依頼' })).toHaveCount(0);
  await expectAccessible(page);

  const sato = await seenBy(page, 'sato', id);
  await sato.goto('/inbox');
  await sato.getByRole('link', { name: /決定を待つ期限延長の依頼/ }).click();
  await expect(sato.getByText('期限延長の依頼あり(決定待ち)')).toBeVisible();
  await sato.getByRole('link', { name: id }).click();
  await expect(sato.getByText('お客様への確認に時間を要するため').first()).toBeVisible();
  await sato.getByRole('button', { name: '期限を延長する', exact: true }).click();
  const dialog = sato.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '理由' }).fill('承知しました');
  await dialog.getByRole('button', { name: '期限を延長する', exact: true }).click();
  await expect(dialog.getByText('新しい回答期限を入力してください。')).toBeVisible();
  await expectAccessible(sato);
  await dialog.getByLabel('新しい回答期限').fill(dayIn(1));
  await dialog.getByRole('button', { name: '期限を延長する', exact: true }).click();
  await expect(dialog.getByText(/新しい回答期限は、現在の回答期限と現在の時刻より後に/)).toBeVisible();
  await dialog.getByLabel('新しい回答期限').fill(dayIn(30));
  await dialog.getByRole('button', { name: '期限を延長する', exact: true }).click();
  await expect(sato.getByText('回答期限を延長しました')).toBeVisible();

  await page.reload();
  await expect(page.getByText('回答期限を延長しました')).toBeVisible();
  await expect(page.getByText(/^新しい回答期限/)).toBeVisible();
  await sato.context().close();
});

test('a merchant asks for a correction, an operator opens it, and ends it: the answer stays', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'cancellation.method_unknown', goods: 'subscription' });
  await answer(page, id);
  await openAs(page, 'hanako', `/cases/${id}`);
  await page.getByRole('tab', { name: '依頼・回答内容' }).click();
  await expect(page.getByText(/「訂正を依頼」からご依頼いただくか/)).toBeVisible();
  await take(page, '訂正を依頼', '最終課金額に誤りがありました');
  await expect(page.getByText(/「訂正を依頼」からご依頼いただくか/)).toHaveCount(0);
  await page.getByRole('tab', { name: '依頼管理情報' }).click();
  await expect(page.getByText('回答の訂正が依頼されています(決定待ち)')).toBeVisible();
  await picture(page, 'correction-asked');

  const sato = await seenBy(page, 'sato', id);
  await take(sato, '回答訂正を受け付ける', '承知しました');
  await expect(sato.getByText('回答訂正中').first()).toBeVisible();
  await expect(sato.getByText('回答の訂正が依頼されています(決定待ち)')).toHaveCount(0);

  await page.reload();
  await expect(page.getByText('回答の訂正を受け付けています')).toBeVisible();
  await page.getByRole('link', { name: '回答', exact: true }).click();
  await page.getByRole('button', { name: '確認', exact: true }).click();
  await page.getByRole('button', { name: '登録', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText(/下書きが登録済みの版から変更されていません/)).toBeVisible();
  await expect(page.getByRole('button', { name: '登録', exact: true })).toBeDisabled();
  await openCase(page, id);
  await take(sato, '訂正を終了する', '訂正不要と確認したため');
  await expect(sato.getByText('クローズ:回答実行済').first()).toBeVisible();
  await take(sato, '追加の照会をする', '解約日をもう一度お知らせください');
  await expect(sato.getByText('追加の照会をしました')).toBeVisible();
  await page.reload();
  await expect(page.getByText('追加の照会があります')).toBeVisible();
  await page.getByRole('link', { name: '回答', exact: true }).click();
  await expect(page.getByRole('complementary').getByText('解約日をもう一度お知らせください')).toBeVisible();
  await expectAccessible(page);
  await sato.context().close();
});

test('a colleague who was first is told of in the dialog, and what was typed stays', async ({ page }) => {
  const id = await givenCase(page, { type: 'cancellation.method_unknown', goods: 'subscription' });
  await openAs(page, 'hanako', `/cases/${id}`);
  await page.getByRole('button', { name: '期限の延長を依頼', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '理由' }).fill('お客様への確認に時間を要するため');
  const asked = await page.request.post(`/api/v1/cases/${id}/extension-requests`, {
    headers: { authorization: 'Bearer demo-merchant-key-0123456789abcdef' },
    data: { reason: '同僚が先に依頼' },
  });
  expect(asked.status()).toBe(201);
  await dialog.getByRole('button', { name: '期限の延長を依頼', exact: true }).click();
  await expect(dialog.getByText('この案件には、決定を待っている依頼がすでにあります。')).toBeVisible();
  await expect(page.getByText('同僚が先に依頼').first()).toBeAttached();
  await expect(dialog.getByRole('textbox', { name: '理由' })).toHaveValue('お客様への確認に時間を要するため');
});

/** Answers by the API, as the merchant's system does. */
async function answer(page: Page, id: string): Promise<void> {
  const headers = { authorization: 'Bearer demo-merchant-key-0123456789abcdef' };
  const content = { cancellation: { result: 'refused', reason: '契約が続いているため' } };
  const at = `/api/v1/cases/${id}`;
  const saved = await page.request.put(`${at}/draft`, {
    headers: { ...headers, 'if-match': '"0"' },
    data: { content },
  });
  expect(saved.status()).toBe(200);
  const registered = await page.request.post(`${at}/answer`, { headers, data: { draftVersion: 1 } });
  expect(registered.status()).toBe(201);
}
