import { expect, expectAccessible, givenCase, openAs, test } from './journey.ts';

test('arrow keys go through the tabs, each with an address of its own, and the focus stays on them', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'hanako', `/cases/${id}`);
  await page.getByRole('tab', { name: '依頼管理情報' }).focus();
  for (const [name, path] of [
    ['決済情報', '/payment'],
    ['依頼・回答内容', '/request'],
    ['依頼管理情報', ''],
  ] as const) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name, selected: true })).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`/cases/${id}${path}$`));
  }
  await page.goBack();
  await expect(page.getByRole('tab', { name: '依頼・回答内容', selected: true })).toBeVisible();
});

test('on paper stands the whole case, dark on light', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await openAs(page, 'hanako', `/cases/${id}/payment`);
  await expect(page.getByRole('tab', { name: '決済情報', selected: true })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
  for (const name of ['依頼管理情報', '決済情報', '依頼・回答内容', '履歴', '加盟店様への依頼補足事項'])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '回答', exact: true })).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');

  await page.evaluate('window.dispatchEvent(new Event("afterprint"))');
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByRole('tab', { name: '決済情報', selected: true })).toBeVisible();
});

test('a reason with a card number is refused in the dialog, which gives the focus back', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'sato', `/cases/${id}`);
  const withdraw = page.getByRole('button', { name: '依頼を取り下げる' });
  await withdraw.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('カード 4111 1111 1111 1111 の件');
  await dialog.getByRole('button', { name: '依頼を取り下げる' }).click();
  await expect(dialog.getByText(/カード番号は入力できません/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(withdraw).toBeFocused();
  await expect(page.getByText('依頼受領').first()).toBeVisible();
});

test('a case that cannot be read again stays on the screen', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  await openAs(page, 'hanako', `/cases/${id}`);
  await expect(page.getByRole('heading', { name: '履歴' })).toBeVisible();
  let failed = 0;
  await page.route(`**/api/v1/cases/${id}`, (route) => {
    failed += 1;
    return route.abort('connectionrefused');
  });
  // The page asks again when its window is come back to; it gives up after three tries.
  await expect(async () => {
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))');
    expect(failed).toBeGreaterThanOrEqual(3);
  }).toPass();
  await expect(page.getByRole('heading', { name: '履歴' })).toBeVisible();
});
