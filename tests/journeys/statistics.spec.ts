import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an operator sees requests and answers by week, narrows to a merchant, and takes the figures away', async ({
  page,
}) => {
  await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', '/top');
  await page.getByRole('link', { name: '統計' }).click();
  await expect(page.getByRole('heading', { name: '統計', level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: /^依頼件数の推移/ })).toBeVisible();
  await expect(page.getByRole('table', { name: '週ごとの数値' }).getByRole('row')).toHaveCount(13);
  await expect(page.getByText('今週は途中までの数です。')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'statistics');

  await page.getByLabel('内訳').selectOption('merchant');
  const merchants = page.getByRole('table', { name: '加盟店ごとの数値' });
  await merchants.getByRole('button', { name: /^12345 / }).click();
  await expect(page).toHaveURL(/mid=12345/);
  await expect(merchants.getByRole('row')).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('group', { name: 'ダウンロード' }).last().getByRole('link', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('statistics.csv');

  // What is shown until the reply is there is still what it was: the names, the kind, and what a click narrows to.
  const { promise: mayReply, resolve: reply } = Promise.withResolvers<void>();
  await page.route('**/api/v1/statistics?*split=type*', async (route) => {
    await mayReply;
    await route.continue();
  });
  await page.getByLabel('内訳').selectOption('type');
  await expect(page.getByLabel('内訳')).toHaveValue('type');
  await expect(merchants.getByRole('button', { name: /^12345 / })).toBeVisible();
  reply();
  await expect(page.getByRole('table', { name: '通知種別ごとの数値' }).getByRole('button')).not.toHaveCount(
    0,
  );

  await page.goto('/statistics?until=2020-01-05');
  await expect(page.getByText('この期間に依頼も回答もありません。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '条件をすべて解除' }).click();
  await expect(page.getByRole('img', { name: /^依頼件数の推移/ })).toBeVisible();
});

test('a merchant finds no statistics', async ({ page }) => {
  await openAs(page, 'hanako', '/top');
  await expect(page.getByRole('link', { name: '統計' })).toHaveCount(0);
});
