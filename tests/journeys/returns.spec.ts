import { expect, expectAccessible, openAs, picture, test } from './journey.ts';

test('an admin sets how answers go back as files, and asks for one', async ({ page }) => {
  await openAs(page, 'sato', '/settings/returns');
  const line = page.getByRole('row', { name: /JCB-DEMO/ });
  await expect(line.getByText('未設定')).toBeVisible();
  await line.getByRole('button', { name: /変更$/ }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('時刻', { exact: true }).fill('9:00');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form.getByText('リクエストの内容に誤りがあります。')).toBeVisible();
  await expect(form.getByLabel('時刻', { exact: true })).toHaveValue('9:00');
  await expectAccessible(page);
  await form.getByLabel('時刻', { exact: true }).fill('15:30、09:00');
  await form.getByRole('radio', { name: /Shift_JIS/ }).check();
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toHaveCount(0);
  await expect(line.getByText('09:00 15:30')).toBeVisible();
  await expect(line.getByText('Shift_JIS(CP932)')).toBeVisible();
  await line.getByRole('button', { name: /今すぐ作成$/ }).click();
  await expect(page.getByText('ファイルはまだありません。')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'returns');
});

test('a registered answer has its sheet to download', async ({ page }) => {
  await openAs(page, 'sato', '/cases?status=answered');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('tab', { name: '依頼・回答内容' }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('link', { name: /^回答書（PDF）/ })
    .first()
    .click();
  expect((await download).suggestedFilename()).toMatch(/^\d{6}-[0-9A-Z-]+-v\d+\.pdf$/);
});

test('who may not manage the return of answers does not find it in the menu', async ({ page }) => {
  await openAs(page, 'hanako', '/settings/account');
  await expect(page.getByRole('link', { name: 'アカウント', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '返送', exact: true })).toHaveCount(0);
});
