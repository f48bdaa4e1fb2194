import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an operator finds a merchant, a user and a case by one box and the keyboard', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', '/inbox');
  const box = page.getByRole('combobox', { name: /^横断検索/ });
  await box.waitFor();
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await page.keyboard.type('みどり');
  await expect(page.getByRole('option', { name: /株式会社みどり書房/ })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'search');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: /株式会社みどり書房/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '12345 株式会社みどり書房' })).toBeFocused();

  await box.fill('伊東');
  await page.getByRole('option', { name: /伊東 三郎/ }).click();
  await expect(page).toHaveURL(/\/settings\/users\//);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await box.fill(id.slice(0, 12));
  await expect(page.getByRole('group', { name: '案件' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await box.fill(id);
  await page
    .getByRole('option', { name: new RegExp(id) })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: `案件管理票 ${id}` })).toBeVisible();
});

test('a search that fails says so, and leads to the list', async ({ page }) => {
  await openAs(page, 'sato', '/inbox');
  await page.route('**/api/v1/search?*', (route) =>
    route.fulfill({
      ...{ status: 500, contentType: 'application/problem+json' },
      body: JSON.stringify({ code: 'internal', detail: '処理できませんでした。' }),
    }),
  );
  await page.getByRole('combobox', { name: /^横断検索/ }).fill('みどり');
  await expect(page.getByRole('status').filter({ hasText: '処理できませんでした。' })).toHaveCount(1);
  await page.getByRole('option', { name: '依頼管理表で「みどり」を検索' }).click();
  await expect(page).toHaveURL(/\/cases\?q=/);
});

test('an operator looks at a case as its merchant does, and can do nothing there', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', `/cases/${id}`);
  await page.getByRole('link', { name: '加盟店様の画面を見る' }).click();
  await expect(page.getByRole('heading', { name: `加盟店様の画面 ${id}` })).toBeVisible();
  await expect(page.getByRole('button', { name: '回答', exact: true })).toBeDisabled();
  await expect(page.getByText('内部メモ')).toHaveCount(0);
  await expect(page.getByText('担当者', { exact: true })).toHaveCount(0);
  await page.getByRole('tab', { name: '依頼・回答内容' }).click();
  await expect(page.getByRole('heading', { name: '加盟店様への依頼補足事項' })).toBeVisible();
  await expect(page).toHaveURL(/as-merchant$/);
  await expectAccessible(page);
  await picture(page, 'as-merchant');
  await page.getByRole('link', { name: '案件管理票に戻る' }).click();
  await expect(page.getByRole('button', { name: '内部メモを追加' })).toBeVisible();
});

test('an auditor is told of no users', async ({ page }) => {
  await openAs(page, 'ito', '/inbox');
  // Another journey sets the language of this one.
  const box = page.getByRole('combobox', { name: /^横断検索|^Search everything/ });
  await box.fill('佐藤');
  await expect(page.getByText(/一致するものはありません|Nothing fits/).last()).toBeVisible();
});
