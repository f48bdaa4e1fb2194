import { expect, expectAccessible, openAs, picture, test } from './journey.ts';

test('an admin adds an institution, retires it, and is told when somebody else was first', async ({
  page,
}) => {
  const id = `ASAHI-${Date.now()}`;
  await openAs(page, 'sato', '/settings/institutions');
  await expect(page.getByRole('link', { name: 'JCBカード(デモ)' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'institutions');
  await page.getByRole('button', { name: '決済機関を登録' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '決済機関を登録' }).click();
  await expect(dialog.getByText('名称を入力してください。')).toBeVisible();
  await dialog.getByLabel('決済機関ID').fill(id.toLowerCase());
  await dialog.getByLabel('名称').fill('あさひカード');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '決済機関を登録' }).click();
  await expect(page.getByRole('heading', { name: 'あさひカード', level: 1 })).toBeVisible();
  await expect(page.getByText('依頼ごとに指定(ルールなし)')).toBeVisible();
  await expectAccessible(page);

  const other = await page.context().newPage();
  await other.goto(`/settings/institutions/${id}`);
  await other.getByLabel('名称').fill('あさひペイ');
  await other.getByRole('button', { name: '保存' }).click();
  await expect(other.getByText('保存しました。')).toBeVisible();
  await other.close();
  await page.getByLabel('受付を終了する').check();
  await page.getByLabel('名称').fill('あさひ信販');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert')).toContainText('ほかの管理者が先に変更しました');
  await expect(page.getByLabel('名称')).toHaveValue('あさひ信販');
  await page.reload();
  await page.getByLabel('受付を終了する').check();
  await page.getByLabel('訂正した回答は、別の担当者が登録する').check();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('保存しました。')).toBeVisible();
  await expect(page.getByText('受付終了', { exact: true })).toBeVisible();
  await picture(page, 'institution');
  await page.reload();
  await expect(page.getByLabel('訂正した回答は、別の担当者が登録する')).toBeChecked();
});

test('an admin adds a merchant with services, stops one, and takes the list away', async ({ page }) => {
  const mid = String(90_000 + (Date.now() % 9_000));
  await openAs(page, 'sato', '/settings/merchants');
  await expect(page.getByRole('link', { name: '株式会社みどり書房' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'merchants');
  await page.getByRole('link', { name: '加盟店を登録' }).click();
  await page.getByRole('textbox', { name: 'MID' }).fill(mid);
  await page.getByRole('button', { name: '加盟店を登録' }).click();
  await expect(page.getByText('加盟店名を入力してください。')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('加盟店名').fill('株式会社あおい家具');
  await page.getByRole('textbox', { name: 'SID' }).fill('001');
  await page.getByLabel('サービス名').fill('あおい家具オンライン');
  await page.getByLabel('商品区分').selectOption({ label: '物品販売' });
  await page.getByLabel('詳細商品名の連携あり').check();
  await page.getByRole('button', { name: '加盟店を登録' }).click();
  await expect(page.getByRole('heading', { name: `${mid} 株式会社あおい家具` })).toBeVisible();

  await page.getByRole('group', { name: 'サービス 001' }).getByLabel('停止する').check();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('保存しました。')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'merchant');

  await page.goto(`/settings/merchants?q=${mid}`);
  await expect(page.getByRole('row')).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Excel' }).click();
  expect((await download).suggestedFilename()).toBe('merchants.xlsx');
});

test('who may not change them reads them', async ({ page }) => {
  await openAs(page, 'ito', '/settings/merchants/12345');
  await expect(page.getByLabel('加盟店名')).toHaveAttribute('readonly', '');
  await expect(page.getByRole('button', { name: '保存' })).toBeHidden();
  await expectAccessible(page);
});
