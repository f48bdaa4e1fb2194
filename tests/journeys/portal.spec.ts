import { expect, givenCase, logIn, openAs, test } from './journey.ts';

test('a wrong password is told, and what was typed stays', async ({ page }) => {
  await page.goto('/login');
  await page.getByLabel('ユーザーID').fill('nobody-here');
  await page.getByLabel('パスワード', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'ログインする' }).click();
  await expect(page.getByRole('alert')).toHaveText('ユーザーIDまたはパスワードが正しくありません。');
  await expect(page.getByLabel('ユーザーID')).toHaveValue('nobody-here');
});

test('the login leads only to our own pages', async ({ page }) => {
  await page.goto('/login?next=https://evil.example/');
  await logIn(page, 'yuki');
  await expect(page).toHaveURL(/\/top$/);
});

test('who may only read is told why there is no 回答', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'yuki', `/cases/${id}/request`);
  await expect(page.getByText('回答の権限がないため、閲覧のみ可能です。')).toBeVisible();
  await expect(page.getByRole('link', { name: '回答', exact: true })).toHaveCount(0);
  await page.goto(`/cases/${id}/answer`);
  await expect(page.getByText('この案件には回答できません。')).toBeVisible();
});

test('another merchant’s case is a page that does not exist', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'kenji', `/cases/${id}`);
  await expect(page.getByRole('heading', { name: 'ページが見つかりません' })).toBeVisible();
});

test('an operator withdraws a request with a reason, and opens an answer for a correction', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', `/cases/${id}`);
  await page.getByRole('button', { name: '依頼を取り下げる' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '依頼を取り下げる' }).click();
  await expect(dialog.getByText('理由を入力してください。')).toBeVisible();
  await dialog.getByLabel('理由').fill('会員様のお申し出が解決したため');
  await dialog.getByRole('button', { name: '依頼を取り下げる' }).click();
  await expect(page.getByText('クローズ:依頼取下げ').first()).toBeVisible();
  await expect(page.getByText('会員様のお申し出が解決したため')).toBeVisible();
});

test('the list is filtered, sorted, searched and read by keyboard', async ({ page }) => {
  await openAs(page, 'hanako', '/cases');
  await page.getByLabel('通知種別で絞り込む').selectOption({ label: '利用照会:重複請求' });
  await expect(page).toHaveURL(/notificationType=inquiry.duplicate_charge/);
  await expect(page.getByRole('row').nth(1)).toContainText('利用照会:重複請求');
  await page.getByRole('button', { name: /依頼日/ }).click();
  await expect(page.getByRole('columnheader', { name: /依頼日/ })).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('row').nth(1).getByRole('link').focus();
  const second = await page.getByRole('row').nth(2).getByRole('link').textContent();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(second ?? 'nothing');
});

test('language and colours are kept for the user', async ({ page }) => {
  await openAs(page, 'ito', '/top');
  await page.getByRole('button', { name: /アカウント/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Customer support top' })).toBeVisible();
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Customer support top' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('no screen is wider than a small phone', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.unrecognized', goods: 'physical' });
  await page.setViewportSize({ width: 320, height: 700 });
  await openAs(page, 'hanako', '/top');
  for (const path of [
    '/top',
    '/cases',
    `/cases/${id}`,
    `/cases/${id}/payment`,
    `/cases/${id}/request`,
    `/cases/${id}/answer`,
  ]) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const width = await page
      .locator('html')
      .evaluate((html) => ('scrollWidth' in html ? html.scrollWidth : 0));
    expect([path, width]).toEqual([path, 320]);
  }
});

test('the reply to 登録 that got lost is asked for again, and it is registered once', async ({ page }) => {
  const id = await givenCase(page, { type: 'cancellation.unrecognized', goods: 'subscription' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await page.getByRole('radio', { name: '解約できない(その他)' }).check();
  await page.getByRole('textbox', { name: /^解約できない理由/ }).fill('ご契約者本人の確認が取れないため');
  await page.getByRole('button', { name: '確認', exact: true }).click();
  await page.getByRole('button', { name: '登録', exact: true }).click();
  let calls = 0;
  await page.route('**/answer', async (route) => {
    calls += 1;
    if (calls > 1) return route.continue();
    // The server does its work; only the reply is lost.
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(page.getByText('通信が途切れました。登録できたか確認しています…')).toBeVisible();
  await expect(page.getByText('回答内容の登録が完了しました。')).toBeVisible();
  expect(calls).toBe(2);
});
