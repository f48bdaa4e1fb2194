import { expectAccessible, givenCase, openAs, test } from './journey.ts';

const screens = [
  { name: 'top', path: () => '/top' },
  { name: 'list', path: () => '/cases?notificationType=inquiry.duplicate_charge' },
  { name: 'empty list', path: () => '/cases?q=nothing-like-this' },
  { name: 'case', path: (id: string) => `/cases/${id}` },
  { name: 'payment', path: (id: string) => `/cases/${id}/payment` },
  { name: 'request', path: (id: string) => `/cases/${id}/request` },
  { name: 'answer', path: (id: string) => `/cases/${id}/answer` },
  { name: 'account', path: () => '/settings/account' },
  { name: 'users', path: () => '/settings/users' },
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['ja', 'en'] as const) {
    test(`every screen is accessible, ${locale}, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.addInitScript((chosen) => localStorage.setItem('shokai.locale', chosen), locale);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const id = await givenCase(page, { type: 'inquiry.other', goods: 'lodging', mid: '67890' });
      await page.goto('/forgotten-password');
      await page.getByRole('textbox').waitFor();
      await expectAccessible(page);
      await page.goto('/login');
      await page.getByRole('button', { name: locale === 'ja' ? 'ログインする' : 'Log in' }).click();
      await expectAccessible(page);
      await page.getByRole('textbox').first().fill('kenji');
      await page.locator('input[type=password]').fill('shokai-demo-kenji');
      await page.getByRole('button', { name: locale === 'ja' ? 'ログインする' : 'Log in' }).click();
      await page.waitForURL('**/top');
      for (const { path } of screens) {
        await page.goto(path(id));
        await page.waitForLoadState('networkidle');
        await expectAccessible(page);
      }
    });
  }
}

test('the check page and its dialog are accessible', async ({ page }) => {
  test.slow();
  const id = await givenCase(page, { type: 'cancellation.other', goods: 'subscription' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await page.getByRole('button', { name: '確認', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('radio', { name: '解約できない(その他)' }).check();
  await page.getByRole('textbox', { name: /^解約できない理由/ }).fill('ご契約者本人の確認が取れないため');
  await page.getByRole('textbox', { name: /^ご回答内容/ }).fill('確認のうえ、あらためてご連絡いたします。');
  await page.getByRole('button', { name: '確認', exact: true }).click();
  await page.waitForURL('**/answer/check?*');
  await expectAccessible(page);
  await page.getByRole('button', { name: '登録', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
});
