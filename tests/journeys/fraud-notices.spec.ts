import { expect, expectAccessible, givenCase, openAs, test } from './journey.ts';

test('a fraud notice is found by its category, from the counts and in the list', async ({ page }) => {
  const caseId = await givenCase(page, { type: 'fraud_notice.stop_delivery', goods: 'physical' });
  await openAs(page, 'hanako', '/');
  await page
    .getByRole('row', { name: /不正連絡/ })
    .getByRole('link')
    .first()
    .click();
  await expect(page.getByRole('heading', { name: '依頼管理表' })).toBeVisible();
  await expect(page.getByRole('link', { name: caseId })).toBeVisible();
  await expect(page.getByLabel('依頼カテゴリで絞り込む')).toHaveValue('fraud_notice');
  await expectAccessible(page);

  // The types that can be chosen are those of the category.
  const types = page.getByLabel('通知種別で絞り込む').getByRole('option');
  await expect(types).toHaveCount(6);
  await page.getByLabel('通知種別で絞り込む').selectOption('不正連絡:不正利用の報告');
  await expect(page.getByRole('link', { name: caseId })).toBeHidden();
  await page.getByLabel('依頼カテゴリで絞り込む').selectOption('利用照会・代行解約');
  await expect(page.getByLabel('通知種別で絞り込む')).toHaveValue('');
  await expect(page.getByRole('row', { name: /不正連絡/ })).toHaveCount(0);

  await page.goto(`/cases/${caseId}/request`);
  await expect(page.getByText('不正連絡:商品配送停止依頼').first()).toBeVisible();
  for (const section of ['利用者情報', '配送状況', '配送・提供停止の可否'])
    await expect(page.getByRole('listitem').filter({ hasText: section })).toBeVisible();
  await expectAccessible(page);
});
