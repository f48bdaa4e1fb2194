import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an operator comes from the inbox to a case that nobody looks after, takes it over and notes something', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', '/inbox');
  await expect(page.getByRole('heading', { name: '対応待ち', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /担当者のいない案件/ })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'inbox');
  await page.getByRole('link', { name: /担当者のいない案件/ }).click();
  await expect(page).toHaveURL(/assignee=none/);
  await expect(page.getByLabel('担当者で絞り込む')).toHaveValue('none');

  await page.goto(`/cases/${id}`);
  await page.getByRole('button', { name: '自分が担当する' }).click();
  await expect(page.getByLabel('担当者', { exact: true })).not.toHaveValue('');
  await page.getByRole('button', { name: '内部メモを追加' }).click();
  await expect(page.getByText('内部メモを入力してください。')).toBeVisible();
  await page.getByLabel('内部メモ', { exact: true }).fill('決済機関に電話で確認中');
  await page.getByRole('button', { name: '内部メモを追加' }).click();
  await expect(page.getByLabel('内部メモ', { exact: true })).toHaveValue('');
  await expect(page.getByText('決済機関に電話で確認中')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'case-desk');

  await page.goto('/cases');
  await page.getByLabel('担当者で絞り込む').selectOption('me');
  await expect(page.getByRole('link', { name: id })).toBeVisible();
  await expectAccessible(page);
});

test('a merchant finds nothing of who looks after a case, nor a note', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'hanako', `/cases/${id}`);
  await expect(page.getByRole('heading', { name: '履歴' })).toBeVisible();
  await expect(page.getByText('内部メモ')).toHaveCount(0);
  await expect(page.getByText('対応待ち')).toHaveCount(0);
});
