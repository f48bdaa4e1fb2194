import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('a viewer is told that personal data is masked, and sees none of it', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'yuki', `/cases/${id}`);
  await expect(page.getByText(/個人情報は表示されません/)).toBeVisible();
  await page.getByRole('tab', { name: '決済情報' }).click();
  await expect(page.getByRole('definition').filter({ hasText: '●●●●' })).toBeVisible();
  await expect(page.getByText('C-1001')).toHaveCount(0);
  await page.getByRole('tab', { name: '依頼・回答内容' }).click();
  await expect(page.getByText('●●●●', { exact: true })).toBeVisible();
  await expect(page.getByText(/会員様より/)).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, 'masked');
});

test('an admin of the PSP puts a legal hold, finds it under 設定 › 保存期間, and lifts it', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', `/cases/${id}`);
  await expect(page.getByText('個人情報の保存期間: クローズ後に起算')).toBeVisible();
  await page.getByRole('button', { name: 'リーガルホールドを設定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'リーガルホールドを設定' }).click();
  await expect(dialog.getByText('理由を入力してください。')).toBeVisible();
  await dialog.getByLabel('理由').fill('訴訟対応のため(東京地方裁判所)');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'リーガルホールドを設定' }).click();
  await expect(page.getByText(/リーガルホールド中.*佐藤 一が設定/)).toBeVisible();
  await picture(page, 'held');

  await page.getByRole('link', { name: '保存期間' }).click();
  await expect(page.getByRole('heading', { name: '保存期間', level: 1 })).toBeVisible();
  await expect(page.getByText('クローズから1,826日').first()).toBeVisible();
  await expect(page.getByText('訴訟対応のため(東京地方裁判所)').first()).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'retention');
  await page.getByRole('link', { name: id }).click();

  await page.getByRole('button', { name: 'リーガルホールドを解除' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('訴訟終結');
  await page.getByRole('dialog').getByRole('button', { name: 'リーガルホールドを解除' }).click();
  await expect(page.getByRole('button', { name: 'リーガルホールドを設定' })).toBeVisible();
  await expect(page.getByText(/リーガルホールド中/)).toHaveCount(0);
});

test('an agent sees how long a case is kept, and cannot hold it', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'mori', `/cases/${id}`);
  await expect(page.getByText('個人情報の保存期間: クローズ後に起算')).toBeVisible();
  await expect(page.getByRole('button', { name: 'リーガルホールドを設定' })).toHaveCount(0);
});

test('an erased case says so, wherever something was', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  // Nothing of the demo is old enough to be erased: the page is told what the API tells of such a case.
  await page.route(`**/api/v1/cases/${id}`, async (route) => {
    const reply = await route.fetch();
    const json = await reply.json();
    const gone = { customerId: null, orderId: null, productName: null, cardBrand: null, cardLast4: null };
    await route.fulfill({
      response: reply,
      json: {
        ...{ ...json, personalData: 'erased', erasedAt: '2031-11-26T03:00:00+09:00', supplement: null },
        ...{ payment: { ...json.payment, ...gone }, status: 'withdrawn', possibleActions: [] },
        whyNoAnswer: 'closed_withdrawn',
      },
    });
  });
  await openAs(page, 'hanako', `/cases/${id}/request`);
  await expect(page.getByText(/保存期間が満了したため、個人情報は消去されました/)).toBeVisible();
  await expect(page.getByText('保存期間が満了したため、消去されました。', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'erased');
  await page.getByRole('tab', { name: '決済情報' }).click();
  await expect(page.getByText('保存期間が満了したため、消去されました。')).toHaveCount(3);
});
